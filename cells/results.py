"""From the rows of a measure to its results: what its chart shows, one after the other."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from cells.models import DataPoint, Measure, OutcomeStandard


class Result(NamedTuple):
    """One result: the first day of its period, and its number, out of how many.

    `numerator` is None where the result is missing, and the number itself where the measure has
    no denominator.
    """

    period: date
    numerator: Decimal | None
    denominator: Decimal | None = None


def of_points(measure: Measure, points: Iterable[DataPoint]) -> list[Result]:
    """The results of rows that are in time order."""
    return [Result(point.period, point.numerator, point.denominator) for point in points]


def of_columns(measure: Measure) -> list[Result]:
    """The results of a measure that came with `with_numbers`."""
    row: Any = measure
    columns = zip(row.periods, row.numerators, row.denominators, strict=True)
    return [Result(*each) for each in columns][::-1]


def earlier(measure: Measure) -> list[Result]:
    """Results before those that are charted, which its lines may rest on, in time order.

    Of a measure that came with its settings; none otherwise.
    """
    return _of_json(getattr(measure, "earlier_rows", ()))


def start(standard: OutcomeStandard) -> list[Result]:
    """Results of the start of a standard before those that are charted, in time order."""
    return _of_json(getattr(standard, "start_rows", ()))


def _of_json(rows: Iterable[dict[str, Any]]) -> list[Result]:
    """Results of rows that came as JSON, the latest first."""
    return [
        Result(
            date.fromisoformat(row["period"]), _exact(row["numerator"]), _exact(row["denominator"])
        )
        for row in rows
    ][::-1]


def _exact(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))
