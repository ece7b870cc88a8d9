"""From a key in the address to an idea, or 404."""

from collections.abc import Iterable
from typing import Any

from cells.cell.finding import found
from cells.ideas import rules
from cells.ideas.busy import is_busy, with_busy
from cells.ideas.models import Opportunity
from foundation.http import AgencyRequest
from foundation.models import Agency
from foundation.refusals import Refusal


def opportunity_of(request: AgencyRequest, pk: int) -> Opportunity:
    """With its people, and whether people vote or decide on it now."""
    rows = Opportunity.objects.within(request.agency).select_related(
        "raised_by", "on_behalf_of", "merged_into", "split_from"
    )
    return found(request, with_busy(rows, request.agency), pk, "cell")


def not_now(agency: Agency, found: Any, others: Iterable[Opportunity] = ()) -> Refusal | None:
    """Whether people vote or decide on the idea (of `opportunity_of`) or on one of the others."""
    busy = {"in_vote": found.in_vote, "proposed": found.proposed}
    if others := list(others):
        busy = is_busy(agency, others)
    return rules.leaving(**busy)
