"""The words of the record below the minutes of the oversight committee."""

from typing import Any

from evidence.presenting import seal_for
from evidence.reading import newest_before
from foundation import slots
from foundation.http import AgencyRequest
from groups.models import GroupKind, MeetingStatus


def _of_meeting(request: AgencyRequest, subject: Any) -> slots.Filled | None:
    """The words as the committee had them on the day of the meeting; two queries."""
    if subject.group.kind != GroupKind.COMMITTEE or subject.status != MeetingStatus.HELD:
        return None
    head = newest_before(request.agency, subject.on)
    if head is None:
        return None
    return "evidence/seal.html", {"seal": seal_for(request.member, head.day, head.digest)}


slots.register("groups.meeting", _of_meeting)
