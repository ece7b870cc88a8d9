"""Create and correct claims from attendance."""

from compensation.claims.actions.claiming import claim_attendance
from foundation import events
from foundation.models import Event
from groups.models import Attendance


@events.inside("attendance.recorded", "attendance.corrected", "attendance.voided")
def make_claim(event: Event) -> None:
    attendances = Attendance.objects.with_voided(event.agency)
    attendances = attendances.select_related("meeting__group", "member", "recorded_by", "voided_by")
    attendance = attendances.get(pk=event.subject_id)
    attendance.agency = attendance.member.agency = event.agency
    # Whoever undoes the record of a meeting at once has told nobody of it.
    claim_attendance(attendance, told=not event.data.get("at_once", False))
