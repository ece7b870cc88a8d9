"""What waits for a member: derived from the facts, so that it clears when the thing is done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.namesakes import NameKey
from foundation import policies, prepared
from foundation.addresses import at
from notifications.areas import Area


@dataclass(frozen=True)
class WaitingRow:
    """One thing that waits: of which kind, about which subject, since it is due when."""

    code: str
    subject_id: int
    label: str
    due: date | None


@dataclass(frozen=True)
class WaitingRows:
    """A query set, and the fields or expressions that say what each of its rows is about."""

    queryset: QuerySet[Any]
    label: Any
    due: Any = None
    subject: Any = "pk"


@dataclass(frozen=True)
class WaitingKind:
    """A kind of thing that waits, in an area of the work.

    `title` may hold `%(label)s`; `minutes` is how long the thing takes; `rows` answers for one
    member and day, or None where nothing of the kind can wait for them; `url` leads to the page
    on which it is done.

    `rows` is asked once for all who have the same roles: it may know of the member the key, the
    agency's key and policies, and what they may do. What else it works out of the member's key
    `codes` gives, too.
    """

    code: str
    area: Area
    title: str | Promise
    minutes: int
    rows: Callable[[Member, date], WaitingRows | None]
    url: Callable[[Member, WaitingRow], str]
    codes: Callable[[Member], tuple[str, ...]] = lambda member: ()


@dataclass(frozen=True)
class Waiting:
    """What the page shows."""

    area: Area
    title: str
    url: str
    minutes: int
    due: date | None
    overdue: bool


_kinds: dict[str, WaitingKind] = {}


def register(kind: WaitingKind) -> None:
    _kinds[kind.code] = kind


def codes() -> set[str]:
    """Of all kinds of things that can wait for somebody."""
    return set(_kinds)


def page(name: str) -> Callable[[Member, WaitingRow], str]:
    """The `url` of a kind whose thing is done on the page of this name, which takes its key."""
    return lambda member, row: at(member.agency, name, pk=row.subject_id)


def waiting(member: Member, on: date, kinds: Iterable[WaitingKind] | None = None) -> list[Waiting]:
    """All that waits for the member on that day, what is due first first; one query."""
    asked = {kind.code: kind for kind in (kinds if kinds is not None else _kinds.values())}
    # Whoever asks may hold any key and be of any agency: these two are filled in.
    anybody = prepared.of(Member, id=prepared.MEMBER, agency_id=prepared.AGENCY)
    anybody.agency = prepared.agency(member.agency)
    anybody.roles = member.roles
    stand_ins: dict[Any, str] = {prepared.MEMBER: "member", prepared.AGENCY: "agency"}
    values: dict[str, Any] = {"member": member.pk, "agency": member.agency_id}
    for kind in asked.values():
        for code, theirs in zip(kind.codes(anybody), kind.codes(member), strict=True):
            stand_ins[code], values[code] = code, theirs
    key = (
        *("waiting", *asked.values(), *stand_ins, on, member.roles, get_language()),
        *policies.changes(member.agency),
    )
    rows = prepared.prepared(key, lambda: _rows(asked, anybody, on), stand_ins).tuples(values)
    found = [WaitingRow(*row) for row in rows]
    found.sort(key=lambda row: (row.due or date.max, row.code, row.subject_id))
    return [_shown(asked[row.code], row, member, on) for row in found]


def _rows(asked: dict[str, WaitingKind], member: Member, on: date) -> QuerySet[Any]:
    parts = []
    for kind in asked.values():
        rows = kind.rows(member, on)
        if rows is not None:
            parts.append(_columns(kind.code, rows))
    if not parts:
        return Member.objects.within(member.agency).none().values_list("pk")
    return parts[0].union(*parts[1:], all=True)


def _columns(code: str, rows: WaitingRows) -> QuerySet[Any]:
    def column(source: Any, field: Any) -> Cast:
        return Cast(F(source) if isinstance(source, str) else source, field)

    return rows.queryset.order_by().values_list(
        Cast(Value(code), CharField()),
        column(rows.subject, BigIntegerField()),
        column(rows.label, CharField()),
        column(rows.due if rows.due is not None else Value(None), DateField()),
    )


def _shown(kind: WaitingKind, row: WaitingRow, member: Member, on: date) -> Waiting:
    return Waiting(
        area=kind.area,
        title=str(kind.title) % {"label": row.label},
        url=kind.url(member, row),
        minutes=kind.minutes,
        due=row.due,
        overdue=row.due is not None and row.due < on,
    )


def _namesakes(member: Member, on: date) -> WaitingRows:
    """Oneself, with a number after the name, while somebody else has that name."""
    people = Member.objects.within(member.agency)
    named = people.annotate(read_as=NameKey("display_name"))
    others = named.filter(erased_at=None, read_as=NameKey(OuterRef("display_name")))
    alike = Exists(others.exclude(pk=member.pk))
    me = people.filter(alike, pk=member.pk, addition="").exclude(shown_number="")
    return WaitingRows(me, label="shown_name")


register(
    WaitingKind(
        code="notifications.namesakes",
        area=Area.PEOPLE,
        title=_("Somebody else has your name too. Choose what tells you apart"),
        minutes=1,
        rows=_namesakes,
        url=lambda member, row: at(member.agency, "accounts:tell_apart"),
    )
)
