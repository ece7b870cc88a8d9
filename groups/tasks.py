"""Small, repeatable jobs: remind groups of reviews, and close decisions in writing."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from foundation import tenancy
from foundation.models import Agency
from groups import actions
from groups.models import Decision, DecisionStatus


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
