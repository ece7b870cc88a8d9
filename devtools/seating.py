"""Seats in one call: offered by one person and accepted by the other, as in the product."""

from datetime import date

from django.db import transaction

from accounts.models import Member
from groups.actions import accept_seat, offer_seat
from groups.actions.offers import put_offer
from groups.models import (
    Decision,
    DecisionStatus,
    Group,
    How,
    Motion,
    MotionKind,
    Office,
    Seat,
    SeatOffer,
)
from groups.rules import BY_DECISION, stands_in_the_way


def seat(
    group: Group,
    member: Member,
    *,
    standing: str | None = None,
    voting: bool = True,
    office: str = Office.NONE,
    since: date,
    by: Member,
) -> Seat:
    """Offer a place in the group and accept it; `by` accepts for people who can't sign in.

    A past day is entered late, as from paper. Where decisions give seats, the offer is as if the
    group had decided it.
    """
    if group.kind in BY_DECISION:
        offer = decided(group, member, voting=voting, office=office, since=since, by=by)
    else:
        offer = offer_seat(
            group,
            member,
            standing=standing,
            voting=voting,
            office=office,
            since=since,
            late_reason="It stood on paper.",
            by=by,
        )
    if member.user_id is not None or member.pk == by.pk:
        return accept_seat(offer, by=member, standing=standing)
    today = by.agency.today()
    return accept_seat(
        offer, by=by, standing=standing, agreed_on=min(since, today), agreed_how=How.IN_PERSON
    )


@transaction.atomic
def decided(
    group: Group, member: Member, *, voting: bool, office: str, since: date, by: Member
) -> SeatOffer:
    """An offer as it follows from a decision of the group."""
    today = by.agency.today()
    decision = Decision.objects.within(by.agency).create(
        group=group,
        title=f"A seat for {member}",
        text="They are asked to take a seat.",
        fixed=True,
        proposed_by=by,
        opened_on=min(since, today),
    )
    decision.become(DecisionStatus.ADOPTED)
    decision.decided_on = decision.opened_on
    decision.save()
    motion = Motion.objects.within(by.agency).create(
        group=group,
        kind=MotionKind.SEAT,
        member=member,
        voting=voting,
        office=office,
        since=since,
        decision=decision,
        carried_out_on=today,
    )
    return put_offer(
        group,
        member,
        voting=voting,
        office=office,
        since=since,
        late_reason="It stood on paper.",
        held=stands_in_the_way(group, member, today),
        motion=motion,
        offered_by=by,
        by=by,
    )


def accept(offer: SeatOffer) -> Seat:
    """Accept the offer as its recipient."""
    offer.member.agency = offer.agency
    return accept_seat(offer, by=offer.member, standing=offer.standing or None)


def give_office(
    seat: Seat, *, office: str, on: date, by: Member, voting: bool | None = None
) -> Seat:
    """Offer a seated member another office or a vote, and accept it."""
    if seat.group.kind in BY_DECISION:
        vote = seat.voting if voting is None else voting
        offer = decided(seat.group, seat.member, voting=vote, office=office, since=on, by=by)
        return accept_seat(offer, by=seat.member)
    offer = offer_seat(
        seat.group,
        seat.member,
        voting=seat.voting if voting is None else voting,
        office=office,
        since=on,
        late_reason="It stood on paper.",
        by=by,
    )
    return accept_seat(offer, by=seat.member)
