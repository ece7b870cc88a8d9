"""When a cell is asked whether its work on an idea was useful."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.cell.rules import running
from cells.ideas.models import Opportunity, OpportunityState
from cells.ideas.rules import _not_now
from cells.plans.models.plans import ActionPlan
from foundation.refusals import Refusal


def asking(opportunity: Opportunity, plan: ActionPlan | None, by: Member) -> Refusal | None:
    """Asking the cell whether it worked: once something was tried."""
    if opportunity.state != OpportunityState.CHOSEN:
        return _not_now()
    if (refusal := running(opportunity.cell, by)) is not None:
        return refusal
    if plan is None or plan.activated_on is None:
        return Refusal(
            _("Nothing has been tried for this idea yet."),
            _("Start its action plan first, or set the idea aside."),
        )
    return None


def finishing(
    opportunity: Opportunity, plan: ActionPlan | None, by: Member, *, steps_open: bool
) -> Refusal | None:
    """The same, with no step left open. Tests may still run: the cell is told, and decides."""
    if (refusal := asking(opportunity, plan, by)) is not None or plan is None:
        return refusal
    if steps_open:
        return Refusal(
            _("Some action steps are still open."), _("Mark each one as done, or drop it.")
        )
    return None
