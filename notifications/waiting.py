"""Items waiting for a member, derived from facts so that they clear once done."""

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
from django.utils.translation import gettext_lazy as _

from accounts.anybody import Anybody, anybody
from accounts.models import Member
from accounts.namesakes import NameKey
from accounts.permissions import Permission
from foundation import prepared
from foundation.addresses import at
from notifications import gateway
from notifications.areas import Area
from notifications.models import TextMessage, Unsent
from notifications.policies import TEXTS_LATE


@dataclass(frozen=True)
class WaitingRow:
    """One waiting item: its kind, its subject and its due date."""

    code: str
    subject_id: int
    label: str
    due: date | None


@dataclass(frozen=True)
class WaitingRows:
    """A query set, with the fields or expressions that describe each row."""

    queryset: QuerySet[Any]
    label: Any
    due: Any = None
    subject: Any = "pk"


@dataclass(frozen=True, eq=False)
class Precondition:
    """What has to be true of a member before anything of some kinds can wait for them.

    It is true on a day on which there are `rows`, which may read what those of a kind may.
    """

    code: str
    rows: Callable[[Member, date], QuerySet[Any, Any]]


# Compared as itself: hashing its title would translate it.
@dataclass(frozen=True, eq=False)
class WaitingKind:
    """A kind of waiting item, in an area of work.

    `title` may hold `%(label)s`; `minutes` is the time it takes; `rows` answers for one member and
    day, or None where no item of this kind can wait for them; `url` leads to the page where it is
    done. `needs` names what has to be true of a member, `unless` their roles do without: what can't
    wait for them is no part of the query. Of a `dated` kind only rows with a due date wait, so that
    its query works the date out once.

    `rows` runs once for all members with the same roles. It may read only the member's key, agency
    key, policies and permissions; `codes` repeats anything else it derives from the member's key.
    """

    code: str
    area: Area
    title: str | Promise
    minutes: int
    rows: Callable[[Member, date], WaitingRows | None]
    url: Callable[[Member, WaitingRow], str]
    codes: Callable[[Member], tuple[str, ...]] = lambda member: ()
    needs: Precondition | None = None
    unless: Callable[[Member], bool] = lambda member: False
    dated: bool = False


@dataclass(frozen=True)
class Waiting:
    """A waiting item as the page shows it."""

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
    """The codes of all kinds of waiting items."""
    return set(_kinds)


def page(name: str) -> Callable[[Member, WaitingRow], str]:
    """Make the `url` of a kind whose items are done on a named page that takes their key."""
    return lambda member, row: at(member.agency, name, pk=row.subject_id)


def waiting(member: Member, on: date, kinds: Iterable[WaitingKind] | None = None) -> list[Waiting]:
    """List the member's waiting items on that day, earliest due first, in at most two queries."""
    known = [*(kinds if kinds is not None else _kinds.values())]
    anyone = anybody(member, on, *(kind.codes for kind in known))
    asked = {kind.code: kind for kind in _possible(known, member, anyone, on)}
    key = ("waiting", *asked.values(), *anyone.key)
    kept = prepared.prepared(key, lambda: _rows(asked, anyone.member, on), anyone.stand_ins)
    rows = [WaitingRow(*row) for row in kept.tuples(anyone.values)]
    found = [row for row in rows if row.due is not None or not asked[row.code].dated]
    found.sort(key=lambda row: (row.due or date.max, row.code, row.subject_id))
    return [_shown(asked[row.code], row, member, on) for row in found]


def _possible(
    kinds: list[WaitingKind], member: Member, anyone: Anybody, on: date
) -> list[WaitingKind]:
    """The kinds whose precondition is true of the member."""
    needed = {kind: None if kind.unless(member) else kind.needs for kind in kinds}
    each = tuple(dict.fromkeys(condition for condition in needed.values() if condition))
    if not each:
        return kinds

    def build() -> QuerySet[Any, Any]:
        me = Member.objects.within(anyone.member.agency).filter(pk=anyone.member.pk)
        return me.values_list(*(Exists(condition.rows(anyone.member, on)) for condition in each))

    kept = prepared.prepared(("possible", *each, *anyone.key), build, anyone.stand_ins)
    (answers,) = kept.tuples(anyone.values)
    true = {condition for condition, answer in zip(each, answers, strict=True) if answer}
    return [kind for kind, condition in needed.items() if condition is None or condition in true]


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
        overdue=row.due is not None and row.due < on and not member.clock_stopped(on),
    )


def _namesakes(member: Member, on: date) -> WaitingRows:
    """The member's own row, with a number after the name, while somebody else has that name."""
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


def _lost_texts(member: Member, on: date) -> WaitingRows | None:
    """The agency, while texts could lately not be sent and none was sent since."""
    if not member.may(Permission.MANAGE_SETTINGS) or not gateway.is_there():
        return None
    rows = TextMessage.objects.within(member.agency)
    lost = rows.filter(given_up_why=Unsent.TRIES)
    later = rows.filter(sent_at__gt=OuterRef("given_up_at")), lost.filter(pk__gt=OuterRef("pk"))
    last = lost.filter(
        *(~Exists(each) for each in later), given_up_at__date__gt=on - TEXTS_LATE.span
    )
    return WaitingRows(last, label="kind")


register(
    WaitingKind(
        code="notifications.lost_texts",
        area=Area.PEOPLE,
        title=_("Texts could not be sent. See what to do"),
        minutes=5,
        rows=_lost_texts,
        url=lambda member, row: at(member.agency, "notifications:text_sending"),
    )
)
