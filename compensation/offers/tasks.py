"""Repeatable jobs: make the offers that no action could make."""

from datetime import timedelta

from celery import shared_task
from django.db.models import Exists, OuterRef
from django.utils import timezone

from compensation.offers import actions
from compensation.offers.models import Offer
from compensation.offers.rules import PAID_STANDINGS
from compensation.plan import actions as planning
from compensation.plan.models import PlanVersion
from foundation import tenancy
from foundation.models import Agency
from groups.models import Decision, Seat


@shared_task(name="compensation.offer")
def offer(agency_id: int) -> None:
    """Offer payment to everybody seated in one agency whose time is not otherwise paid."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        actions.offer_to_all_seated(agency, on=agency.today())
        planning.settle_overtaken_plans(agency, by=None)


@shared_task(name="compensation.sweep")
def sweep() -> None:
    """Find agencies with missing offers, or open questions about an overtaken plan."""
    for agency_id in due():
        offer.delay(agency_id)


def due() -> list[int]:
    """Such agencies; a plan adopted for a later day takes effect without an action."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    # Look a day ahead, since days start at different hours; the job uses the agency's own day.
    on = timezone.now().date() + timedelta(days=1)
    with tenancy.across():
        plans = PlanVersion.objects.across(agencies).in_force(on).values("agency")
        offers = Offer.objects.across(agencies).filter(
            agency=OuterRef("agency"), member=OuterRef("member")
        )
        seats = Seat.objects.across(agencies).on(on).filter(~Exists(offers), agency__in=plans)
        missing = seats.exclude(
            standing__in=PAID_STANDINGS,
        ).filter(employed_peer=False)
        found = set(missing.order_by().values_list("agency_id", flat=True))
        versions = PlanVersion.objects.across(agencies)
        asked = planning.overtaken(versions, Decision.objects.across(agencies), on)
        return sorted(found.union(asked.values_list("agency_id", flat=True)))
