"""Baselines of begun plans, and what happened to them since they were frozen."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from cells.plans import evaluation
from cells.plans.evaluation import JudgedMeasure
from cells.plans.models.plans import BaselineChange, OutcomeStandard
from foundation import prepared
from foundation.models import Agency, TenantQuerySet
from measures.definitions import wording
from measures.definitions.models import Measure


@dataclass(frozen=True)
class Start:
    """A plan's baseline by one of its measures.

    `stated`: people stated it, and there are too few numbers to compute it.
    """

    standard: OutcomeStandard
    value: float | Decimal | None
    shown: str
    stated: bool = False


def frozen(
    measure: Measure, periods: Collection[date] | None = None
) -> TenantQuerySet[OutcomeStandard]:
    """Standards of begun plans by this measure.

    With `periods`, only those whose baseline includes one of them.
    """
    standards = OutcomeStandard.objects.within(measure.agency).filter(
        measure=measure, frozen_on__isnull=False, plan__activated_on__isnull=False
    )
    if periods is None:
        return standards
    first = min(periods, default=date.max)
    return standards.filter(baseline_through__gte=first)


def starts(measure: Measure, periods: Collection[date] | None = None) -> dict[int, Start]:
    """By key of such a standard, its current baseline; two queries, or one if none."""
    keys = list(frozen(measure, periods).values_list("pk", flat=True))
    if not keys:
        return {}
    rows = evaluation.begun_by(measure.agency, keys)
    return {pk: _start(each) for pk, each in rows.items()}


def _start(each: JudgedMeasure) -> Start:
    shown = wording.amount(each.measure, each.start)
    return Start(each.standard, each.start, shown, stated=each.found.baseline is None)


def open_for(agency: Agency, standards: Iterable[int]) -> set[int]:
    """Those of these standards whose baseline must be confirmed; one query."""
    changes = BaselineChange.objects.within(agency).open().filter(standard__in=list(standards))
    return set(changes.values_list("standard", flat=True))


@dataclass(frozen=True)
class PlanGoal:
    """A standard's plan, and the day by which its goal should be reached.

    `is_open`: its baseline has yet to be confirmed.
    """

    plan: int
    target_on: date | None
    is_open: bool


def goals(agency: Agency, standards: Iterable[int]) -> dict[int, PlanGoal]:
    """The goals of these standards, by key; one query, which is built once."""
    read = prepared.of_agency(_goals).tuples({"agency": agency.pk, "keys": list(standards)})
    return {pk: PlanGoal(*goal) for pk, *goal in read}


def _goals(agency: Agency) -> QuerySet[OutcomeStandard, tuple[int, int, date | None, bool]]:
    touched = BaselineChange.objects.within(agency).open().filter(standard=OuterRef("pk"))
    rows = OutcomeStandard.objects.within(agency).filter(prepared.one_of_keys("pk"))
    return rows.values_list("pk", "plan", "target_on", Exists(touched))


@dataclass(frozen=True)
class ChangeOfBaseline:
    """One change, as pages show it."""

    row: BaselineChange
    before: str
    after: str

    @property
    def moved(self) -> bool:
        return self.before != self.after


def told(
    agency: Agency, standards: Iterable[tuple[OutcomeStandard, Measure]]
) -> dict[int, list[ChangeOfBaseline]]:
    """By key of a standard, the changes to its baseline, latest first; one query."""
    measures = {standard.pk: measure for standard, measure in standards}
    if not measures:
        return {}
    rows = prepared.of_agency(_changes).models({"agency": agency.pk, "keys": [*measures]})
    found: dict[int, list[ChangeOfBaseline]] = {}
    for row in rows:
        row.agency = agency
        measure = measures[row.standard_id]
        shown = ChangeOfBaseline(
            row, wording.amount(measure, row.before), wording.amount(measure, row.after)
        )
        found.setdefault(row.standard_id, []).append(shown)
    return found


def _changes(agency: Agency) -> TenantQuerySet[BaselineChange]:
    rows = BaselineChange.objects.within(agency).filter(prepared.one_of_keys("standard"))
    return rows.select_related("by", "confirmed_by").order_by("-pk")
