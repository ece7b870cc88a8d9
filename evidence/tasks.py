"""Repeatable jobs: each night, seal the days that are over, and prove the record."""

from celery import shared_task
from django.db.models import Max

from evidence import actions
from evidence.models import RecordHead, RecordProof
from evidence.policies import AFTER
from foundation import tenancy
from foundation.models import Agency


@shared_task(name="evidence.keep")
def keep(agency_id: int) -> None:
    """Seal and prove one agency's record."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        actions.keep(agency)


@shared_task(name="evidence.sweep")
def sweep() -> None:
    """Find agencies with days to seal, or whose record was not proved today."""
    for agency_id in due():
        keep.delay(agency_id)


def due() -> list[int]:
    """Two queries, over all agencies."""
    agencies = {each.pk: each for each in Agency.objects.order_by("pk")}
    with tenancy.across():
        proved = dict(RecordProof.objects.across(agencies).values_list("agency_id", "on"))
        heads = RecordHead.objects.across(agencies).order_by().values("agency_id")
        sealed = dict(heads.annotate(last=Max("day")).values_list("agency_id", "last"))
    found = []
    for key, agency in agencies.items():
        today = agency.today()
        last = sealed.get(key)
        to_seal = actions.may_begin(agency) if last is None else last < today - AFTER.span
        if to_seal or proved.get(key) != today:
            found.append(key)
    return found
