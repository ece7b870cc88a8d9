"""Who may offer, accept and change a place in a group."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.refusals import Refusal
from groups.models import OfferState, Office, Seat, SeatOffer
from groups.rules.groups import changing, running


def _gives_more(seat: Seat, *, office: str, voting: bool | None) -> bool:
    more = voting is not None and voting and not seat.voting
    return more or office not in (seat.office, Office.NONE)


def changing_place(
    seat: Seat, by: Member, *, office: str, voting: bool | None = None
) -> Refusal | None:
    """At once, whatever takes away an office or a vote, and what one takes on oneself; what gives
    somebody else more is theirs only when they accept it. `seat.group` is loaded."""
    if (refusal := changing(seat.group, by)) is not None:
        return refusal
    if seat.member_id != by.pk and _gives_more(seat, office=office, voting=voting):
        return Refusal(
            _("Nobody gets an office or a vote without saying yes to it."),
            _("Offer it to them. It begins when they accept."),
        )
    return None


def seeing_offer(offer: SeatOffer, reader: Member) -> bool:
    """Whom it is for, and those who run the group."""
    return offer.member_id == reader.pk or running(offer.group, reader) is None


def _waiting(offer: SeatOffer) -> Refusal | None:
    if offer.state != OfferState.WAITING:
        return Refusal(
            _("This offer has been answered or taken back."),
            _("Ask the people who run the group if you have a question."),
        )
    return None


def answering_offer(offer: SeatOffer, by: Member) -> Refusal | None:
    """Whom it is for; for people without a way to sign in, somebody who runs the group enters
    what they said. `offer.member` and `offer.group` are loaded."""
    if (refusal := _waiting(offer)) is not None or offer.member_id == by.pk:
        return refusal
    if offer.member.user_id is not None:
        return Refusal(
            _("Only the person themselves can answer this offer."),
            _("They find it on their home page when they sign in."),
        )
    return running(offer.group, by)


def accepting_offer(offer: SeatOffer) -> Refusal | None:
    if offer.group.is_over(offer.member.agency.today()):
        return Refusal(_("This group is closed."), _("You can still read what it did."))
    return None


def withdrawing_offer(offer: SeatOffer, by: Member) -> Refusal | None:
    return _waiting(offer) or running(offer.group, by)
