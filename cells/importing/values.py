"""One cell of a sheet: a day, a number, or nothing."""

import re
from datetime import date
from decimal import Decimal

MISSING = frozenset({"", "*"})
FIRST_YEAR, LAST_YEAR = 1900, 2100

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?", re.ASCII
)
_US = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?: \d{1,2}:\d{2}(?::\d{2})?)?", re.ASCII)
_US_MONTH = re.compile(r"(\d{1,2})/(\d{4})", re.ASCII)
_NAMED = re.compile(
    r"([A-Za-z]{3,9})\.?[ -](?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4}|\d{2})", re.ASCII
)
_QUARTER = re.compile(r"(?:Q([1-4])[ -/]?(\d{4})|(\d{4})[ -/]?Q([1-4]))", re.ASCII | re.IGNORECASE)
_APART = re.compile(r"[\s;]+")
# Also two numbers or three, with commas between them.
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?", re.ASCII)


def day(text: str) -> date | None:
    """The day, or the first day of the month or quarter; None if it is none.

    2026-03-31, 2026-03, 3/31/2026, 3/31/26, 3/2026, March 2026, Mar 31, 2026, Q1 2026.
    """
    if found := _ISO.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _US.fullmatch(text):
        return _day(found[3], found[1], found[2])
    if found := _US_MONTH.fullmatch(text):
        return _day(found[2], found[1], None)
    if found := _QUARTER.fullmatch(text):
        quarter = int(found[1] or found[4])
        return _day(found[2] or found[3], str(3 * quarter - 2), None)
    if (found := _NAMED.fullmatch(text)) and found[1][:3].lower() in _MONTHS:
        return _day(found[3], str(_MONTHS.index(found[1][:3].lower()) + 1), found[2])
    return None


def _day(year: str, month: str, day_of_month: str | None) -> date | None:
    full = int(year) + (2000 if len(year) == 2 else 0)
    if not FIRST_YEAR <= full <= LAST_YEAR:
        return None
    try:
        return date(full, int(month), int(day_of_month or 1))
    except ValueError:
        return None


def number(text: str) -> Decimal | None:
    """The number, with or without thousands marked; None if it is none."""
    found = _NUMBER.fullmatch(text)
    if not found or not any(letter.isdigit() for letter in text) or len(text) > 20:
        return None
    return Decimal(text.replace(",", ""))


def has_numbers(text: str) -> bool:
    """Whether it is a number, or several and nothing else."""
    found, wrong = several(text)
    return bool(found) and not wrong


def several(text: str) -> tuple[list[Decimal], list[str]]:
    """The numbers in a text, with spaces, commas, semicolons or line ends between; what is none.

    1,200 could be one number or two, so it is none.
    """
    found: list[Decimal] = []
    wrong: list[str] = []
    for part in _APART.split(text):
        unclear = _THOUSANDS.fullmatch(part.strip(","))
        for entry in [part.strip(",")] if unclear else part.split(","):
            value = None if unclear else number(entry)
            if value is not None:
                found.append(value)
            elif entry:
                wrong.append(entry)
    return found, wrong
