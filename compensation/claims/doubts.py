"""Costs that are far from what is usual: whoever typed them is asked to check them."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Member
from compensation.claims.models import Claim, ClaimKind, ClaimStatus
from compensation.plan.doubts import ask
from compensation.policies import OLD_COST, USUAL_COST
from foundation.models import Agency
from foundation.numbers import money_words


def cost(value: Decimal, agency: Agency) -> str:
    """Why a cost to repay should be checked."""
    usual = Decimal(USUAL_COST.value(agency, agency.today()))
    if value <= usual:
        return ""
    said = _("%(value)s is more than most people ask for.") % {"value": money_words(value)}
    return f"{said} {ask()}"


def day(on: date, agency: Agency) -> str:
    """Why the day of a cost should be checked."""
    today = agency.today()
    if on >= today - OLD_COST.span(agency, today):
        return ""
    said = _("%(day)s is a long time ago.") % {"day": date_format(on, "F j, Y")}
    return f"{said} {ask()}"


def twice(member: Member, *, amount: Decimal, on: date) -> str:
    """Why a cost should be checked that looks like one that was asked for before."""
    mine = Claim.objects.within(member.agency).filter(
        member=member, kind=ClaimKind.REIMBURSEMENT, amount=amount, service_on=on
    )
    over = [ClaimStatus.WITHDRAWN, ClaimStatus.REFUSED]
    if not mine.exclude(status__in=over).exists():
        return ""
    words = {"amount": money_words(amount), "day": date_format(on, "F j, Y")}
    said = _("You asked for %(amount)s for %(day)s before.") % words
    return f"{said} {ask()}"
