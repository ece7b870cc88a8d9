"""Create and correct claims from attendance, and from other work that was recorded."""

from collections.abc import Sequence

from compensation.claims.actions import given
from compensation.claims.actions.claiming import claim
from compensation.claims.actions.first_lines import claim_first
from foundation import events
from foundation.models import Event
from groups.models import Attendance


@events.together("attendance.recorded")
def make_claims(recorded: Sequence[Event]) -> None:
    rows = [events.subject_of(event, Attendance) for event in recorded]
    claim_first(recorded[0].agency, [given.of_attendance(row) for row in rows])


@events.inside("attendance.corrected", "attendance.voided")
def correct_claim(event: Event) -> None:
    attendance = given.attendance(event.agency, event.subject_id)
    # Whoever undoes the record of a meeting at once has told nobody of it.
    claim(given.of_attendance(attendance), told=not event.data.get("at_once", False))


@events.inside("other_work.recorded", "other_work.voided")
def claim_other_work(event: Event) -> None:
    work = given.other_work(event.agency, event.subject_id)
    claim(given.of_other_work(work), told=not event.data.get("at_once", False))
