"""Meetings: planned, held, with attendance and minutes."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from accounts.models import Member, StandingKind
from foundation import events, keys
from foundation.refusals import enforce
from groups import rules
from groups.actions.seats import locked
from groups.models import Attendance, Group, Meeting, MeetingStatus, Seat
from groups.policies import LONGEST_DAY
from groups.scheduling import Beyond, PlannedBeyond, foreseen, keep_beyond, planning_within
from groups.standing import TakenAs, standings
from notifications.actions import tell

CENT = Decimal("0.01")


def locked_meeting(meeting: Meeting, by: Member) -> Meeting:
    meetings = Meeting.objects.within(by.agency).select_related("group")
    return meetings.select_for_update(of=("self",)).get(pk=meeting.pk)


@transaction.atomic
def plan_meeting(
    group: Group,
    *,
    starts_at: datetime,
    minutes_planned: int = 60,
    place: str = "",
    remote_link: str = "",
    agenda: str = "",
    late_reason: str = "",
    asks_budget: bool = True,
    beyond: str = "",
    by: Member,
) -> Meeting:
    """Plan a meeting, or enter one that was held on any day; `starts_at` is aware.

    `late_reason`: why it is entered so long after its day. `asks_budget`: it is refused where the
    agency plans nothing beyond its budget, and without a reason (`beyond`) where it is not enough.
    """
    group = locked(group, by)
    past = starts_at <= timezone.now()
    enforce(rules.entering(group, by, past=past))
    first_on = by.agency.date_of(starts_at)
    found = foreseen(group, by.agency, [first_on], minutes_planned)
    if asks_budget:
        enforce(planning_within(found, beyond))
    meeting: Meeting = group.meetings.create(
        agency=by.agency,
        starts_at=starts_at,
        on=_day(group, starts_at, by),
        dated_on=by.agency.today(),
        minutes_planned=minutes_planned,
        place=place,
        remote_link=remote_link,
        agenda=agenda,
        late_reason=late_reason.strip() if past else "",
    )
    events.record("meeting.planned", meeting, by=by, group=group.pk)
    why = Beyond(beyond) if beyond else Beyond.NEXT_DATE
    keep_beyond(found, PlannedBeyond(group, 1, first_on, why, by))
    return meeting


def _day(group: Group, starts_at: datetime, by: Member) -> date:
    """The meeting's day; ValidationError for a future day on which the group does not exist.

    Past meetings can be entered whenever they were held.
    """
    on = by.agency.date_of(starts_at)
    if starts_at > timezone.now() and not group.is_open(on):
        raise ValidationError({"starts_at": _("The group does not exist on that day.")})
    return on


@transaction.atomic
def change_meeting(
    meeting: Meeting,
    *,
    starts_at: datetime,
    minutes_planned: int,
    place: str,
    agenda: str,
    by: Member,
    remote_link: str = "",
    materials_sent_on: date | None = None,
    late_reason: str = "",
    version: int | None = None,
) -> Meeting:
    """Change a meeting that is still planned; `version` is the one that `by` last saw."""
    meeting = locked_meeting(meeting, by)
    past = starts_at <= timezone.now()
    enforce(rules.changing_meeting(meeting, by, past=past))
    _same(meeting, version)
    meeting.late_reason = late_reason.strip() if past else ""
    meeting.put_on(starts_at, _day(meeting.group, starts_at, by), today=by.agency.today())
    meeting.minutes_planned, meeting.place, meeting.agenda = minutes_planned, place, agenda
    meeting.remote_link = remote_link
    meeting.materials_sent_on = materials_sent_on
    meeting.version += 1
    meeting.save()
    events.record("meeting.changed", meeting, by=by, group=meeting.group_id)
    return meeting


def _same(meeting: Meeting, version: int | None) -> None:
    if version is not None and version != meeting.version:
        raise ValidationError(
            _("Somebody changed this while you were writing. Open the page again to see it.")
        )


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: Member, at_once: bool = False) -> Meeting:
    """Call it off; `at_once`: it was planned a moment ago, and that is undone."""
    meeting = locked_meeting(meeting, by)
    enforce(rules.changing_meeting(meeting, by, past=meeting.starts_at <= timezone.now()))
    meeting.become(MeetingStatus.CANCELLED)
    meeting.version += 1
    meeting.save()
    events.record("meeting.cancelled", meeting, by=by, group=meeting.group_id, at_once=at_once)
    return meeting


@transaction.atomic
def hold(meeting: Meeting, *, by: Member) -> Meeting:
    """Record that the meeting took place; repeating it changes nothing."""
    meeting = locked_meeting(meeting, by)
    enforce(rules.recording(meeting, by))
    if meeting.status != MeetingStatus.HELD:
        meeting.become(MeetingStatus.HELD)
        meeting.recorded_on, meeting.recorded_by = by.agency.today(), by
        meeting.version += 1
        meeting.save()
        events.record("meeting.held", meeting, by=by, group=meeting.group_id)
    return meeting


@transaction.atomic
def not_held(meeting: Meeting, *, by: Member) -> Meeting:
    """Take back that the meeting took place, once nothing else is on record of it."""
    meeting = locked_meeting(meeting, by)
    anybody = Attendance.objects.within(by.agency).filter(meeting=meeting).exists()
    enforce(rules.unholding(meeting, by, recorded=anybody))
    meeting.become(MeetingStatus.PLANNED)
    meeting.recorded_on, meeting.recorded_by = None, None
    meeting.version += 1
    meeting.save()
    events.record("meeting.not_held", meeting, by=by, group=meeting.group_id)
    return meeting


@transaction.atomic
def count_guests(meeting: Meeting, *, guests: int, by: Member) -> Meeting:
    """Record how many came whose names are not written down."""
    meeting = locked_meeting(meeting, by)
    enforce(rules.recording(meeting, by))
    if meeting.guests != guests:
        meeting.guests = guests
        meeting.version += 1
        meeting.save()
        events.record("meeting.guests_counted", meeting, by=by, group=meeting.group_id)
    return meeting


@transaction.atomic
def record_attendance(
    meeting: Meeting, *, present: Mapping[Member, Decimal], by: Member
) -> list[Attendance]:
    """Record who came and for how many hours, which marks the meeting as held.

    Adds people who were not on record and corrects the hours of those who were; removes nobody
    (that is `void_attendance`). Each row written records one `attendance.recorded` (or
    `attendance.corrected`).
    """
    meeting = hold(meeting, by=by)
    hours = {member.pk: _hours(member, value) for member, value in present.items()}
    known = {row.member_id: row for row in meeting.attendances.select_for_update()}
    taken = _standings(meeting, [member for member in present if member.pk not in known])
    new: list[Attendance] = []
    again: list[Attendance] = []
    corrected: list[Attendance] = []
    for member in sorted(present, key=lambda member: member.pk):
        row = known.get(member.pk)
        if row is not None and row.voided_on is None and row.hours == hours[member.pk]:
            continue
        if member.erased_at is not None:
            raise ValidationError(
                _("A former member whose name was erased can’t be written down any more.")
            )
        if row is None:
            new.append(
                Attendance(
                    agency=by.agency,
                    meeting=meeting,
                    member=member,
                    standing=taken[member.pk].kind,
                    employed_peer=taken[member.pk].employed_peer,
                    hours=hours[member.pk],
                    recorded_by=by,
                )
            )
            continue
        (corrected if row.voided_on is None else again).append(row)
        row.member, row.hours, row.recorded_by = member, hours[member.pk], by
        row.voided_on, row.voided_by, row.void_reason = None, None, ""
        row.save()
    recorded = [*bulk_create_with_history(new, Attendance), *again]
    events.record_all("attendance.recorded", recorded, by=by, data=_of_attendance)
    events.record_all("attendance.corrected", corrected, by=by, data=_of_attendance)
    return sorted([*recorded, *corrected], key=lambda row: row.member_id)


def _of_attendance(row: Attendance) -> dict[str, Any]:
    return {
        "group": row.meeting.group_id,
        "meeting": row.meeting_id,
        "member": row.member_id,
        "hours": str(row.hours),
    }


@transaction.atomic
def void_attendance(
    attendance: Attendance, *, reason: str, by: Member, at_once: bool = False
) -> Attendance:
    """Void an attendance recorded by mistake; the row and the reason stay.

    It no longer counts anywhere. Somebody who was there after all is recorded again. `at_once`: the
    whole record is undone right after it was made, so nobody is told.
    """
    rows = Attendance.objects.within(by.agency).select_related("meeting__group", "member")
    row = rows.select_for_update(of=("self",)).filter(pk=attendance.pk).first()
    if row is None:
        raise ValidationError(_("This person is not on the list any more."))
    enforce(rules.recording(row.meeting, by))
    row.voided_on, row.voided_by, row.void_reason = by.agency.today(), by, reason
    row.save(update_fields=["voided_on", "voided_by", "void_reason"])
    events.record(
        "attendance.voided",
        row,
        by=by,
        group=row.meeting.group_id,
        meeting=row.meeting_id,
        member=row.member_id,
        at_once=at_once,
    )
    if not at_once:
        row.member.agency = by.agency
        tell(row.member, "attendance.voided", subject=row, title=row.meeting.group.name)
    return row


def _hours(member: Member, value: Decimal) -> Decimal:
    hours = Decimal(value).quantize(CENT)
    if not 0 < hours <= LONGEST_DAY.value:
        raise ValidationError(
            {
                f"hours_{keys.code_of(member)}": _(
                    "Give the hours as a number such as 1.5, at most %(most)s."
                )
                % {"most": LONGEST_DAY.value}
            }
        )
    return hours


def _standings(meeting: Meeting, members: list[Member]) -> dict[int, TakenAs]:
    """The standing each person attended in: that of their seat on that day, or else their own."""
    found = {
        key: held[0] if held else TakenAs(StandingKind.UNDISCLOSED)
        for key, held in standings(members, meeting.on).items()
    }
    seats = Seat.objects.within(meeting.agency).on(meeting.on).filter(group=meeting.group_id)
    for row in seats.filter(member__in=found):
        found[row.member_id] = TakenAs(StandingKind(row.standing), row.employed_peer)
    return found


@transaction.atomic
def record_minutes(
    meeting: Meeting, *, minutes: str, by: Member, version: int | None = None
) -> Meeting:
    """Record the minutes; `version` is the one that `by` last saw."""
    meeting = locked_meeting(meeting, by)
    enforce(rules.writing_minutes(meeting, by))
    _same(meeting, version)
    meeting = hold(meeting, by=by)
    meeting.minutes = minutes
    meeting.version += 1
    meeting.save()
    events.record("minutes.recorded", meeting, by=by, group=meeting.group_id)
    return meeting


@transaction.atomic
def lock_minutes(meeting: Meeting, *, minutes: str, by: Member) -> Meeting | None:
    """Fix the minutes that the committee approved; None if they are fixed or differ by now.

    For what carries out the committee's decision, which the database asks for.
    """
    meeting = locked_meeting(meeting, by)
    meeting.agency = meeting.group.agency = by.agency
    if meeting.minutes_approved_on is not None or meeting.minutes != minutes:
        return None
    meeting.minutes_approved_on = by.agency.today()
    meeting.version += 1
    meeting.save()
    return meeting
