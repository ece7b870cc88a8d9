"""Offering payment to everybody whose time is not otherwise paid."""

from datetime import date

from django.db import transaction

from accounts.models import Member, Standing, StandingKind
from compensation.models import Offer, PlanVersion
from foundation import events
from foundation.models import Agency
from groups.models import Seat
from notifications.actions import tell

# Their time in groups is part of the work that they are paid for.
PAID_STANDINGS = frozenset({StandingKind.PROVIDER, StandingKind.MANAGER})


def is_otherwise_paid(member: Member, standing: str, on: date) -> bool:
    """Whether the member's time is paid by their employment: staff, and employed peers."""
    if standing in PAID_STANDINGS:
        return True
    standings = Standing.objects.within(member.agency).on(on).filter(member=member)
    return standings.filter(employed_peer=True).exists()


def locked(member: Member) -> Member:
    """The member, held to the end of the transaction: a choice, a day's lines, one at a time."""
    members = Member.objects.within(member.agency).select_for_update(no_key=True)
    held = members.get(pk=member.pk)
    held.agency = member.agency
    return held


@transaction.atomic
def offer(member: Member, *, on: date) -> Offer | None:
    """Offer payment to a member, once; None where there is no plan to offer or it was done."""
    if not PlanVersion.objects.within(member.agency).in_force(on).exists():
        return None
    return offer_for_line(member, on=on)


@transaction.atomic
def offer_for_line(member: Member, *, on: date) -> Offer | None:
    """The same for somebody who has earned a line, a guest too: they have to be able to choose."""
    made, created = Offer.objects.within(member.agency).get_or_create(
        agency=member.agency, member=member, defaults={"on": on}
    )
    if not created:
        return None
    events.record("payment.offered", made, by=None)
    tell(member, "payment.offered", subject=made)
    return made


@transaction.atomic
def offer_to_all_seated(agency: Agency, *, on: date) -> int:
    """Offer payment to everybody seated whose time is not otherwise paid; returns how many."""
    offered = Offer.objects.within(agency).values("member")
    seats = Seat.objects.within(agency).on(on).exclude(member__in=offered)
    made = 0
    for seat in seats.select_related("member").order_by("since", "pk"):
        seat.member.agency = agency
        if not is_otherwise_paid(seat.member, seat.standing, on):
            made += offer(seat.member, on=on) is not None
    return made
