"""Days, weeks, months and quarters: the periods of numbers, each named by its first day."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from measures.definitions.models import Frequency

DAY = timedelta(days=1)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def is_meant(year: int) -> bool:
    """Whether a number written as a year is plausible as one."""
    return _FIRST_YEAR <= year <= _LAST_YEAR


def period_of(frequency: str, day: date) -> date:
    """The first day of the period that contains the day; weeks begin on Monday."""
    match frequency:
        case Frequency.WEEK:
            return day - DAY * day.weekday()
        case Frequency.MONTH:
            return day.replace(day=1)
        case Frequency.QUARTER:
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case _:
            return day


def following(frequency: str, period: date) -> date:
    """The first day of the next period."""
    match frequency:
        case Frequency.WEEK:
            return period + 7 * DAY
        case Frequency.MONTH:
            return period_of(Frequency.MONTH, period + 31 * DAY)
        case Frequency.QUARTER:
            return period_of(Frequency.MONTH, period + 93 * DAY)
        case _:
            return period + DAY


def before(frequency: str, period: date) -> date:
    """The first day of the previous period."""
    return period_of(frequency, period - DAY)


def latest(frequency: str, on: date) -> date:
    """The last period that has ended by that day."""
    return before(frequency, period_of(frequency, on))


def due(frequency: str, period: date, lag: int) -> date:
    """The last day on which the period's number is on time: `lag` days after its last day."""
    return following(frequency, period) - DAY + lag * DAY


def every(frequency: str, first: date, last: date) -> Iterator[date]:
    """All periods from `first` to `last`, inclusive."""
    period = first
    while period <= last:
        yield period
        period = following(frequency, period)


def named(frequency: str, period: date) -> str:
    """March 2026; week of March 2, 2026; January to March 2026; March 2, 2026."""
    match frequency:
        case Frequency.WEEK:
            return _("week of %(day)s") % {"day": formats.date_format(period, "F j, Y")}
        case Frequency.MONTH:
            return formats.date_format(period, "F Y")
        case Frequency.QUARTER:
            last = period_of(Frequency.MONTH, period + 62 * DAY)
            return _("%(first)s to %(last)s") % {
                "first": formats.date_format(period, "F"),
                "last": formats.date_format(last, "F Y"),
            }
        case _:
            return formats.date_format(period, "F j, Y")
