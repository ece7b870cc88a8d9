"""Doubts about unusual costs, which the person who typed them must check."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Member
from compensation.claims.models import Claim, ClaimKind, ClaimStatus
from compensation.plan.doubts import ask
from compensation.policies import OLD_COST, USUAL_COST, USUAL_MILES
from foundation.models import Agency
from foundation.numbers import money_words


def cost(value: Decimal, agency: Agency) -> str:
    """Why to check the amount of a cost."""
    usual = Decimal(USUAL_COST.value(agency, agency.today()))
    if value <= usual:
        return ""
    said = _("%(value)s is more than most people ask for.") % {"value": money_words(value)}
    return f"{said} {ask()}"


def day(on: date, agency: Agency) -> str:
    """Why to check the day of a cost."""
    today = agency.today()
    if on >= today - OLD_COST.span(agency, today):
        return ""
    said = _("%(day)s is a long time ago.") % {"day": date_format(on, "F j, Y")}
    return f"{said} {ask()}"


def twice(member: Member, *, amount: Decimal, on: date) -> str:
    """Why to check a cost that looks like an earlier claim."""
    mine = Claim.objects.within(member.agency).filter(
        member=member, kind=ClaimKind.REIMBURSEMENT, amount=amount, service_on=on
    )
    over = [ClaimStatus.WITHDRAWN, ClaimStatus.REFUSED]
    if not mine.exclude(status__in=over).exists():
        return ""
    words = {"amount": money_words(amount), "day": date_format(on, "F j, Y")}
    said = _("You asked for %(amount)s for %(day)s before.") % words
    return f"{said} {ask()}"


def miles(value: Decimal, agency: Agency) -> str:
    """Why to check a number of miles."""
    if value <= USUAL_MILES.value(agency, agency.today()):
        return ""
    said = _("%(miles)s miles are more than most people drive.") % {"miles": value}
    return f"{said} {ask()}"
