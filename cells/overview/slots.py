"""Cells on the home page: the link to share an idea, and what came of earlier ones."""

from datetime import date
from typing import Any

from accounts.anybody import kept
from accounts.models import Member
from cells.ideas.models import Opportunity, OpportunityQuerySet, OpportunityState
from foundation import slots
from foundation.http import AgencyRequest
from foundation.paging import few_of, first_of

TOLD = 2


def _home(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]]:
    done = few_of(kept(_done, request.member, request.agency.today()))
    return "cells/overview/home.html", {"done": done}


def _done(member: Member, on: date) -> OpportunityQuerySet:
    rows = Opportunity.objects.within(member.agency).visible_to(member, on)
    done = rows.filter(state=OpportunityState.DONE).order_by("-state_on", "-pk")
    return first_of(done, TOLD)


slots.register("home", _home)
