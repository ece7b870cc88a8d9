"""Repeatable jobs: put Accounts out on their day, whatever management does, and tell everybody."""

from celery import shared_task
from django.db.models import Q

from foundation import tenancy
from foundation.models import Agency
from quarterly import actions
from quarterly.models import AccountStatus, QuarterlyAccount


@shared_task(name="quarterly.attend_to")
def attend_to(agency_id: int, account_id: int) -> None:
    """Put it out if its day has come, and tell everybody once it is out."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        account = QuarterlyAccount.objects.within(agency).get(pk=account_id)
        account.agency = agency
        actions.tell_everybody(actions.put_out(account))


@shared_task(name="quarterly.sweep")
def sweep() -> None:
    """Find Accounts that are released, and those out that nobody was told of."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        rows = QuarterlyAccount.objects.across(agencies).filter(
            Q(status=AccountStatus.RELEASED) | Q(status=AccountStatus.OUT, told_on=None)
        )
        found = list(rows.values_list("agency_id", "pk"))
    for agency_id, account_id in found:
        attend_to.delay(agency_id, account_id)
