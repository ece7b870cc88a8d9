"""Small tests in their ramps, and their times for the axis of a chart."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from cells.plans.models.cycles import CyclePart, CycleQuerySet, PDSACycle
from cells.plans.models.plans import ActionPlan, OutcomeStandard, PlanStatus
from measures.definitions.models import Measure


def ramps(cycles: Iterable[PDSACycle]) -> list[list[PDSACycle]]:
    """The tests of a plan, each after the one it continues; ramps in order of their first test."""
    ordered = sorted(cycles, key=lambda cycle: cycle.number)
    following = {cycle.former_id: cycle for cycle in ordered if cycle.former_id is not None}
    there = {cycle.pk for cycle in ordered}
    found: list[list[PDSACycle]] = []
    for cycle in ordered:
        if cycle.former_id in there:
            continue
        ramp = [cycle]
        while (after := following.get(ramp[-1].pk)) is not None:
            ramp.append(after)
        found.append(ramp)
    return found


def tried(measure: Measure) -> CycleQuerySet:
    """Started tests whose effect this measure shows; oldest first.

    It is the test's measure, or one that judges its plan.
    """
    agency = measure.agency
    plans = OutcomeStandard.objects.within(agency).filter(measure=measure).values("plan")
    cycles = PDSACycle.objects.within(agency).tried()
    found = cycles.filter(Q(measure=measure) | Q(plan__in=plans))
    return found.order_by("started_on", "number", "pk")


@dataclass(frozen=True)
class HowFar:
    """A test's progress, in one word and its tone."""

    word: str
    tone: str


def state(cycle: PDSACycle, plan: ActionPlan | None = None) -> HowFar:
    if cycle.broken_off_on is not None:
        word = _("Ended early") if cycle.started_on is not None else _("Not tried")
        return HowFar(word, "quiet")
    over = plan is not None and plan.status in (PlanStatus.FINISHED, PlanStatus.STOPPED)
    words: dict[CyclePart | None, tuple[str, str]] = {
        CyclePart.PLAN: (_("Not tried") if over else _("Being planned"), "quiet"),
        CyclePart.DO: (_("Going on"), ""),
        CyclePart.STUDY: (_("Done, to be compared"), "watch"),
        CyclePart.ACT: (_("Compared, to be decided"), "watch"),
        None: (cycle.get_outcome_display(), "quiet" if cycle.outcome == "abandon" else "good"),
    }
    return HowFar(*words[cycle.part])
