"""Other work: recorded, corrected and voided; what is called off late, and orientations."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member, StandingKind
from compensation.offers.actions import locked
from compensation.other_work import rules
from compensation.other_work.models import OtherWork
from compensation.other_work.reading import seated_in
from compensation.plan.models import WorkKind
from compensation.plan.rates import table
from compensation.plan.reading import in_force
from foundation import events
from foundation.models import TenantQuerySet
from foundation.refusals import enforce
from groups.actions.meetings import locked_meeting
from groups.meeting_facts import expected
from groups.models import Attendance, Group, Meeting, Seat
from groups.standing import standings, taken_as

LATE = WorkKind.LATE_CANCELLATION

# Hours by kind; 0 for none.
type WorkDone = Mapping[WorkKind, Decimal]


@transaction.atomic
def enter(meeting: Meeting, *, done: Mapping[Member, WorkDone], by: Member) -> list[OtherWork]:
    """Record what people who came did besides; return the rows that were written.

    Each row earns by the plan's rule at once. 0 hours void what was there. ValidationError for
    somebody who was not there.
    """
    meeting = locked_meeting(meeting, by)
    meeting.agency = by.agency
    asked = rules.asked_about(by.agency, meeting.on)
    enforce(rules.recording(meeting, by, asked))
    came = {
        row.member_id: row for row in Attendance.objects.within(by.agency).filter(meeting=meeting)
    }
    if any(member.pk not in came for member in done):
        raise ValidationError(_("Only people who came can be on this list. Open the page again."))
    rows = OtherWork.objects.within(by.agency).of_meeting(meeting).select_for_update()
    known = {(row.member_id, row.work): row for row in rows}
    written = []
    for member in sorted(done, key=lambda member: member.pk):
        for work, hours in done[member].items():
            row = known.get((member.pk, work))
            if (row is None and not hours) or work not in asked:
                continue
            if row is None:
                row = OtherWork(
                    agency=by.agency,
                    meeting=meeting,
                    group=meeting.group,
                    member=member,
                    work=work,
                    on=meeting.on,
                    standing=came[member.pk].standing,
                )
            elif row.voided_on is None and row.hours == hours:
                continue
            if hours:
                written.append(_write(row, hours, by))
            elif row.voided_on is None:
                written.append(_void(row, by, at_once=False))
    return written


def _write(row: OtherWork, hours: Decimal, by: Member) -> OtherWork:
    row.hours, row.recorded_by = hours, by
    row.voided_on, row.voided_by = None, None
    row.save()
    events.record("other_work.recorded", row, by=by, work=row.work, hours=str(hours))
    return row


def _void(row: OtherWork, by: Member, *, at_once: bool) -> OtherWork:
    row.voided_on, row.voided_by = by.agency.today(), by
    row.save(update_fields=["voided_on", "voided_by"])
    events.record("other_work.voided", row, by=by, work=row.work, at_once=at_once)
    return row


@transaction.atomic
def void_all(
    meeting: Meeting,
    *,
    by: Member,
    works: Iterable[WorkKind],
    member: int | None = None,
    at_once: bool = False,
) -> None:
    """Void such work on record for a meeting, of everybody or of one member, by key.

    `at_once`: right after it was recorded, so nobody is told.
    """
    rows = OtherWork.objects.within(by.agency).of_meeting(meeting).standing()
    rows = rows.filter(work__in=[*works])
    if member is not None:
        rows = rows.filter(member=member)
    for row in rows.select_for_update().order_by("pk"):
        _void(row, by, at_once=at_once)


@transaction.atomic
def pay_asked(members: Iterable[Member], *, number: int, by: Member) -> list[OtherWork]:
    """Record that these members were asked to fill in the survey with that number.

    All at once and before anybody can answer, so that it says nothing about who does.
    """
    today = by.agency.today()
    plan = in_force(by.agency, today)
    if plan is None or table(plan).of(WorkKind.SURVEY) is None:
        return []
    people = sorted(members, key=lambda member: member.pk)
    taken = standings(people, today)
    written = []
    for member in people:
        held = taken[member.pk]
        row = OtherWork(
            agency=by.agency,
            member=member,
            work=WorkKind.SURVEY,
            on=today,
            survey_number=number,
            standing=held[0].kind if held else StandingKind.UNDISCLOSED,
        )
        written.append(_write(row, Decimal(0), by))
    return written


@transaction.atomic
def orient(
    group: Group,
    member: Member,
    *,
    on: date,
    hours: Decimal,
    given_by: Member,
    by: Member,
) -> OtherWork:
    """Record or correct a member's one orientation for a group, which earns at its day's rate.

    A correction of the day voids the row and writes another. ValidationError: a day to come, before
    the group began or without a rate for it; somebody without a place there; given by themselves.
    """
    enforce(rules.orienting_member(group, member, by))
    member = locked(member)
    mistakes = {}
    today = by.agency.today()
    if not rules.rates_of_orientation(by.agency, on).exists() or on > today:
        mistakes["on"] = _("Choose a day up to today on which the payment plan paid orientation.")
    if given_by.pk == member.pk:
        mistakes["given_by"] = _("Choose who gave it: somebody else.")
    if hours <= 0:
        mistakes["hours"] = _("Write down how many minutes it took.")
    if mistakes:
        raise ValidationError(mistakes)
    row = OtherWork.objects.within(by.agency).orientations(group).filter(member=member).first()
    if row is not None and row.on != on:
        _void(row, by, at_once=False)
        row = None
    if row is None:
        if not seated_in(group, today).filter(pk=member.pk).exists():
            raise ValidationError(_("Only people with a place in this group can be on this list."))
        row = OtherWork(
            agency=by.agency,
            group=group,
            member=member,
            work=WorkKind.ORIENTATION,
            on=on,
            standing=_standing_in(group, member, on),
        )
    elif (row.hours, row.given_by_id) == (hours, given_by.pk):
        return row
    row.given_by = given_by
    return _write(row, hours, by)


@transaction.atomic
def take_back_orientation(group: Group, member: Member, *, by: Member) -> None:
    """Void what is on record of a member's orientation for a group, if anything."""
    enforce(rules.orienting_member(group, member, by))
    member = locked(member)
    for row in OtherWork.objects.within(by.agency).orientations(group).filter(member=member):
        _void(row, by, at_once=False)


def _standing_in(group: Group, member: Member, on: date) -> str:
    """As what they sit there on that day, or will; else by what they told the agency."""
    seats = Seat.objects.within(group.agency).filter(group=group, member=member)
    seat = seats.on(on).first() or seats.filter(since__gt=on).order_by("since").first()
    return seat.standing if seat is not None else taken_as(member, on).kind


@transaction.atomic
def pay_called_off(meetings: TenantQuerySet[Meeting], *, by: Member) -> list[OtherWork]:
    """Record it for everybody who was expected at those of the meetings that were called off late.

    Whoever called them off is left out: nobody earns by calling off.
    """
    before = rules.late_before(by.agency, timezone.now())
    if before is None:
        return []
    late = meetings.filter(on__gte=by.agency.today(), starts_at__lt=before)
    written = []
    for meeting in late.order_by("starts_at", "pk"):
        meeting.agency = by.agency
        written += _pay_called_off(meeting, by)
    return written


def _pay_called_off(meeting: Meeting, by: Member) -> list[OtherWork]:
    there = expected(meeting)
    seats = Seat.objects.within(by.agency).on(meeting.on).filter(group=meeting.group_id)
    standings = dict(seats.values_list("member", "standing"))
    left_out = {by.pk, *there.not_expected}
    rows = OtherWork.objects.within(by.agency).of_meeting(meeting).filter(work=LATE)
    # It was called off before, and then took place or was planned again.
    known = {row.member_id: row for row in rows.select_for_update()}
    written = []
    for member in there.people:
        row = known.get(member.pk)
        if member.pk in left_out or (row is not None and row.voided_on is None):
            continue
        row = row or OtherWork(
            agency=by.agency,
            meeting=meeting,
            group=meeting.group,
            member=member,
            work=LATE,
            on=by.agency.today(),
            standing=standings[member.pk],
        )
        written.append(_write(row, Decimal(0), by))
    return written
