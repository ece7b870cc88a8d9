"""The ten minutes after a meeting, saved at once through the actions of each thing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events
from foundation.edits import same
from foundation.models import TenantModel
from foundation.refusals import Refusal, enforce
from groups import meeting_parts, recorded, rules
from groups.actions.meetings import (
    cancel_meeting,
    count_guests,
    locked_meeting,
    not_held,
    plan_meeting,
    record_attendance,
    void_attendance,
)
from groups.actions.paper import undo_paper, write_down
from groups.actions.seats import locked
from groups.models import Attendance, Decision, Meeting, MeetingStatus, PaperRecord
from groups.recorded import Record
from notifications.actions import tell_all, withdraw

# What is kept with an attendance that was undone with the whole record.
UNDONE_AT_ONCE = "undone_at_once"
DECIDED = ("decision.adopted", "decision.not_adopted", "decision.recorded")
TAKEN_BACK = ("decision.taken_back",)


class DecidedSentence(Protocol):
    """What a group decided on, in one sentence."""

    @property
    def text(self) -> str: ...

    @property
    def adopted(self) -> bool: ...


class Filled(Protocol):
    """A part of an upper app that was filled in."""

    @property
    def part(self) -> meeting_parts.MeetingPart: ...

    def save(self, by: Member) -> TenantModel | None: ...


@transaction.atomic
def record_meeting(
    meeting: Meeting,
    *,
    present: Mapping[Member, Decimal],
    guests: int = 0,
    decided: Sequence[DecidedSentence] = (),
    waiver: str = "",
    late_reason: str = "",
    next_at: datetime | None = None,
    parts: Iterable[Filled] = (),
    missed: Sequence[Member] = (),
    version: int | None = None,
    by: Member,
) -> Record:
    """Record all that came of a meeting, or nothing of it.

    `missed`: who is told what was decided. ValidationError: it was recorded meanwhile (`version` is
    the one `by` last saw), or what any of the parts says.
    """
    # In the order in which planning and closing lock.
    group = locked(meeting.group, by)
    meeting = locked_meeting(meeting, by)
    meeting.group = group
    same(meeting, version)
    if Attendance.objects.within(by.agency).filter(meeting=meeting).exists():
        raise ValidationError(_("Somebody has recorded this meeting. Open the page again."))
    was_held = meeting.status == MeetingStatus.HELD
    came = record_attendance(meeting, present=present, by=by)
    count_guests(meeting, guests=guests, by=by)
    decisions = [
        write_down(
            group,
            title=each.text,
            text=each.text,
            on=meeting.on,
            adopted=each.adopted,
            waiver=waiver,
            late_reason=late_reason,
            by=by,
            meeting=meeting,
        )
        for each in decided
    ]
    following = _plan(meeting, next_at, by)
    made = [(each.part.code, each.save(by)) for each in parts]
    _tell(meeting, decisions, missed, by)
    record = Record(
        by=by.pk,
        at=timezone.now(),
        attendances=tuple(row.pk for row in came),
        decisions=tuple(decision.pk for decision in decisions),
        next=None if following is None else following.pk,
        parts=tuple((code, row.pk) for code, row in made if row is not None),
        told=bool(missed),
        held=not was_held,
    )
    events.record(
        recorded.RECORDED,
        meeting,
        by=by,
        group=meeting.group_id,
        attendances=list(record.attendances),
        decisions=list(record.decisions),
        next=record.next,
        made=[{"code": code, "row": key} for code, key in record.parts],
        told=record.told,
        held=record.held,
    )
    return record


def _plan(meeting: Meeting, at: datetime | None, by: Member) -> Meeting | None:
    if at is None:
        return None
    if at <= timezone.now():
        raise ValidationError({"next_at": _("This time has passed. Choose one to come.")})
    length, place = meeting.minutes_planned, meeting.place
    return plan_meeting(
        meeting.group,
        starts_at=at,
        minutes_planned=length,
        place=place,
        # It would keep the attendance of this meeting, and its pay, from being saved.
        asks_budget=False,
        by=by,
    )


def _tell(
    meeting: Meeting, decisions: Sequence[Decision], missed: Sequence[Member], by: Member
) -> None:
    """One calm message to each who was missed, in place of one for each decision."""
    others = [member for member in missed if member.pk != by.pk]
    if not others:
        return
    if decisions:
        withdraw(by.agency, DECIDED, decisions, members={member.pk for member in others})
    tell_all([(member, meeting) for member in others], "meeting.missed", title=meeting.group.name)


def built_on(meeting: Meeting, record: Record, by: Member) -> Refusal | None:
    """What was built on a record, so that it can't be undone as a whole any more."""
    rows = Attendance.objects.within(by.agency).filter(pk__in=record.attendances)
    if rows.exclude(recorded_by=by).exists():
        return Refusal(
            _("Somebody has corrected who came."), _("You can still correct single things.")
        )
    following = _next(record, by)
    if following is not None and (following.version > 1 or following.items.exists()):
        return Refusal(
            _("Somebody has worked on the next meeting."), _("You can still correct single things.")
        )
    for paper in _papers(record, by):
        if refusal := rules.undoing_paper(paper.decision, paper, by):
            return refusal
    for code, key in record.parts:
        if refusal := meeting_parts.of(code).kept(key, by):
            return refusal
    return meeting_parts.built(meeting)


def _next(record: Record, by: Member) -> Meeting | None:
    if record.next is None:
        return None
    return Meeting.objects.within(by.agency).filter(pk=record.next).first()


def _papers(record: Record, by: Member) -> list[PaperRecord]:
    rows = PaperRecord.objects.within(by.agency).filter(decision__in=record.decisions)
    found = list(rows.select_related("decision__group").order_by("pk"))
    for paper in found:
        paper.decision.agency = paper.decision.group.agency = by.agency
    return found


@transaction.atomic
def undo_record(meeting: Meeting, *, by: Member) -> Meeting:
    """Undo the whole record of a meeting right after it was saved, each thing by its own action."""
    group = locked(meeting.group, by)
    meeting = locked_meeting(meeting, by)
    meeting.group, meeting.agency = group, by.agency
    record = recorded.last(meeting)
    why = None if record is None else built_on(meeting, record, by)
    enforce(rules.undoing_record(meeting, record, by, timezone.now(), built=why))
    assert record is not None
    for code, key in record.parts:
        meeting_parts.of(code).take_back(key, by)
    # Their one message stood for those of the decisions.
    spared = withdraw(by.agency, ("meeting.missed",), [meeting])
    following = _next(record, by)
    if following is not None:
        following.agency = by.agency
        cancel_meeting(following, by=by, at_once=True)
        _untell(following, ("meeting.planned",), ("meeting.cancelled",), set(), by)
    for paper in _papers(record, by):
        undo_paper(paper.decision, by=by)
        _untell(paper.decision, DECIDED, TAKEN_BACK, spared, by)
    rows = Attendance.objects.within(by.agency).filter(pk__in=record.attendances)
    for row in rows.order_by("pk"):
        void_attendance(row, reason=UNDONE_AT_ONCE, by=by, at_once=True)
    meeting = count_guests(meeting, guests=0, by=by)
    anybody = Attendance.objects.within(by.agency).filter(meeting=meeting).exists()
    if record.held and rules.unholding(meeting, by, recorded=anybody) is None:
        meeting = not_held(meeting, by=by)
    events.record(recorded.UNDONE, meeting, by=by, group=meeting.group_id)
    return meeting


def _untell(
    subject: TenantModel, told: Sequence[str], undone: Sequence[str], spared: set[int], by: Member
) -> None:
    """Who has not read the news of it, and `spared`, are not told that it is undone either."""
    people = withdraw(by.agency, told, [subject]) | spared
    if people:
        withdraw(by.agency, undone, [subject], members=people)
