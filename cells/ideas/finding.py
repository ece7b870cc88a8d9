"""Look up an idea by key, or raise 404."""

from cells.cell.finding import found
from cells.ideas.models import Opportunity
from foundation.http import AgencyRequest


def opportunity_of(request: AgencyRequest, pk: int) -> Opportunity:
    """The idea, with its people."""
    rows = Opportunity.objects.within(request.agency).select_related(
        "raised_by", "on_behalf_of", "merged_into", "split_from"
    )
    return found(request, rows, pk, "cell")
