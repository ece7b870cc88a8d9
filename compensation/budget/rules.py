"""Who sees the budget, enters its lines, and takes one out."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.budget.models import BudgetLine
from compensation.plan.rules import managing_plan
from foundation.refusals import Refusal

SEEING = (Permission.MANAGE_COMPENSATION, Permission.SEE_PAYMENTS, Permission.OVERSEE)


def seeing(by: Member) -> Refusal | None:
    """The budget, in sums without names."""
    if any(by.may(each) for each in SEEING):
        return None
    return Refusal(
        _("Only those who manage, pay or oversee payments can see the budget."),
        _("Ask one of them what is left of it."),
    )


def entering(by: Member) -> Refusal | None:
    """Entering a line: whoever drafts payment plans."""
    return managing_plan(by)


def taking_out(line: BudgetLine, by: Member) -> Refusal | None:
    if refusal := managing_plan(by):
        return refusal
    if line.out_on is not None:
        return Refusal(_("This line was taken out before."))
    return None
