"""From a key in the address to a vote, or 404."""

from cells.cell.finding import found
from cells.ranking.models import PriorityRound
from foundation.http import AgencyRequest


def round_of(request: AgencyRequest, pk: int) -> PriorityRound:
    return found(request, PriorityRound.objects.within(request.agency), pk, "cell")
