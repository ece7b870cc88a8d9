"""Repeatable jobs: make copies of people's data, and delete those whose time is over."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from foundation import tenancy
from foundation.models import Agency
from privacy.exports import actions
from privacy.exports.models import DataCopy


@shared_task(name="privacy.make_copies")
def make_copies(agency_id: int) -> None:
    """Make the copies that one agency's people have asked for."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        asked = DataCopy.objects.within(agency).unmade().order_by("asked_at", "pk")
        for pk in list(asked.values_list("pk", flat=True)):
            actions.make(agency, pk)


@shared_task(name="privacy.forget_copies")
def forget_copies(agency_id: int) -> None:
    """Delete one agency's copies whose time is over."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        actions.forget(agency)


@shared_task(name="privacy.sweep_copies")
def sweep_copies() -> None:
    """Find agencies with copies to make or to delete; this sweep makes both certain."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    # Look a day ahead, since days start at different hours; the job uses the agency's own day.
    tomorrow = timezone.now().date() + timedelta(days=1)
    with tenancy.across():
        rows = DataCopy.objects.across(agencies).order_by()
        unmade = set(rows.unmade().values_list("agency_id", flat=True))
        over = set(rows.over(tomorrow).values_list("agency_id", flat=True))
    for agency_id in sorted(unmade):
        make_copies.delay(agency_id)
    for agency_id in sorted(over):
        forget_copies.delay(agency_id)
