"""A plan's measures with their findings; and which plan a measure's own page reports on."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, QuerySet, When
from django.utils.functional import cached_property

from cells.ideas.models import Opportunity
from cells.plans.models.cycles import PDSACycle
from cells.plans.models.plans import ActionPlan, OutcomeStandard, PlanStatus, StandardRole
from foundation import prepared
from foundation.models import Agency, TenantQuerySet
from measures.charting.findings import Found, PlanVerdict, first_to_tell, found
from measures.charting.reading import (
    Numbers,
    NumbersRow,
    earlier_column,
    number_columns,
    numbers_of,
    read_numbers,
)
from measures.charting.standards import Standard
from measures.definitions.models import Measure
from measures.numbers import results
from measures.numbers.results import MeasureResult, PointRow

ORDER = list(StandardRole.values)


@dataclass(frozen=True)
class JudgedMeasure:
    """A plan's measure with its numbers; the verdict is None before the plan has begun.

    `before` are results of the baseline that are no longer charted.
    """

    standard: OutcomeStandard
    measure: Measure
    title: str
    begun: bool
    numbers: Numbers
    before: Sequence[MeasureResult] = ()

    @cached_property
    def found(self) -> Found:
        """The measure's finding for this plan; on its own before the plan has begun."""
        held = _standard(self.standard, self.title, self.before) if self.begun else None
        return found(self.measure, self.numbers, held)

    @property
    def said(self) -> str:
        """What the chart shows, in plain words."""
        return self.found.said

    @property
    def verdict(self) -> PlanVerdict | None:
        return self.found.verdict

    @property
    def start(self) -> float | Decimal | None:
        """The baseline that everything later is compared with, once the plan has begun."""
        return self.found.start if self.begun else self.standard.baseline

    @property
    def line(self) -> str:
        """The line stored with a review: measure, verdict, and finding."""
        told = f"{self.verdict.words}. " if self.verdict else ""
        return f"{self.measure.name}: {told}{self.said}"


def judged(
    plan: ActionPlan, standards: Iterable[OutcomeStandard] | None = None
) -> list[JudgedMeasure]:
    """A plan's measures, its outcome first.

    One query for the numbers, and one for the standards unless they are given with their measures.
    """
    if standards is None:
        rows = OutcomeStandard.objects.within(plan.agency).filter(plan=plan)
        standards = rows.select_related("measure")
    ordered = sorted(standards, key=lambda each: (ORDER.index(each.role), each.pk))
    title, begun = plan.opportunity.title, plan.activated_on is not None
    return _judged(plan.agency, [(each, title, begun) for each in ordered])


def begun_by(agency: Agency, keys: Collection[int]) -> dict[int, JudgedMeasure]:
    """Those of these standards whose plans have begun, by key; at most two queries."""
    return {each.standard.pk: each for each in _begun(agency, _standards, keys)}


def outcomes_of(agency: Agency, plans: Collection[int]) -> dict[int, JudgedMeasure]:
    """By key of a plan that has begun, its first outcome measure; two queries at most."""
    # Later ones overwrite earlier ones.
    return {each.standard.plan_id: each for each in _begun(agency, _outcomes, plans)}


def begun_for(agency: Agency, opportunities: Collection[int]) -> dict[int, list[JudgedMeasure]]:
    """By key of an idea, the measures of its plan, if that has begun; two queries at most."""
    found: dict[int, list[JudgedMeasure]] = {}
    for each in _begun(agency, _begun_of_ideas, opportunities):
        found.setdefault(each.standard.plan.opportunity_id, []).append(each)
    return found


def _standards(agency: Agency) -> TenantQuerySet[OutcomeStandard]:
    rows = OutcomeStandard.objects.within(agency).filter(prepared.one_of_keys("pk"))
    return rows.select_related("measure", "plan__opportunity")


def _outcomes(agency: Agency) -> TenantQuerySet[OutcomeStandard]:
    rows = OutcomeStandard.objects.within(agency).filter(prepared.one_of_keys("plan"))
    outcomes = rows.filter(role=StandardRole.OUTCOME).order_by("-pk")
    return outcomes.select_related("measure", "plan__opportunity")


def _begun_of_ideas(agency: Agency) -> TenantQuerySet[OutcomeStandard]:
    rows = OutcomeStandard.objects.within(agency).filter(prepared.one_of_keys("plan__opportunity"))
    begun = rows.filter(plan__activated_on__isnull=False).order_by("pk")
    return begun.select_related("measure", "plan__opportunity")


class StartRow(NumbersRow):
    """A standard as the database returns it, with its baseline's results no longer charted."""

    start_rows: list[PointRow]


def _begun(
    agency: Agency,
    which: Callable[[Agency], TenantQuerySet[OutcomeStandard]],
    keys: Collection[int],
) -> list[JudgedMeasure]:
    if not keys:
        return []
    found = prepared.of_agency(which).models({"agency": agency.pk, "keys": [*keys]})
    for row in found:
        row.agency = agency
    return _judged(agency, [(each, each.plan.opportunity.title, True) for each in found])


def _judged(
    agency: Agency, rows: Sequence[tuple[OutcomeStandard, str, bool]]
) -> list[JudgedMeasure]:
    """Standards with their plan's title and whether it has begun; one query."""
    keys = [standard.pk for standard, _title, _begun in rows]
    if not keys:
        return []
    read = prepared.of_agency(_numbers).dicts({"agency": agency.pk, "keys": keys})
    came = {row["pk"]: cast("StartRow", row) for row in read}
    found = []
    for standard, title, begun in rows:
        measure, row = standard.measure, came[standard.pk]
        before = results.of_json(measure, row["start_rows"])
        numbers = read_numbers(measure, row)
        found.append(JudgedMeasure(standard, measure, title, begun, numbers, before))
    return found


def _numbers(agency: Agency) -> QuerySet[OutcomeStandard, Any]:
    columns = number_columns(agency, "measure") | {"start_rows": start_column(agency)}
    rows = OutcomeStandard.objects.within(agency).filter(prepared.one_of_keys("pk"))
    return rows.values("pk", **columns)


def start_column(agency: Agency) -> ArraySubquery:
    """A column: results of a standard's baseline that are no longer charted."""
    return earlier_column(agency, "measure", OuterRef("baseline_through"))


def speaking(standards: TenantQuerySet[OutcomeStandard]) -> TenantQuerySet[OutcomeStandard]:
    """Standards of begun plans, in order of precedence for a measure.

    A plan under way comes before one that is over, one with this outcome before one that only
    watches it, then the latest first.
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
    """By key of a measure, standards of begun plans in the order of `speaking`.

    Of one plan only, if given; one query.
    """
    found: dict[int, list[Standard]] = {measure.pk: [] for measure in measures}
    by_key = {measure.pk: measure for measure in measures}
    values = {"agency": agency.pk, "keys": [*by_key]}
    for row in prepared.of_agency(_speaking).dicts(values) if by_key else ():
        if plan not in (None, row["plan"]):
            continue
        found[row["measure"]].append(
            Standard(
                title=row["title"],
                baseline=row["baseline"],
                through=row["baseline_through"],
                target=row["target"],
                before=results.of_json(by_key[row["measure"]], row["start_rows"]),
                key=row["pk"],
            )
        )
    return found


def _speaking(agency: Agency) -> QuerySet[OutcomeStandard, Any]:
    rows = OutcomeStandard.objects.within(agency).filter(prepared.one_of_keys("measure"))
    names = ("pk", "measure", "plan", "baseline", "baseline_through", "target")
    title, start = F("plan__opportunity__title"), start_column(agency)
    found: QuerySet[OutcomeStandard, Any] = speaking(rows).values(
        *names, title=title, start_rows=start
    )
    return found


def _standard(row: OutcomeStandard, title: str, before: Sequence[MeasureResult]) -> Standard:
    """The standard for a measure; `title` is its plan's name."""
    return Standard(
        title=title,
        baseline=row.baseline,
        through=row.baseline_through,
        target=row.target,
        before=before,
        key=row.pk,
    )


def of_test(test: PDSACycle) -> Found:
    """The finding of a test's measure, by the test's plan if that is judged by it."""
    assert test.measure_id is not None, "only of a test with a measure"
    measure = Measure.objects.within(test.agency).get(pk=test.measure_id)
    held = standards_of(test.agency, [measure], test.plan_id)[measure.pk]
    numbers = numbers_of(test.agency, [measure])[measure.pk]
    return first_to_tell(measure, numbers, held)


def plan_for(opportunity: Opportunity) -> ActionPlan | None:
    """The plan of an idea; no query if it is loaded."""
    return getattr(opportunity, "plan", None)
