"""Repeatable jobs: prove each agency's ledger once a day."""

from celery import shared_task
from django.db.models import Exists, OuterRef

from compensation.ledger.models import Posting
from compensation.periods.models import LedgerProof
from compensation.proving import actions
from foundation import tenancy
from foundation.models import Agency

# How many closed books have their file read again each night.
FILES = 3


@shared_task(name="compensation.prove")
def prove(agency_id: int) -> None:
    """Prove one agency's ledger."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        actions.prove(agency, periods=FILES)


@shared_task(name="compensation.sweep_proofs")
def sweep() -> None:
    """Find agencies whose ledger was not proved today."""
    for agency_id in due():
        prove.delay(agency_id)


def due() -> list[int]:
    agencies = {each.pk: each for each in Agency.objects.order_by("pk")}
    with tenancy.across():
        proved = dict(LedgerProof.objects.across(agencies).values_list("agency_id", "on"))
        kept = Posting.objects.across(agencies).filter(agency=OuterRef("pk"))
        used = set(Agency.objects.filter(Exists(kept)).values_list("pk", flat=True))
    return [key for key in agencies if key in used and proved.get(key) != agencies[key].today()]
