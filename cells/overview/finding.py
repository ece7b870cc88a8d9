"""From a key in the address to an idea with all that its page tells, or 404."""

from cells.cell.finding import found
from cells.ideas.models import Opportunity
from cells.overview import story
from cells.overview.stalled_ideas import with_overdue
from foundation.http import AgencyRequest


def opportunity_of(request: AgencyRequest, pk: int) -> Opportunity:
    """With its people, its plan, its decision, and what is overdue."""
    rows = Opportunity.objects.within(request.agency).select_related(
        "raised_by", "on_behalf_of", "plan", "decision", "merged_into", "split_from"
    )
    rows = with_overdue(rows, request.agency, request.agency.today())
    return found(request, story.with_reopenings(rows), pk, "cell")
