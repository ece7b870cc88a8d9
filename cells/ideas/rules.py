"""Who may raise an idea, set it aside, take it up again, and complete it; and when."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from cells.cell.models import Cell
from cells.cell.rules import running
from cells.ideas.models import GONE_ON, Opportunity, OpportunityState
from foundation.refusals import Refusal


def raising(cell: Cell, by: Member) -> Refusal | None:
    """Raising: anyone in the program, in any cell they may know of."""
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


# States reached through a page of their own, or by the cell's decision.
_OTHERWISE = GONE_ON | {
    OpportunityState.CHOSEN,
    OpportunityState.CLOSING,
    OpportunityState.DONE,
    OpportunityState.ENDED,
}
# States left that way, too.
_FROM_OTHERWISE = GONE_ON | {OpportunityState.ENDED}


def _not_now() -> Refusal:
    return Refusal(
        _("This can't be done with the idea as it is now."),
        _("Look at its page to see where it stands."),
    )


def moving(opportunity: Opportunity, to: OpportunityState, by: Member) -> Refusal | None:
    """Setting aside, declining, taking up again; choosing takes the cell's decision."""
    elsewhere = to in _OTHERWISE or opportunity.state in _FROM_OTHERWISE
    if elsewhere or not opportunity.may_become(to):
        return _not_now()
    return running(opportunity.cell, by)


def joining(opportunity: Opportunity, by: Member) -> Refusal | None:
    """Merging or splitting an idea while it waits to be ranked."""
    if not opportunity.may_become(OpportunityState.MERGED):
        return _not_now()
    return running(opportunity.cell, by)


def taking_apart(opportunity: Opportunity, into: Opportunity | None, by: Member) -> Refusal | None:
    """Undoing a merge, as long as nothing was decided on the whole."""
    if opportunity.state != OpportunityState.MERGED or into is None:
        return _not_now()
    if into.state != OpportunityState.RAISED:
        return Refusal(
            _("Something was decided on the idea that this one is part of."),
            _("You can raise it again as an idea of its own."),
        )
    return running(opportunity.cell, by)


def putting_together(
    opportunity: Opportunity, parts: Iterable[Opportunity], by: Member
) -> Refusal | None:
    """Undoing a split, as long as nothing was decided on any part."""
    if opportunity.state != OpportunityState.SPLIT:
        return _not_now()
    if any(part.state != OpportunityState.RAISED for part in parts):
        return Refusal(
            _("Something was decided on one of its parts."), _("Go on with the other parts.")
        )
    return running(opportunity.cell, by)


def leaving(*, in_vote: bool, proposed: bool) -> Refusal | None:
    """Withdrawing an idea while others vote or decide on it."""
    if in_vote:
        return Refusal(
            _("People are voting on this idea now."), _("Wait until the vote is closed.")
        )
    if proposed:
        return Refusal(_("The cell is deciding on this idea now."), _("Wait for its decision."))
    return None
