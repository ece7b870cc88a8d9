"""The dates of a series, and what an hour by the clock means on each of them."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto
from itertools import count
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import MeetingSeries, Rhythm

WEEKS: dict[str, timedelta] = {
    Rhythm.WEEKLY: timedelta(weeks=1),
    Rhythm.FORTNIGHTLY: timedelta(weeks=2),
}
BY_NTH: Mapping[int | None, Promise] = {
    1: gettext_lazy("On the first %(weekday)s of each month"),
    2: gettext_lazy("On the second %(weekday)s of each month"),
    3: gettext_lazy("On the third %(weekday)s of each month"),
    4: gettext_lazy("On the fourth %(weekday)s of each month"),
    None: gettext_lazy("On the last %(weekday)s of each month"),
}


class ClockChange(Enum):
    """What the clocks do to an hour on its day."""

    STEADY = auto()
    LEFT_OUT = auto()
    TWICE = auto()


@dataclass(frozen=True)
class Moment:
    """An hour by the clock on a day.

    An hour that is left out becomes the one that the clock shows instead; of one that comes twice
    it is the first.
    """

    at: datetime
    clocks: ClockChange


def moment(day: date, clock: time, zone: ZoneInfo) -> Moment:
    naive = datetime.combine(day, clock)
    first, second = (naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    shown = first.astimezone(UTC).astimezone(zone)
    if first.utcoffset() == second.utcoffset():
        return Moment(first, ClockChange.STEADY)
    if shown.replace(tzinfo=None) == naive:
        return Moment(first, ClockChange.TWICE)
    return Moment(shown, ClockChange.LEFT_OUT)


def fits(rhythm: str, first: date) -> None:
    """ValidationError for a first day from which the rhythm can't go on."""
    nth, last = _place(first)
    if rhythm == Rhythm.MONTHLY and nth not in BY_NTH:
        raise ValidationError(
            _("Some months have no fifth %(weekday)s. Choose another day, or the last one.")
            % {"weekday": WEEKDAYS[first.weekday()]}
        )
    if rhythm == Rhythm.MONTHLY_LAST and not last:
        raise ValidationError(
            _("The last %(weekday)s of that month is %(day)s. Choose that day.")
            % {
                "weekday": WEEKDAYS[first.weekday()],
                "day": date_format(_nth(first.year, first.month, first, None), "F j, Y"),
            }
        )


def days(rhythm: str, first: date) -> Iterator[date]:
    """The days of the rhythm, beginning with the first one, without end."""
    for step in count():
        if rhythm in WEEKS:
            yield first + step * WEEKS[rhythm]
        else:
            yield _in_month(rhythm, first, step)


def moved(rhythm: str, old: Sequence[date], to: date) -> list[date]:
    """These days of a rhythm, if the first of them is moved to `to`.

    By weeks, all are moved by as many days. By months, each becomes that weekday of its month.
    """
    first = old[0]
    if rhythm in WEEKS:
        return [each + (to - first) for each in old]
    months = [(each.year - first.year) * 12 + each.month - first.month for each in old]
    return [_in_month(rhythm, to, number) for number in months]


def words(series: MeetingSeries) -> str:
    """The rhythm in words: "Every second Tuesday"."""
    weekday = {"weekday": WEEKDAYS[series.first_on.weekday()]}
    match series.rhythm:
        case Rhythm.WEEKLY:
            return _("Every %(weekday)s") % weekday
        case Rhythm.FORTNIGHTLY:
            return _("Every second %(weekday)s") % weekday
        case Rhythm.MONTHLY_LAST:
            return str(BY_NTH[None]) % weekday
        case _:
            return str(BY_NTH[_place(series.first_on)[0]]) % weekday


def _in_month(rhythm: str, like: date, months: int) -> date:
    month = like.month - 1 + months
    nth = None if rhythm == Rhythm.MONTHLY_LAST else _place(like)[0]
    return _nth(like.year + month // 12, month % 12 + 1, like, nth)


def _place(day: date) -> tuple[int, bool]:
    """Which one of its weekday it is in its month, and whether it is the last one."""
    return (day.day - 1) // 7 + 1, day.day + 7 > monthrange(day.year, day.month)[1]


def _nth(year: int, month: int, like: date, nth: int | None) -> date:
    """The nth day of a month that falls on the same weekday as `like`; None: the last one."""
    begins, length = monthrange(year, month)
    first = 1 + (like.weekday() - begins) % 7
    if nth is None:
        return date(year, month, first + (length - first) // 7 * 7)
    return date(year, month, first + 7 * (nth - 1))
