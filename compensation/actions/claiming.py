"""Attendance makes the claim; any other cost is one page."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.db.models import Sum

from accounts.models import Member
from compensation import rules
from compensation.actions.offering import is_otherwise_paid, locked
from compensation.models import (
    Choice,
    Claim,
    ClaimKind,
    ClaimStatus,
    Election,
    PlanVersion,
)
from foundation import events
from foundation.refusals import enforce
from groups.models import Attendance

CENT = Decimal("0.01")
COST_DUE_DAYS = 14


@transaction.atomic
def claim_attendance(attendance: Attendance) -> Claim | None:
    """Make, or correct, the line of one attendance at the rate of its day.

    It never refuses: staff, and days without a plan in force, make no line; a line that was
    approved is not touched (a correction then counts once the approval is taken back, or goes
    through a reversal). What it frees of the day's cap goes to the member's other lines that day.
    """
    agency, on = attendance.agency, attendance.meeting.on
    plan = PlanVersion.objects.within(agency).in_force(on).first()
    if plan is None:
        return None
    member = locked(attendance.member)
    claim = _write(attendance, member, plan)
    if plan.daily_cap is not None:
        others = Attendance.objects.within(agency).filter(member=member, meeting__on=on)
        for other in others.exclude(pk=attendance.pk).select_related("meeting").order_by("pk"):
            _write(other, member, plan)
    return claim


def _write(attendance: Attendance, member: Member, plan: PlanVersion) -> Claim | None:
    on = attendance.meeting.on
    if is_otherwise_paid(member, attendance.standing, on):
        return None
    claims = Claim.objects.within(member.agency).select_for_update(of=("self",))
    claim = claims.select_related("plan").filter(attendance=attendance).first()
    if claim is not None and not _is_open(claim):
        return None
    if claim is not None and claim.plan is not None:
        plan = claim.plan  # What was earned before a new plan keeps its rate.
    amount = _amount(plan, member, attendance)
    if claim is None and not amount:
        return None  # The day's cap was reached by other meetings.
    if claim is None:
        claim = Claim(
            agency=member.agency,
            member=member,
            kind=ClaimKind.PAY,
            attendance=attendance,
            status=_status(member, on),
            plan=plan,
            service_on=on,
            rate=plan.hourly_rate,
        )
        claim.start_clock(on, plan.due_days)
        name = "payment.earned"
    elif (claim.hours, claim.amount) == (attendance.hours, amount):
        return claim
    else:
        name = "payment.corrected"
    if not amount:
        claim.status = ClaimStatus.WAIVED
    elif claim.status == ClaimStatus.WAIVED:
        claim.status = _status(member, on)
    claim.hours, claim.amount = attendance.hours, amount
    claim.save()
    events.record(name, claim, by=None)
    return claim


def _is_open(claim: Claim) -> bool:
    """Whether a correction still counts: not approved, and not given up by the member."""
    if claim.status == ClaimStatus.WAIVED:
        return not claim.amount
    return claim.status in {ClaimStatus.WAITING, ClaimStatus.EARNED}


def _status(member: Member, on: date) -> ClaimStatus:
    today = member.agency.today()
    election = Election.objects.within(member.agency).on(max(on, today)).filter(member=member)
    chosen = election.first()
    if chosen is None:
        return ClaimStatus.WAITING
    return ClaimStatus.WAIVED if chosen.choice == Choice.DECLINE else ClaimStatus.EARNED


def _amount(plan: PlanVersion, member: Member, attendance: Attendance) -> Decimal:
    """Hours times rate, up to what the day's cap still leaves."""
    amount = (attendance.hours * plan.hourly_rate).quantize(CENT, ROUND_HALF_UP)
    if plan.daily_cap is None:
        return amount
    day = Claim.objects.within(attendance.agency).filter(
        member=member, kind=ClaimKind.PAY, service_on=attendance.meeting.on
    )
    others = day.exclude(attendance=attendance).exclude(status=ClaimStatus.WAIVED)
    earned = others.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    return max(min(amount, plan.daily_cap - earned), Decimal(0))


@transaction.atomic
def claim_cost(*, member: Member, amount: Decimal, on: date, what_for: str, by: Member) -> Claim:
    """Ask for money back for a cost of taking part (a bus ticket, child care)."""
    enforce(rules.claiming_cost(member, by))
    claim = Claim(
        agency=member.agency,
        member=member,
        kind=ClaimKind.REIMBURSEMENT,
        status=ClaimStatus.EARNED,
        service_on=on,
        amount=amount,
        what_for=what_for,
    )
    claim.start_clock(member.agency.today(), COST_DUE_DAYS)
    claim.save()
    events.record("payment.claimed", claim, by=by, on_behalf_of=None if by == member else member)
    return claim


@transaction.atomic
def claim_cost_again(claim: Claim, *, amount: Decimal, what_for: str, by: Member) -> Claim:
    """Send a cost in again that was sent back with a question."""
    claim = Claim.objects.within(by.agency).select_for_update().get(pk=claim.pk)
    enforce(rules.claiming_back(claim, by))
    claim.status, claim.returned_reason = ClaimStatus.EARNED, ""
    claim.amount, claim.what_for = amount, what_for
    claim.start_clock(by.agency.today(), COST_DUE_DAYS)
    claim.save()
    events.record("payment.claimed", claim, by=by)
    return claim
