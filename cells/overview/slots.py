"""Cells on the home page: the link to share an idea, and what came of earlier ones."""

from typing import Any

from cells.ideas.models import Opportunity, OpportunityState
from foundation import slots
from foundation.http import AgencyRequest
from foundation.paging import few

TOLD = 2


def _home(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]]:
    today = request.agency.today()
    rows = Opportunity.objects.within(request.agency).visible_to(request.member, today)
    done = rows.filter(state=OpportunityState.DONE).order_by("-state_on", "-pk")
    return "cells/overview/home.html", {"done": few(done, TOLD)}


slots.register("home", _home)
