"""Days some months apart."""

from calendar import monthrange
from datetime import date

A_YEAR = 12  # in months


def months_later(day: date, months: int) -> date:
    """The same day this many months later (negative: earlier), or the last of a shorter month."""
    year, month = divmod(day.year * A_YEAR + day.month - 1 + months, A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
