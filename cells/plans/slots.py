"""What plans put on the page of a measure: whether they worked, and what they tried."""

from typing import Any

from cells.plans import baseline, ramps
from cells.plans.baseline import PlanGoal
from foundation import slots
from foundation.http import AgencyRequest
from measures.charting.standards import Standard
from measures.definitions import wording
from measures.definitions.models import Measure
from measures.overview.told import ToldMeasure


def _judged(request: AgencyRequest, told: ToldMeasure) -> tuple[str, dict[str, Any]] | None:
    keys = [each.key for each in told.standards if each.key is not None]
    if not keys:
        return None
    held = baseline.goals(request.agency, keys)
    plans = [_plan(told, each, held[each.key]) for each in told.standards if each.key in held]
    return "cells/plans/did_it_work.html", {"plans": plans}


def _plan(told: ToldMeasure, standard: Standard, goal: PlanGoal) -> dict[str, Any]:
    """A plan that is judged by the measure; `speaks` if the chart tells of it."""
    found = told.found(standard)
    return {
        "plan": goal.plan,
        "title": standard.title,
        "speaks": told.speaks(standard),
        "baseline": wording.amount(told.measure, found.start),
        "is_open": goal.is_open,
        "target": wording.amount(told.measure, standard.target),
        "target_on": goal.target_on,
        "verdict": found.verdict,
    }


def _tried(request: AgencyRequest, measure: Measure) -> tuple[str, dict[str, Any]] | None:
    tests = [{"cycle": each, "how_far": ramps.state(each)} for each in ramps.tried(measure)]
    return ("cells/plans/tried.html", {"tests": tests}) if tests else None


slots.register("measures.judged", _judged)
slots.register("measures.tried", _tried)
