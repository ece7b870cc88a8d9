"""Days on which somebody is at work."""

from datetime import date, timedelta

SATURDAY = 5


def after(day: date, count: int) -> date:
    """The last of so many working days after this one (holidays are counted as any other day)."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day
