"""From a key in the address to what it means, in a cell that the member may know of, or 404."""

from operator import attrgetter
from typing import Any

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404

from accounts.models import Member
from cells import facts, judging, story
from cells.busy import with_busy
from cells.models import (
    ActionPlan,
    ActionStep,
    Cell,
    CellQuerySet,
    DataPoint,
    Driver,
    EvaluationReview,
    ImportDraft,
    Measure,
    Opportunity,
    OutcomeStandard,
    PDSACycle,
    PriorityRound,
)
from cells.overdue import with_overdue
from foundation.http import AgencyRequest
from foundation.models import TenantModel, TenantQuerySet
from groups.models import Seat


def cells_of(request: AgencyRequest) -> CellQuerySet:
    """Those that the member may know of."""
    today = request.agency.today()
    return Cell.objects.within(request.agency).visible_to(request.member, today)


def own(request: AgencyRequest, row: Any, cell: Cell) -> Cell:
    """The cell as its rules and addresses want it: no further query for agency or place."""
    cell.agency = cell.group.agency = request.agency
    return facts.settle(row, cell)


def _found[M: TenantModel](
    request: AgencyRequest, rows: TenantQuerySet[M], pk: int, path: str
) -> M:
    """The row, with its cell (which `path` leads to) and the member's place: one query."""
    today = request.agency.today()
    lookup = path.replace(".", "__")
    visible = rows.filter(**{f"{lookup}__in": cells_of(request)})
    placed = visible.annotate(**facts.place(request.member, today, f"{lookup}__"))
    row: M = get_object_or_404(placed.select_related(f"{lookup}__group"), pk=pk)
    row.agency = request.agency
    own(request, row, attrgetter(path)(row))
    return row


def cell_of(request: AgencyRequest, pk: int) -> Cell:
    cells = facts.with_place(cells_of(request), request.member, request.agency.today())
    cell = get_object_or_404(cells, pk=pk)
    return own(request, cell, cell)


def opportunity_of(request: AgencyRequest, pk: int) -> Opportunity:
    """With its people, its plan, its decision, and whether people vote or decide on it now."""
    rows = Opportunity.objects.within(request.agency).select_related(
        "raised_by", "on_behalf_of", "plan", "decision", "merged_into", "split_from"
    )
    rows = with_busy(with_overdue(rows, request.agency, request.agency.today()), request.agency)
    return _found(request, story.with_reopenings(rows), pk, "cell")


def round_of(request: AgencyRequest, pk: int) -> PriorityRound:
    return _found(request, PriorityRound.objects.within(request.agency), pk, "cell")


def plan_of(request: AgencyRequest, pk: int, *, with_parts: bool = False) -> ActionPlan:
    """With its opportunity and who looks at it; for three queries more, with its parts."""
    rows = ActionPlan.objects.within(request.agency).select_related(
        "looked_at_by", "sustain__looked_at_by"
    )
    if with_parts:
        rows = rows.prefetch_related(*_parts(request))
    plan = _found(request, rows, pk, "opportunity.cell")
    plan.opportunity.agency = request.agency
    return plan


def _parts(request: AgencyRequest) -> list[Prefetch[str]]:
    agency = request.agency
    steps = ActionStep.objects.within(agency)
    steps = steps.select_related("owner", "co_owner", "change_idea")
    standards = judging.with_measures(agency)
    reviews = EvaluationReview.objects.within(agency).select_related("by")
    return [
        Prefetch("steps", steps.order_by("due", "pk")),
        Prefetch("standards", standards.order_by("pk")),
        Prefetch("reviews", reviews.order_by("-on", "-pk")),
    ]


def standard_of(request: AgencyRequest, pk: int) -> OutcomeStandard:
    rows = OutcomeStandard.objects.within(request.agency).select_related("measure")
    standard = _found(request, rows, pk, "plan.opportunity.cell")
    standard.plan.agency = standard.plan.opportunity.agency = request.agency
    return standard


def step_of(request: AgencyRequest, pk: int) -> ActionStep:
    rows = ActionStep.objects.within(request.agency)
    rows = rows.select_related("owner", "co_owner", "change_idea")
    step = _found(request, rows, pk, "plan.opportunity.cell")
    step.plan.agency = step.plan.opportunity.agency = request.agency
    return step


def driver_of(request: AgencyRequest, pk: int) -> Driver:
    """With its plan and what it hangs below."""
    rows = Driver.objects.within(request.agency).select_related("parent")
    driver = _found(request, rows, pk, "plan.opportunity.cell")
    driver.plan.agency = driver.plan.opportunity.agency = request.agency
    return driver


def cycle_of(request: AgencyRequest, pk: int) -> PDSACycle:
    """With its plan, its leader, its measure and the test that it started from."""
    rows = PDSACycle.objects.within(request.agency).select_related(
        "leader", "measure", "former", "recorded_by"
    )
    cycle = _found(request, rows, pk, "plan.opportunity.cell")
    cycle.plan.agency = cycle.plan.opportunity.agency = request.agency
    return cycle


def measure_of(request: AgencyRequest, pk: int) -> Measure:
    """With who collects it and how it is charted."""
    rows = Measure.objects.within(request.agency).select_related("collected_by").with_settings()
    return _found(request, rows, pk, "cell")


def point_of(request: AgencyRequest, pk: int) -> DataPoint:
    rows = DataPoint.objects.within(request.agency)
    point = _found(request, rows, pk, "measure.cell")
    point.measure.agency = request.agency
    return point


def draft_of(request: AgencyRequest, pk: int, *, with_rows: bool = True) -> ImportDraft:
    rows = ImportDraft.objects.within(request.agency)
    rows = rows if with_rows else rows.without_rows()
    draft = _found(request, rows, pk, "measure.cell")
    draft.measure.agency = request.agency
    return draft


def people_of(request: AgencyRequest, cell: Cell) -> TenantQuerySet[Member]:
    """The members who have a seat in the cell today, by name."""
    seats = Seat.objects.within(request.agency).on(request.agency.today())
    members = Member.objects.within(request.agency)
    seated = members.filter(pk__in=seats.filter(group=cell.group_id).values("member"))
    return seated.order_by("shown_name", "pk")
