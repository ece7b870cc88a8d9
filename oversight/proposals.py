"""Where the committee decides what was prepared for it."""

from django.utils.translation import gettext_lazy as _

from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.links import Link
from oversight.models import CommitteeStep

NOW_BEFORE_THEM = _(
    "The committee has it now. It is in force once they agree, with a quorum. Give your view here."
)


def decision_page(request: AgencyRequest, step: CommitteeStep) -> str:
    """The page of the proposal, where everybody with a vote gives a view."""
    return at(request.agency, "groups:decision", pk=step.decision_id)


def link_to(request: AgencyRequest, step: CommitteeStep) -> Link | None:
    """The proposal, by its title; `step.decision` is loaded."""
    if step.decision is None:
        return None
    return Link(step.decision.title, decision_page(request, step))
