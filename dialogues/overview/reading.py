"""What the pages of dialogues show, each in one query."""

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from accounts.models import Member
from dialogues.dialogue import finding as dialogue_finding
from dialogues.dialogue.models import Dialogue, DialogueQuerySet
from dialogues.silencing.reading import readable
from dialogues.themes.models import Theme, ThemeQuerySet
from dialogues.told_back.outcomes import with_outcomes
from dialogues.voices.models import Contribution
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


def themes(dialogue: Dialogue) -> ThemeQuerySet:
    """The last ones first, with their outcomes."""
    found = Theme.objects.within(dialogue.agency).filter(dialogue=dialogue)
    return with_outcomes(found, dialogue.agency).order_by("-harvested_on", "-pk")


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
    found = readable(Contribution.objects.within(dialogue.agency).filter(dialogue=dialogue), on)
    return found.select_related("author").order_by("-on", "-pk")


def with_family(found: DialogueQuerySet, reader: Member) -> DialogueQuerySet:
    """Each with those that grew out of it and the one that it grew from, as far as visible."""
    family = Q(grew_from=OuterRef("pk")) | Q(pk=OuterRef("grew_from"))
    shown = JSONObject(pk="pk", name="group__name")
    rows = dialogue_finding.dialogues(reader).filter(family).order_by("pk")
    return found.annotate(family=ArraySubquery(rows.values(shown=shown)))
