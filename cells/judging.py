"""Every measure of a plan with its verdict and its chart's sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property

from cells import charting
from cells.models import ActionPlan, Measure, OutcomeStandard, StandardRole
from cells.models.measures import MeasureQuerySet
from cells.verdicts import Verdict, verdict

ORDER = list(StandardRole.values)


@dataclass(frozen=True)
class Judged:
    """One measure of a plan; the verdict is None before the plan has begun."""

    standard: OutcomeStandard
    measure: Measure
    begun: bool

    @cached_property
    def numbers(self) -> Sequence[charting.Numbers]:
        return charting.of_columns(self.measure)

    @cached_property
    def said(self) -> str:
        """What the chart shows, in plain words."""
        return charting.said(self.measure, self.numbers)

    @cached_property
    def verdict(self) -> Verdict | None:
        return verdict(self.measure, self.numbers, self.standard) if self.begun else None

    @property
    def line(self) -> str:
        """What is frozen with a look: the measure, its verdict, and the chart's sentence."""
        answer = f"{self.verdict.words}. {self.verdict.because} " if self.verdict else ""
        return f"{self.measure.name}: {answer}{self.said}"


def judged(plan: ActionPlan) -> list[Judged]:
    """The measures of a plan, its outcome first; one query besides the prefetched standards."""
    standards = list(plan.standards.all())
    rows = Measure.objects.within(plan.agency).with_numbers()
    measures = rows.in_bulk([standard.measure_id for standard in standards])
    return paired(plan, standards, measures.values())


def paired(
    plan: ActionPlan, standards: Iterable[OutcomeStandard], measures: Iterable[Measure]
) -> list[Judged]:
    """Standards with the measures (with numbers) that they are held against."""
    known = {measure.pk: measure for measure in measures}
    ordered = sorted(standards, key=lambda each: (ORDER.index(each.role), each.pk))
    begun = plan.activated_on is not None
    return [Judged(each, known[each.measure_id], begun) for each in ordered]


def with_standard(measures: MeasureQuerySet) -> MeasureQuerySet:
    """Each with the standard of the plan that was begun last and uses it, for `so_far`."""
    assert measures.agency is not None, "with_standard() needs within(agency)"
    standards = OutcomeStandard.objects.within(measures.agency).filter(
        measure=OuterRef("pk"), plan__activated_on__isnull=False
    )
    latest = standards.order_by("-plan__activated_on", "-pk")
    columns = {name: name for name in ("baseline", "target", "baseline_through")}
    return measures.annotate(standard_row=Subquery(latest.values(row=JSONObject(**columns))[:1]))


def so_far(measure: Measure) -> Verdict | None:
    """The verdict of a measure that came with its numbers and its standard; None without one."""
    row: Any = measure
    held = row.standard_row
    if held is None:
        return None
    return verdict(measure, charting.of_columns(measure), standard_of(**held))


def standard_of(baseline: Any, target: Any, baseline_through: Any) -> OutcomeStandard:
    """A standard that came as columns, for a verdict only."""
    if isinstance(baseline_through, str):
        baseline_through = date.fromisoformat(baseline_through)
    return OutcomeStandard(
        baseline=None if baseline is None else Decimal(str(baseline)),
        target=None if target is None else Decimal(str(target)),
        baseline_through=baseline_through,
    )
