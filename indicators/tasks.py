"""Repeatable jobs: recompute one agency, and find the agencies that are due."""

from celery import shared_task

from foundation import tenancy
from foundation.models import Agency
from indicators import actions
from indicators.engine import ENGINE
from indicators.models import Recomputation, StaleMark


@shared_task(name="indicators.recompute")
def recompute(agency_id: int) -> None:
    """Bring one agency's indicators up to date."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        actions.catch_up(agency)


@shared_task(name="indicators.sweep")
def sweep() -> None:
    """Find agencies with a mark or a new day; this sweep makes recomputing certain."""
    for agency_id in due():
        recompute.delay(agency_id)


def due() -> list[int]:
    """Agencies with a change, a new local day or a new engine since the last recomputation."""
    agencies = {agency.pk: agency for agency in Agency.objects.all()}
    with tenancy.across():
        marks = StaleMark.objects.across(agencies)
        marked = set(marks.order_by().values_list("agency_id", flat=True).distinct())
        done = Recomputation.objects.across(agencies).filter(engine=ENGINE)
        covered = dict(done.values_list("agency_id", "day"))
    return [
        key
        for key, agency in agencies.items()
        if key in marked or covered.get(key) != agency.today()
    ]
