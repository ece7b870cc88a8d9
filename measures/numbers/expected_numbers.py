"""Late and awaited numbers, derived from dates, never entered.

Nothing is awaited for the time before a measure was defined: older numbers are history that people
may import when they can.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from measures.definitions import periods
from measures.definitions.models import Measure
from measures.numbers.models import DataPoint

# How many of the latest periods are checked; older ones are no longer awaited.
LOOKED_BACK = 12


def due_on(measure: Measure, period: date) -> date:
    """The last day on which the period's number is on time."""
    return periods.due(measure.frequency, period, measure.lag)


def is_awaited(measure: Measure, period: date) -> bool:
    """Whether the measure was already defined when the period ended.

    Days of rare events are never awaited.
    """
    return (
        measure.shape.is_periodic
        and periods.following(measure.frequency, period) > measure.defined_on
    )


def came_late(measure: Measure, point: DataPoint) -> bool:
    """Whether the first entry for the period came after its due day."""
    return is_awaited(measure, point.period) and point.came_on > due_on(measure, point.period)


@dataclass(frozen=True)
class Awaited:
    """A period without a number that is not marked as missing either."""

    period: date
    due: date
    late: bool


def awaited(measure: Measure, there: Collection[date], on: date) -> list[Awaited]:
    """The completed periods without a number, oldest first; at most the last year.

    `there` are the periods that have one, or are marked as missing.
    """
    if measure.retired_on is not None:
        return []
    found = []
    period = periods.latest(measure.frequency, on)
    for _step in range(LOOKED_BACK):
        if not is_awaited(measure, period):
            break
        if period not in there:
            due = due_on(measure, period)
            found.append(Awaited(period, due, due < on))
        period = periods.before(measure.frequency, period)
    return found[::-1]


def late(measure: Measure, there: Collection[date], on: date) -> list[Awaited]:
    """The awaited periods whose due day has passed."""
    return [each for each in awaited(measure, there, on) if each.late]


def marks(measure: Measure, points: Iterable[DataPoint], on: date) -> Mapping[date, str]:
    """Notes for a chart's table, by period: late, confirmed, corrected, missing, and why."""
    rows = list(points)
    found = {each.period: _("Late") for each in late(measure, {row.period for row in rows}, on)}
    for row in rows:
        said = []
        if row.missing_because:
            said.append(row.missing_because)
        if row.confirmed_by_id is not None:
            said.append(_("Unusual, and confirmed"))
        if came_late(measure, row):
            said.append(_("Came late"))
        if row.reason and not row.missing_because:
            said.append(_("Corrected: %(why)s") % {"why": row.reason})
        if said:
            found[row.period] = "; ".join(said)
    return found
