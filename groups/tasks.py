"""Small, repeatable jobs: remind groups of what they wanted to look at again."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from foundation import tenancy
from foundation.models import Agency
from groups import actions
from groups.models import Decision


@shared_task(name="groups.remind_of_decision")
def remind_of_decision(agency_id: int, decision_id: int) -> None:
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        decisions = Decision.objects.within(agency).select_related("agency")
        actions.remind(decisions.get(pk=decision_id))


@shared_task(name="groups.sweep")
def sweep() -> None:
    """Find the decisions whose day has come somewhere on earth, and of which nobody was told."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    tomorrow = timezone.now().date() + timedelta(days=1)
    with tenancy.across():
        due = Decision.objects.across(agencies).to_look_at(tomorrow).to_tell()
        found = list(due.values_list("agency_id", "pk"))
    for agency_id, decision_id in found:
        remind_of_decision.delay(agency_id, decision_id)
