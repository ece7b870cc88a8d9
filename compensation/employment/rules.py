"""Who records how people are paid, and what waits for that decision."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.employment.models import EmploymentDecision
from foundation.addresses import at
from foundation.refusals import Refusal


def deciding(by: Member) -> Refusal | None:
    if not by.may(Permission.MANAGE_COMPENSATION):
        return Refusal(
            _("Only an administrator can record how people are paid."),
            _("Bring your wish to the oversight committee."),
        )
    return None


def decided(by: Member, on: date) -> Refusal | None:
    """Paying anybody: only once it is on record whether as contractors, employees or otherwise."""
    if EmploymentDecision.objects.within(by.agency).on(on).exists():
        return None
    reason = _("Nobody has recorded yet if people are paid as contractors or as employees.")
    if deciding(by) is not None:
        return Refusal(reason, _("Ask an administrator to record it."))
    return Refusal(
        reason,
        _("Record it first. Then the plan can be put in force."),
        at(by.agency, "compensation:decide_employment"),
        _("Record how people are paid"),
    )
