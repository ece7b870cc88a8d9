"""Days from now as the agency's clock counts them: one of them may have 23 hours, or 25."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = "America/New_York"


def days_on(number: float) -> datetime:
    """This time of day, that many days from now; before now if negative."""
    return datetime.now(ZoneInfo(ZONE)) + timedelta(days=number)
