"""Every measure of a plan with its finding; and which plan a measure's own page speaks of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, When
from django.utils.functional import cached_property

from cells.ideas.models import Opportunity
from cells.plans.models.cycles import PDSACycle
from cells.plans.models.plans import ActionPlan, OutcomeStandard, PlanStatus, StandardRole
from foundation.models import Agency, TenantQuerySet
from measures.charting.columns import COLUMNS, earlier_column, number_columns, with_numbers
from measures.charting.findings import Found, Verdict, first_to_tell, found
from measures.charting.standards import Standard
from measures.definitions.models import Measure
from measures.numbers import results

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
        held = standard(self.standard, self.measure, self.title) if self.begun else None
        return found(self.measure, self.numbers, held)

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


def begun_for(agency: Agency, opportunities: Collection[int]) -> dict[int, list[Judged]]:
    """By key of an idea, the measures of its plan, if that has begun; one query."""
    standards = with_measures(agency).filter(
        plan__opportunity__in=opportunities, plan__activated_on__isnull=False
    )
    found: dict[int, list[Judged]] = {}
    for each in standards.select_related("measure", "plan__opportunity").order_by("pk"):
        idea = each.plan.opportunity
        judged_by = Judged(each, _measure(each), idea.title, begun=True)
        found.setdefault(idea.pk, []).append(judged_by)
    return found


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


def standards_of(
    agency: Agency, measures: Sequence[Measure], plan: int | None = None
) -> dict[int, list[Standard]]:
    """By key of a measure, the standards of plans that have begun, as `speaking` orders them.

    Of one plan only, if given; one query.
    """
    rows = speaking(OutcomeStandard.objects.within(agency).filter(measure__in=measures))
    if plan is not None:
        rows = rows.filter(plan=plan)
    found: dict[int, list[Standard]] = {measure.pk: [] for measure in measures}
    by_key = {measure.pk: measure for measure in measures}
    started = rows.select_related("plan__opportunity").annotate(start_rows=start_column(agency))
    for row in started:
        title = row.plan.opportunity.title
        found[row.measure_id].append(standard(row, by_key[row.measure_id], title))
    return found


def standard(row: Any, measure: Measure, title: str) -> Standard:
    """What a measure is held against by an `OutcomeStandard`; `title` is what its plan is called.

    Of a row that came with its start, for results that are charted no longer.
    """
    before = results.of_json(measure, getattr(row, "start_rows", ()))
    return Standard(
        title=title,
        baseline=row.baseline,
        through=row.baseline_through,
        target=row.target,
        before=before,
        key=row.pk,
    )


def of_test(test: PDSACycle) -> Found:
    """The finding of a test's measure: of the plan of the test, if that is judged by it."""
    assert test.measure_id is not None, "only of a test with a measure"
    measure = with_numbers(Measure.objects.within(test.agency)).get(pk=test.measure_id)
    held = standards_of(test.agency, [measure], test.plan_id)[measure.pk]
    return first_to_tell(measure, results.of_columns(measure), held)


def plan_for(opportunity: Opportunity) -> ActionPlan | None:
    """The plan of an idea; no query when it came with the idea."""
    return getattr(opportunity, "plan", None)
