"""Read models of the pages of dialogues, one query each."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.anybody import kept_rows
from accounts.models import Member
from dialogues.dialogue import finding as dialogue_finding
from dialogues.dialogue.models import Dialogue, DialogueQuerySet
from dialogues.silencing.reading import readable
from dialogues.themes.models import Theme, ThemeQuerySet
from dialogues.voices.models import Contribution
from foundation import prepared
from foundation.models import Agency, TenantQuerySet
from foundation.paging import Few, few_of, first_of
from groups.models import Meeting, MeetingStatus, Seat, SeatQuerySet

SESSIONS_SHOWN = 6


@dataclass(frozen=True)
class DialogueWork:
    """A dialogue's last and next session, and how many themes await a decision or reply."""

    last_held: date | None = None
    next_planned: datetime | None = None
    undisposed: int = 0


def work_of(agency: Agency, found: Iterable[Dialogue], on: date) -> dict[int, DialogueWork]:
    """The work in these dialogues on that day, by key; one query, none for no dialogues."""
    keys = [each.pk for each in found]
    if not keys:
        return {}
    meetings = Meeting.objects.within(agency).filter(group=OuterRef("group")).order_by()
    held = meetings.filter(status=MeetingStatus.HELD, on__lte=on).values("group")
    planned = meetings.filter(status=MeetingStatus.PLANNED, on__gte=on).values("group")
    undisposed = Theme.objects.within(agency).undisposed(on).filter(dialogue=OuterRef("pk"))
    counted = undisposed.order_by().values("dialogue").annotate(n=Count("pk")).values("n")
    rows = (
        Dialogue.objects.within(agency)
        .filter(pk__in=keys)
        .annotate(
            last_held=Subquery(held.annotate(last=Max("on")).values("last")),
            next_planned=Subquery(planned.annotate(next=Min("starts_at")).values("next")),
            undisposed=Coalesce(Subquery(counted), 0),
        )
    )
    names = [each.name for each in fields(DialogueWork)]
    return {key: DialogueWork(*work) for key, *work in rows.values_list("pk", *names)}


def themes(dialogue: Dialogue) -> ThemeQuerySet:
    """The newest themes first."""
    found = Theme.objects.within(dialogue.agency).filter(dialogue=dialogue)
    return found.order_by("-harvested_on", "-pk")


def seats(dialogue: Dialogue, on: date) -> list[Seat]:
    """The seats of its group that day, by name; one query, which is built once."""
    agency = dialogue.agency
    values = {"agency": agency.pk, "row": dialogue.group_id, "day": on}
    found: list[Seat] = prepared.of_agency(_seats).models(values)
    for seat in found:
        seat.agency = seat.member.agency = agency
    return found


def _seats(agency: Agency) -> SeatQuerySet:
    rows = Seat.objects.within(agency).on(prepared.DAY).filter(group=prepared.ROW)
    return rows.select_related("member").order_by("member__shown_name", "pk")


def sessions(dialogue: Dialogue) -> Few[Meeting]:
    """The next session first, then past ones from the latest; one query, which is built once."""
    values = {"agency": dialogue.agency_id, "row": dialogue.group_id}
    rows: list[Meeting] = prepared.of_agency(_sessions).models(values)
    for meeting in rows:
        meeting.agency = dialogue.agency
    found = few_of(rows)
    return Few(sorted(found, key=lambda each: each.starts_at), found.total)


def _sessions(agency: Agency) -> TenantQuerySet[Meeting]:
    meetings = Meeting.objects.within(agency).filter(group=prepared.ROW)
    meetings = meetings.exclude(status=MeetingStatus.CANCELLED)
    return first_of(meetings.order_by("-starts_at", "-pk"), SESSIONS_SHOWN)


def contributions(dialogue: Dialogue, on: date) -> QuerySet[Contribution]:
    """What people said, the latest day first; in no order within a day."""
    found = readable(Contribution.objects.within(dialogue.agency).filter(dialogue=dialogue), on)
    return found.select_related("author").order_by("-on", "-pk")


def family_of(dialogue: Dialogue, reader: Member) -> list[Dialogue]:
    """The dialogue it grew from and those that grew out of it, as far as the reader knows them."""
    return kept_rows(_family, reader, reader.agency.today(), row=dialogue.pk)


def _family(reader: Member, on: date) -> DialogueQuerySet:
    this = Dialogue.objects.within(reader.agency).filter(pk=prepared.ROW)
    family = Q(grew_from=prepared.ROW) | Q(pk__in=this.values("grew_from"))
    return dialogue_finding.dialogues(reader).filter(family).order_by("pk")
