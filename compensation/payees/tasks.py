"""Repeatable jobs: set until when it is kept who gets an erased member's money."""

from celery import shared_task

from compensation.payees import actions
from compensation.payees.models import NamedPayee
from foundation import tenancy
from foundation.models import Agency


@shared_task(name="compensation.settle_payees")
def settle(agency_id: int) -> None:
    """Look at those of one agency."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        actions.settle(agency, on=agency.today())


@shared_task(name="compensation.sweep_payees")
def sweep() -> None:
    """Find agencies that still pay somebody instead of a former member."""
    for agency_id in due():
        settle.delay(agency_id)


def due() -> list[int]:
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        rows = NamedPayee.objects.across(agencies).in_use()
        return sorted(set(rows.order_by().values_list("agency_id", flat=True)))
