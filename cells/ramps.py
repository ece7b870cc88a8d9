"""Small tests in their ramps, and when they were tried, for the time axis of a chart."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from cells.models import Measure, OutcomeStandard, PDSACycle
from foundation.models import Agency


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


def tried(agency: Agency, measure: Measure) -> list[PDSACycle]:
    """Tests that were started, of which this measure shows what came; oldest first.

    It is the measure of the test, or one by which its plan is judged.
    """
    plans = OutcomeStandard.objects.within(agency).filter(measure=measure).values("plan")
    cycles = PDSACycle.objects.within(agency).tried()
    found = cycles.filter(Q(measure=measure) | Q(plan__in=plans))
    return list(found.order_by("started_on", "number", "pk"))


def marks(cycles: Sequence[PDSACycle]) -> dict[date, str]:
    """When each test started, with a short label; those of one day share theirs."""
    labels: dict[date, str] = {}
    for cycle in cycles:
        assert cycle.started_on is not None
        label = _("Test %(number)d") % {"number": cycle.number}
        before = labels.get(cycle.started_on)
        labels[cycle.started_on] = f"{before}, {label}" if before else label
    return labels
