"""Waiting items about pay: to choose, or to ask somebody for their choice."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.offers.models import Election, Offer, OfferChoice
from compensation.policies import OFFERED_AGAIN
from foundation.addresses import at
from groups.models import Seat
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRow, WaitingRows, register


def _choice(member: Member, on: date) -> WaitingRows | None:
    elected = Election.objects.within(member.agency).on(on).filter(member=member)
    offers = Offer.objects.within(member.agency).filter(member=member)
    return WaitingRows(offers.exclude(member__in=elected.values("member")), label=Value(""))


def _choice_for(member: Member, on: date) -> WaitingRows | None:
    """For people who can't choose here themselves: they have no account, or have left."""
    if not (member.may(Permission.FACILITATE) or member.may(Permission.MANAGE_PEOPLE)):
        return None
    elected = Election.objects.within(member.agency).on(on)
    offers = Offer.objects.within(member.agency).filter(member__erased_at=None)
    cannot = Q(member__user=None) | Q(member__until__lte=on)
    asked = offers.filter(cannot).exclude(member__in=elected.values("member"))
    return WaitingRows(asked.exclude(member=member), label="member__shown_name", subject="member")


def _choice_again(member: Member, on: date) -> WaitingRows | None:
    """The offer of somebody who said no a long time ago and takes part today."""
    long_ago = on - OFFERED_AGAIN.span(member.agency, on)
    elected = Election.objects.within(member.agency).on(on).filter(member=member)
    declined = elected.filter(choice=OfferChoice.DECLINE, since__lte=long_ago)
    seats = Seat.objects.within(member.agency).on(on).filter(member=member)
    offers = Offer.objects.within(member.agency).filter(member=member)
    return WaitingRows(offers.filter(Exists(declined), Exists(seats)), label=Value(""))


def _choice_for_again(member: Member, on: date) -> WaitingRows | None:
    """People on paper whose choice is old, whatever it was: the list must not tell who said no."""
    if not (member.may(Permission.FACILITATE) or member.may(Permission.MANAGE_PEOPLE)):
        return None
    long_ago = on - OFFERED_AGAIN.span(member.agency, on)
    chose = Election.objects.within(member.agency).on(on).filter(since__lte=long_ago)
    seats = Seat.objects.within(member.agency).on(on).filter(member=OuterRef("member"))
    offers = Offer.objects.within(member.agency).filter(
        Exists(chose.filter(member=OuterRef("member"))),
        Exists(seats),
        member__user=None,
        member__erased_at=None,
    )
    return WaitingRows(offers.exclude(member=member), label="member__shown_name", subject="member")


def _page(name: str, member: Member, row: WaitingRow) -> str:
    return at(member.agency, f"compensation:{name}")


register(
    WaitingKind(
        code="payment.choice",
        area=Area.PAYMENTS,
        title=_("Tell us if you want to be paid for your time"),
        minutes=2,
        rows=_choice,
        url=lambda member, row: _page("choose", member, row),
    )
)
register(
    WaitingKind(
        code="payment.choice_for",
        area=Area.PAYMENTS,
        title=_("Ask %(label)s about being paid, and write down what they say"),
        minutes=5,
        rows=_choice_for,
        url=lambda member, row: at(member.agency, "compensation:choose_for", pk=row.subject_id),
    )
)
register(
    WaitingKind(
        code="payment.choice_again",
        area=Area.PAYMENTS,
        title=_("You said no to pay some time ago. Tell us if that is still right"),
        minutes=2,
        rows=_choice_again,
        url=lambda member, row: _page("choose", member, row),
    )
)
register(
    WaitingKind(
        code="payment.choice_for_again",
        area=Area.PAYMENTS,
        title=_("Ask %(label)s again about being paid, and write down what they say"),
        minutes=5,
        rows=_choice_for_again,
        url=lambda member, row: at(member.agency, "compensation:choose_for", pk=row.subject_id),
    )
)
