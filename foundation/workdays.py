"""Working days: Monday to Friday, where the agency is."""

from datetime import date, timedelta

DAY = timedelta(days=1)
SATURDAY = 5


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY


def after(day: date, count: int) -> date:
    """The day on which so many working days after this one are over; it does not count itself."""
    while count > 0:
        day += DAY
        count -= is_working_day(day)
    return day
