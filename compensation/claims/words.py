"""Words for a line of pay: what was done, at which rate, and what the daily limit cut."""

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from compensation.claims.models import Claim
from compensation.plan.models import RateBasis, WorkKind
from compensation.plan.words import DONE
from foundation.presenting import written
from foundation.templatetags.components import dollars


def done(claim: Claim) -> str:
    """What was done and when, to whoever did it."""
    said = {"day": written(claim.service_on), "hours": floatformat(claim.hours, "-2")}
    if claim.rule is None:
        return _("for %(hours)s hours on %(day)s") % said
    said["work"] = str(DONE[WorkKind(claim.rule.work)])
    if claim.rule.basis == RateBasis.HOUR:
        return _("for %(work)s, %(hours)s hours, on %(day)s") % said
    return _("for %(work)s on %(day)s") % said


def at_rate(claim: Claim) -> str:
    """What was done, for how much, and when, to whoever approves or pays."""
    said = {
        "day": written(claim.service_on),
        "hours": floatformat(claim.hours_apart, "-2"),
        "rate": claim.rate,
    }
    if claim.rule is None:
        return _("%(hours)s hours at $%(rate)s, %(day)s") % said
    said["work"] = claim.rule.get_work_display()
    if claim.rule.basis == RateBasis.HOUR:
        return _("%(work)s: %(hours)s hours at $%(rate)s, %(day)s") % said
    if claim.rule.basis == RateBasis.DAY:
        return _("%(work)s: $%(rate)s a day, %(day)s") % said
    return _("%(work)s: $%(rate)s each time, %(day)s") % said


def cut(claim: Claim) -> str:
    """The daily limit that cut it, with the plan loaded; empty if it cut nothing."""
    if claim.before_cap is None or claim.plan is None or claim.plan.daily_cap is None:
        return ""
    said = {"cap": dollars(claim.plan.daily_cap), "full": dollars(claim.before_cap)}
    return _("capped at %(cap)s a day, worth %(full)s without it") % said
