"""What a line of pay is for: somebody's attendance, or other work that was recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.models import Member
from compensation.claims.models import Claim, ClaimQuerySet
from compensation.other_work.models import OtherWork
from compensation.plan.models import WorkKind
from compensation.plan.rates import RateTable
from foundation.models import Agency
from groups.models import Attendance, GroupKind, Office, Seat

FACILITATING = frozenset({Office.FACILITATOR, Office.CO_FACILITATOR})


@dataclass(frozen=True)
class GivenTime:
    """Time that somebody gave on a day; `void` if it was recorded by mistake.

    `corrected_by` is whoever wrote it down or voided it last.
    """

    member: Member
    on: date
    hours: Decimal
    standing: str
    void: bool
    corrected_by: Member
    attendance: Attendance | None = None
    other_work: OtherWork | None = None

    @property
    def lines(self) -> ClaimQuerySet:
        claims = Claim.objects.within(self.member.agency)
        if self.attendance is not None:
            return claims.filter(attendance=self.attendance)
        return claims.filter(other_work=self.other_work)

    def work(self, rates: RateTable) -> WorkKind:
        """Its kind; a session is taken part in or facilitated, which matters if it pays."""
        if self.other_work is not None:
            return WorkKind(self.other_work.work)
        assert self.attendance is not None
        meeting = self.attendance.meeting
        if meeting.group.kind != GroupKind.DIALOGUE:
            return WorkKind.MEETING
        if WorkKind.CO_FACILITATION not in rates.own:
            return WorkKind.DIALOGUE
        seats = Seat.objects.within(self.member.agency).on(self.on).filter(group=meeting.group_id)
        leads = seats.filter(member=self.member, office__in=FACILITATING).exists()
        return WorkKind.CO_FACILITATION if leads else WorkKind.DIALOGUE


def of_attendance(row: Attendance) -> GivenTime:
    """For an attendance with its meeting's group loaded."""
    return GivenTime(
        member=row.member,
        on=row.meeting.on,
        hours=row.hours,
        standing=row.standing,
        void=row.voided_on is not None,
        corrected_by=row.voided_by or row.recorded_by,
        attendance=row,
    )


def of_other_work(row: OtherWork) -> GivenTime:
    return GivenTime(
        member=row.member,
        on=row.on,
        hours=row.hours,
        standing=row.standing,
        void=row.voided_on is not None,
        corrected_by=row.voided_by or row.recorded_by,
        other_work=row,
    )


def of_line(claim: Claim) -> GivenTime | None:
    """What an existing line is for; None for a cost."""
    if claim.attendance_id is not None:
        return of_attendance(attendance(claim.agency, claim.attendance_id))
    if claim.other_work_id is not None:
        return of_other_work(other_work(claim.agency, claim.other_work_id))
    return None


def attendance(agency: Agency, key: int) -> Attendance:
    """An attendance, even a voided one, with all that its lines need."""
    rows = Attendance.objects.with_voided(agency)
    rows = rows.select_related("meeting__group", "member", "recorded_by", "voided_by")
    row = rows.get(pk=key)
    row.agency = row.member.agency = agency
    return row


def other_work(agency: Agency, key: int) -> OtherWork:
    """Other work with all that its lines need."""
    rows = OtherWork.objects.within(agency).select_related("member", "recorded_by", "voided_by")
    row = rows.get(pk=key)
    row.agency = row.member.agency = agency
    return row


def of_day(member: Member, on: date) -> Iterator[GivenTime]:
    """All that the member gave on that day."""
    agency = member.agency
    attendances = Attendance.objects.within(agency).filter(member=member, meeting__on=on)
    related = ("meeting__group", "member", "recorded_by")
    for row in attendances.select_related(*related).order_by("pk"):
        row.agency = row.member.agency = agency
        yield of_attendance(row)
    works = OtherWork.objects.within(agency).standing().filter(member=member, on=on)
    for work in works.select_related("member", "recorded_by").order_by("pk"):
        work.agency = work.member.agency = agency
        yield of_other_work(work)
