"""From a measure and its points to a chart, its sentence and its small line."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from statistics import median
from typing import Any

from django.utils import formats
from django.utils.translation import gettext

from cells import periods
from cells.models import DataPoint, Frequency, Measure, MeasureKind, OutcomeStandard
from charts import (
    Chart,
    Direction,
    Event,
    Figure,
    Labels,
    Language,
    Series,
    Sparkline,
    analyze,
    figure,
    finding,
    sparkline,
)

# A gap longer than this is left as it is: filling it would make a long empty chart.
LONGEST_GAP = 60
Numbers = tuple[date, Decimal | None, Decimal | None]


def of_points(points: Sequence[DataPoint]) -> list[Numbers]:
    return [(point.period, point.numerator, point.denominator) for point in points]


def of_columns(measure: Measure) -> list[Numbers]:
    """The numbers of a measure that came with `with_numbers`."""
    row: Any = measure
    return list(zip(row.periods, row.numerators, row.denominators, strict=True))[::-1]


def series(
    measure: Measure, numbers: Sequence[Numbers], standard: OutcomeStandard | None = None
) -> Series:
    """A run chart's series, in time order; periods that were skipped are there as missing."""
    rows = _without_gaps(measure, numbers)
    return Series(
        chart=Chart.RUN,
        values=[numerator for _, numerator, _ in rows],
        denominators=[n for _, _, n in rows] if measure.has_denominator else None,
        dates=[period for period, _, _ in rows],
        direction=Direction(measure.direction),
        target=standard.target if standard is not None else None,
        multiply=measure.multiply,
    )


def drawn(
    measure: Measure,
    numbers: Sequence[Numbers],
    *,
    standard: OutcomeStandard | None = None,
    events: Mapping[date, str],
    csv_url: str = "",
) -> Figure:
    """The chart with its sentence and its table; `events` are marked on its time axis."""
    row = series(measure, numbers, standard)
    marked = [
        Event(periods.period_of(measure.frequency, on), label) for on, label in events.items()
    ]
    return figure(row, analyze(row), _labels(measure, marked), csv_url=csv_url)


def said(measure: Measure, numbers: Sequence[Numbers]) -> str:
    """The one plain sentence of what the numbers show."""
    row = series(measure, numbers)
    return finding(row, analyze(row), _labels(measure))


def small(measure: Measure, numbers: Sequence[Numbers]) -> Sparkline:
    return sparkline([result(measure, n, d) for _, n, d in numbers])


def result(
    measure: Measure, numerator: Decimal | None, denominator: Decimal | None
) -> float | None:
    """What is shown for a period: percent, per so many, or the number itself."""
    if numerator is None:
        return None
    if not measure.has_denominator:
        return float(numerator)
    return float(numerator / denominator * measure.multiply) if denominator else None


def middle(measure: Measure, numbers: Sequence[Numbers]) -> float | None:
    """The median of all results; None without any."""
    results = [result(measure, n, d) for _, n, d in numbers]
    known = [value for value in results if value is not None]
    return median(known) if known else None


def latest(measure: Measure, numbers: Sequence[Numbers]) -> str:
    """The last result there is, in words: "64% in March 2026"; empty without any."""
    for period, numerator, denominator in reversed(numbers):
        value = result(measure, numerator, denominator)
        if value is not None:
            said = gettext("%(value)s in %(period)s")
            name = periods.named(measure.frequency, period)
            return said % {"value": amount(measure, value), "period": name}
    return ""


def amount(measure: Measure, value: float | Decimal | None) -> str:
    """A value in the measure's units, as people read it: 64%, 3.2 per 1,000."""
    if value is None:
        return ""
    decimals = 0 if float(value).is_integer() or float(value) >= 100 else 1
    return worded(value, decimals) + unit(measure)


def worded(value: float | Decimal, decimals: int) -> str:
    """A number as people read it, rounded: Django's own words would cut the rest off."""
    rounded = Decimal(f"{value:.{decimals}f}")
    return formats.number_format(rounded, decimals, use_l10n=True, force_grouping=True)


def unit(measure: Measure) -> str:
    """What follows every value of the measure."""
    if measure.kind == MeasureKind.PROPORTION:
        return "%"
    if measure.kind == MeasureKind.RATE and measure.per > 1:
        return gettext(" per %(per)s") % {"per": worded(measure.per, 0)}
    return f" {measure.unit}" if measure.unit else ""


def _labels(measure: Measure, events: Sequence[Event] = ()) -> Labels:
    return Labels(
        id=f"measure-{measure.pk}",
        title=measure.name,
        unit="%" if measure.kind == MeasureKind.PROPORTION else "",
        events=events,
        language=_language(measure.frequency),
    )


def _language(frequency: str) -> Language:
    """The words of one chart: each period and number is worded once, however often it is said."""
    by_day = frequency in (Frequency.DAY, Frequency.WEEK)

    @cache
    def month(day: date) -> str:
        return periods.named(frequency, day)

    @cache
    def short_month(day: date) -> str:
        return formats.date_format(day, "M j" if by_day else "M Y")

    return Language(gettext=gettext, month=month, short_month=short_month, number=cache(worded))


def _without_gaps(measure: Measure, numbers: Sequence[Numbers]) -> list[Numbers]:
    if not numbers:
        return []
    known = {row[0]: row for row in numbers}
    every = list(periods.every(measure.frequency, numbers[0][0], numbers[-1][0]))
    if len(every) > len(numbers) + LONGEST_GAP:
        return list(numbers)
    return [known.get(period, (period, None, None)) for period in every]
