"""Working days: Monday to Friday, in the agency's time zone."""

from datetime import date, timedelta

DAY = timedelta(days=1)
SATURDAY = 5


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY


def after(day: date, count: int) -> date:
    """The day by which this many working days after `day` are over, not counting `day`."""
    while count > 0:
        day += DAY
        count -= is_working_day(day)
    return day
