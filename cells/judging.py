"""Every measure of a plan with its verdict and its chart's sentence."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property

from cells import charting, results
from cells.models import ActionPlan, Measure, OutcomeStandard, StandardRole
from cells.models.measures import COLUMNS, MeasureQuerySet, earlier_column, number_columns
from cells.verdicts import Verdict, verdict
from foundation.models import Agency, TenantQuerySet

ORDER = list(StandardRole.values)


@dataclass(frozen=True)
class Judged:
    """One measure of a plan; the verdict is None before the plan has begun."""

    standard: OutcomeStandard
    measure: Measure
    begun: bool

    @cached_property
    def numbers(self) -> Sequence[results.Result]:
        return results.of_columns(self.measure)

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
    """The measures of a plan, its outcome first.

    One query, or none for a plan whose standards came `with_measures`.
    """
    standards = list(plan.standards.all())
    if any(not hasattr(standard, "periods") for standard in standards):
        standards = list(with_measures(plan.agency).filter(plan=plan))
    begun = plan.activated_on is not None
    ordered = sorted(standards, key=lambda each: (ORDER.index(each.role), each.pk))
    return [Judged(each, _measure(each), begun) for each in ordered]


def begun_by(agency: Agency, keys: Collection[int]) -> dict[int, Judged]:
    """By key, these standards of plans that have begun; one query."""
    standards = with_measures(agency).filter(pk__in=keys)
    return {each.pk: Judged(each, _measure(each), begun=True) for each in standards}


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


def with_standard(measures: MeasureQuerySet) -> MeasureQuerySet:
    """Each with the standard of the plan that was begun last and uses it, for `so_far`."""
    assert measures.agency is not None, "with_standard() needs within(agency)"
    standards = OutcomeStandard.objects.within(measures.agency).filter(
        measure=OuterRef("pk"), plan__activated_on__isnull=False
    )
    latest = standards.order_by("-plan__activated_on", "-pk")
    columns = {name: name for name in ("baseline", "target", "baseline_through", "start_rows")}
    started = latest.annotate(start_rows=start_column(measures.agency))
    return measures.annotate(standard_row=Subquery(started.values(row=JSONObject(**columns))[:1]))


def so_far(measure: Measure) -> Verdict | None:
    """The verdict of a measure that came with its numbers and its standard; None without one."""
    row: Any = measure
    held = row.standard_row
    if held is None:
        return None
    return verdict(measure, results.of_columns(measure), standard_of(**held))


def standard_of(
    baseline: Any, target: Any, baseline_through: Any, start_rows: Any
) -> OutcomeStandard:
    """A standard that came as columns, for a verdict only."""
    if isinstance(baseline_through, str):
        baseline_through = date.fromisoformat(baseline_through)
    standard: Any = OutcomeStandard(
        baseline=None if baseline is None else Decimal(str(baseline)),
        target=None if target is None else Decimal(str(target)),
        baseline_through=baseline_through,
    )
    standard.start_rows = start_rows
    row: OutcomeStandard = standard
    return row
