from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from accounts.models import Member, StandingKind
from foundation.models import Event
from foundation.refusals import Refused
from groups import actions
from groups.models import Attendance, Group, Meeting, MeetingStatus, Seat

DAY = timedelta(days=1)


def test_the_date_of_a_meeting_is_the_agencys(seated: Group, chair: Member, today: date) -> None:
    # Eleven at night in New York is the next day in UTC.
    late = datetime.combine(today, time(23), seated.agency.zone)
    assert late.astimezone(UTC).date() > today
    meeting = actions.plan_meeting(seated, starts_at=late, by=chair)
    assert meeting.on == today


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("administrator", True),
        ("facilitator", True),
        ("chair", True),
        ("consumer", False),
        ("provider", False),
        ("manager", False),
    ],
)
def test_who_may_plan_and_record(
    who: str, allowed: bool, seated: Group, meeting: Meeting, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(who)
    if allowed:
        actions.plan_meeting(seated, starts_at=now(), by=by)
        actions.record_attendance(meeting, present={}, by=by)
        actions.record_minutes(meeting, minutes="We met.", by=by)
        return
    acts: tuple[Callable[[], object], ...] = (
        lambda: actions.plan_meeting(seated, starts_at=now(), by=by),
        lambda: actions.record_attendance(meeting, present={}, by=by),
        lambda: actions.record_minutes(meeting, minutes="We met.", by=by),
        lambda: actions.hold(meeting, by=by),
        lambda: actions.cancel_meeting(meeting, by=by),
    )
    for act in acts:
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize(
    ("state", "may"),
    [
        ("coming", {"change", "cancel"}),
        ("past", {"change", "cancel", "hold", "attend", "minutes"}),
        ("held", {"hold", "attend", "minutes"}),
        ("cancelled", {"hold", "attend", "minutes"}),
    ],
)
def test_what_each_state_of_a_meeting_allows(
    state: str, may: set[str], meeting: Meeting, coming: Meeting, chair: Member, consumer: Member
) -> None:
    subject = coming if state == "coming" else meeting
    if state == "held":
        actions.hold(meeting, by=chair)
    if state == "cancelled":
        actions.cancel_meeting(meeting, by=chair)
    does: dict[str, Callable[[], object]] = {
        "change": lambda: actions.change_meeting(
            subject, starts_at=now(), minutes_planned=60, place="", agenda="", by=chair
        ),
        "minutes": lambda: actions.record_minutes(subject, minutes="We met.", by=chair),
        "attend": lambda: actions.record_attendance(
            subject, present={consumer: Decimal(1)}, by=chair
        ),
        "hold": lambda: actions.hold(subject, by=chair),
        "cancel": lambda: actions.cancel_meeting(subject, by=chair),
    }
    for name, act in does.items():
        if name not in may:
            with pytest.raises(Refused):
                act()
    for name in may:
        # Each starts from the same state.
        kept = Meeting.objects.within(subject.agency).get(pk=subject.pk)
        does[name]()
        Meeting.objects.within(subject.agency).filter(pk=subject.pk).update(status=kept.status)


def test_attendance_is_written_with_the_standing_of_the_seat_and_one_event_each(
    meeting: Meeting, chair: Member, consumer: Member, manager: Member
) -> None:
    seat = Seat.objects.within(meeting.agency).get(member=consumer)
    Seat.objects.within(meeting.agency).filter(pk=seat.pk).update(standing="undisclosed")
    rows = actions.record_attendance(
        meeting, present={consumer: Decimal("1.5"), manager: Decimal(1)}, by=chair
    )
    standings = {row.member_id: row.standing for row in rows}
    assert standings == {consumer.pk: StandingKind.UNDISCLOSED, manager.pk: StandingKind.MANAGER}
    events = Event.objects.within(meeting.agency).filter(name="attendance.recorded")
    assert {event.subject_id for event in events} == {row.pk for row in rows}
    assert events.get(subject_id=rows[0].pk).data == {
        "group": meeting.group_id,
        "meeting": meeting.pk,
        "member": consumer.pk,
        "hours": "1.50",
    }
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.HELD


def test_recording_again_adds_and_corrects_and_takes_nobody_off(
    meeting: Meeting, chair: Member, consumer: Member, second_consumer: Member, provider: Member
) -> None:
    actions.record_attendance(
        meeting, present={consumer: Decimal(1), provider: Decimal(1)}, by=chair
    )
    written = actions.record_attendance(
        meeting, present={consumer: Decimal(2), second_consumer: Decimal(1)}, by=chair
    )
    assert {row.member_id for row in written} == {consumer.pk, second_consumer.pk}
    rows = Attendance.objects.within(meeting.agency).filter(meeting=meeting)
    assert {row.member_id: row.hours for row in rows} == {
        consumer.pk: 2,
        second_consumer.pk: 1,
        provider.pk: 1,
    }
    events = Event.objects.within(meeting.agency)
    assert events.filter(name="attendance.recorded").count() == 3
    assert events.filter(name="attendance.corrected").count() == 1


@pytest.mark.parametrize("hours", ["0", "-1", "24.01", "0.001"])
def test_hours_that_can_not_be(hours: str, meeting: Meeting, chair: Member) -> None:
    with pytest.raises(ValidationError):
        actions.record_attendance(meeting, present={chair: Decimal(hours)}, by=chair)
    assert not Attendance.objects.within(meeting.agency).exists()


def test_minutes_that_somebody_else_changed_are_not_overwritten(
    meeting: Meeting, chair: Member, facilitator: Member
) -> None:
    actions.hold(meeting, by=chair)
    meeting.refresh_from_db()
    actions.record_minutes(meeting, minutes="First.", by=chair, version=meeting.version)
    with pytest.raises(ValidationError, match="Somebody changed this"):
        actions.record_minutes(meeting, minutes="Second.", by=facilitator, version=meeting.version)
    meeting.refresh_from_db()
    assert meeting.minutes == "First."
