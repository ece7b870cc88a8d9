"""Offers of payment to everybody whose time is not otherwise paid; the list for donations."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from compensation.offers import rules
from compensation.offers.models import Election, Offer, Organization
from compensation.offers.rules import is_otherwise_paid
from compensation.plan import rules as plan_rules
from compensation.plan.models import PlanVersion
from foundation import events
from foundation.models import Agency
from foundation.refusals import enforce
from groups.models import Seat
from notifications.actions import tell


def locked(member: Member) -> Member:
    """Lock the member until the transaction ends, so that choices and lines don't overlap."""
    members = Member.objects.within(member.agency).select_for_update(no_key=True)
    held = members.get(pk=member.pk)
    held.agency = member.agency
    return held


def offer(member: Member, *, on: date) -> Offer | None:
    """Offer payment to a member, once; None without a plan, or if it was offered already."""
    if not PlanVersion.objects.within(member.agency).in_force(on).exists():
        return None
    return offer_for_line(member, on=on)


@transaction.atomic
def offer_for_line(member: Member, *, on: date) -> Offer | None:
    """The same for anybody who has earned a line, even a guest: they must be able to choose."""
    made, created = Offer.objects.within(member.agency).get_or_create(
        agency=member.agency, member=member, defaults={"on": on}
    )
    if not created:
        return None
    events.record("payment.offered", made, by=None)
    tell(member, "payment.offered", subject=made)
    return made


def offer_for_lines(members: Sequence[Member], *, on: date) -> None:
    """The same for several members of one agency; one query if all have their offers already."""
    if not members:
        return
    offers = Offer.objects.within(members[0].agency).filter(member__in=members)
    have = set(offers.values_list("member", flat=True))
    for member in members:
        if member.pk not in have:
            offer_for_line(member, on=on)


@transaction.atomic
def offer_to_all_seated(agency: Agency, *, on: date) -> int:
    """Offer payment to all seated members whose time is not otherwise paid; return how many."""
    offered = Offer.objects.within(agency).values("member")
    seats = Seat.objects.within(agency).on(on).exclude(member__in=offered)
    made = 0
    for seat in seats.select_related("member").order_by("since", "pk"):
        seat.member.agency = agency
        if not is_otherwise_paid(seat.member, seat.standing, on):
            made += offer(seat.member, on=on) is not None
    return made


@transaction.atomic
def list_organization(*, name: str, by: Member, on: date) -> Organization:
    """List an outside organization; with the first one, members can donate.

    Raises ValidationError for the agency itself, or one that is already listed.
    """
    enforce(plan_rules.managing_plan(by))
    name = " ".join(name.split())
    agency = by.agency
    if agency.name.casefold() in name.casefold() or name.casefold() in agency.name.casefold():
        raise ValidationError(
            {"name": _("Pay can’t go to the agency itself. Choose an outside organization.")}
        )
    organizations = Organization.objects.within(agency)
    if organizations.filter(name__iexact=name, until=None).exists():
        raise ValidationError({"name": _("This organization is on the list already.")})
    made: Organization = organizations.create(name=name, since=on, listed_by=by)
    events.record("organization.listed", made, by=by)
    return made


@transaction.atomic
def take_off_organization(organization: Organization, *, by: Member, on: date) -> Organization:
    """Unlist it: members who donate to it are told, and choose again from that day on.

    What they earned for it before is still paid there.
    """
    enforce(plan_rules.managing_plan(by))
    rows = Organization.objects.within(by.agency).select_for_update()
    organization = rows.get(pk=organization.pk)
    enforce(rules.taking_off(organization, by))
    organization.until = max(on, organization.since)
    organization.save(update_fields=["until"])
    elections = Election.objects.within(by.agency).filter(organization=organization, until=None)
    for election in elections.select_related("member__user"):
        election.until = max(on, election.since)
        election.save(update_fields=["until"])
        election.member.agency = by.agency
        offers = Offer.objects.within(by.agency)
        tell(election.member, "payment.choose_again", subject=offers.get(member=election.member))
    events.record("organization.taken_off", organization, by=by)
    return organization
