"""Every measure of a plan with its finding; and which plan a measure's own page speaks of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, When
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property

from cells import results
from cells.findings import Found, Plan, Verdict, first_to_tell, found
from cells.models import ActionPlan, Measure, OutcomeStandard, PDSACycle, PlanStatus, StandardRole
from cells.models.measures import COLUMNS, MeasureQuerySet, earlier_column, number_columns
from foundation.models import Agency, TenantQuerySet

ORDER = list(StandardRole.values)


@dataclass(frozen=True)
class Judged:
    """One measure of a plan; the verdict is None before the plan has begun."""

    standard: OutcomeStandard
    measure: Measure
    title: str
    begun: bool

    @cached_property
    def numbers(self) -> Sequence[results.Result]:
        return results.of_columns(self.measure)

    @cached_property
    def found(self) -> Found:
        """What the measure says of this plan; of itself alone before the plan has begun."""
        plan = Plan(self.standard, self.title) if self.begun else None
        return found(self.measure, self.numbers, plan)

    @property
    def said(self) -> str:
        """What the chart shows, in plain words."""
        return self.found.said

    @property
    def verdict(self) -> Verdict | None:
        return self.found.verdict

    @property
    def start(self) -> float | Decimal | None:
        """Where it starts from: what everything later is held against, once the plan has begun."""
        return self.found.start if self.begun else self.standard.baseline

    @property
    def line(self) -> str:
        """What is frozen with a look: the measure, whether it worked, and what the chart says."""
        told = f"{self.verdict.words}. " if self.verdict else ""
        return f"{self.measure.name}: {told}{self.said}"


def judged(plan: ActionPlan) -> list[Judged]:
    """The measures of a plan, its outcome first.

    One query, or none for a plan whose standards came `with_measures`.
    """
    standards = list(plan.standards.all())
    if any(not hasattr(standard, "periods") for standard in standards):
        standards = list(with_measures(plan.agency).filter(plan=plan))
    begun = plan.activated_on is not None
    ordered = sorted(standards, key=lambda each: (ORDER.index(each.role), each.pk))
    title = plan.opportunity.title
    return [Judged(each, _measure(each), title, begun) for each in ordered]


def begun_by(agency: Agency, keys: Collection[int]) -> dict[int, Judged]:
    """By key, these standards of plans that have begun; one query."""
    standards = with_measures(agency).filter(pk__in=keys)
    standards = standards.select_related("measure", "plan__opportunity")
    return {
        each.pk: Judged(each, _measure(each), each.plan.opportunity.title, begun=True)
        for each in standards
    }


def with_measures(agency: Agency) -> TenantQuerySet[OutcomeStandard]:
    """Standards, each with its measure and the measure's numbers and settings."""
    rows = OutcomeStandard.objects.within(agency).select_related("measure")
    columns = number_columns(agency, "measure") | {"start_rows": start_column(agency)}
    return rows.annotate(**columns)


def start_column(agency: Agency) -> ArraySubquery:
    """An annotation: what is charted no longer of the start of a standard, for `results.start`."""
    return earlier_column(agency, "measure", OuterRef("baseline_through"))


def _measure(standard: OutcomeStandard) -> Measure:
    for name in COLUMNS:
        setattr(standard.measure, name, getattr(standard, name))
    return standard.measure


def speaking(standards: TenantQuerySet[OutcomeStandard]) -> TenantQuerySet[OutcomeStandard]:
    """Those of plans that have begun, in the order in which they speak for a measure.

    That is a plan under way before one that is over, one whose outcome it shows before one that
    watches it, and of these the one that was begun last.
    """
    begun = standards.filter(plan__activated_on__isnull=False)
    return begun.order_by(
        Case(When(plan__status=PlanStatus.ACTIVE, then=0), default=1),
        Case(When(role=StandardRole.OUTCOME, then=0), default=1),
        "-plan__activated_on",
        "-pk",
    )


def of_measure(measure: Measure) -> list[OutcomeStandard]:
    """Those of plans that have begun, as `speaking` orders them, each with its plan."""
    standards = OutcomeStandard.objects.within(measure.agency).filter(measure=measure)
    rows = speaking(standards).select_related("plan__opportunity")
    return list(rows.annotate(start_rows=start_column(measure.agency)))


def with_standard(
    measures: MeasureQuerySet, among: TenantQuerySet[OutcomeStandard] | None = None
) -> MeasureQuerySet:
    """Each with the standards that its page may speak of, for `so_far`; of these only, if given."""
    assert measures.agency is not None, "with_standard() needs within(agency)"
    among = OutcomeStandard.objects.within(measures.agency) if among is None else among
    standards = among.filter(measure=OuterRef("pk"))
    names = ("baseline", "target", "baseline_through", "start_rows")
    columns = {name: name for name in names} | {"title": "plan__opportunity__title"}
    started = speaking(standards).annotate(start_rows=start_column(measures.agency))
    return measures.annotate(standard_rows=ArraySubquery(started.values(row=JSONObject(**columns))))


def of_test(test: PDSACycle) -> Found:
    """The finding of a test's measure: of the plan of the test, if that is judged by it."""
    measures = Measure.objects.within(test.agency).with_numbers()
    own = OutcomeStandard.objects.within(test.agency).filter(plan=test.plan_id)
    assert test.measure_id is not None, "only of a test with a measure"
    return so_far(with_standard(measures, own).get(pk=test.measure_id))


def so_far(measure: Measure) -> Found:
    """The finding of a measure that came with its numbers and its standards."""
    row: Any = measure
    plans = (plan_of(**held) for held in row.standard_rows)
    return first_to_tell(measure, results.of_columns(measure), plans)


def plan_of(baseline: Any, target: Any, baseline_through: Any, start_rows: Any, title: str) -> Plan:
    """What a measure is held against, of a standard that came as columns."""
    if isinstance(baseline_through, str):
        baseline_through = date.fromisoformat(baseline_through)
    standard: Any = OutcomeStandard(
        baseline=None if baseline is None else Decimal(str(baseline)),
        target=None if target is None else Decimal(str(target)),
        baseline_through=baseline_through,
    )
    standard.start_rows = start_rows
    return Plan(standard, title)
