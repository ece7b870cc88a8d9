"""From the rows of a measure to its results: what its chart shows, one after the other.

For most kinds a row is a result. Where the rows are days on which something rare happened, the
results are the days from each time to the next. Whoever draws, judges or words a measure begins
here, so nobody else needs to know of its kind.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypedDict

from charts import days_between
from measures.definitions.models import Measure
from measures.numbers.models import LATEST, DataPoint


class MeasureResult(NamedTuple):
    """One result: the first day of its period, and its number, out of how many.

    `numerator` is None where the result is missing, and the number itself where the measure has
    no denominator. `values` are those that it is the average of, where they are known. Of rare
    things it is how many days it was since the time before; `period` is the day itself, there
    more than once if it happened several times.
    """

    period: date
    numerator: Decimal | None
    denominator: Decimal | None = None
    values: tuple[Decimal, ...] = ()


class PointRow(TypedDict):
    """A row as JSON has it."""

    period: str
    numerator: float | None
    denominator: float | None
    values: list[float] | None


def of_points(measure: Measure, points: Iterable[DataPoint]) -> list[MeasureResult]:
    """The results of rows that are in time order."""
    return _results(
        measure,
        [
            MeasureResult(
                point.period, point.numerator, point.denominator, tuple(point.values or ())
            )
            for point in points
        ],
    )


def of_columns(
    measure: Measure, rows: Iterable[tuple[date, Decimal | None, Decimal | None, str | None]]
) -> list[MeasureResult]:
    """Results of rows that came as columns, the latest first; the values of each as one text."""
    return _results(
        measure,
        [
            MeasureResult(period, numerator, denominator, _values(text))
            for period, numerator, denominator, text in rows
        ][::-1],
    )


def of_json(measure: Measure, rows: Iterable[PointRow]) -> list[MeasureResult]:
    """Results of rows that came as JSON, the latest first."""
    return _results(
        measure,
        [
            MeasureResult(
                date.fromisoformat(row["period"]),
                _exact(row["numerator"]),
                _exact(row["denominator"]),
                tuple(Decimal(str(value)) for value in row["values"] or ()),
            )
            for row in rows
        ][::-1],
    )


def _exact(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _values(text: str | None) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, text.split())) if text else ()


def _results(measure: Measure, rows: list[MeasureResult]) -> list[MeasureResult]:
    return rows if measure.shape.is_periodic else _between(rows)


def _between(rows: Sequence[MeasureResult]) -> list[MeasureResult]:
    """From the days on which it happened to the days between; 0 on one and the same day."""
    times = [int(row.numerator or 0) for row in rows]
    if len(rows) >= LATEST and times[0]:
        # There are days before: what happened on the first one belongs to those.
        times[0] = 1
    days = [row.period for row, count in zip(rows, times, strict=True) for _time in range(count)]
    gaps = days_between(days)
    return [MeasureResult(day, Decimal(gap)) for day, gap in zip(days[1:], gaps, strict=True)]


def result(measure: Measure, row: MeasureResult) -> float | None:
    """What is shown for a period: percent, per so many, or the number itself."""
    if row.numerator is None:
        return None
    if not measure.shape.has_denominator:
        return float(row.numerator)
    return float(row.numerator / row.denominator * measure.multiply) if row.denominator else None
