"""Who may raise an idea, set it aside, take it up again, close it as done; and when."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from cells.models import ActionPlan, Cell, Opportunity, OpportunityState
from cells.models.plans import STILL_OPEN
from cells.rules.cells import running
from foundation.refusals import Refusal

MOVES: dict[OpportunityState, frozenset[OpportunityState]] = {
    OpportunityState.RAISED: frozenset(
        {OpportunityState.CHOSEN, OpportunityState.PARKED, OpportunityState.DECLINED}
    ),
    OpportunityState.CHOSEN: frozenset({OpportunityState.PARKED, OpportunityState.DONE}),
    OpportunityState.PARKED: frozenset({OpportunityState.RAISED, OpportunityState.DECLINED}),
    OpportunityState.DECLINED: frozenset({OpportunityState.RAISED}),
    OpportunityState.DONE: frozenset(),
}


def raising(cell: Cell, by: Member) -> Refusal | None:
    """Anyone in the program may raise something, in any cell that they may know of."""
    if not cell.group.is_open(by.agency.today()):
        return Refusal(_("This cell is closed."), _("Choose another one for your idea."))
    return None


def raising_for(author: Member, by: Member) -> Refusal | None:
    """Entering what somebody else said, with their consent."""
    if author.pk == by.pk or by.may(Permission.FACILITATE):
        return None
    return Refusal(
        _("Only a facilitator can enter an idea for somebody else."),
        _("Ask a facilitator, or share it as your own."),
    )


def moving(opportunity: Opportunity, to: OpportunityState, by: Member) -> Refusal | None:
    """Setting aside, not taking up, taking up again. Choosing is the cell's: by its decision."""
    if to not in MOVES[OpportunityState(opportunity.state)] or to == OpportunityState.CHOSEN:
        return Refusal(
            _("This can't be done with the idea as it is now."),
            _("Look at its page to see where it stands."),
        )
    return running(opportunity.cell, by)


def leaving(*, in_vote: bool, proposed: bool) -> Refusal | None:
    """Taking an idea off the table while others vote or decide on it."""
    if in_vote:
        return Refusal(
            _("People are voting on this idea now."), _("Wait until the vote is closed.")
        )
    if proposed:
        return Refusal(_("The cell is deciding on this idea now."), _("Wait for its decision."))
    return None


def finishing(opportunity: Opportunity, plan: ActionPlan | None, by: Member) -> Refusal | None:
    """Closing it as done: something was planned, tried, and nothing is left open."""
    if (refusal := moving(opportunity, OpportunityState.DONE, by)) is not None:
        return refusal
    if plan is None or plan.activated_on is None:
        return Refusal(
            _("Nothing has been tried for this idea yet."),
            _("Start its action plan first, or set the idea aside."),
        )
    if any(step.status in STILL_OPEN for step in plan.steps.all()):
        return Refusal(
            _("Some action steps are still open."), _("Mark each one as done, or drop it.")
        )
    return None
