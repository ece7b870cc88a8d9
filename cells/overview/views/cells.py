"""Which cells there are; each cell's page: where we are and what is next."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.forms import SearchForm
from accounts.models import Member
from cells.cell import rules as cell_rules
from cells.cell.finding import cells_of, own
from cells.cell.models import Cell
from cells.handing_on.models import Settlement
from cells.handing_on.settlements import ToldSettlement, settlements
from cells.overview import facts
from cells.overview.at_work import IdeaAtWork, ideas_of
from cells.overview.late import late_of
from cells.overview.next_step import ahead
from cells.overview.presenting.cell import CellParts, CellRights, cell_page
from cells.overview.stages import MissionStage, TookPart, stage
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import few, page_of
from groups import rules as group_rules
from groups.actions import closure_of
from groups.models import Closure, Decision, DecisionStatus, Seat
from measures.definitions.models import Measure
from measures.overview.summaries import summaries

# So many cells are on a page of a list; with more of them there is a search.
A_PAGE = 10


# Of what the cell works on, so many are on its page: people are to find their way on it.
WORKED_ON = 2


# So many people and other measures are named there.
NAMES_SHOWN = 12


@require_safe
def list_cells(request: AgencyRequest) -> HttpResponse:
    today = request.agency.today()
    rows = facts.with_facts(cells_of(request).open(today), request.member, today)
    search = SearchForm(request.GET)
    sought = search.cleaned_data.get("name", "") if search.is_valid() else ""
    found = [own(request, cell, cell) for cell in rows.order_by("group__name", "pk")]
    named = [cell for cell in found if sought.casefold() in cell.group.name.casefold()]
    mine: list[Cell] = []
    others: list[Cell] = []
    for cell in named:
        seated = group_rules.place(cell.group, request.member).seated
        (mine if seated else others).append(cell)
    context: dict[str, Any] = {
        "mine": page_of(request, mine, A_PAGE, parameter="mine"),
        "others": page_of(request, others, A_PAGE, parameter="others"),
        "any": bool(found),
        "search": search if sought or len(found) > A_PAGE else None,
        "sought": sought,
        "closed": cells_of(request).filter(group__closed__lte=today).exists(),
        "may_open": cell_rules.opening(request.member) is None,
        "may_see_board": cell_rules.seeing_board(request.member) is None,
    }
    for name in ("mine", "others"):
        context[f"{name}_cards"] = [_card(request, cell) for cell in context[name]]
    return render(request, "cells/overview/cells.html", context)


@require_safe
def list_closed(request: AgencyRequest) -> HttpResponse:
    """Cells that have closed, the latest first: what they did stays to be read."""
    over = cells_of(request).filter(group__closed__lte=request.agency.today())
    page = page_of(request, over.select_related("group").order_by("-group__closed", "-pk"))
    return render(request, "cells/overview/closed.html", {"page": page})


def _card(request: AgencyRequest, cell: Cell) -> dict[str, Any]:
    known = facts.facts(cell)
    return {
        "cell": cell,
        "stage": stage(known).words,
        "step": list(MissionStage).index(stage(known)) + 1,
        "next": ahead(cell, known, request.member, request.agency.today()),
        "signal": any(part.signal for part in _parts(request, cell)),
    }


@require_safe
def cell(request: AgencyRequest, pk: int) -> HttpResponse:
    """Where we are, what is next, and what this rests on."""
    today, member = request.agency.today(), request.member
    proposals = Decision.objects.within(request.agency).filter(status=DecisionStatus.OPEN)
    rows = facts.with_facts(cells_of(request), member, today)
    rows = rows.annotate(undecided=Exists(proposals.filter(group=OuterRef("group"))))
    found = get_object_or_404(rows, pk=pk)
    own(request, found, found)
    known = facts.facts(found)
    ideas = ideas_of(request.agency, found)
    first, others = _measures(found, ideas.at_work)
    seats = Seat.objects.within(request.agency).on(today).filter(group=found.group_id)
    seats = seats.select_related("member").order_by("member__shown_name", "pk")
    closure = None if found.group.closed is None else closure_of(found.group)
    parts = CellParts(
        cell=found,
        stage=stage(known),
        next=ahead(found, known, member, today),
        late=late_of(request.agency, [found], today)[found.pk].words,
        took_part=_parts(request, found),
        ideas=few(ideas.at_work, WORKED_ON),
        waiting=known.ideas,
        charted=first is not None,
        measures=few(others, NAMES_SHOWN),
        meeting=facts.meeting(found),
        people=few(seats, NAMES_SHOWN),
        closure=closure,
        settled=_settled(found, closure),
    )
    may = CellRights(
        work=cell_rules.working(found, member) is None,
        run=cell_rules.running(found, member) is None,
        close=_closing(found, member, under_way=known.open_round is not None),
        open_again=closure is not None
        and group_rules.taking_closing_back(found.group, closure, member) is None,
        see_signs=cell_rules.seeing_signs(found, member) is None,
    )
    context = {
        "cell": found,
        "page": cell_page(parts, may, today),
        "measure": summaries(request.agency, [first], today)[0] if first else None,
        "done": ideas.done,
    }
    return render(request, "cells/overview/cell.html", context)


def _settled(found: Cell, closure: Closure | None) -> list[ToldSettlement]:
    """What became of the work of a cell when it was closed."""
    if closure is None:
        return []
    settled = Settlement.objects.within(found.agency).filter(closure=closure)
    return settlements(found, list(settled.select_related("to", "to_cell__group")))


def _closing(found: Any, member: Member, *, under_way: bool) -> bool:
    """Whether the cell can be closed now: nothing is voted or decided on in it."""
    undecided = found.undecided
    return cell_rules.closing_cell(found, member, undecided=undecided, under_way=under_way) is None


def _measures(found: Cell, at_work: Sequence[IdeaAtWork]) -> tuple[Measure | None, list[Measure]]:
    """The one by which the latest plan is judged, or else the first by name; and the others."""
    rows = Measure.objects.within(found.agency).in_use().filter(owner=found.group_id)
    measures = list(rows.order_by("name", "pk"))
    judged = [each.goes.measure for each in at_work]
    measures.sort(key=lambda each: judged.index(each.pk) if each.pk in judged else len(judged))
    return (measures[0], measures[1:]) if measures else (None, [])


def _parts(request: AgencyRequest, cell: Cell) -> list[TookPart]:
    return facts.took_part(cell) if cell_rules.seeing_who_took_part(request.member) else []
