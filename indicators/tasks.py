"""Repeatable jobs: recompute agencies, one or many, and find those that are due."""

from itertools import batched

from celery import shared_task

from foundation import tenancy
from foundation.call_stack import with_room
from foundation.models import Agency
from indicators import actions
from indicators.engine import ENGINE
from indicators.models import Recomputation, StaleMark

# One query for all of them at each step, and a transaction of about half a second.
BATCH = 50
# A batch that could not start by then is dropped; the next sweep finds its agencies again.
EXPIRES = 60.0


@shared_task(name="indicators.recompute")
def recompute(agency_id: int) -> None:
    """Bring one agency's indicators up to date."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        with_room(actions.catch_up, agency)


@shared_task(name="indicators.recompute_many")
def recompute_many(agency_ids: list[int]) -> None:
    """Bring the indicators of a batch of agencies up to date."""
    agencies = list(Agency.objects.filter(pk__in=agency_ids).order_by("pk"))
    with tenancy.entering(None):
        with_room(actions.catch_up_many, agencies)


@shared_task(name="indicators.sweep")
def sweep() -> None:
    """Find agencies with a mark or a new day; this sweep makes recomputing certain."""
    for keys in batched(due(), BATCH):
        recompute_many.apply_async((list(keys),), expires=EXPIRES)


def due() -> list[int]:
    """Agencies with a change, a new local day or a new engine since the last recomputation."""
    agencies = {agency.pk: agency for agency in Agency.objects.order_by("pk")}
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
