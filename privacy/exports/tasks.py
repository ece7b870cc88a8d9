"""Repeatable jobs: make copies of people's data, and delete those whose time is over."""

from celery import shared_task

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


@shared_task(name="privacy.sweep_copies")
def sweep_copies() -> None:
    """Find agencies with copies to make, and delete old ones; this sweep makes both certain."""
    agencies = {agency.pk: agency for agency in Agency.objects.all()}
    with tenancy.across():
        rows = DataCopy.objects.across(agencies)
        unmade = set(rows.unmade().values_list("agency_id", flat=True))
        made = set(rows.exclude(ready_at=None).values_list("agency_id", flat=True))
    for agency_id in sorted(unmade):
        make_copies.delay(agency_id)
    for agency_id in sorted(made):
        with tenancy.entering(agencies[agency_id]):
            actions.forget(agencies[agency_id])
