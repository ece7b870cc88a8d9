"""From a key in the address to what it means, in a cell that the member may know of, or 404."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404

from accounts.models import Member
from cells import facts
from cells.models import (
    ActionPlan,
    ActionStep,
    Cell,
    CellQuerySet,
    DataPoint,
    EvaluationReview,
    ImportDraft,
    Measure,
    Opportunity,
    OutcomeStandard,
    PriorityRound,
)
from foundation.http import AgencyRequest
from foundation.models import TenantQuerySet
from groups.models import Seat


def cells_of(request: AgencyRequest) -> CellQuerySet:
    """Those that the member may know of."""
    today = request.agency.today()
    return Cell.objects.within(request.agency).visible_to(request.member, today)


def own(request: AgencyRequest, cell: Cell) -> Cell:
    """The cell as its rules and addresses want it: no further query for agency or place."""
    cell.agency = cell.group.agency = request.agency
    return facts.settle(cell)


def cell_of(request: AgencyRequest, pk: int) -> Cell:
    cells = facts.with_place(cells_of(request), request.member, request.agency.today())
    return own(request, get_object_or_404(cells, pk=pk))


def opportunity_of(request: AgencyRequest, pk: int) -> Opportunity:
    """With its people, its plan and its decision."""
    rows = Opportunity.objects.within(request.agency).select_related(
        "raised_by", "on_behalf_of", "plan", "decision"
    )
    opportunity = get_object_or_404(rows, pk=pk)
    opportunity.cell = cell_of(request, opportunity.cell_id)
    opportunity.agency = request.agency
    return opportunity


def round_of(request: AgencyRequest, pk: int) -> PriorityRound:
    ranking = get_object_or_404(PriorityRound.objects.within(request.agency), pk=pk)
    ranking.cell = cell_of(request, ranking.cell_id)
    ranking.agency = request.agency
    return ranking


def plan_of(request: AgencyRequest, pk: int, *, with_parts: bool = False) -> ActionPlan:
    """With its opportunity and who looks at it; for three queries more, with its parts."""
    rows = ActionPlan.objects.within(request.agency).select_related("opportunity", "looked_at_by")
    if with_parts:
        rows = rows.prefetch_related(*_parts(request))
    plan = get_object_or_404(rows, pk=pk)
    plan.opportunity.cell = cell_of(request, plan.opportunity.cell_id)
    plan.agency = plan.opportunity.agency = request.agency
    return plan


def _parts(request: AgencyRequest) -> list[Prefetch[str]]:
    agency = request.agency
    steps = ActionStep.objects.within(agency).select_related("owner")
    standards = OutcomeStandard.objects.within(agency).select_related("measure")
    reviews = EvaluationReview.objects.within(agency).select_related("by")
    return [
        Prefetch("steps", steps.order_by("due", "pk")),
        Prefetch("standards", standards.order_by("pk")),
        Prefetch("reviews", reviews.order_by("-on", "-pk")),
    ]


def step_of(request: AgencyRequest, pk: int) -> ActionStep:
    rows = ActionStep.objects.within(request.agency).select_related("plan__opportunity", "owner")
    step = get_object_or_404(rows, pk=pk)
    step.plan.opportunity.cell = cell_of(request, step.plan.opportunity.cell_id)
    step.agency = step.plan.agency = request.agency
    return step


def measure_of(request: AgencyRequest, pk: int) -> Measure:
    rows = Measure.objects.within(request.agency).select_related("collected_by")
    measure = get_object_or_404(rows, pk=pk)
    measure.cell = cell_of(request, measure.cell_id)
    measure.agency = request.agency
    return measure


def point_of(request: AgencyRequest, pk: int) -> DataPoint:
    point = get_object_or_404(DataPoint.objects.within(request.agency), pk=pk)
    point.measure = measure_of(request, point.measure_id)
    point.agency = request.agency
    return point


def draft_of(request: AgencyRequest, pk: int) -> ImportDraft:
    draft = get_object_or_404(ImportDraft.objects.within(request.agency), pk=pk)
    draft.measure = measure_of(request, draft.measure_id)
    draft.agency = request.agency
    return draft


def people_of(request: AgencyRequest, cell: Cell) -> TenantQuerySet[Member]:
    """The members who have a seat in the cell today, by name."""
    seats = Seat.objects.within(request.agency).on(request.agency.today())
    members = Member.objects.within(request.agency)
    seated = members.filter(pk__in=seats.filter(group=cell.group_id).values("member"))
    return seated.order_by("display_name", "pk")
