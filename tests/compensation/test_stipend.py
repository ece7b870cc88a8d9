"""From attendance to a payment, through three people."""

from decimal import Decimal

import pytest

from accounts.models import Member
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.actions.claiming import worth_of
from compensation.claims.models import Claim, ClaimStatus
from compensation.ledger.models import Entry
from compensation.offers.models import Offer
from compensation.payments import actions as paying
from compensation.plan.models import PlanVersion
from foundation.models import Agency
from foundation.numbers import Number, read_hours
from foundation.refusals import Refused
from groups.models import Meeting
from tests.compensation.conftest import attend


def test_a_seat_makes_one_offer_to_those_whose_time_is_not_otherwise_paid(
    plan: PlanVersion, meeting: Meeting, consumer: Member, agency: Agency
) -> None:
    assert [made.member for made in Offer.objects.within(agency)] == [consumer]


def test_attendance_makes_one_line_at_the_rate_of_the_day_and_none_for_staff(
    earned: Claim, agency: Agency
) -> None:
    assert Claim.objects.within(agency).count() == 1
    assert (earned.hours, earned.rate, earned.amount) == (
        Decimal("2.00"),
        Decimal("20.00"),
        Decimal("40.00"),
    )
    assert earned.status == ClaimStatus.EARNED


def test_recording_who_came_again_corrects_the_line_and_makes_no_second_one(
    earned: Claim, meeting: Meeting, administrator: Member, consumer: Member, agency: Agency
) -> None:
    attend(meeting, administrator, {consumer: "1.50"})
    (claim,) = Claim.objects.within(agency)
    assert (claim.pk, claim.amount) == (earned.pk, Decimal("30.00"))


def test_the_cap_of_the_day_is_kept(
    plan: PlanVersion, meeting: Meeting, administrator: Member, consumer: Member, agency: Agency
) -> None:
    attend(meeting, administrator, {consumer: "6.00"})
    assert Claim.objects.within(agency).get().amount == Decimal("50.00")


def test_a_line_waits_while_the_member_has_to_choose_and_its_clock_starts_then(
    plan: PlanVersion, meeting: Meeting, administrator: Member, consumer: Member, agency: Agency
) -> None:
    attend(meeting, administrator, {consumer: "1.00"})
    assert Claim.objects.within(agency).get().status == ClaimStatus.WAITING
    choosing.elect(consumer, choice="accept", on=agency.today())
    claim = Claim.objects.within(agency).get()
    assert claim.status == ClaimStatus.EARNED
    assert claim.clock_since == agency.today()


def test_declining_can_be_taken_back(
    plan: PlanVersion, meeting: Meeting, consumer: Member, agency: Agency
) -> None:
    choosing.elect(consumer, choice="decline", on=agency.today())
    election = choosing.elect(consumer, choice="accept", on=agency.today())
    assert election.choice == "accept"


def test_three_people_approve_and_pay_and_the_ledger_balances(
    earned: Claim, approver: Member, payer: Member, agency: Agency
) -> None:
    today = agency.today()
    claiming.approve([earned], by=approver, on=today)
    (payment,) = paying.pay([earned], by=payer, paid_on=today, method="check", reference="17")
    earned.refresh_from_db()
    assert earned.status == ClaimStatus.PAID
    assert payment.amount == Decimal("40.00")
    entries = Entry.objects.within(agency)
    assert sum(entry.debit - entry.credit for entry in entries) == 0
    payable = entries.filter(account="payable")
    assert sum(entry.credit - entry.debit for entry in payable) == 0


def test_a_reversed_payment_waits_to_be_paid_again(
    earned: Claim, approver: Member, payer: Member, agency: Agency
) -> None:
    today = agency.today()
    claiming.approve([earned], by=approver, on=today)
    (payment,) = paying.pay([earned], by=payer, paid_on=today, method="cash")
    paying.reverse(payment, reason="The envelope came back.", by=payer, on=today)
    earned.refresh_from_db()
    assert earned.status == ClaimStatus.APPROVED
    payable = Entry.objects.within(agency).filter(account="payable")
    assert sum(entry.credit - entry.debit for entry in payable) == Decimal("40.00")
    paying.pay([earned], by=payer, paid_on=today, method="cash")


def test_nobody_approves_their_own_line(
    earned: Claim, consumer: Member, administrator: Member, agency: Agency
) -> None:
    with pytest.raises(Refused, match="Only a payment approver"):
        claiming.approve([earned], by=consumer, on=agency.today())
    with pytest.raises(Refused, match="Only a payment approver"):
        claiming.approve([earned], by=administrator, on=agency.today())


@pytest.mark.parametrize(
    ("typed", "rate", "amount"),
    [
        ("20 min", "57", "19.00"),
        ("0:20", "57", "19.00"),
        ("0.33", "57", "19.00"),
        ("1:40", "25", "41.67"),
        ("2.50", "20", "50.00"),
        ("0:01", "57", "0.95"),
    ],
)
def test_minutes_are_exact_and_the_money_is_rounded(typed: str, rate: str, amount: str) -> None:
    read = read_hours(typed)
    assert isinstance(read, Number)
    assert worth_of(read.value, Decimal(rate)) == Decimal(amount)


def test_two_decimals_of_an_hour_tell_every_minute_apart() -> None:
    for minutes in range(24 * 60):
        read = read_hours(f"{minutes // 60}:{minutes % 60:02}")
        assert isinstance(read, Number)
        assert worth_of(read.value, Decimal(60)) == minutes
