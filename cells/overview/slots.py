"""Cells on the home page: the link to share an idea, and what came of earlier ones."""

from datetime import date

from accounts.anybody import kept
from accounts.models import Member
from cells.ideas.models import Opportunity, OpportunityQuerySet, OpportunityState
from cells.overview.finding import own_cells
from cells.overview.presenting.cell import card_of
from foundation import slots
from foundation.http import AgencyRequest
from foundation.paging import few, few_of, first_of

TOLD = 2
# How many of their own cells a desk's home shows.
SHOWN = 6


def _home(request: AgencyRequest, subject: object) -> slots.Filled:
    done = few_of(kept(_done, request.member, request.agency.today()))
    return "cells/overview/home.html", {"done": done}


def _own_cells(request: AgencyRequest, subject: object) -> slots.Filled | None:
    member, today = request.member, request.agency.today()
    own = few(own_cells(request), SHOWN)
    if not own.total:
        return None
    cards = [card_of(each, member, today) for each in own]
    return "cells/overview/desk.html", {"cards": cards, "own": own}


def _done(member: Member, on: date) -> OpportunityQuerySet:
    rows = Opportunity.objects.within(member.agency).visible_to(member, on)
    done = rows.filter(state=OpportunityState.DONE).order_by("-state_on", "-pk")
    return first_of(done, TOLD)


slots.register("home", _home)
slots.register("beside", _home)
slots.register("desk", _own_cells)
