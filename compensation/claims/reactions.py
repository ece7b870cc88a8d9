"""Create and correct claims from attendance, and from other work that was recorded."""

from compensation.claims.actions import given
from compensation.claims.actions.claiming import claim
from foundation import events
from foundation.models import Event


@events.inside("attendance.recorded", "attendance.corrected", "attendance.voided")
def make_claim(event: Event) -> None:
    attendance = given.attendance(event.agency, event.subject_id)
    # Whoever undoes the record of a meeting at once has told nobody of it.
    claim(given.of_attendance(attendance), told=not event.data.get("at_once", False))


@events.inside("other_work.recorded", "other_work.voided")
def claim_other_work(event: Event) -> None:
    work = given.other_work(event.agency, event.subject_id)
    claim(given.of_other_work(work), told=not event.data.get("at_once", False))
