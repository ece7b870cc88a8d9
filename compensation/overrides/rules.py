"""Who sees how often rules of pay were set aside."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from compensation.budget.rules import SEEING
from foundation.refusals import Refusal


def seeing_overrides(by: Member) -> Refusal | None:
    """Counts and sums without names, as the budget."""
    if any(by.may(each) for each in SEEING):
        return None
    return Refusal(
        _("Only those who manage, pay or oversee payments can see this."),
        _("Ask one of them."),
    )
