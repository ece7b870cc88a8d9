"""Seats in one call: offered by one person and accepted by the other, as the product does it."""

from datetime import date

from accounts.models import Member
from groups.actions import accept_seat, offer_seat
from groups.models import Group, How, Office, Seat, SeatOffer


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
    """Offer a place in the group, and accept it; for who has no way to sign in, `by` enters it.

    A day that has passed is entered late, as from paper.
    """
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


def accept(offer: SeatOffer) -> Seat:
    """What is offered, by whom it is for."""
    offer.member.agency = offer.agency
    return accept_seat(offer, by=offer.member, standing=offer.standing or None)


def give_office(
    seat: Seat, *, office: str, on: date, by: Member, voting: bool | None = None
) -> Seat:
    """Offer somebody who sits there another office or a vote, and accept it."""
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
