"""Two people who must not meet are never put into one room: asked wherever somebody is seated.

Recording what happened is never refused: who came to a meeting is written down as it was.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Agency
from foundation.refusals import Refusal
from groups.models import Group, Seat, SeatOffer, SeatOfferQuerySet, SeatQuerySet
from groups.rules.groups import running
from safety import apart
from safety.models import NoContact, NoContactQuerySet

# What everybody but administrators reads, whatever stands against a seat: the sentence alone must
# not say which of the things that can stand against it is the case.
SOMETHING_IN_THE_WAY = Refusal(
    _("This seat can’t begin now."),
    _("Ask an administrator. They see why, and can settle it with you."),
)


def lasting(agency: Agency, on: date) -> SeatQuerySet:
    """The seats that somebody has on that day or will have later."""
    return Seat.objects.within(agency).filter(Q(until=None) | Q(until__gt=on))


def would_meet(agency: Agency, on: date, *, group: str = "group", member: str = "member") -> Q:
    """Of rows with a group and a member: those where somebody sits whom the member must not meet,
    and the member does not sit there yet."""
    pairs = NoContact.objects.within(agency).lasting(on)
    pairs = pairs.filter(
        Q(one=OuterRef(OuterRef(member)), other=OuterRef("member"))
        | Q(other=OuterRef(OuterRef(member)), one=OuterRef("member"))
    )
    there = lasting(agency, on).filter(group=OuterRef(group))
    return Q(Exists(there.filter(Exists(pairs)))) & ~Q(
        Exists(there.filter(member=OuterRef(member)))
    )


def in_the_way(group: Group, member: Member, on: date) -> NoContactQuerySet:
    """The orders because of which this member is not put into the group; none where they sit there
    already."""
    there = lasting(member.agency, on).filter(group=group)
    others = Q(one=member, other__in=there.values("member"))
    others |= Q(other=member, one__in=there.values("member"))
    orders = NoContact.objects.within(member.agency).lasting(on).filter(others)
    return orders.exclude(Exists(there.filter(member=member)))


def seating(group: Group, member: Member, by: Member) -> Refusal | None:
    """Putting this member into the group now. Only an administrator, who is none of the two, reads
    what stands against it."""
    orders = in_the_way(group, member, by.agency.today())
    if not orders.exists():
        return None
    if not orders.exclude(pk__in=apart.administered(by).values("pk")).exists():
        return Refusal(
            _("A no-contact order stands against it: somebody in this group must not meet them."),
            _("Look at the no-contact orders on the page with all people."),
        )
    return SOMETHING_IN_THE_WAY


def discreetly(refusal: Refusal | None, member: Member, by: Member) -> Refusal | None:
    """The same refusal to the member themself and to administrators; to others, that something
    stands against the seat."""
    if refusal is None or member.pk == by.pk or apart.administers(by):
        return refusal
    return SOMETHING_IN_THE_WAY


def held_from(offer: SeatOffer, reader: Member) -> bool:
    """Whether the offer is kept from whom it is for, as if it had been taken back: the seat would
    bring them to somebody whom they must not meet, and they need not learn where that one sits.

    Who offered it sees an offer that is not answered. `offer.member` and `offer.group` are loaded.
    """
    if offer.member_id != reader.pk or running(offer.group, reader) is None:
        return False
    return in_the_way(offer.group, reader, reader.agency.today()).exists()


def shown_to(offers: SeatOfferQuerySet, member: Member, on: date) -> SeatOfferQuerySet:
    """Of the offers to this member, those that are not kept from them."""
    return offers.exclude(would_meet(member.agency, on))


def both_there(agency: Agency, on: date) -> Q:
    """Of no-contact orders: those whose two people sit in one group."""
    return Q(Exists(_seats_of(agency, on, "one").filter(Exists(_beside(agency, on, "other")))))


def kept_waiting(agency: Agency, on: date) -> Q:
    """Of no-contact orders: those because of which somebody's offer of a seat is held back."""
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
    """The seats of one of an order's two people in the group of the row around."""
    return lasting(agency, on).filter(group=OuterRef("group"), member=OuterRef(OuterRef(who)))
