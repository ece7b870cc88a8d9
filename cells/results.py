"""From the rows of a measure to its results: what its chart shows, one after the other."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from cells.models import DataPoint, Measure


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
