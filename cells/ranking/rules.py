"""Who may start a vote, vote, end it, and propose from its result; and when."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.cell.models import Cell
from cells.cell.rules import running
from cells.policies import BALLOTS, LISTED, RANKED
from cells.ranking.models import PriorityRound, RankingMethod, RoundStatus
from foundation import holding
from foundation.refusals import Refusal
from groups import rules as group_rules
from groups.models import Seat

# How many ideas can be ranked: a matrix asks two things of each.
ENTRIES: dict[str, range] = {
    RankingMethod.MULTIVOTING: range(RANKED.value, 31),
    RankingMethod.MATRIX: range(RANKED.value, 11),
    RankingMethod.NOMINAL: range(RANKED.value, LISTED.value + 1),
}


def opening_round(
    cell: Cell, by: Member, *, ideas: int, voters: int, under_way: bool
) -> Refusal | None:
    if (refusal := gathering(cell, by, voters=voters, under_way=under_way)) is not None:
        return refusal
    if ideas < RANKED.value:
        return Refusal(
            _("There are not two ideas to put in order yet."),
            _("Ask people for their improvement ideas first."),
        )
    return None


def gathering(cell: Cell, by: Member, *, voters: int, under_way: bool) -> Refusal | None:
    """Asking for ideas in silence, followed by a secret vote."""
    if (refusal := running(cell, by)) is not None:
        return refusal
    if under_way:
        return Refusal(_("A vote is open in this cell."), _("Close it before you start another."))
    return _enough(voters)


def writing_down_ranking(cell: Cell, by: Member) -> Refusal | None:
    """Recording a ranking made in a room: whoever records for the cell; however few were there."""
    return group_rules.writing_down(cell.group, by)


def _enough(voters: int) -> Refusal | None:
    if voters < BALLOTS.value:
        return Refusal(
            _("A vote is only secret with %(fewest)s voting members or more.")
            % {"fewest": BALLOTS.words},
            _("Choose an idea together, by consent, or seat more people first."),
        )
    return None


def choosing_together(
    cell: Cell, by: Member, *, ideas: int, voters: int, under_way: bool
) -> Refusal | None:
    """Proposing an idea without a vote, where too few could vote in secret.

    `under_way`: a vote, or a decision on another idea.
    """
    if voters >= BALLOTS.value:
        return Refusal(
            _("There are enough people in this cell for a secret vote."), _("Start a vote first.")
        )
    if under_way:
        return Refusal(
            _("The cell is voting, or deciding on a choice, now."),
            _("Take part in that first, or call the vote off."),
        )
    if not ideas:
        return Refusal(_("There is no idea yet."), _("Share an improvement idea first."))
    if not cell.group.is_open(by.agency.today()):
        return Refusal(_("This cell is closed."), _("You can still read what it did."))
    return group_rules.proposing(cell.group, by)


def writing_down(ranking: PriorityRound, by: Member) -> Refusal | None:
    """Writing ideas in silence: everyone in the cell, with or without a vote."""
    if not ranking.may_become(RoundStatus.TALKING):
        return Refusal(
            _("The ideas have been read out."), _("You can still share an idea with the cell.")
        )
    if not group_rules.place(ranking.cell.group, by).seated:
        return Refusal(
            _("Only the people in this cell write down ideas now."),
            _("You can share an improvement idea with the cell at any time."),
        )
    return None


def going_round(ranking: PriorityRound, by: Member, *, ideas: int) -> Refusal | None:
    if not ranking.may_become(RoundStatus.TALKING):
        return Refusal(_("The ideas have been read out."), _("Go on with the next step."))
    if (refusal := running(ranking.cell, by)) is not None:
        return refusal
    if not ideas:
        return Refusal(_("Nobody has written down an idea yet."), _("Give people more time."))
    return None


def ranking_in_silence(
    ranking: PriorityRound, by: Member, *, ideas: int, voters: int
) -> Refusal | None:
    """`ideas`: how many of the cell's ideas wait to be ranked."""
    if not ranking.may_become(RoundStatus.OPEN):
        return Refusal(_("This can't be done now."), _("Look at the page of the vote."))
    refusal = running(ranking.cell, by) or _enough(voters)
    if refusal is None and ideas < RANKED.value:
        return Refusal(
            _("There are not two ideas to put in order yet."),
            _("Share one more idea with the cell, or call it off."),
        )
    return refusal


def voting(ranking: PriorityRound, seat: Seat | None, on: date, *, voted: bool) -> Refusal | None:
    """`seat` is the member's place in the cell on that day."""
    if ranking.status != RoundStatus.OPEN or on > ranking.closes_on:
        return Refusal(
            _("This vote is over. No more votes are counted."),
            _("You can see on its page what came of it."),
        )
    if seat is None or not seat.voting:
        return Refusal(
            _("Only the voting members of this cell vote."),
            _("You can tell one of them what matters to you."),
        )
    if voted:
        return Refusal(
            _("You have voted already."), _("What you chose is secret, so it can't be changed.")
        )
    return None


def closing_round(
    ranking: PriorityRound, by: Member, on: date, *, cast: int, still_to_vote: int
) -> Refusal | None:
    """Closing: all have voted, or the last day is over and enough have to hide each."""
    if (refusal := ending_round(ranking, by)) is not None:
        return refusal
    if cast < BALLOTS.value:
        return Refusal(
            _("Fewer than %(fewest)s people have voted.") % {"fewest": BALLOTS.words},
            _("Give them more time, or call the vote off."),
        )
    if still_to_vote and on <= ranking.closes_on:
        return Refusal(
            _("Not everyone has voted yet, and the last day is not over."),
            _("Wait until all have voted or the last day is over."),
        )
    return None


def ending_round(ranking: PriorityRound, by: Member) -> Refusal | None:
    """Giving it more time, or closing it; even if the cell has ended before its vote."""
    if not ranking.may_become(RoundStatus.CLOSED):
        return Refusal(_("This vote is over."), _("You can see on its page what came out."))
    return group_rules.running(ranking.cell.group, by)


def calling_off(ranking: PriorityRound, by: Member) -> Refusal | None:
    """Calling it off; under a legal hold not once there may be ballots, which it destroys."""
    if not ranking.may_become(RoundStatus.CANCELLED):
        return Refusal(_("This vote is over."), _("You can see on its page what came out."))
    if refusal := group_rules.running(ranking.cell.group, by):
        return refusal
    if ranking.status != RoundStatus.OPEN:
        return None
    groups, day = [ranking.cell.group_id], ranking.opened_on
    return holding.deleting(by.agency, by.agency.today(), groups=groups, day=day)


def proposing(ranking: PriorityRound, by: Member, *, under_way: bool) -> Refusal | None:
    """Proposing the choice; `under_way`: the cell is already deciding on one."""
    if ranking.status != RoundStatus.CLOSED:
        return Refusal(_("There is no result to choose from yet."), _("Wait for the vote."))
    if under_way:
        return Refusal(
            _("The cell is deciding on a choice now."), _("Take part in that decision first.")
        )
    return group_rules.proposing(ranking.cell.group, by)


def keeping_secret(code: str | None) -> Refusal | None:
    """Without the key the round was opened under, a second ballot could not be recognized."""
    if code is None:
        return Refusal(
            _("This vote can't take votes any more: the server's key has changed."),
            _("Ask who runs the cell to call it off and start a new one."),
        )
    return None
