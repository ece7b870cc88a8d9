"""Whose time is otherwise paid; which organizations can be taken off the list."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Standing, StandingKind
from compensation.offers.models import Organization
from compensation.plan.rules import managing_plan
from foundation.refusals import Refusal

# Their time in groups is part of the work that they are paid for.
PAID_STANDINGS = frozenset({StandingKind.PROVIDER, StandingKind.MANAGER})


def is_otherwise_paid(member: Member, standing: str, on: date) -> bool:
    """Whether the member's time is paid by their employment: staff, and employed peers."""
    if standing in PAID_STANDINGS:
        return True
    standings = Standing.objects.within(member.agency).on(on).filter(member=member)
    return standings.filter(employed_peer=True).exists()


def taking_off(organization: Organization, by: Member) -> Refusal | None:
    if refusal := managing_plan(by):
        return refusal
    if organization.until is not None:
        return Refusal(_("This organization is not on the list any more."))
    return None
