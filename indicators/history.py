"""Earlier results: one point a month, from the snapshots."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncMonth

from foundation import prepared
from foundation.models import Agency
from indicators.models import IndicatorSnapshot, Recomputation
from indicators.registry import Number

MONTHS = 12


@dataclass(frozen=True)
class HistoryPoint:
    """An indicator at the end of a month, or on the last day of the period."""

    month: date  # first day of the month
    day: date
    status: str
    value: Decimal | None
    goal: Decimal | None


def month_start(day: date, back: int = 0) -> date:
    """The first day of the month `back` months before that of `day`."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def last_month_end(day: date) -> date:
    """The day itself if it ends a month, else the last day of the month before."""
    tomorrow = day + timedelta(days=1)
    return day if tomorrow.day == 1 else month_start(day) - timedelta(days=1)


def covered(agency: Agency) -> date | None:
    """The day for which the indicators were last worked out; one query."""
    rows = Recomputation.objects.within(agency).exclude(day=None)
    return rows.values_list("day", flat=True).first()


def monthly(
    agency: Agency, until: date, *, months: int = MONTHS, indicator: str = ""
) -> dict[str, list[HistoryPoint]]:
    """Monthly points by indicator code, oldest first, in one query; none without a snapshot."""
    asked = prepared.of_agency(_months_of_one if indicator else _months)
    since = month_start(until, months - 1)
    values = {"agency": agency.pk, "since": since, "day": until, "code": indicator}
    points: dict[str, list[HistoryPoint]] = {}
    for code, *fields in asked.tuples(values):
        points.setdefault(code, []).append(HistoryPoint(*fields))
    return points


def _months(agency: Agency) -> QuerySet[IndicatorSnapshot, Any]:
    rows = IndicatorSnapshot.objects.within(agency).filter(
        day__gte=prepared.SINCE, day__lte=prepared.DAY
    )
    last_of_month = (
        rows.annotate(month=TruncMonth("day"))
        .order_by("indicator", "month", "-day", "-pk")
        .distinct("indicator", "month")
    )
    return last_of_month.values_list("indicator", "month", "day", "status", "value", "goal")


def _months_of_one(agency: Agency) -> QuerySet[IndicatorSnapshot, Any]:
    return _months(agency).filter(indicator=prepared.CODE)


def ending_with(
    points: Sequence[HistoryPoint],
    day: date,
    status: str,
    value: Number | None,
    goal: Number | None,
) -> list[HistoryPoint]:
    """The stored months before the day's own, followed by the day as shown."""
    month = month_start(day)
    now = HistoryPoint(month, day, status, _exact(value), _exact(goal))
    return [*(point for point in points if point.month < month), now]


def without_numbers(points: Sequence[HistoryPoint]) -> list[HistoryPoint]:
    """The monthly statuses only, for readers who may not see the numbers."""
    return [replace(point, value=None) for point in points]


def _exact(number: Number | None) -> Decimal | None:
    return None if number is None else Decimal(number)
