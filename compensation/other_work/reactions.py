"""Void work of who was not there after all; pay what was called off late, unless it took place."""

from accounts import asked
from compensation.other_work.actions import LATE, pay_asked, pay_called_off, void_all
from compensation.other_work.rules import BESIDE_MEETINGS
from foundation import events
from foundation.models import Event
from groups.models import Attendance, Meeting, MeetingStatus


@events.inside("attendance.voided")
def void_with_attendance(event: Event) -> None:
    rows = Attendance.objects.with_voided(event.agency).select_related("meeting", "voided_by")
    row = rows.get(pk=event.subject_id)
    assert row.voided_by is not None
    row.voided_by.agency = event.agency
    at_once = event.data.get("at_once", False)
    void_all(
        row.meeting,
        by=row.voided_by,
        works=BESIDE_MEETINGS,
        member=row.member_id,
        at_once=at_once,
    )


@events.inside("meeting.cancelled")
def pay_one(event: Event) -> None:
    """Not with the end of its group, nor if planning it is undone at once."""
    if event.data.get("closure") or event.data.get("at_once") or event.actor is None:
        return
    pay_called_off(Meeting.objects.within(event.agency).filter(pk=event.subject_id), by=event.actor)


@events.inside("series.cancelled")
def pay_of_series(event: Event) -> None:
    """Those of its meetings that were called off with it; others have an event of their own."""
    assert event.actor is not None
    called_off = Meeting.objects.within(event.agency).filter(
        series=event.subject_id, status=MeetingStatus.CANCELLED
    )
    alone = Event.objects.within(event.agency).filter(name="meeting.cancelled")
    alone = alone.filter(subject_type=Meeting.subject_code)
    pay_called_off(called_off.exclude(pk__in=alone.values("subject_id")), by=event.actor)


@events.inside("survey.opened")
def pay_everybody_asked(event: Event) -> None:
    assert event.actor is not None
    members = asked.of(event.subject_type, event.agency, event.subject_id)
    pay_asked(members, number=event.data["number"], by=event.actor)


@events.inside("meeting.held")
def took_place_after_all(event: Event) -> None:
    meeting = Meeting.objects.within(event.agency).get(pk=event.subject_id)
    assert event.actor is not None
    void_all(meeting, by=event.actor, works=[LATE])
