"""Plans on the page of a measure: whether they worked, and what they tried."""

from dataclasses import dataclass
from datetime import date

from cells.plans import baseline, ramps
from cells.plans.baseline import PlanGoal
from cells.plans.models.cycles import CycleQuerySet, PDSACycle
from cells.plans.ramps import HowFar
from foundation import prepared, slots
from foundation.http import AgencyRequest
from foundation.models import Agency
from measures.charting.annotations import any_measure
from measures.charting.findings import PlanVerdict
from measures.charting.standards import Standard
from measures.definitions import wording
from measures.definitions.models import Measure
from measures.overview.told import ToldMeasure


@dataclass(frozen=True)
class JudgingPlan:
    """A plan judged by the measure; `speaks` if the chart reports on it."""

    plan: int
    title: str
    speaks: bool
    baseline: str
    is_open: bool
    target: str
    target_on: date | None
    verdict: PlanVerdict | None


@dataclass(frozen=True)
class TriedTest:
    """A small test whose effect the measure shows."""

    cycle: PDSACycle
    how_far: HowFar


def _judged(
    request: AgencyRequest, told: ToldMeasure
) -> tuple[str, dict[str, list[JudgingPlan]]] | None:
    keys = [each.key for each in told.standards if each.key is not None]
    if not keys:
        return None
    held = baseline.goals(request.agency, keys)
    plans = [_plan(told, each, held[each.key]) for each in told.standards if each.key in held]
    return "cells/plans/did_it_work.html", {"plans": plans}


def _plan(told: ToldMeasure, standard: Standard, goal: PlanGoal) -> JudgingPlan:
    found = told.found(standard)
    return JudgingPlan(
        plan=goal.plan,
        title=standard.title,
        speaks=told.speaks(standard),
        baseline=wording.amount(told.measure, found.start),
        is_open=goal.is_open,
        target=wording.amount(told.measure, standard.target),
        target_on=goal.target_on,
        verdict=found.verdict,
    )


def _tried(
    request: AgencyRequest, measure: Measure
) -> tuple[str, dict[str, list[TriedTest]]] | None:
    values = {"agency": request.agency.pk, "row": measure.pk}
    found = prepared.of_agency(_tests).models(values)
    tests = [TriedTest(each, ramps.state(each)) for each in found]
    return ("cells/plans/tried.html", {"tests": tests}) if tests else None


def _tests(agency: Agency) -> CycleQuerySet:
    return ramps.tried(any_measure(agency))


slots.register("measures.judged", _judged)
slots.register("measures.tried", _tried)
