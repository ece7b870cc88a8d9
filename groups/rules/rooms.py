"""Keeps apart two people who must not meet, wherever somebody is seated.

Recording what happened is never refused: attendance is recorded as it was.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Agency
from foundation.once import once
from foundation.refusals import Refusal
from groups.models import Group, OfferState, Seat, SeatOffer, SeatOfferQuerySet, SeatQuerySet
from groups.rules.groups import running
from safety import apart
from safety.models import NoContact, NoContactQuerySet

# Everybody except administrators sees this one sentence, so that it does not reveal which possible
# obstacle applies.
SOMETHING_IN_THE_WAY = Refusal(
    _("This seat can’t begin now."),
    _("Ask an administrator. They see why, and can settle it with you."),
)


def lasting(agency: Agency, on: date) -> SeatQuerySet:
    """Seats held on that day or later."""
    return Seat.objects.within(agency).filter(Q(until=None) | Q(until__gt=on))


def would_meet(agency: Agency, on: date, *, group: str = "group", member: str = "member") -> Q:
    """Rows with a group and a member who would meet somebody there they must not meet.

    Except groups in which the member already sits.
    """
    there = lasting(agency, on).filter(group=OuterRef(group), member=OuterRef(member))
    return somebody_there(agency, on, group=group, member=member) & ~Q(Exists(there))


def somebody_there(agency: Agency, on: date, *, group: str = "group", member: str = "member") -> Q:
    """Rows with a group in which somebody sits whom the member must not meet."""
    pairs = NoContact.objects.within(agency).lasting(on)
    pairs = pairs.filter(
        Q(one=OuterRef(OuterRef(member)), other=OuterRef("member"))
        | Q(other=OuterRef(OuterRef(member)), one=OuterRef("member"))
    )
    there = lasting(agency, on).filter(group=OuterRef(group))
    return Q(Exists(there.filter(Exists(pairs))))


def in_the_way(group: Group, member: Member, on: date) -> NoContactQuerySet:
    """Orders that keep this member out of the group; none if they already sit there."""
    there = lasting(member.agency, on).filter(group=group)
    others = Q(one=member, other__in=there.values("member"))
    others |= Q(other=member, one__in=there.values("member"))
    orders = NoContact.objects.within(member.agency).lasting(on).filter(others)
    return orders.exclude(Exists(there.filter(member=member)))


@once
def stands_in_the_way(group: Group, member: Member, on: date) -> bool:
    """Whether an order keeps this member out of the group."""
    return in_the_way(group, member, on).exists()


def seating(group: Group, member: Member, by: Member) -> Refusal | None:
    """Seating this member now. Only an uninvolved administrator reads what prevents it."""
    today = by.agency.today()
    if not stands_in_the_way(group, member, today):
        return None
    orders = in_the_way(group, member, today)
    if not orders.exclude(pk__in=apart.administered(by).values("pk")).exists():
        return Refusal(
            _("A no-contact order stands against it: somebody in this group must not meet them."),
            _("Look at the no-contact orders on the page with all people."),
        )
    return SOMETHING_IN_THE_WAY


def discreetly(refusal: Refusal | None, member: Member, by: Member) -> Refusal | None:
    """The full refusal for the member and for administrators, a vague one for others."""
    if refusal is None or member.pk == by.pk or apart.administers(by):
        return refusal
    return SOMETHING_IN_THE_WAY


def held_from(offer: SeatOffer, reader: Member) -> bool:
    """Whether the offer is hidden from its recipient, as if withdrawn.

    The seat would bring them together with somebody they must not meet, and they need not learn
    where that person sits. Whoever made the offer sees it as unanswered. `offer.member` and
    `offer.group` are loaded.
    """
    if offer.member_id != reader.pk:
        return False
    # Hardly ever, so it is asked first.
    if not stands_in_the_way(offer.group, reader, reader.agency.today()):
        return False
    return running(offer.group, reader) is not None


def shown_to(offers: SeatOfferQuerySet, member: Member, on: date) -> SeatOfferQuerySet:
    """Offers to this member that are not hidden from them."""
    return offers.exclude(would_meet(member.agency, on))


def hidden_offers(member: Member) -> Q:
    """Offers to this member that are hidden from them."""
    waiting = Q(member=member, state=OfferState.WAITING)
    return waiting & would_meet(member.agency, member.agency.today())


def both_there(agency: Agency, on: date) -> Q:
    """No-contact orders whose two people sit in one group."""
    return Q(Exists(_seats_of(agency, on, "one").filter(Exists(_beside(agency, on, "other")))))


def kept_waiting(agency: Agency, on: date) -> Q:
    """No-contact orders that hold back somebody's offer of a seat."""
    found = Q()
    for asked, sits in (("one", "other"), ("other", "one")):
        offers = SeatOffer.objects.within(agency).waiting().filter(member=OuterRef(asked))
        there = lasting(agency, on).filter(group=OuterRef("group"), member=OuterRef("member"))
        offers = offers.filter(Exists(_beside(agency, on, sits)), ~Exists(there))
        found |= Q(Exists(offers))
    return found


def _seats_of(agency: Agency, on: date, who: str) -> SeatQuerySet:
    return lasting(agency, on).filter(member=OuterRef(who))


def _beside(agency: Agency, on: date, who: str) -> SeatQuerySet:
    """Seats, in the row's group, of one of an order's two people."""
    return lasting(agency, on).filter(group=OuterRef("group"), member=OuterRef(OuterRef(who)))
