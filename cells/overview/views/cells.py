"""Which cells there are; each cell's page: where we are and what is next."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.forms import SearchForm
from accounts.models import Member
from cells.cell import rules as cell_rules
from cells.cell.finding import cells_of, own
from cells.cell.models import Cell
from cells.handing_on.models import Settlement
from cells.handing_on.settlements import settlements
from cells.ideas.models import Opportunity, OpportunityState
from cells.overview import facts
from cells.overview.late import late_of
from cells.overview.next_step import ahead
from cells.overview.stages import MissionStage, TookPart, stage
from cells.plans.models import (
    STILL_OPEN,
    ActionPlan,
    ActionStep,
    OutcomeStandard,
    PDSACycle,
    PlanStatus,
    StepStatus,
)
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import few, page_of
from groups import rules as group_rules
from groups.actions import closure_of
from groups.models import Decision, DecisionStatus, Seat
from measures.definitions.models import Measure
from measures.overview.summaries import summaries

# So many cells are on a page of a list; with more of them there is a search.
A_PAGE = 10


# Of the ideas in each state, so many are on the cell's page; the rest is one tap away.
SHOWN = 4


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
    today = request.agency.today()
    proposals = Decision.objects.within(request.agency).filter(status=DecisionStatus.OPEN)
    rows = facts.with_facts(cells_of(request), request.member, today)
    rows = rows.annotate(undecided=Exists(proposals.filter(group=OuterRef("group"))))
    found = get_object_or_404(rows, pk=pk)
    own(request, found, found)
    known = facts.facts(found)
    now = stage(known)
    ideas = list(_ideas(request, found))
    chosen = [each for each in ideas if each.state != OpportunityState.DONE]
    chosen.sort(key=_waits)
    first, others = _measures(request, found, chosen)
    seats = Seat.objects.within(request.agency).on(today).filter(group=found.group_id)
    seats = seats.select_related("member").order_by("member__shown_name", "pk")
    return render(
        request,
        "cells/overview/cell.html",
        {
            "cell": found,
            "known": known,
            "stages": _stages(now),
            **_took_part(_parts(request, found)),
            "next": ahead(found, known, request.member, today),
            "late": late_of(request.agency, [found], today)[found.pk].words,
            "chosen": few(chosen, WORKED_ON),
            "done": [each for each in ideas if each.state == OpportunityState.DONE],
            "measure": summaries(request.agency, [first], today)[0] if first else None,
            "measures": few(others, NAMES_SHOWN),
            "people": few(seats, NAMES_SHOWN),
            "open": found.group.is_open(today),
            "working": cell_rules.working(found, request.member) is None,
            "running": cell_rules.running(found, request.member) is None,
            "may_close": _closing(found, request.member, under_way=known.open_round is not None),
            **_closed(found, request),
            "may_see_signs": cell_rules.seeing_signs(found, request.member) is None,
        },
    )


def _closed(found: Cell, request: AgencyRequest) -> dict[str, Any]:
    """How a cell was closed, how its work ended, and whether it can go on."""
    closure = None if found.group.closed is None else closure_of(found.group)
    if closure is None:
        return {}
    settled = Settlement.objects.within(request.agency).filter(closure=closure)
    return {
        "closure": closure,
        "settled": settlements(found, list(settled.select_related("to", "to_cell__group"))),
        "may_open_again": group_rules.taking_closing_back(found.group, closure, request.member)
        is None,
    }


def _closing(found: Any, member: Member, *, under_way: bool) -> bool:
    """Whether the cell can be closed now: nothing is voted or decided on in it."""
    undecided = found.undecided
    return cell_rules.closing_cell(found, member, undecided=undecided, under_way=under_way) is None


def _waits(idea: Opportunity) -> bool:
    """Whether nothing is being tried for it yet: what is under way comes first."""
    plan: ActionPlan | None = getattr(idea, "plan", None)
    return plan is None or plan.status != PlanStatus.ACTIVE


def _measures(
    request: AgencyRequest, found: Cell, chosen: list[Opportunity]
) -> tuple[Measure | None, list[Measure]]:
    """The one by which the latest plan is judged, or else the first by name; and the others."""
    rows = Measure.objects.within(request.agency).in_use().filter(owner=found.group_id)
    measures = list(rows.order_by("name", "pk"))
    judged: list[Any] = [idea.judged_by for idea in cast("list[Any]", chosen)]
    measures.sort(key=lambda each: judged.index(each.pk) if each.pk in judged else len(judged))
    return (measures[0], measures[1:]) if measures else (None, [])


def _ideas(request: AgencyRequest, found: Cell) -> Iterable[Opportunity]:
    """The latest of each state, with their plan and how its steps go."""
    today = request.agency.today()
    latest = Window(RowNumber(), partition_by=F("state"), order_by=["-state_on", "-pk"])
    steps = ActionStep.objects.within(request.agency).filter(plan=OuterRef("plan")).values("plan")

    def count(which: Q) -> Coalesce:
        return Coalesce(Subquery(steps.annotate(n=Count("pk", filter=which)).values("n")), 0)

    tests = PDSACycle.objects.within(request.agency).running().filter(plan=OuterRef("plan"))
    running = tests.order_by("started_on", "pk")
    judged = OutcomeStandard.objects.within(request.agency).filter(plan=OuterRef("plan"))
    rows = Opportunity.objects.within(request.agency).filter(
        cell=found,
        state__in=[OpportunityState.CHOSEN, OpportunityState.CLOSING, OpportunityState.DONE],
    )
    return (
        rows.select_related("plan")
        .annotate(
            latest=latest,
            steps_done=count(Q(status=StepStatus.DONE)),
            steps_open=count(Q(status__in=STILL_OPEN)),
            steps_late=count(Q(status__in=STILL_OPEN, due__lt=today)),
            test=Subquery(running.values("title")[:1]),
            test_until=Subquery(running.values("to_day")[:1]),
            judged_by=Subquery(judged.order_by("pk").values("measure")[:1]),
        )
        .filter(latest__lte=SHOWN)
        .order_by("-state_on", "-pk")
    )


def _stages(now: MissionStage) -> list[dict[str, Any]]:
    order = list(MissionStage)
    return [
        {
            "words": each.words,
            "now": each is now,
            "past": order.index(each) < order.index(now),
        }
        for each in order
    ]


def _parts(request: AgencyRequest, cell: Cell) -> list[TookPart]:
    return facts.took_part(cell) if cell_rules.seeing_who_took_part(request.member) else []


def _took_part(parts: list[TookPart]) -> dict[str, str]:
    """The stages that went on with consumers, and without: yes or not yet, never how many."""
    begun = [part for part in parts if part.begun]
    return {
        "with_consumers": ", ".join(str(part.stage.doing) for part in begun if part.consumers),
        "without_consumers": ", ".join(str(part.stage.doing) for part in begun if part.signal),
    }
