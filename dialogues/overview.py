"""What the pages of dialogues show, each in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    Exists,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce, JSONObject

from accounts.models import Member
from dialogues import visible
from dialogues.models import (
    Contribution,
    Dialogue,
    DialogueQuerySet,
    Disposition,
    DispositionKind,
    Reply,
    Silencing,
    Theme,
    ThemeQuerySet,
    Words,
)
from foundation.addresses import at
from foundation.models import Agency
from foundation.paging import Few, few
from groups.models import Meeting, MeetingStatus, Seat

SESSIONS_SHOWN = 6


def with_dates(found: DialogueQuerySet, agency: Agency, on: date) -> DialogueQuerySet:
    """Each with its last and its next session, and with how many themes nobody dealt with."""
    meetings = Meeting.objects.within(agency).filter(group=OuterRef("group")).order_by()
    held = meetings.filter(status=MeetingStatus.HELD, on__lte=on).values("group")
    planned = meetings.filter(status=MeetingStatus.PLANNED, on__gte=on).values("group")
    undisposed = Theme.objects.within(agency).undisposed(on).filter(dialogue=OuterRef("pk"))
    counted = undisposed.order_by().values("dialogue").annotate(n=Count("pk")).values("n")
    return found.annotate(
        last_held=Subquery(held.annotate(last=Max("on")).values("last")),
        next_planned=Subquery(planned.annotate(next=Min("starts_at")).values("next")),
        undisposed=Coalesce(Subquery(counted), 0),
    )


def with_outcomes(found: ThemeQuerySet, agency: Agency) -> ThemeQuerySet:
    """Each with what becomes of it, why, and what people were told last."""
    said = Disposition.objects.within(agency).filter(theme=OuterRef("pk")).order_by("-on", "-pk")
    told = Reply.objects.within(agency).filter(theme=OuterRef("pk")).order_by("-on", "-pk")
    return found.annotate(
        disposition=_or_empty(said.values("kind")[:1]),
        disposed_on=Subquery(said.values("on")[:1]),
        reason=_or_empty(said.values("reason")[:1]),
        went_to=_or_empty(said.values("went_to")[:1]),
        told=_or_empty(told.values("text")[:1]),
        told_on=Subquery(told.values("on")[:1]),
    )


def _or_empty(rows: Any) -> Coalesce:
    return Coalesce(Subquery(rows), Value(""), output_field=TextField())


def label(disposition: str) -> str:
    """What becomes of a theme, in words."""
    return str(DispositionKind(disposition).label) if disposition else ""


def themes(dialogue: Dialogue) -> ThemeQuerySet:
    """The last ones first, with their outcomes."""
    found = Theme.objects.within(dialogue.agency).filter(dialogue=dialogue)
    return with_outcomes(found, dialogue.agency).order_by("-harvested_on", "-pk")


@dataclass(frozen=True)
class Tally:
    """Of all themes: how many nobody has dealt with, and how many a cell has."""

    themes: int
    undisposed: int
    taken_up: int


def tally(found: ThemeQuerySet) -> Tally:
    """Of themes with outcomes; one query, however many there are."""
    counted = found.order_by().aggregate(
        themes=Count("pk"),
        undisposed=Count("pk", filter=Q(disposition="")),
        taken_up=Count("pk", filter=Q(disposition=DispositionKind.CELL)),
    )
    return Tally(**counted)


def label_all(found: Iterable[Theme]) -> list[Theme]:
    """Themes with outcomes, each with what becomes of it in words."""
    labelled = list(found)
    for theme in labelled:
        theme.disposition_label = label(theme.disposition)  # type: ignore[attr-defined]
    return labelled


def seats(dialogue: Dialogue, on: date) -> list[Seat]:
    found = Seat.objects.within(dialogue.agency).on(on).filter(group=dialogue.group_id)
    return list(found.select_related("member").order_by("member__shown_name", "pk"))


def sessions(dialogue: Dialogue) -> Few[Meeting]:
    """Those to come, and the last ones; the soonest first."""
    meetings = Meeting.objects.within(dialogue.agency).filter(group=dialogue.group_id)
    meetings = meetings.exclude(status=MeetingStatus.CANCELLED)
    found = few(meetings.order_by("-starts_at", "-pk"), SESSIONS_SHOWN)
    return Few(sorted(found, key=lambda each: each.starts_at), found.total)


def contributions(dialogue: Dialogue, on: date) -> QuerySet[Contribution]:
    """What people said, the last day first; of a day without order."""
    found = Contribution.objects.within(dialogue.agency).filter(dialogue=dialogue).readable(on)
    return found.select_related("author").order_by("-on", "-pk")


def with_family(found: DialogueQuerySet, reader: Member) -> DialogueQuerySet:
    """Each with those that grew out of it and the one that it grew from, as far as visible."""
    family = Q(grew_from=OuterRef("pk")) | Q(pk=OuterRef("grew_from"))
    shown = JSONObject(pk="pk", name="group__name")
    rows = visible.dialogues(reader).filter(family).order_by("pk")
    return found.annotate(family=ArraySubquery(rows.values(shown=shown)))


def words_of(member: Member) -> QuerySet[Contribution]:
    """What the member said, the last first, each with the key of the theme that heard it."""
    linked = Words.objects.within(member.agency).filter(contribution=OuterRef("pk"))
    found = Contribution.objects.within(member.agency).filter(author=member)
    done = Silencing.objects.within(member.agency).filter(contribution=OuterRef("pk"))
    theme = Subquery(linked.order_by("pk").values("theme")[:1])
    found = found.annotate(theme_id=theme, done=Exists(done))
    return found.select_related("dialogue__group").order_by("-on", "-pk")


def with_themes(member: Member, rows: list[Contribution]) -> list[Contribution]:
    """Of words of the member, what came of each."""
    keys = {row.theme_id for row in rows if row.theme_id}  # type: ignore[attr-defined]
    heard = Theme.objects.within(member.agency).filter(pk__in=keys)
    known = {theme.pk: theme for theme in label_all(with_outcomes(heard, member.agency))}
    for row in rows:
        row.theme = known.get(row.theme_id)  # type: ignore[attr-defined]
        page = at(member.agency, "dialogues:appeal", pk=row.pk)
        row.silenced = page if row.done else ""  # type: ignore[attr-defined]
    return rows


def last_reply(reader: Member, since: date) -> Theme | None:
    """The theme of the reader's own words to which there was a reply last, from that day on."""
    mine = Contribution.objects.within(reader.agency).filter(author=reader)
    replies = Reply.objects.within(reader.agency).filter(theme=OuterRef("pk"), on__gte=since)
    found = Theme.objects.within(reader.agency).filter(
        Exists(replies), pk__in=mine.exclude(words=None).values("words__theme")
    )
    last = Subquery(replies.order_by("-on", "-pk").values("on")[:1])
    return with_outcomes(found, reader.agency).order_by(last.desc(), "-pk").first()
