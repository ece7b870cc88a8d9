"""Small tests in their ramps, and when they were tried, for the time axis of a chart."""

from collections.abc import Iterable

from django.db.models import Q

from cells.models import Measure, OutcomeStandard, PDSACycle
from cells.models.cycles import CycleQuerySet


def ramps(cycles: Iterable[PDSACycle]) -> list[list[PDSACycle]]:
    """The tests of a plan, each after the one that it started from; ramps by their first test."""
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
    """Tests that were started, of which this measure shows what came; oldest first.

    It is the measure of the test, or one by which its plan is judged.
    """
    agency = measure.agency
    plans = OutcomeStandard.objects.within(agency).filter(measure=measure).values("plan")
    cycles = PDSACycle.objects.within(agency).tried()
    found = cycles.filter(Q(measure=measure) | Q(plan__in=plans))
    return found.order_by("started_on", "number", "pk")
