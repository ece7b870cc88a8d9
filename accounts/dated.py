"""Facts with a start and an end date: half-open periods that never overlap."""

from datetime import date
from typing import TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Func, Q

from foundation.models import TenantQuerySet

M = TypeVar("M", bound=models.Model)


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


def no_overlap(name: str, *fields: str) -> ExclusionConstraint:
    """Forbid two rows with the same values of these fields to hold on the same day."""
    period = DateRange("since", "until", RangeBoundary())
    return ExclusionConstraint(
        name=name,
        expressions=[
            ("agency", RangeOperators.EQUAL),
            *((field, RangeOperators.EQUAL) for field in fields),
            (period, RangeOperators.OVERLAPS),
        ],
    )


def ends_after_start(name: str) -> models.CheckConstraint:
    """Forbid a period to end before it starts."""
    return models.CheckConstraint(
        condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name=name
    )


def holding(on: date, prefix: str = "") -> Q:
    """The rows in force on a day: since <= on < until."""
    return Q(**{f"{prefix}since__lte": on}) & (
        Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": on})
    )


class DatedQuerySet(TenantQuerySet[M]):
    """Rows with `since` and `until`."""

    def on(self, day: date) -> "DatedQuerySet[M]":
        """Rows in force on that day."""
        return self.filter(holding(day))
