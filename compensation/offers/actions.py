"""Offering payment to everybody whose time is not otherwise paid; the list for donations."""

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
    return offer_for_line(member, on=on)


@transaction.atomic
def offer_for_line(member: Member, *, on: date) -> Offer | None:
    """The same for somebody who has earned a line, a guest too: they have to be able to choose."""
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
def list_organization(*, name: str, by: Member, on: date) -> Organization:
    """Put an outside organization on the list; with the first one, members can donate.

    Raises ValidationError for the agency itself, or one that is on the list.
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
    """Take it off the list: who donates to it is told, and chooses again from that day on.

    What was earned for it before is still paid there.
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
