"""Cells with a date: a day, a month or a quarter, as written in people's spreadsheets."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.utils import formats
from django.utils.translation import gettext as _

from measures.definitions import periods
from measures.definitions.models import Frequency
from measures.numbers import validation

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_TIME = r"(?: \d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
_EITHER = re.ASCII | re.IGNORECASE
_ISO = re.compile(
    r"(\d{4})([-/])(\d{1,2})(?:\2(\d{1,2}))?(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?", re.ASCII
)
_US = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})" + _TIME, _EITHER)
_US_MONTH = re.compile(r"(\d{1,2})/(\d{4})", re.ASCII)
_NAMED = re.compile(
    _WEEKDAY + r"([a-z]{3,9})\.?[ -](?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4}|\d{2})", _EITHER
)
_DAY_NAMED = re.compile(r"(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4}|\d{2})" + _TIME, _EITHER)
_QUARTER = re.compile(r"(?:Q([1-4])[ -/]?(\d{4})|(\d{4})[ -/]?Q([1-4]))", _EITHER)
# With a space it is a day; spreadsheets show months with a hyphen: Jan-13.
_MONTH_AND_NUMBER = re.compile(_WEEKDAY + r"([a-z]{3,9})\.? (\d{2})", _EITHER)
_NO_YEAR = re.compile(
    r"\d{1,2}[/-]\d{1,2}|([a-z]{3,9})\.?(?:[ -]\d{1,2})?|\d{1,2}[ -]([a-z]{3,9})", _EITHER
)
# Spreadsheets count days from here; an unformatted column shows that count.
_DAY_NOUGHT = date(1899, 12, 30)
_COUNTED = re.compile(r"([345]\d{4})(?:\.\d+)?", re.ASCII)
_MOST_DAYS = 31
# From the shortest to the longest.
_UNITS = (Frequency.DAY, Frequency.WEEK, Frequency.MONTH, Frequency.QUARTER)


@dataclass(frozen=True)
class When:
    """The first day of a day, a month or a quarter, and which of these was given."""

    first: date
    unit: Frequency

    def is_too_long_for(self, frequency: str) -> bool:
        """Whether it covers several periods, so that none can be chosen."""
        return _UNITS.index(self.unit) > _UNITS.index(Frequency(frequency))


def when(text: str) -> When | None:
    """Read a cell; None if it is no day, month or quarter.

    2026-03-31, 2026-03, 3/31/2026, 3/31/26, 3/2026, March 2026, Mar 31, 2026, 31-Mar-26, Q1 2026.
    """
    if found := _ISO.fullmatch(text):
        return _when(found[1], found[3], found[4])
    if found := _US.fullmatch(text):
        return _when(found[3], found[1], found[2])
    if found := _US_MONTH.fullmatch(text):
        return _when(found[2], found[1], None)
    if found := _QUARTER.fullmatch(text):
        month = 3 * int(found[1] or found[4]) - 2
        said = _when(found[2] or found[3], str(month), None)
        return said and When(said.first, Frequency.QUARTER)
    if (found := _NAMED.fullmatch(text)) and (month := _month(found[1])):
        return _when(found[3], str(month), found[2])
    if (found := _DAY_NAMED.fullmatch(text)) and (month := _month(found[2])):
        return _when(found[3], str(month), found[1])
    return None


def day(text: str) -> date | None:
    """The day, or the first day of the month or quarter; None if it is neither."""
    found = when(text)
    return None if found is None else found.first


def _month(name: str) -> int:
    """1 to 12; 0 if it is no month, such as Marketing."""
    places = (at for at, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()))
    return next(places, 0)


def _when(year: str, month: str, day_of_month: str | None) -> When | None:
    full = int(year) + (2000 if len(year) == 2 else 0)
    if not periods.is_meant(full):
        return None
    try:
        first = date(full, int(month), int(day_of_month or 1))
    except ValueError:
        return None
    return When(first, Frequency.DAY if day_of_month else Frequency.MONTH)


class First(Enum):
    """What comes first in a column's dates written like 3/2/2026."""

    MONTH = "month"
    DAY = "day"
    UNKNOWN = "unknown"


def stands_first(
    texts: Sequence[str], possible: Callable[[Sequence[date], Sequence[date]], bool]
) -> First:
    """The month if any row proves it, the day if only that is proved.

    If no row proves either, both are tried on all rows: `possible` says whether the resulting days
    are plausible beside the unambiguous ones. UNKNOWN if both are, or neither.
    """
    found = [each for text in texts if (each := _US.fullmatch(text))]
    if any(int(each[2]) > 12 for each in found):
        return First.MONTH
    if any(map(_is_day_first, found)):
        return First.DAY
    depends = [each for each in found if int(each[1]) != int(each[2])]
    if not depends:
        return First.MONTH
    clear = set(texts) - {each[0] for each in depends}
    others = [said for text in clear if (said := day(text))]
    ways = {
        First.MONTH: [_when(each[3], each[1], each[2]) for each in depends],
        First.DAY: [_when(each[3], each[2], each[1]) for each in depends],
    }
    can_be = [
        first
        for first, days in ways.items()
        if possible([each.first for each in days if each is not None], others)
    ]
    return can_be[0] if len(can_be) == 1 else First.UNKNOWN


def _is_day_first(found: re.Match[str]) -> bool:
    return int(found[1]) > 12 and _when(found[3], found[2], found[1]) is not None


def unclear(text: str, first: First) -> str:
    """Why a readable date is ambiguous, with both readings; empty if it is clear."""
    if (found := _MONTH_AND_NUMBER.fullmatch(text)) and 1 <= int(found[2]) <= _MOST_DAYS:
        said = _(
            "“%(text)s” could be a month, %(month)s, or a day without its year. "
            "Write it like 2026-03, or like 2026-03-31."
        )
        month = _when(found[2], str(_month(found[1])), None)
        shown = "" if month is None else formats.date_format(month.first, "F Y")
        return said % {"text": text, "month": shown}
    found = _US.fullmatch(text)
    if first == First.MONTH or not found or int(found[1]) == int(found[2]):
        return ""
    ways = (_when(found[3], found[1], found[2]), _when(found[3], found[2], found[1]))
    one, other = (formats.date_format(way.first, "F j, Y") for way in ways if way is not None)
    words = {"text": text, "one": one, "other": other}
    if first == First.DAY:
        said = _(
            "“%(text)s” could be %(one)s or %(other)s: in other rows the day stands before the "
            "month. Write the year first, like 2026-03-31."
        )
    else:
        said = _("“%(text)s” could be %(one)s or %(other)s. Write the year first, like 2026-03-31.")
    return said % words


def too_long(text: str, frequency: str) -> str:
    """Why a month or a quarter does not identify one of several periods."""
    if frequency == Frequency.MONTH:
        said = _("“%(text)s” does not say which month. Write the month, like 2026-03.")
    else:
        said = _("“%(text)s” does not say which day. Write the whole date, like 2026-03-31.")
    return said % {"text": text}


def unreadable(text: str) -> str:
    """Why a cell is no date, and how to fix it."""
    words = {"text": validation.short(text)}
    if not text:
        return _("The date is missing. Write the day or the month, like 2026-03.")
    if not text.strip("#"):
        return _(
            "The column was too narrow, so the file has “####” and no date. Make the column wider "
            "in your spreadsheet, and save the file again."
        )
    if found := _COUNTED.fullmatch(text):
        meant = _DAY_NOUGHT + timedelta(days=int(found[1]))
        words["day"] = formats.date_format(meant, "F j, Y")
        return _mend_count() % words
    if (found := _US.fullmatch(text)) and _is_day_first(found):
        said = _("“%(text)s” has the day before the month. Write the year first, like 2026-03-31.")
        return said % words
    if found := _NO_YEAR.fullmatch(text):
        names = [name for name in found.groups() if name]
        if not names or _month(names[0]):
            said = _("“%(text)s” has no year. Write it like 2026-03-31, or March 2026.")
            return said % words
    said = _("“%(text)s” is not a date that we can read. Write it like 2026-03-31 or 3/31/2026.")
    return said % words


def _mend_count() -> str:
    return _(
        "“%(text)s” is how a spreadsheet counts days; it would be %(day)s. Give the column the "
        "format “Date” in your spreadsheet, and save the file again."
    )
