"""Amounts that are far from what is usual: whoever typed them is asked to check them."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Member
from compensation.models import Claim, ClaimKind, ClaimStatus, PlanVersion
from compensation.policies import OLD_COST, RATE_TIMES, USUAL_CAP, USUAL_COST, USUAL_RATE
from foundation.models import Agency
from foundation.numbers import money_words


def rate(value: Decimal, agency: Agency) -> str:
    """Why a rate for an hour should be checked; empty when it is near the plan's in force."""
    on = agency.today()
    plan = PlanVersion.objects.within(agency).in_force(on).first()
    words = {"value": money_words(value)}
    if plan is None:
        usual = Decimal(USUAL_RATE.value(agency, on))
        if value <= usual:
            return ""
        words["usual"] = money_words(usual)
        said = _("%(value)s an hour is more than %(usual)s.")
        return f"{said % words} {_ask()}"
    words["usual"] = money_words(plan.hourly_rate)
    if value > plan.hourly_rate * RATE_TIMES.value:
        said = _("%(value)s an hour is far more than the %(usual)s of the plan in force.")
    elif value * RATE_TIMES.value < plan.hourly_rate:
        said = _("%(value)s an hour is far less than the %(usual)s of the plan in force.")
    else:
        return ""
    return f"{said % words} {_ask()}"


def daily_cap(value: Decimal, agency: Agency) -> str:
    """Why a limit for one day should be checked."""
    usual = Decimal(USUAL_CAP.value(agency, agency.today()))
    if value <= usual:
        return ""
    said = _("%(value)s is far more than usual for one day.") % {"value": money_words(value)}
    return f"{said} {_ask()}"


def cost(value: Decimal, agency: Agency) -> str:
    """Why a cost to repay should be checked."""
    usual = Decimal(USUAL_COST.value(agency, agency.today()))
    if value <= usual:
        return ""
    said = _("%(value)s is more than most people ask for.") % {"value": money_words(value)}
    return f"{said} {_ask()}"


def day(on: date, agency: Agency) -> str:
    """Why the day of a cost should be checked."""
    today = agency.today()
    if on >= today - OLD_COST.span(agency, today):
        return ""
    said = _("%(day)s is a long time ago.") % {"day": date_format(on, "F j, Y")}
    return f"{said} {_ask()}"


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
    return f"{said} {_ask()}"


def _ask() -> str:
    return _("Correct it, or check the box if it is right.")
