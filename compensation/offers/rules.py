"""Whose time is otherwise paid; which organizations can be unlisted."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Standing, StandingKind
from compensation.offers.models import Organization
from compensation.plan.rules import managing_plan
from foundation.refusals import Refusal

# Their salary already covers their time in groups.
PAID_STANDINGS = frozenset({StandingKind.PROVIDER, StandingKind.MANAGER})


def is_otherwise_paid(member: Member, standing: str, on: date) -> bool:
    """Whether employment already pays the member's time: staff, and employed peers."""
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
