"""What the pages of dialogues show, each in one query."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Subquery, TextField, Value
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
from groups.models import Meeting, MeetingStatus, Seat

SHOWN_AT_ONCE = 50


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


def themes(dialogue: Dialogue) -> list[Theme]:
    """The last ones first, with their outcomes."""
    found = Theme.objects.within(dialogue.agency).filter(dialogue=dialogue)
    rows = with_outcomes(found, dialogue.agency).order_by("-harvested_on", "-pk")
    return _labelled(rows)


def tally(found: list[Theme]) -> tuple[int, int]:
    """Of themes with outcomes, how many nobody has dealt with, and how many a cell has."""
    kinds = [theme.disposition for theme in found]  # type: ignore[attr-defined]
    return kinds.count(""), kinds.count(DispositionKind.CELL)


def _labelled(rows: ThemeQuerySet) -> list[Theme]:
    found = list(rows[:SHOWN_AT_ONCE])
    for theme in found:
        theme.disposition_label = label(theme.disposition)  # type: ignore[attr-defined]
    return found


def seats(dialogue: Dialogue, on: date) -> list[Seat]:
    found = Seat.objects.within(dialogue.agency).on(on).filter(group=dialogue.group_id)
    return list(found.select_related("member").order_by("member__display_name", "pk"))


def sessions(dialogue: Dialogue, on: date) -> list[Meeting]:
    """Those to come, and the last ones; the soonest first."""
    meetings = Meeting.objects.within(dialogue.agency).filter(group=dialogue.group_id)
    meetings = meetings.exclude(status=MeetingStatus.CANCELLED)
    return sorted(meetings.order_by("-starts_at", "-pk")[:6], key=lambda each: each.starts_at)


def contributions(dialogue: Dialogue, on: date) -> list[Contribution]:
    """What people said, the last day first; of a day without order."""
    found = Contribution.objects.within(dialogue.agency).filter(dialogue=dialogue).readable(on)
    return list(found.select_related("author").order_by("-on", "-pk")[:SHOWN_AT_ONCE])


def with_family(found: DialogueQuerySet, reader: Member) -> DialogueQuerySet:
    """Each with those that grew out of it and the one that it grew from, as far as visible."""
    family = Q(grew_from=OuterRef("pk")) | Q(pk=OuterRef("grew_from"))
    shown = JSONObject(pk="pk", name="group__name")
    rows = visible.dialogues(reader).filter(family).order_by("pk")
    return found.annotate(family=ArraySubquery(rows.values(shown=shown)))


def words_of(member: Member) -> list[Contribution]:
    """What the member said, the last first, each with the theme in which it was heard."""
    linked = Words.objects.within(member.agency).filter(contribution=OuterRef("pk"))
    found = Contribution.objects.within(member.agency).filter(author=member)
    done = Silencing.objects.within(member.agency).filter(contribution=OuterRef("pk"))
    theme = Subquery(linked.order_by("pk").values("theme")[:1])
    found = found.annotate(theme_id=theme, done=Exists(done))
    rows = list(found.select_related("dialogue__group").order_by("-on", "-pk")[:SHOWN_AT_ONCE])
    keys = {row.theme_id for row in rows if row.theme_id}  # type: ignore[attr-defined]
    heard = Theme.objects.within(member.agency).filter(pk__in=keys)
    known = {theme.pk: theme for theme in _labelled(with_outcomes(heard, member.agency))}
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
