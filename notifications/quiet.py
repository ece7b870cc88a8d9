"""Hours in which no text is sent: it waits for the morning where the agency is."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

A_DAY = timedelta(days=1)


def is_quiet(moment: datetime, zone: ZoneInfo, since: int, until: int) -> bool:
    """Whether the clock there shows an hour from `since` to `until`; the same hour: never."""
    hour = moment.astimezone(zone).hour
    if since <= until:
        return since <= hour < until
    return hour >= since or hour < until


def loud_from(moment: datetime, zone: ZoneInfo, since: int, until: int) -> datetime:
    """The moment itself, or the end of the quiet hours that it is in.

    If the clocks leave that hour out, it is the one that they show instead; of an hour that comes
    twice it is the first one still to come.
    """
    if not is_quiet(moment, zone, since, until):
        return moment
    day = moment.astimezone(zone).date()
    ends = (
        datetime.combine(day + days * A_DAY, time(until), zone).replace(fold=fold).astimezone(UTC)
        for days in (0, 1)
        for fold in (0, 1)
    )
    return min(end for end in ends if end > moment and not is_quiet(end, zone, since, until))
