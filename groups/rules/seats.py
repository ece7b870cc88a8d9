"""Who may offer, accept and change a place in a group."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.refusals import Refusal
from groups.models import Group, OfferState, Office, Seat, SeatOffer
from groups.rules.groups import changing, naming_standing, running
from groups.rules.motions import by_decision
from groups.rules.rooms import held_from, seating


def offering(group: Group, by: Member) -> Refusal | None:
    """By who runs the group; where seats are given by decisions, by nobody alone."""
    return changing(group, by) or by_decision(group)


def ending_seat(group: Group, by: Member) -> Refusal | None:
    """Of somebody else, or taking an office away; one's own anybody gives up."""
    return changing(group, by) or by_decision(group)


def opening_seat(seat: Seat, by: Member) -> Refusal | None:
    """Its form: one's own where one runs the group; else by who may take away what it gives, so
    that nothing is filled in that would be refused. `seat.group` is loaded."""
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
    """At once, whatever takes away an office or a vote, and what one takes on oneself; what gives
    somebody else more is theirs only when they accept it. `seat.group` is loaded."""
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
    """Whom it is for, and those who run the group."""
    return offer.member_id == reader.pk or running(offer.group, reader) is None


ANSWERED = Refusal(
    _("This offer has been answered or taken back."),
    _("Ask the people who run the group if you have a question."),
)


def _waiting(offer: SeatOffer) -> Refusal | None:
    return None if offer.may_become(OfferState.WITHDRAWN) else ANSWERED


def answering_offer(offer: SeatOffer, by: Member) -> Refusal | None:
    """Whom it is for; for people without a way to sign in, somebody who runs the group enters
    what they said. `offer.member` and `offer.group` are loaded."""
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
        # Whether it can be entered depends on what the person is.
        return running(offer.group, by) or naming_standing(by)
    return running(offer.group, by)


def accepting_offer(offer: SeatOffer, by: Member) -> Refusal | None:
    """The group goes on, and nobody sits there whom the person must not meet."""
    if offer.group.is_over(offer.member.agency.today()):
        return Refusal(_("This group is closed."), _("You can still read what it did."))
    return seating(offer.group, offer.member, by)


def withdrawing_offer(offer: SeatOffer, by: Member) -> Refusal | None:
    """Where a decision gave the seat, nobody alone takes it back."""
    return _waiting(offer) or running(offer.group, by) or by_decision(offer.group)
