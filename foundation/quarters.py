"""Quarters of a year, half-open."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Quarter:
    """From `since` to the day before `until`."""

    since: date
    until: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.until - timedelta(days=1)

    def is_over(self, on: date) -> bool:
        return self.until <= on

    def __str__(self) -> str:
        return words(self.since, self.until)


def quarter_of(day: date) -> Quarter:
    """The quarter that contains the day."""
    month = (day.month - 1) // 3 * 3 + 1
    after = date(day.year + 1, 1, 1) if month == 10 else date(day.year, month + 3, 1)
    return Quarter(date(day.year, month, 1), after)


def before(quarter: Quarter) -> Quarter:
    return quarter_of(quarter.since - timedelta(days=1))


def lately(today: date, count: int = 5) -> list[Quarter]:
    """The last completed quarters, newest first."""
    quarters = [before(quarter_of(today))]
    while len(quarters) < count:
        quarters.append(before(quarters[-1]))
    return quarters


def words(since: date, until: date) -> str:
    """For instance "July to September 2026"."""
    last = until - timedelta(days=1)
    return _("%(first)s to %(last)s") % {
        "first": date_format(since, "F"),
        "last": date_format(last, "F Y"),
    }
