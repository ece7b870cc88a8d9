"""Results no longer charted that still set lines: a frozen baseline, or a phase's own.

Whatever sets lines is independent of how much of it is still charted, so that lines stay where they
are. At most as many results as a chart has set them: of a longer baseline or phase, the latest.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from charts.run_rules import ENOUGH
from measures.charting.models import AdjustmentKind
from measures.charting.reading import Numbers
from measures.numbers.models import LATEST
from measures.numbers.results import MeasureResult


class HeldLines(NamedTuple):
    """What sets the lines: the frozen baseline, and results before the chart.

    `since` is None if the baseline begins with the first result.
    """

    through: date | None
    before: Sequence[MeasureResult]
    since: date | None = None


NOTHING = HeldLines(None, ())


def held(numbers: Numbers) -> HeldLines:
    """What else sets the lines of a chart of these results; phases take precedence."""
    shown, settings = numbers.results, numbers.settings
    if not shown:
        return NOTHING
    first, last = shown[0].period, shown[-1].period
    starts = [row.period for row in settings.in_force(AdjustmentKind.PHASE) if row.period <= last]
    if starts:
        ended = [day for day in starts if day > first]
        return _of_phase(numbers, starts, ended[0]) if ended else NOTHING
    frozen = settings.in_force(AdjustmentKind.BASELINE)
    if not frozen:
        return NOTHING
    return of_start(shown, numbers.earlier, frozen[0].period, numbers.frozen_since)


def of_start(
    numbers: Sequence[MeasureResult],
    older: Sequence[MeasureResult],
    through: date,
    since: date | None = None,
) -> HeldLines:
    """The baseline up to a period; empty if it has too few results."""

    def among(rows: Sequence[MeasureResult]) -> list[MeasureResult]:
        return [row for row in rows if (since or date.min) <= row.period <= through]

    own = among(numbers)
    before = _latest(among(older), numbers, own)
    known = sum(row.numerator is not None for row in (*before, *own))
    return HeldLines(through, before, since) if known >= ENOUGH else NOTHING


def _of_phase(numbers: Numbers, starts: Sequence[date], end: date) -> HeldLines:
    """The phase that began before the chart and ends in it."""
    shown = numbers.results
    begun = [day for day in starts if day <= shown[0].period]
    older = [row for row in numbers.earlier if not begun or row.period >= begun[-1]]
    return HeldLines(None, _latest(older, shown, [row for row in shown if row.period < end]))


def _latest(
    older: Sequence[MeasureResult], numbers: Sequence[MeasureResult], own: Sequence[MeasureResult]
) -> Sequence[MeasureResult]:
    """Results before the chart, as many as still fit beside its own."""
    before = [row for row in older if row.period < numbers[0].period]
    return before[max(0, len(before) + len(own) - LATEST) :]
