"""Look up a vote by key, or raise 404; and say what blocks its next step."""

from collections.abc import Sequence

from cells.cell.finding import found
from cells.ideas.models import Opportunity
from cells.policies import RANKED
from cells.ranking import rules, secrecy
from cells.ranking.choices import choices
from cells.ranking.models import PriorityRound
from foundation.http import AgencyRequest
from foundation.refusals import Refusal
from groups.models import DecisionStatus, Seat


def round_of(request: AgencyRequest, pk: int) -> PriorityRound:
    return found(request, PriorityRound.objects.within(request.agency), pk, "cell")


def closing(
    request: AgencyRequest,
    ranking: PriorityRound,
    voters: Sequence[Seat],
    cast: int | None = None,
) -> Refusal | None:
    """Whether it looks ready to close, from the counts alone."""
    if cast is None:
        cast = secrecy.counted(ranking, [seat.member for seat in voters])
    return rules.closing_round(
        ranking,
        request.member,
        request.agency.today(),
        cast=cast,
        still_to_vote=len(voters) - cast,
    )


def ranking_in_silence(
    request: AgencyRequest, ranking: PriorityRound, voters: Sequence[Seat], ideas: int = 0
) -> Refusal | None:
    """Whether the ideas can be ranked after the talk.

    `ideas`: the number read out; only if those are too few, all are counted.
    """
    if ideas < RANKED.value:
        waiting = Opportunity.objects.within(request.agency).filter(cell=ranking.cell_id)
        ideas = waiting.to_rank().count()
    return rules.ranking_in_silence(ranking, request.member, ideas=ideas, voters=len(voters))


def deciding(ranking: PriorityRound) -> bool:
    decisions = choices(ranking.agency).filter(
        group=ranking.cell.group_id, status=DecisionStatus.OPEN
    )
    return decisions.exists()
