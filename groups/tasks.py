"""Small, repeatable jobs: remind of reviews and meetings, and close decisions in writing."""

from datetime import timedelta

from celery import shared_task
from django.db.models import Exists, OuterRef
from django.utils import timezone

from foundation import tenancy
from foundation.models import Agency
from groups import actions
from groups.actions.alternates import look_again
from groups.actions.reminders import SPANS, remind_of_meeting
from groups.models import (
    Alternate,
    Decision,
    DecisionStatus,
    Meeting,
    MeetingReminder,
    MeetingStatus,
)

# Somewhere it is still yesterday, or tomorrow already.
ZONES = timedelta(days=1)


@shared_task(name="groups.remind_of_decision")
def remind_of_decision(agency_id: int, decision_id: int) -> None:
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        decisions = Decision.objects.within(agency).select_related("agency")
        actions.remind(decisions.get(pk=decision_id))


@shared_task(name="groups.sweep")
def sweep() -> None:
    """Find decisions whose review day has come in any time zone, and nobody was told."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    tomorrow = timezone.now().date() + timedelta(days=1)
    with tenancy.across():
        due = Decision.objects.across(agencies).to_look_at(tomorrow).to_tell()
        found = list(due.values_list("agency_id", "pk"))
    for agency_id, decision_id in found:
        remind_of_decision.delay(agency_id, decision_id)


@shared_task(name="groups.go_on_in_writing")
def go_on_in_writing(agency_id: int, decision_id: int) -> None:
    """Remind those who have not answered, or close it after its deadline."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        decisions = Decision.objects.within(agency).select_related("agency")
        decision = decisions.get(pk=decision_id)
        actions.remind_in_writing(decision)
        actions.settle_in_writing(decision)


@shared_task(name="groups.sweep_writing")
def sweep_writing() -> None:
    """Find decisions in writing; the actions know whether they are due."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        rows = Decision.objects.across(agencies).in_writing().filter(status=DecisionStatus.OPEN)
        found = list(rows.values_list("agency_id", "pk"))
    for agency_id, decision_id in found:
        go_on_in_writing.delay(agency_id, decision_id)


@shared_task(name="groups.look_at_alternates")
def look_at_alternates(agency_id: int) -> None:
    """Let those step in who fit the seat today, and no others."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        look_again(agency)


@shared_task(name="groups.sweep_alternates")
def sweep_alternates() -> None:
    """Find agencies in which somebody may step in for somebody who is away."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        rows = Alternate.objects.across(agencies).accepted()
        found = set(rows.values_list("agency_id", flat=True))
    for agency_id in sorted(found):
        look_at_alternates.delay(agency_id)


@shared_task(name="groups.remind_of_meeting")
def remind_of_one_meeting(agency_id: int, meeting_id: int) -> None:
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        remind_of_meeting(Meeting.objects.within(agency).get(pk=meeting_id))


@shared_task(name="groups.sweep_reminders")
def sweep_reminders() -> None:
    """Find meetings without their reminder, by the days of all time zones; the action knows."""
    for agency_id, meeting_id in to_remind_of():
        remind_of_one_meeting.delay(agency_id, meeting_id)


def to_remind_of() -> list[tuple[int, int]]:
    """Agencies and meetings of which people may have to be reminded now."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    today = timezone.now().date()
    found: set[tuple[int, int]] = set()
    with tenancy.across():
        for ahead, span in SPANS.items():
            sent = MeetingReminder.objects.across(agencies).filter(
                meeting=OuterRef("pk"), ahead=ahead, on=OuterRef("on")
            )
            near = Meeting.objects.across(agencies).filter(
                ~Exists(sent),
                status=MeetingStatus.PLANNED,
                on__range=(today + span - ZONES, today + span + ZONES),
            )
            found.update(near.values_list("agency_id", "pk"))
    return sorted(found)
