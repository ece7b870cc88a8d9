"""Handed out on the day: with the pay for the meeting, preparation, travel, and approved costs."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions.capacities import grant_role
from accounts.models import Member
from accounts.permissions import Role
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, ClaimStatus
from compensation.other_work.actions import enter
from compensation.payments.actions import pay
from compensation.plan.models import PlanVersion, RateBasis, WorkKind
from compensation.same_day import actions
from compensation.same_day.models import DayFund, Handout
from compensation.same_day.reading import RowState, sheet_of
from devtools.states import state
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import plan_meeting, record_attendance, void_attendance
from groups.models import Attendance, Group, Meeting
from tests.compensation.conftest import attend, council, earned, meeting, plan
from tests.compensation.test_payment_runs import second_payer
from tests.compensation.test_rates import in_force
from tests.compensation.test_same_day import fresh, hand
from tests.compensation.test_vouching import refusing

__all__ = ["council", "earned", "meeting", "plan", "second_payer"]

MOST_QUERIES = 8

PREPARATION, TRAVEL = WorkKind.PREPARATION, WorkKind.TRAVEL
RATES = {PREPARATION: (Decimal(12), RateBasis.HOUR), TRAVEL: (Decimal(8), RateBasis.SESSION)}


@state
def money(
    established: None,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    payer: Member,
) -> DayFund:
    """A consumer earned 20 dollars there, prepared for 12 and traveled for 8; 60 each at most."""
    in_force(administrator, RATES)
    choosing.elect(consumer, choice="accept", on=administrator.agency.today())
    fund = actions.pre_approve(
        meeting,
        people_most=2,
        each_most=Decimal(60),
        total=Decimal(100),
        reason="People travel far.",
        by=approver,
    )
    actions.take_out(fund, taken=Decimal(100), by=payer)
    attend(meeting, administrator, {consumer: "1.00"})
    enter(meeting, done={consumer: {PREPARATION: Decimal(1), TRAVEL: Decimal(1)}}, by=administrator)
    return fund


def cost(member: Member, amount: str, *, ago: int = 0) -> Claim:
    return claiming.claim_cost(
        member=member,
        amount=Decimal(amount),
        on=member.agency.today() - timedelta(days=ago),
        what_for="Bus",
        no_receipt="The machine gave none.",
        by=member,
    )


def approved(claim: Claim, by: Member) -> Claim:
    (found,) = claiming.approve([claim], by=by, on=by.agency.today())
    return found


def owed(fund: DayFund) -> list[Decimal]:
    return [row.amount for row in sheet_of(fresh(fund)).of(RowState.OWED)]


def test_everything_of_the_day_is_handed_out_in_one_payment(
    money: DayFund, consumer: Member, approver: Member, payer: Member, agency: Agency
) -> None:
    bus = approved(cost(consumer, "5"), approver)
    # Not approved, and of another day.
    cost(consumer, "4")
    approved(cost(consumer, "3", ago=1), approver)
    assert owed(money) == [Decimal(45)]
    handout = hand(money, payer)
    assert handout.payment.amount == Decimal(45)
    paid = Claim.objects.within(agency).filter(payment=handout.payment)
    assert {claim.status for claim in paid} == {ClaimStatus.PAID}
    assert paid.count() == 4
    assert bus in paid
    connection.check_constraints()
    counted = actions.count_back(money, brought_back=Decimal(55), by=payer)
    assert counted.handed == Decimal(45)


def test_a_cost_above_what_was_approved_for_one_is_paid_as_usual_and_holds_up_nothing(
    money: DayFund, consumer: Member, approver: Member
) -> None:
    approved(cost(consumer, "20.01"), approver)
    assert owed(money) == [Decimal(40)]
    approved(cost(consumer, "20"), approver)
    assert owed(money) == [Decimal(60)]


def test_a_cost_that_the_payer_approved_or_entered_stays_for_another_one(
    money: DayFund, consumer: Member, payer: Member, administrator: Member, agency: Agency
) -> None:
    for role in (Role.APPROVER, Role.FACILITATOR):
        grant_role(payer, role=role, since=agency.today(), by=administrator)
    payer = Member.objects.within(agency).get(pk=payer.pk)
    bus = approved(cost(consumer, "5"), payer)
    assert owed(money) == [Decimal(40)]
    (row,) = sheet_of(fresh(money)).rows
    with pytest.raises(Refused):
        actions.hand_out(
            money, [*row.lines, bus], amount=Decimal(45), sheet_line=1, initials="R", by=payer
        )


def test_corrections_are_deducted_from_pay_and_never_from_costs(
    plan: PlanVersion,
    council: Group,
    earned: Claim,
    approver: Member,
    payer: Member,
    administrator: Member,
    consumer: Member,
    agency: Agency,
) -> None:
    (line,) = claiming.approve([earned], by=approver, on=agency.today())
    pay([line], by=payer, paid_on=agency.today(), method="cash")
    before = Attendance.objects.within(agency).get(member=consumer)
    record_attendance(before.meeting, present={consumer: Decimal(1)}, by=administrator)
    (correction,) = Claim.objects.within(agency).filter(kind="adjustment")
    claiming.approve([correction], by=approver, on=agency.today())
    today = plan_meeting(council, starts_at=timezone.now(), by=administrator)
    fund = actions.pre_approve(
        today,
        people_most=1,
        each_most=Decimal(60),
        total=Decimal(60),
        reason="People travel far.",
        by=approver,
    )
    actions.take_out(fund, taken=Decimal(60), by=payer)
    attend(today, administrator, {consumer: "0.50"})
    approved(cost(consumer, "5"), approver)
    # 20 dollars too much were paid before: they take all of the pay, and none of the cost.
    assert owed(fund) == [Decimal(5)]
    assert hand(fund, payer).payment.amount == Decimal(5)


def test_whoever_was_not_there_gets_no_cost_here(
    money: DayFund, consumer: Member, approver: Member, administrator: Member, agency: Agency
) -> None:
    approved(cost(consumer, "5"), approver)
    row = Attendance.objects.within(agency).get(member=consumer)
    void_attendance(row, reason="Wrong box", by=administrator)
    assert sheet_of(fresh(money)).rows == []


def test_what_was_paid_meanwhile_is_not_handed_out_again(
    money: DayFund,
    consumer: Member,
    approver: Member,
    payer: Member,
    second_payer: Member,
    agency: Agency,
) -> None:
    bus = approved(cost(consumer, "5"), approver)
    (row,) = sheet_of(fresh(money)).rows
    pay([bus], by=second_payer, paid_on=agency.today(), method="cash")
    with pytest.raises((Refused, ValidationError)), transaction.atomic():
        actions.hand_out(money, row.lines, amount=row.amount, sheet_line=1, initials="R", by=payer)
    assert owed(money) == [Decimal(40)]


def test_by_sql_only_what_belongs_to_the_day_is_handed_out(
    money: DayFund,
    consumer: Member,
    second_consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
) -> None:
    def handed(claim: Claim) -> Handout:
        (made,) = pay(
            [approved(claim, approver)], by=payer, paid_on=money.meeting.on, method="cash"
        )
        rows = Handout.objects.within(agency)
        return rows.create(
            fund=money, member=claim.member, payment=made, proof="paper", sheet_line=1
        )

    assert handed(cost(consumer, "5")).pk
    for claim in (cost(consumer, "5", ago=1), cost(second_consumer, "5")):
        with refusing("not approved under"):
            handed(claim)


def test_the_sheet_takes_few_queries(money: DayFund, consumer: Member, approver: Member) -> None:
    approved(cost(consumer, "5"), approver)
    found = fresh(money)
    with CaptureQueriesContext(connection) as made:
        sheet_of(found)
    assert len(made) <= MOST_QUERIES
