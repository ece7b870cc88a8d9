"""Work in progress in a cell, and its possible fates when the cell closes; it queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from cells.cell.models import Cell
from cells.handing_on.models import Fate
from cells.ideas.models import UNFINISHED, Opportunity, OpportunityState
from cells.plans.models import (
    STILL_OPEN,
    ActionPlan,
    ActionStep,
    PDSACycle,
    PlanStatus,
    SustainPlan,
)
from cells.ranking.models import STARTED, PriorityRound
from foundation import keys
from foundation.models import Agency, TenantModel
from groups.models import Seat
from measures.definitions.models import Measure

# By model: the path to its group, and which rows are in progress. A vote is closed or cancelled
# first; everything else gets a fate when its cell closes, its own or its idea's.
GOING_ON: dict[type[TenantModel], tuple[str, Q]] = {
    Opportunity: ("cell__group", Q(state__in=[*UNFINISHED, OpportunityState.CLOSING])),
    ActionPlan: (
        "opportunity__cell__group",
        Q(status__in=[PlanStatus.DRAFT, PlanStatus.ACTIVE])
        | Q(slipped_on__isnull=False, left_on=None),
    ),
    ActionStep: ("plan__opportunity__cell__group", Q(status__in=STILL_OPEN)),
    PDSACycle: (
        "plan__opportunity__cell__group",
        # A test done on paper is completed, whatever happened to the cell.
        Q(ended_on=None, broken_off_on=None, recorded_on=None),
    ),
    SustainPlan: ("plan__opportunity__cell__group", Q(ended_on=None)),
    Measure: ("owner", Q(retired_on=None)),
    PriorityRound: ("cell__group", Q(status__in=STARTED)),
}


def rows(model: Any, cell: Cell) -> QuerySet[Any]:
    """Rows of this model in progress in the cell."""
    path, going_on = GOING_ON[model]
    found: QuerySet[Any] = model.objects.within(cell.agency).filter(
        going_on, **{path: cell.group_id}
    )
    return found


IDEA, WATCH, TEST, MEASURE = "idea", "watch", "test", "measure"

HEADINGS: dict[str, str | Promise] = {
    IDEA: gettext_lazy("Ideas and their plans"),
    WATCH: gettext_lazy("Checking that it holds"),
    TEST: gettext_lazy("Small tests"),
    MEASURE: gettext_lazy("Measures"),
}

FATES = {
    IDEA: (Fate.END, Fate.HAND_OVER),
    WATCH: (Fate.END, Fate.SUSTAIN),
    TEST: (Fate.END,),
    MEASURE: (Fate.END, Fate.HAND_OVER),
}

Key = tuple[str, int]

# What closing a cell asks about, and everything it changes.
Asked = Opportunity | ActionPlan | PDSACycle | Measure
Work = Asked | ActionStep | SustainPlan


@dataclass(frozen=True)
class ChildChoice:
    """The fate of one child. `to` and `to_cell`: who continues it, and where."""

    fate: Fate
    why: str = ""
    outcome: str = ""
    to: Member | None = None
    to_cell: Cell | None = None


@dataclass
class Child:
    """One thing that closing a cell asks about, with all that shares its fate.

    For a sustain plan, the row is its finished plan. `waits`: an idea nobody works on yet.
    """

    kind: str
    row: Asked
    title: str
    plan: ActionPlan | None = None
    steps: list[ActionStep] = field(default_factory=list)
    tests: list[PDSACycle] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.kind, self.row.pk

    @property
    def idea(self) -> Opportunity:
        assert isinstance(self.row, Opportunity), self.kind
        return self.row

    @property
    def watch(self) -> ActionPlan:
        assert isinstance(self.row, ActionPlan), self.kind
        return self.row

    @property
    def test(self) -> PDSACycle:
        assert isinstance(self.row, PDSACycle), self.kind
        return self.row

    @property
    def measure(self) -> Measure:
        assert isinstance(self.row, Measure), self.kind
        return self.row

    @property
    def name(self) -> str:
        """The prefix of its form fields."""
        return f"{self.kind}_{keys.code_of(self.row)}"

    @property
    def fates(self) -> tuple[Fate, ...]:
        if self.kind == WATCH:
            held: SustainPlan | None = getattr(self.row, "sustain", None)
            if held is None or held.ended_on is not None:
                # It has slipped and nobody checks it, so it can only be left so.
                return (Fate.END,)
        return FATES[self.kind]

    @property
    def waits(self) -> bool:
        return self.kind == IDEA and self.plan is None

    @property
    def begun(self) -> bool:
        """Whether anything was tried, so that people can say how it went."""
        return self.kind == IDEA and self.plan is not None and self.plan.activated_on is not None

    @property
    def with_it(self) -> list[str]:
        """What shares its fate, one line each."""
        return [
            *(_("Step: %(what)s") % {"what": each.what} for each in self.steps),
            *(_("Small test: %(title)s") % {"title": each.title} for each in self.tests),
            *(_("Measure: %(name)s") % {"name": each.name} for each in self.measures),
        ]


def children(cell: Cell) -> list[Child]:
    """Everything that closing the cell asks about; five queries."""
    agency = cell.agency
    ideas = rows(Opportunity, cell).select_related("plan", "raised_by", "on_behalf_of")
    found = [
        Child(IDEA, idea, idea.title, getattr(idea, "plan", None))
        for idea in ideas.order_by("-chosen_on", "pk")
    ]
    plans = ActionPlan.objects.within(agency).filter(
        Q(sustain__isnull=False, sustain__ended_on=None)
        | Q(slipped_on__isnull=False, left_on=None),
        opportunity__cell=cell,
        status=PlanStatus.FINISHED,
    )
    found += [
        Child(WATCH, plan, plan.opportunity.title, plan)
        for plan in plans.select_related("opportunity", "sustain").order_by("pk")
    ]
    of_plan = {child.plan.pk: child for child in found if child.plan is not None}
    for step in rows(ActionStep, cell).filter(plan__in=of_plan).order_by("pk"):
        of_plan[step.plan_id].steps.append(step)
    for test in rows(PDSACycle, cell).order_by("pk"):
        owner = of_plan.get(test.plan_id)
        if owner is not None and owner.kind == IDEA:
            owner.tests.append(test)
        else:
            found.append(Child(TEST, test, test.title))
    users = _users(agency, cell, of_plan)
    for measure in rows(Measure, cell).order_by("name", "pk"):
        for child in users[measure.pk]:
            child.measures.append(measure)
        if not users[measure.pk]:
            found.append(Child(MEASURE, measure, measure.name))
    order = list(FATES)
    return sorted(found, key=lambda child: (order.index(child.kind), child.waits))


def _users(agency: Agency, cell: Cell, of_plan: dict[int, Child]) -> dict[int, list[Child]]:
    """By key of a measure, the children whose plan is judged by it or tests with it."""
    users: dict[int, list[Child]] = defaultdict(list)
    measures = Measure.objects.within(agency).filter(owner=cell.group_id)
    pairs = measures.filter(standards__plan__in=of_plan).values_list("pk", "standards__plan")
    tests = [(test.measure_id, test.plan_id) for child in of_plan.values() for test in child.tests]
    for measure, plan in [*pairs.order_by("pk", "standards__plan"), *tests]:
        if measure is not None and of_plan[plan] not in users[measure]:
            users[measure].append(of_plan[plan])
    return users


def receivers(cell: Cell, on: date) -> QuerySet[Seat]:
    """Seats in other cells, of present people, to which work can be handed."""
    seats = Seat.objects.within(cell.agency).on(on)
    others = Cell.objects.within(cell.agency).open(on).exclude(pk=cell.pk)
    here = seats.filter(group__in=others.values("group"))
    return here.select_related("group", "member").order_by(
        "group__name", "member__shown_name", "pk"
    )


def watched(agency: Agency) -> QuerySet[Measure]:
    """Measures with which somebody checks that a finished plan's gain holds."""
    plans = SustainPlan.objects.within(agency).filter(ended_on=None)
    return Measure.objects.within(agency).filter(standards__plan__in=plans.values("plan"))


def unsettled(cell: Cell) -> bool:
    """Whether the cell has work that nobody outside would continue once it has closed.

    Monitored plans may continue, with their measures.
    """
    for model in GOING_ON:
        found = rows(model, cell)
        if model is SustainPlan:
            continue
        if model is Measure:
            found = found.exclude(pk__in=watched(cell.agency).values("pk"))
        if model is ActionPlan:
            going = SustainPlan.objects.within(cell.agency).filter(ended_on=None)
            found = found.exclude(status=PlanStatus.FINISHED, pk__in=going.values("plan"))
        if found.exists():
            return True
    return False
