"""Corrections after approval or payment become lines of their own, up or down."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.actions import grant_role
from accounts.models import Member
from accounts.permissions import Role
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, ClaimKind, ClaimStatus, SetOff
from compensation.ledger.models import Entry
from compensation.payments import actions as paying
from compensation.payments.counsel import counsel
from compensation.plan.models import PlanVersion
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import plan_meeting, void_attendance
from groups.models import Attendance, Group, Meeting
from notifications.models import Message
from tests.compensation.conftest import attend
from tests.conftest import Login


@pytest.fixture
def paid(earned: Claim, approver: Member, payer: Member, agency: Agency) -> Claim:
    """Two hours at $20.00, paid."""
    claiming.approve([earned], by=approver, on=agency.today())
    earned.refresh_from_db()
    paying.pay([earned], by=payer, paid_on=agency.today(), method="cash")
    earned.refresh_from_db()
    return earned


@pytest.fixture
def later(council: Group, administrator: Member, agency: Agency, paid: Claim) -> Meeting:
    """A second meeting of the day."""
    return plan_meeting(council, starts_at=timezone.now(), by=administrator)


def adjustment(agency: Agency) -> Claim:
    return Claim.objects.within(agency).get(kind=ClaimKind.ADJUSTMENT)


def balance(agency: Agency, account: str) -> Decimal:
    entries = Entry.objects.within(agency).filter(account=account)
    return sum((entry.debit - entry.credit for entry in entries), Decimal(0))


@pytest.mark.parametrize("state", ["approved", "paid"])
@pytest.mark.parametrize(("hours", "amount"), [("2.50", "10.00"), ("0.50", "-30.00")])
def test_a_correction_after_approval_or_payment_makes_a_line(
    state: str,
    hours: str,
    amount: str,
    earned: Claim,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
) -> None:
    claiming.approve([earned], by=approver, on=agency.today())
    earned.refresh_from_db()
    if state == "paid":
        paying.pay([earned], by=payer, paid_on=agency.today(), method="cash")
    attend(meeting, administrator, {consumer: hours})
    line = adjustment(agency)
    assert (line.amount, line.status) == (Decimal(amount), ClaimStatus.EARNED)
    earned.refresh_from_db()
    assert earned.amount == Decimal("40.00")
    told = Message.objects.within(agency).filter(member=consumer, code="payment.corrected")
    assert told.count() == 1
    assert Claim.objects.within(agency).to_approve().get() == line


def test_a_correction_of_the_correction_changes_the_line_that_nobody_approved(
    paid: Claim, meeting: Meeting, administrator: Member, consumer: Member, agency: Agency
) -> None:
    for hours in ("2.50", "1.00"):
        attend(meeting, administrator, {consumer: hours})
    assert adjustment(agency).amount == Decimal("-20.00")
    attend(meeting, administrator, {consumer: "2.00"})
    line = adjustment(agency)
    assert (line.amount, line.status) == (Decimal(0), ClaimStatus.NOTHING)


def test_a_correction_upward_is_approved_and_paid_by_two_others(
    paid: Claim,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
) -> None:
    grant_role(administrator, role=Role.APPROVER, since=agency.today(), by=administrator)
    attend(meeting, administrator, {consumer: "2.50"})
    line = adjustment(agency)
    again = Member.objects.within(agency).get(pk=administrator.pk)
    again.agency = agency
    for who in (again, consumer):
        with pytest.raises(Refused):
            claiming.approve([line], by=who, on=agency.today())
    claiming.approve([line], by=approver, on=agency.today())
    line.refresh_from_db()
    (payment,) = paying.pay([line], by=payer, paid_on=agency.today(), method="cash")
    assert payment.amount == Decimal("10.00")


def test_a_correction_downward_is_set_off_against_what_comes_next(
    paid: Claim,
    later: Meeting,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    login: Login,
) -> None:
    today = agency.today()
    attend(meeting, administrator, {consumer: "0.50"})
    claiming.approve([adjustment(agency)], by=approver, on=today)
    with pytest.raises(Refused):
        paying.pay([adjustment(agency)], by=payer, paid_on=today, method="cash")
    assert balance(agency, "receivable") == Decimal(30)
    # The first payment is smaller than the amount to set off: nothing is handed over for it.
    attend(later, administrator, {consumer: "1.00"})
    line = Claim.objects.within(agency).get(attendance__meeting=later)
    claiming.approve([line], by=approver, on=today)
    line.refresh_from_db()
    page = login(payer).get(at(agency, "compensation:to_pay")).content.decode()
    assert "$20.00 will be deducted for a correction" in page
    (first,) = paying.pay([line], by=payer, paid_on=today, method="cash")
    assert (first.amount, first.set_off) == (Decimal(0), Decimal(20))
    assert adjustment(agency).status == ClaimStatus.APPROVED
    attend(later, administrator, {consumer: "2.00"})
    more = Claim.objects.within(agency).get(kind="adjustment", attendance__meeting=later)
    claiming.approve([more], by=approver, on=today)
    more.refresh_from_db()
    (second,) = paying.pay([more], by=payer, paid_on=today, method="cash")
    assert (second.amount, second.set_off) == (Decimal(10), Decimal(10))
    settled = Claim.objects.within(agency).get(amount=Decimal(-30))
    assert (settled.status, settled.payment) == (ClaimStatus.PAID, second)
    assert balance(agency, "receivable") == balance(agency, "payable") == 0
    found = counsel(consumer, today)
    assert found.this.worth == Decimal(50)


def test_undoing_a_payment_opens_what_it_set_off(
    paid: Claim,
    later: Meeting,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
) -> None:
    today = agency.today()
    attend(meeting, administrator, {consumer: "1.50"})
    attend(later, administrator, {consumer: "1.00"})
    lines = list(Claim.objects.within(agency).to_approve())
    claiming.approve(lines, by=approver, on=today)
    due = list(Claim.objects.within(agency).to_pay())
    (payment,) = paying.pay(due, by=payer, paid_on=today, method="cash")
    assert payment.set_off == Decimal(10)
    paying.reverse(payment, reason="It came back.", by=payer, on=today)
    assert adjustment(agency).status == ClaimStatus.APPROVED
    assert balance(agency, "receivable") == Decimal(10)
    (again,) = paying.pay(
        list(Claim.objects.within(agency).to_pay()), by=payer, paid_on=today, method="cash"
    )
    assert again.set_off == Decimal(10)
    assert SetOff.objects.within(agency).count() == 2


def test_an_approver_lets_a_correction_downward_go_with_a_reason(
    paid: Claim,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    agency: Agency,
    login: Login,
) -> None:
    attend(meeting, administrator, {consumer: "1.00"})
    line = adjustment(agency)
    url = at(agency, "compensation:refuse", pk=line.pk)
    answer = login(approver).post(url, {"submission": uuid4(), "reason": "Our mistake."})
    assert answer.status_code == 302
    line.refresh_from_db()
    assert (line.status, line.returned_reason) == (ClaimStatus.REFUSED, "Our mistake.")
    told = Message.objects.within(agency).filter(member=consumer, code="payment.forgiven")
    assert told.count() == 1
    attend(meeting, administrator, {consumer: "1.00"})
    assert Claim.objects.within(agency).to_approve().count() == 0


def test_a_correction_upward_can_not_be_refused(
    paid: Claim,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    agency: Agency,
) -> None:
    attend(meeting, administrator, {consumer: "2.50"})
    with pytest.raises(Refused):
        claiming.refuse(adjustment(agency), reason="No.", by=approver)


def test_an_approval_with_an_approved_correction_is_taken_back_in_order(
    earned: Claim,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    agency: Agency,
) -> None:
    today = agency.today()
    claiming.approve([earned], by=approver, on=today)
    attend(meeting, administrator, {consumer: "1.00"})
    claiming.approve([adjustment(agency)], by=approver, on=today)
    earned.refresh_from_db()
    with pytest.raises(Refused):
        claiming.undo_approval(earned, by=approver, on=today)
    claiming.undo_approval(adjustment(agency), by=approver, on=today)
    claiming.undo_approval(earned, by=approver, on=today)
    earned.refresh_from_db()
    assert earned.amount == Decimal("20.00")
    assert adjustment(agency).status == ClaimStatus.NOTHING


@pytest.mark.parametrize("state", ["earned", "paid"])
def test_somebody_ticked_by_mistake_is_taken_off_with_a_reason_and_told(
    state: str,
    earned: Claim,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    login: Login,
) -> None:
    if state == "paid":
        claiming.approve([earned], by=approver, on=agency.today())
        earned.refresh_from_db()
        paying.pay([earned], by=payer, paid_on=agency.today(), method="cash")
    attendance = Attendance.objects.within(agency).get(member=consumer)
    url = at(agency, "groups:void_attendance", pk=meeting.pk, attendance=attendance.pk)
    client = login(administrator)
    assert client.post(url, {"submission": uuid4(), "reason": ""}).status_code == 422
    sent = {"submission": uuid4(), "reason": "The wrong box."}
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent).status_code == 302
    assert not Attendance.objects.within(agency).filter(member=consumer).exists()
    kept = Attendance.objects.with_voided(agency).get(pk=attendance.pk)
    assert (kept.void_reason, kept.voided_by) == ("The wrong box.", administrator)
    told = Message.objects.within(agency).filter(member=consumer)
    assert told.filter(code="attendance.voided").count() == 1
    if state == "paid":
        assert adjustment(agency).amount == Decimal("-40.00")
    else:
        earned.refresh_from_db()
        assert (earned.status, earned.amount) == (ClaimStatus.NOTHING, Decimal(0))


def test_who_was_there_after_all_is_written_down_again(
    earned: Claim, meeting: Meeting, administrator: Member, consumer: Member, agency: Agency
) -> None:
    attendance = Attendance.objects.within(agency).get(member=consumer)
    void_attendance(attendance, reason="Not there.", by=administrator)
    attend(meeting, administrator, {consumer: "1.00"})
    earned.refresh_from_db()
    assert (earned.status, earned.amount) == (ClaimStatus.EARNED, Decimal("20.00"))


def test_only_who_runs_the_group_takes_somebody_off(
    earned: Claim,
    meeting: Meeting,
    consumer: Member,
    provider: Member,
    agency: Agency,
    login: Login,
) -> None:
    attendance = Attendance.objects.within(agency).get(member=consumer)
    url = at(agency, "groups:void_attendance", pk=meeting.pk, attendance=attendance.pk)
    for person in (consumer, provider):
        assert login(person).get(url).status_code == 403
        with pytest.raises(Refused):
            void_attendance(attendance, reason="No.", by=person)


def test_what_a_full_day_leaves_nothing_for_says_so_to_both(
    plan: PlanVersion,
    council: Group,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    agency: Agency,
    login: Login,
) -> None:
    """The plan's daily cap is $50.00."""
    choosing.elect(consumer, choice="accept", on=agency.today())
    second = plan_meeting(council, starts_at=timezone.now(), by=administrator)
    attend(meeting, administrator, {consumer: "2.50"})
    attend(second, administrator, {consumer: "1.00"})
    line = Claim.objects.within(agency).get(attendance__meeting=second)
    assert (line.status, line.amount, line.before_cap) == (
        ClaimStatus.NOTHING,
        Decimal(0),
        Decimal("20.00"),
    )
    mine = login(consumer).get(at(agency, "compensation:my_payments")).content.decode()
    assert "We pay at most $50.00 for one day" in mine
    assert "Rosa" in login(approver).get(at(agency, "compensation:capped")).content.decode()
    told = Message.objects.within(agency).filter(member=consumer, code="payment.capped")
    assert told.count() == 1


@pytest.mark.parametrize(
    ("hours", "told"), [("2.50", "0.50 hours more"), ("0.50", "1.50 hours less")]
)
def test_who_approves_reads_by_how_much_the_hours_were_corrected(
    hours: str,
    told: str,
    paid: Claim,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    agency: Agency,
    login: Login,
) -> None:
    attend(meeting, administrator, {consumer: hours})
    page = login(approver).get(at(agency, "compensation:payments")).content.decode()
    assert told in page
    assert "$-" not in page
