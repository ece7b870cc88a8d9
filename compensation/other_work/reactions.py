"""Void the other work of somebody who was not at the meeting after all."""

from compensation.other_work.actions import void_all
from foundation import events
from foundation.models import Event
from groups.models import Attendance


@events.inside("attendance.voided")
def void_with_attendance(event: Event) -> None:
    rows = Attendance.objects.with_voided(event.agency).select_related("meeting", "voided_by")
    row = rows.get(pk=event.subject_id)
    assert row.voided_by is not None
    row.voided_by.agency = event.agency
    at_once = event.data.get("at_once", False)
    void_all(row.meeting, by=row.voided_by, member=row.member_id, at_once=at_once)
