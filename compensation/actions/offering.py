"""Offering payment to everybody whose time is not otherwise paid, and what they choose."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member, Standing, StandingKind
from compensation.models import Choice, Claim, ClaimStatus, Election, Offer, PlanVersion
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


@transaction.atomic
def elect(member: Member, *, choice: str, recipient: str = "", on: date) -> Election:
    """Choose to be paid, not to be, or to give it to a cause; it can be changed on any day.

    Lines that waited for the choice move on. Raises ValidationError without an offer, for a
    donation without recipient or to the agency itself.
    """
    agency = member.agency
    locked(member)
    made = Offer.objects.within(agency).filter(member=member).first()
    if made is None:
        raise ValidationError({"choice": _("No payment was offered to you yet.")})
    recipient = recipient.strip() if choice == Choice.DONATE else ""
    if choice == Choice.DONATE and not recipient:
        raise ValidationError({"recipient": _("Say to whom it should go.")})
    if agency.name.casefold() in recipient.casefold():
        raise ValidationError(
            {"recipient": _("It can't go to the agency itself. Choose another cause.")}
        )
    current = Election.objects.within(agency).on(on).filter(member=member).first()
    if current is not None:
        if current.since == on:
            current.choice, current.recipient = choice, recipient
            current.save(update_fields=["choice", "recipient"])
            election = current
        else:
            current.until = on
            current.save(update_fields=["until"])
            current = None
    if current is None:
        election = Election.objects.within(agency).create(
            member=member, choice=choice, recipient=recipient, since=on
        )
    _move_on(member, choice, on)
    events.record("payment.elected", made, by=member, choice=choice)
    return election


def _move_on(member: Member, choice: str, on: date) -> None:
    """The clock of lines that waited for the member starts on the day they chose."""
    claims = (
        Claim.objects.within(member.agency).select_for_update(of=("self",)).select_related("plan")
    )
    if choice == Choice.DECLINE:
        for claim in claims.filter(member=member, status=ClaimStatus.WAITING):
            claim.status = ClaimStatus.WAIVED
            claim.save(update_fields=["status"])
        return
    for claim in claims.filter(member=member, status=ClaimStatus.WAITING):
        assert claim.plan is not None
        claim.status = ClaimStatus.EARNED
        claim.start_clock(on, claim.plan.due_days)
        claim.save(update_fields=["status", "clock_since", "due_on"])
