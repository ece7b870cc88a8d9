"""From a measure's rows to its results, in the order its chart shows them.

For most kinds, a row is a result. If rows are days of rare events, the results are the days from
each event to the next. Everything that draws, judges or words a measure starts here, so nothing
else needs to know its kind.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypedDict

from charts import days_between
from foundation import prepared
from foundation.models import Agency
from measures.definitions.models import Measure
from measures.numbers.models import LATEST, DataPoint, DataPointQuerySet


class MeasureResult(NamedTuple):
    """One result: the first day of its period, its number, and the denominator.

    `numerator` is None if the result is missing, and the number itself if the measure has no
    denominator. `values` are those it averages, if known. For rare events it is the number of days
    since the previous event; `period` is the day itself, repeated if there were several events.
    """

    period: date
    numerator: Decimal | None
    denominator: Decimal | None = None
    values: tuple[Decimal, ...] = ()


class PointRow(TypedDict):
    """A row as JSON returns it."""

    period: str
    numerator: float | None
    denominator: float | None
    values: list[float] | None


def points_of(measure: Measure) -> list[DataPoint]:
    """The charted points of a measure, in time order; one query, which is built once."""
    values = {"agency": measure.agency_id, "row": measure.pk}
    points: list[DataPoint] = prepared.of_agency(_latest).models(values)[::-1]
    for each in points:
        each.agency = measure.agency
    return points


def _latest(agency: Agency) -> DataPointQuerySet:
    points = DataPoint.objects.within(agency).filter(measure=prepared.ROW)
    return points.order_by("-period")[:LATEST]


def of_points(measure: Measure, points: Iterable[DataPoint]) -> list[MeasureResult]:
    """The results of rows in time order."""
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
    """The results of rows read as columns, latest first; each row's values are one text."""
    return _results(
        measure,
        [
            MeasureResult(period, numerator, denominator, _values(text))
            for period, numerator, denominator, text in rows
        ][::-1],
    )


def of_json(measure: Measure, rows: Iterable[PointRow]) -> list[MeasureResult]:
    """The results of rows read as JSON, latest first."""
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
    """From days of events to the days between them; 0 within one day."""
    times = [int(row.numerator or 0) for row in rows]
    if len(rows) >= LATEST and times[0]:
        # Earlier days exist, and the first day's other events belong with those.
        times[0] = 1
    days = [row.period for row, count in zip(rows, times, strict=True) for _time in range(count)]
    gaps = days_between(days)
    return [MeasureResult(day, Decimal(gap)) for day, gap in zip(days[1:], gaps, strict=True)]


def result(measure: Measure, row: MeasureResult) -> float | None:
    """The displayed result of a period: percent, per some number, or the number itself."""
    if row.numerator is None:
        return None
    if not measure.shape.has_denominator:
        return float(row.numerator)
    return float(row.numerator / row.denominator * measure.multiply) if row.denominator else None
