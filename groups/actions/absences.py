"""Counts of how many dates of a group tell who is not expected.

So meetings that are planned only to look tell no more than those that a group has anyway.
"""

from collections.abc import Sequence

from foundation import attempts
from groups.models import Meeting
from groups.policies import ABSENCES_DATES, ABSENCES_IN, MISSED_SHOWN


def tells_absences(meeting: Meeting) -> bool:
    """Count this date of the meeting among those of its group; False once there were too many.

    A date that was counted stays open.
    """
    if attempts.counted(*_date(meeting)):
        return True
    within = ABSENCES_IN.span.total_seconds()
    if attempts.count(*_group(meeting), seconds=within) > ABSENCES_DATES.value:
        return False
    attempts.count(*_date(meeting), seconds=(ABSENCES_IN.span + MISSED_SHOWN.span).total_seconds())
    return True


def that_tell(meetings: Sequence[Meeting]) -> list[Meeting]:
    """Those of them that tell it, each counted like that; one query once all are."""
    names = {name for each in meetings for name in (_date(each), _group(each))}
    known = attempts.counted_all(names)

    def tells(meeting: Meeting) -> bool:
        if _date(meeting) in known:
            return True
        full = known.get(_group(meeting), 0) >= ABSENCES_DATES.value
        return not full and tells_absences(meeting)

    return [each for each in meetings if tells(each)]


def that_told(meetings: Sequence[Meeting]) -> list[Meeting]:
    """Those of them whose date was counted before; one query."""
    known = attempts.counted_all([_date(each) for each in meetings])
    return [each for each in meetings if _date(each) in known]


def _group(meeting: Meeting) -> tuple[str, ...]:
    return "absences", str(meeting.group_id)


def _date(meeting: Meeting) -> tuple[str, ...]:
    return *_group(meeting), f"{meeting.pk} {meeting.on}"
