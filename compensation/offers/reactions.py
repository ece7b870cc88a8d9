"""Make offers when a seat begins, and when a plan takes effect on the day of its adoption."""

from compensation.offers.actions import offer, offer_to_all_seated
from compensation.offers.rules import is_otherwise_paid
from compensation.plan.models import PlanVersion
from foundation import events
from foundation.models import Event
from groups.models import Seat


@events.inside("payment_plan.adopted", "payment_plan.attested")
def offer_under_plan(event: Event) -> None:
    """For a plan that starts later, the sweep does it."""
    version = PlanVersion.objects.within(event.agency).get(pk=event.subject_id)
    today = event.agency.today()
    if version.since == today:
        offer_to_all_seated(event.agency, on=today)


@events.inside("seat.filled")
def make_offer(event: Event) -> None:
    seat = events.subject_of(event, Seat)
    seat.member.agency = event.agency
    today = event.agency.today()
    if not is_otherwise_paid(seat.member, seat.standing, today):
        offer(seat.member, on=today)
