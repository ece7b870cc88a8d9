"""Doubts about unusual rates and caps, which the person who typed them must check."""

from decimal import Decimal

from django.utils.translation import gettext as _

from compensation.plan.models import PlanVersion
from compensation.policies import RATE_TIMES, USUAL_CAP, USUAL_RATE
from foundation.models import Agency
from foundation.numbers import money_words


def rate(value: Decimal, agency: Agency) -> str:
    """Why to check an hourly rate; empty if it is close to that of the plan in force."""
    on = agency.today()
    plan = PlanVersion.objects.within(agency).in_force(on).first()
    words = {"value": money_words(value)}
    if plan is None:
        usual = Decimal(USUAL_RATE.value(agency, on))
        if value <= usual:
            return ""
        words["usual"] = money_words(usual)
        said = _("%(value)s an hour is more than %(usual)s.")
        return f"{said % words} {ask()}"
    words["usual"] = money_words(plan.hourly_rate)
    if value > plan.hourly_rate * RATE_TIMES.value:
        said = _("%(value)s an hour is far more than the %(usual)s of the plan in force.")
    elif value * RATE_TIMES.value < plan.hourly_rate:
        said = _("%(value)s an hour is far less than the %(usual)s of the plan in force.")
    else:
        return ""
    return f"{said % words} {ask()}"


def daily_cap(value: Decimal, agency: Agency) -> str:
    """Why to check a daily cap."""
    usual = Decimal(USUAL_CAP.value(agency, agency.today()))
    if value <= usual:
        return ""
    said = _("%(value)s is far more than usual for one day.") % {"value": money_words(value)}
    return f"{said} {ask()}"


def ask() -> str:
    return _("Correct it, or check the box if it is right.")
