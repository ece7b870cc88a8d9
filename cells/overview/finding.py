"""Look up a cell or an idea by key, with the facts for its page, or raise 404."""

from django.http import Http404

from cells.cell.finding import cells_of, found
from cells.ideas.models import Opportunity
from cells.overview.facts import CellFacts, facts_of
from foundation.http import AgencyRequest


def cell_facts(request: AgencyRequest, pk: int) -> CellFacts:
    """The facts of a cell the member may know of; one query."""
    rows = cells_of(request).filter(pk=pk)
    known = facts_of(rows, request.member, request.agency.today())
    if not known:
        raise Http404
    return known[0]


def opportunity_of(request: AgencyRequest, pk: int) -> Opportunity:
    """The idea, with its people, its plan and its decision."""
    rows = Opportunity.objects.within(request.agency).select_related(
        "raised_by", "on_behalf_of", "plan", "decision", "merged_into", "split_from"
    )
    return found(request, rows, pk, "cell")
