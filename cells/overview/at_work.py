"""A cell's current and completed ideas, with their plans and progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from cells.cell.models import Cell
from cells.ideas.models import Opportunity, OpportunityQuerySet, OpportunityState
from cells.plans.evaluation import plan_for
from cells.plans.models import (
    STILL_OPEN,
    ActionPlan,
    ActionStep,
    OutcomeStandard,
    PDSACycle,
    PlanStatus,
    StepStatus,
)
from foundation import prepared
from foundation.columns import columns_of
from foundation.models import Agency

# How many ideas per state are read; the rest are on the page of all ideas.
SHOWN = 4


@dataclass(frozen=True)
class PlanInShort:
    """A plan's progress: its steps, and the small test under way, if any.

    `measure`: the one it is judged by.
    """

    steps_done: int
    steps_open: int
    test: str | None
    test_key: int | None
    test_until: date | None
    measure: int | None


@dataclass(frozen=True)
class IdeaAtWork:
    """An idea the cell works on."""

    idea: Opportunity
    plan: ActionPlan | None
    goes: PlanInShort

    @property
    def waits(self) -> bool:
        """Whether nothing is being tried for it yet."""
        return self.plan is None or self.plan.status != PlanStatus.ACTIVE


@dataclass(frozen=True)
class IdeasOfCell:
    """The latest ideas in work, those under way first, and the latest done."""

    at_work: Sequence[IdeaAtWork]
    done: Sequence[Opportunity]


def ideas_of(agency: Agency, cell: Cell) -> IdeasOfCell:
    """Ideas the cell has chosen, is deciding on or has done; one query, which is built once."""
    stand_ins = {prepared.AGENCY: "agency", prepared.ROW: "cell"}
    asked = prepared.prepared("cells.ideas_of", _ideas_of_any_cell, stand_ins)
    rows: list[Opportunity] = asked.models({"agency": agency.pk, "cell": cell.pk})
    at_work, done = [], []
    for row in rows:
        row.agency = agency
        if row.state == OpportunityState.DONE:
            done.append(row)
        else:
            at_work.append(IdeaAtWork(row, plan_for(row), columns_of(PlanInShort, row)))
    at_work.sort(key=lambda each: each.waits)
    return IdeasOfCell(at_work, done)


def _ideas_of_any_cell() -> OpportunityQuerySet:
    agency = prepared.agency()
    latest = Window(RowNumber(), partition_by=F("state"), order_by=["-state_on", "-pk"])
    steps = ActionStep.objects.within(agency).filter(plan=OuterRef("plan")).values("plan")

    def count(which: Q) -> Coalesce:
        return Coalesce(Subquery(steps.annotate(n=Count("pk", filter=which)).values("n")), 0)

    tests = PDSACycle.objects.within(agency).running().filter(plan=OuterRef("plan"))
    running = tests.order_by("started_on", "pk")
    judged = OutcomeStandard.objects.within(agency).filter(plan=OuterRef("plan"))
    rows = Opportunity.objects.within(agency).filter(
        cell=prepared.ROW,
        state__in=[OpportunityState.CHOSEN, OpportunityState.CLOSING, OpportunityState.DONE],
    )
    rows = rows.select_related("plan").annotate(
        steps_done=count(Q(status=StepStatus.DONE)),
        steps_open=count(Q(status__in=STILL_OPEN)),
        test=Subquery(running.values("title")[:1]),
        test_key=Subquery(running.values("pk")[:1]),
        test_until=Subquery(running.values("to_day")[:1]),
        measure=Subquery(judged.order_by("pk").values("measure")[:1]),
    )
    return rows.alias(latest=latest).filter(latest__lte=SHOWN).order_by("-state_on", "-pk")
