"""Who may offer, accept and change a place in a group."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.refusals import Refusal
from groups.models import Group, OfferState, Office, Seat, SeatOffer
from groups.rules.groups import changing, naming_standing, running
from groups.rules.motions import by_decision
from groups.rules.rooms import held_from, seating


def offering(group: Group, by: Member) -> Refusal | None:
    """Offering: people who run the group; nobody alone if decisions give seats."""
    return changing(group, by) or by_decision(group)


def ending_seat(group: Group, by: Member) -> Refusal | None:
    """Ending somebody else's seat, or taking an office away; anybody can give up their own."""
    return changing(group, by) or by_decision(group)


def leaving_stand_in(seat: Seat) -> Refusal | None:
    """Giving a seat's member another place: never from one that is only there to step in.

    It has no vote of its own; with one, its member would have two voices.
    """
    if seat.stands_in_id is None:
        return None
    return Refusal(
        _("This seat is only there to step in for somebody."),
        _("Whoever steps in can end that on their own page."),
    )


def opening_seat(seat: Seat, by: Member) -> Refusal | None:
    """Opening the form: for one's own seat if one runs the group; else by the right to end it.

    So nobody fills in what would be refused. `seat.group` is loaded.
    """
    if refusal := leaving_stand_in(seat):
        return refusal
    if seat.member_id == by.pk:
        return changing(seat.group, by)
    return ending_seat(seat.group, by)


def gives_more(seat: Seat, *, office: str, voting: bool | None) -> bool:
    """Whether the change gives a vote or another office."""
    more = voting is not None and voting and not seat.voting
    return more or office not in (seat.office, Office.NONE)


def changing_place(
    seat: Seat, by: Member, *, office: str, voting: bool | None = None
) -> Refusal | None:
    """Changing a place at once: taking away an office or a vote, or changing one's own.

    Giving somebody else more requires that they accept. `seat.group` is loaded.
    """
    if (refusal := changing(seat.group, by)) is not None:
        return refusal
    mine = seat.member_id == by.pk
    if not gives_more(seat, office=office, voting=voting):
        return None if mine else ending_seat(seat.group, by)
    if (refusal := by_decision(seat.group)) is not None:
        return refusal
    if not mine:
        return Refusal(
            _("Nobody gets an office or a vote without saying yes to it."),
            _("Offer it to them. It begins when they accept."),
        )
    return None


def seeing_offer(offer: SeatOffer, reader: Member) -> bool:
    """The recipient, and people who run the group."""
    return offer.member_id == reader.pk or running(offer.group, reader) is None


ANSWERED = Refusal(
    _("This offer has been answered or taken back."),
    _("Ask the people who run the group if you have a question."),
)


def _waiting(offer: SeatOffer) -> Refusal | None:
    return None if offer.may_become(OfferState.WITHDRAWN) else ANSWERED


def answering_offer(offer: SeatOffer, by: Member) -> Refusal | None:
    """Answering: the recipient; people who run the group for somebody who can't sign in.

    `offer.member` and `offer.group` are loaded.
    """
    if (refusal := _waiting(offer)) is not None:
        return refusal
    if offer.member_id == by.pk:
        return ANSWERED if held_from(offer, by) else None
    if offer.member.user_id is not None:
        return Refusal(
            _("Only the person themselves can answer this offer."),
            _("They find it on their home page when they sign in."),
        )
    if offer.motion is not None and offer.motion.for_consumers:
        # Whether it can be entered depends on the person's standing.
        return running(offer.group, by) or naming_standing(by)
    return running(offer.group, by)


def accepting_offer(offer: SeatOffer, by: Member) -> Refusal | None:
    """Accepting: the group is open, and nobody sits there whom the person must not meet."""
    if offer.group.is_over(offer.member.agency.today()):
        return Refusal(_("This group is closed."), _("You can still read what it did."))
    return seating(offer.group, offer.member, by)


def withdrawing_offer(offer: SeatOffer, by: Member) -> Refusal | None:
    """Withdrawing: nobody alone, if a decision gave the seat."""
    return _waiting(offer) or running(offer.group, by) or by_decision(offer.group)
