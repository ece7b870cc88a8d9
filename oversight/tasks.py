"""Repeatable jobs: tell the board's chair of stages of recommendations that nobody acts on."""

from datetime import timedelta

from celery import shared_task

from foundation import tenancy
from foundation.models import Agency
from oversight import actions
from oversight.models import Recommendation


@shared_task(name="oversight.attend_to")
def attend_to(agency_id: int, recommendation_id: int) -> None:
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        recommendation = Recommendation.objects.within(agency).get(pk=recommendation_id)
        recommendation.agency = agency
        actions.escalate(recommendation)


@shared_task(name="oversight.sweep")
def sweep() -> None:
    """Find recommendations whose stage is overdue and of which no chair was told."""
    agencies = {agency.pk: agency for agency in Agency.objects.all()}
    with tenancy.across():
        rows = Recommendation.objects.across(list(agencies)).filter(
            escalated_on=None, stage_due__isnull=False
        )
        found = list(rows.values_list("agency_id", "pk", "stage_due"))
    for agency_id, key, due in found:
        if due is not None and due < agencies[agency_id].today() - timedelta(days=1):
            attend_to.delay(agency_id, key)
