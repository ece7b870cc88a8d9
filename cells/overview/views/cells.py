"""The list of cells, and each cell's page: its stage and next step."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.forms import SearchForm
from cells.cell import rules as cell_rules
from cells.cell.finding import cells_of
from cells.cell.models import Cell
from cells.handing_on.models import Settlement
from cells.handing_on.settlements import ToldSettlement, settlements
from cells.overview.at_work import IdeaAtWork, ideas_of
from cells.overview.facts import CellFacts
from cells.overview.finding import cell_facts, open_cells
from cells.overview.late import late_of
from cells.overview.next_step import ahead
from cells.overview.presenting.cell import (
    CellParts,
    CellRights,
    card_of,
    cell_page,
    told_parts,
)
from foundation import prepared
from foundation.http import AgencyRequest
from foundation.models import Agency
from foundation.pages import render
from foundation.paging import few, few_of, first_of, page_of
from groups import rules as group_rules
from groups.actions import closure_of
from groups.models import Closure, Seat, SeatQuerySet
from measures.definitions.models import Measure, MeasureQuerySet
from measures.overview.summaries import summaries

# Cells per page of a list; longer lists get a search.
A_PAGE = 10


# How many ideas in work the page shows, so that it stays easy to read.
WORKED_ON = 2


# How many people and other measures the page names.
NAMES_SHOWN = 12


@require_safe
def list_cells(request: AgencyRequest) -> HttpResponse:
    today, member = request.agency.today(), request.member
    search = SearchForm(request.GET)
    sought = search.cleaned_data.get("name", "") if search.is_valid() else ""
    found = open_cells(request)
    mine: list[CellFacts] = []
    others: list[CellFacts] = []
    for each in found:
        if sought.casefold() in each.cell.group.name.casefold():
            seated = group_rules.place(each.cell.group, member).seated
            (mine if seated else others).append(each)
    own_page = page_of(request, mine, A_PAGE, parameter="mine")
    other_page = page_of(request, others, A_PAGE, parameter="others")
    return render(
        request,
        "cells/overview/cells.html",
        {
            "mine": own_page,
            "mine_cards": [card_of(each, member, today) for each in own_page],
            "others": other_page,
            "others_cards": [card_of(each, member, today) for each in other_page],
            "any": bool(found),
            "search": search if sought or len(found) > A_PAGE else None,
            "closed": cells_of(request).filter(group__closed__lte=today).exists(),
            "may_open": cell_rules.opening(member) is None,
            "may_see_board": cell_rules.seeing_board(member) is None,
        },
    )


@require_safe
def list_closed(request: AgencyRequest) -> HttpResponse:
    """Closed cells, latest first: what they did stays readable."""
    over = cells_of(request).filter(group__closed__lte=request.agency.today())
    page = page_of(request, over.select_related("group").order_by("-group__closed", "-pk"))
    return render(request, "cells/overview/closed.html", {"page": page})


@require_safe
def cell(request: AgencyRequest, pk: int) -> HttpResponse:
    """The cell's stage, its next step, and the evidence."""
    today, member = request.agency.today(), request.member
    known = cell_facts(request, pk)
    found = known.cell
    ideas = ideas_of(request.agency, found)
    first, others = _measures(found, ideas.at_work)
    seats = prepared.of_agency(_seats).models(
        {"agency": request.agency.pk, "row": found.group_id, "day": today}
    )
    closure = None if found.group.closed is None else closure_of(found.group)
    parts = CellParts(
        cell=found,
        stage=known.stage,
        next=ahead(known, member, today),
        late=late_of(request.agency, [found], today)[found.pk].words,
        took_part=told_parts(known, member),
        ideas=few(ideas.at_work, WORKED_ON),
        waiting=known.known.ideas,
        charted=first is not None,
        measures=few(others, NAMES_SHOWN),
        meeting=known.meeting,
        people=few_of(seats),
        closure=closure,
        settled=_settled(found, closure),
    )
    may = CellRights(
        work=cell_rules.working(found, member) is None,
        run=cell_rules.running(found, member) is None,
        close=cell_rules.closing_cell(
            found, member, undecided=known.decides, under_way=known.known.open_round is not None
        )
        is None,
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
    """Where the work of a closed cell went."""
    if closure is None:
        return []
    settled = Settlement.objects.within(found.agency).filter(closure=closure)
    return settlements(found, list(settled.select_related("to", "to_cell__group")))


def _measures(found: Cell, at_work: Sequence[IdeaAtWork]) -> tuple[Measure | None, list[Measure]]:
    """The measure that judges the latest plan, or the first by name; and the others."""
    measures = prepared.of_agency(_in_use).models(
        {"agency": found.agency_id, "row": found.group_id}
    )
    for each in measures:
        each.agency = found.agency
    judged = [each.goes.measure for each in at_work]
    measures.sort(key=lambda each: judged.index(each.pk) if each.pk in judged else len(judged))
    return (measures[0], measures[1:]) if measures else (None, [])


def _in_use(agency: Agency) -> MeasureQuerySet:
    rows = Measure.objects.within(agency).in_use().filter(owner=prepared.ROW)
    return rows.order_by("name", "pk")


def _seats(agency: Agency) -> SeatQuerySet:
    seats = Seat.objects.within(agency).on(prepared.DAY).filter(group=prepared.ROW)
    seats = seats.select_related("member").order_by("member__shown_name", "pk")
    return first_of(seats, NAMES_SHOWN)
