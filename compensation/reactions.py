"""Attendance makes the claim; a seat makes the offer; the committee's decision ratifies."""

from compensation.actions import (
    claim_attendance,
    offer,
    record_ratification,
)
from compensation.actions.offering import is_otherwise_paid
from compensation.models import PlanVersion
from foundation import events
from foundation.models import Event
from groups.models import Attendance, Decision, Seat


@events.inside("attendance.recorded", "attendance.corrected", "attendance.voided")
def make_claim(event: Event) -> None:
    attendances = Attendance.objects.with_voided(event.agency)
    attendances = attendances.select_related("meeting", "member", "recorded_by", "voided_by")
    attendance = attendances.get(pk=event.subject_id)
    attendance.agency = attendance.member.agency = event.agency
    claim_attendance(attendance)


@events.inside("seat.filled")
def make_offer(event: Event) -> None:
    seats = Seat.objects.within(event.agency).select_related("member")
    seat = seats.get(pk=event.subject_id)
    seat.member.agency = event.agency
    today = event.agency.today()
    if not is_otherwise_paid(seat.member, seat.standing, today):
        offer(seat.member, on=today)


@events.inside("decision.adopted", "decision.not_adopted", "decision.withdrawn")
def ratify(event: Event) -> None:
    decision = Decision.objects.within(event.agency).get(pk=event.subject_id)
    version = PlanVersion.objects.within(event.agency).filter(ratification=decision).first()
    if version is not None:
        record_ratification(version, decision, adopted=event.name == "decision.adopted")
