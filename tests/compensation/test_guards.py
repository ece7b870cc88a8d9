"""The database's own guards of lines, payments and corrections, attacked past the actions."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.actions import erase
from accounts.models import Member
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, ClaimKind, ClaimStatus
from compensation.ledger.actions import Transfer, post_all
from compensation.ledger.models import Account, PostingKind
from compensation.offers.models import Election, Organization
from compensation.payments import actions as paying
from compensation.payments.models import Payment
from foundation.models import Agency
from foundation.refusals import Refused
from groups.models import Meeting
from tests.compensation.conftest import attend
from tests.compensation.test_ledger import attack, execute


@pytest.fixture
def approved(earned: Claim, approver: Member, agency: Agency) -> Claim:
    claiming.approve([earned], by=approver, on=agency.today())
    earned.refresh_from_db()
    return earned


@pytest.fixture
def paid(approved: Claim, payer: Member, agency: Agency) -> Payment:
    (payment,) = paying.pay([approved], by=payer, paid_on=agency.today(), method="check")
    return payment


@pytest.fixture
def down(
    paid: Payment,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    agency: Agency,
) -> Claim:
    """A correction of $30.00 downward, approved."""
    attend(meeting, administrator, {consumer: "0.50"})
    line = Claim.objects.within(agency).get(kind="adjustment")
    claiming.approve([line], by=approver, on=agency.today())
    line.refresh_from_db()
    return line


def change(assignment: str) -> Callable[[int], tuple[str, int]]:
    return lambda pk: (f"UPDATE compensation_claim SET {assignment} WHERE id = %s", pk)  # noqa: S608


@pytest.mark.parametrize(
    ("assignment", "match"),
    [
        ("amount = amount + 1", "was decided"),
        ("hours = hours + 1", "was decided"),
        ("rate = rate + 1", "was decided"),
        ("service_on = service_on - 1", "was decided"),
        ("member_id = approved_by_id", "whose line"),
        ("kind = 'adjustment'", "whose line"),
        ("entered_by_id = approved_by_id", "whose line"),
        ("status = 'withdrawn', approved_by_id = NULL, approved_on = NULL", "does not go"),
        ("status = 'returned', approved_by_id = NULL, approved_on = NULL", "does not go"),
    ],
)
def test_a_line_that_was_approved_is_not_changed(
    assignment: str, match: str, approved: Claim
) -> None:
    attack(match, *change(assignment)(approved.pk))


@pytest.mark.parametrize("status", ["waived", "nothing", "earned", "withdrawn", "refused"])
def test_a_line_that_was_paid_goes_nowhere_but_back_through_its_reversal(
    status: str, paid: Payment, approved: Claim
) -> None:
    attack("does not go|claim_", *change(f"status = '{status}'")(approved.pk))


def test_pay_is_never_worth_more_than_its_hours(earned: Claim) -> None:
    attack("more than its hours", *change("amount = amount + 0.01")(earned.pk))


@pytest.mark.parametrize("status", ["approved", "paid", "refused", "withdrawn", "returned"])
def test_a_line_does_not_begin_decided(
    status: str, consumer: Member, agency: Agency, approver: Member
) -> None:
    attack(
        "does not begin|claim_",
        "INSERT INTO compensation_claim (agency_id, member_id, kind, status, service_on, amount,"
        " what_for, clock_since, due_on, returned_reason) VALUES (%s, %s, 'reimbursement', %s,"
        " current_date, 5, 'Bus', current_date, current_date, 'why')",
        agency.pk,
        consumer.pk,
        status,
    )


def test_what_was_turned_down_says_until_when_it_comes_back(earned: Claim) -> None:
    attack("claim_waived_on_a_day", *change("status = 'waived'")(earned.pk))


def test_time_that_was_given_is_never_refused_and_a_refusal_has_reason_and_another(
    earned: Claim, consumer: Member, approver: Member, agency: Agency
) -> None:
    refused = "status = 'refused', returned_reason = 'No.', refused_by_id ="
    attack("claim_refused_by_another", *change(f"{refused} {approver.pk}")(earned.pk))
    cost = claiming.claim_cost(
        member=consumer,
        amount=Decimal(5),
        on=agency.today(),
        what_for="Bus",
        no_receipt="Lost",
        by=consumer,
    )
    attack("claim_refused_by_another", *change(f"{refused} {consumer.pk}")(cost.pk))
    without = f"status = 'refused', refused_by_id = {approver.pk}"
    attack("claim_returned_with_reason", *change(without)(cost.pk))


@pytest.mark.promise("three")
def test_who_entered_a_line_neither_approves_nor_pays_it(
    consumer: Member, facilitator: Member, approver: Member, payer: Member, agency: Agency
) -> None:
    cost = claiming.claim_cost(
        member=consumer,
        amount=Decimal(5),
        on=agency.today(),
        what_for="Bus",
        no_receipt="Lost",
        by=facilitator,
    )
    approve = f"status = 'approved', approved_on = current_date, approved_by_id = {facilitator.pk}"
    attack("claim_entered_by_another", *change(approve)(cost.pk))


@pytest.mark.promise("books")
@pytest.mark.parametrize(
    "assignment",
    [
        "amount = amount + 1",
        "set_off = 1",
        "member_id = paid_by_id",
        "paid_on = paid_on - 1",
        "method = 'cash'",
    ],
)
def test_a_payment_is_not_changed(assignment: str, paid: Payment) -> None:
    sql = f"UPDATE compensation_payment SET {assignment} WHERE id = %s"  # noqa: S608
    attack("was made|payment_", sql, paid.pk)


def test_a_payment_that_was_undone_stays_undone(
    paid: Payment, payer: Member, agency: Agency
) -> None:
    paying.reverse(paid, reason="Lost.", by=payer, on=agency.today())
    sql = "UPDATE compensation_payment SET reversed_on = NULL, reversal_reason = '' WHERE id = %s"
    attack("was undone", sql, paid.pk)


def test_a_payment_is_the_sum_of_its_lines(
    approved: Claim, consumer: Member, payer: Member, agency: Agency
) -> None:
    def pay(amount: str, organization: Organization | None = None) -> None:
        payment = Payment.objects.within(agency).create(
            member=consumer,
            paid_on=agency.today(),
            method="cash",
            amount=Decimal(amount),
            donated_to=organization,
            paid_by=payer,
        )
        approved.status, approved.paid_by, approved.payment = "paid", payer, payment
        approved.save(update_fields=["status", "paid_by", "payment"])
        out = {Account.PAYABLE: payment.amount}, {Account.CASH: payment.amount}
        post_all(
            PostingKind.PAID,
            [Transfer(consumer, *out, payment_id=payment.pk)],
            on=payment.paid_on,
            by=payer,
        )
        connection.check_constraints()

    with pytest.raises(IntegrityError, match="not the sum"), transaction.atomic():
        pay("39.00")
    elsewhere = Organization.objects.within(agency).create(
        name="Elsewhere", since=agency.today(), listed_by=payer
    )
    with pytest.raises(IntegrityError, match="goes elsewhere"), transaction.atomic():
        pay("40.00", elsewhere)


def set_off(paid: Payment, down: Claim, amount: str) -> None:
    attack(
        "not set off|does not say",
        "INSERT INTO compensation_setoff (agency_id, payment_id, claim_id, amount)"
        " VALUES (%s, %s, %s, %s)",
        paid.agency_id,
        paid.pk,
        down.pk,
        amount,
    )


def test_no_more_is_set_off_than_was_corrected(
    down: Claim, paid: Payment, approver: Member, agency: Agency
) -> None:
    for amount in ("31.00", "5.00"):
        set_off(paid, down, amount)
    attack(
        "is not of payment|more of member",
        'WITH made AS (INSERT INTO compensation_posting (agency_id, kind, "on", payment_id,'
        " by_id, at) VALUES (%s, 'paid', current_date, %s, %s, now()) RETURNING id)"
        " INSERT INTO compensation_entry (agency_id, posting_id, account, member_id, debit, credit)"
        " SELECT %s, made.id, side.account, %s, side.debit, side.credit FROM made, (VALUES"
        " ('cash', 31.00, 0.00), ('receivable', 0.00, 31.00)) AS side (account, debit, credit)",
        agency.pk,
        paid.pk,
        approver.pk,
        agency.pk,
        down.member_id,
    )


def test_what_was_set_off_is_never_changed(down: Claim, agency: Agency) -> None:
    attack("permission denied", "UPDATE compensation_setoff SET amount = 1")
    attack("permission denied", "DELETE FROM compensation_setoff")


@pytest.mark.parametrize("table", ["claim", "payment", "election", "organization"])
def test_money_leaves_no_gap(table: str, paid: Payment) -> None:
    attack("permission denied", f"DELETE FROM compensation_{table}")  # noqa: S608


def test_a_donation_has_an_organization_and_nothing_else_has(
    earned: Claim, consumer: Member, agency: Agency
) -> None:
    attack(
        "election_donation_has_organization",
        "INSERT INTO compensation_election (agency_id, member_id, choice, since, agreed_how)"
        " VALUES (%s, %s, 'donate', current_date + 400, '')",
        agency.pk,
        consumer.pk,
    )


@pytest.mark.parametrize(
    "assignment", ["choice = 'decline'", "since = since - 30", "until = since, choice = 'decline'"]
)
def test_what_somebody_chose_only_ends(assignment: str, earned: Claim, consumer: Member) -> None:
    election = Election.objects.within(earned.agency).get(member=consumer)
    sql = f"UPDATE compensation_election SET {assignment} WHERE id = %s"  # noqa: S608
    attack("only ends", sql, election.pk)
    execute("UPDATE compensation_election SET until = since WHERE id = %s", election.pk)
    attack("only ends", "UPDATE compensation_election SET until = NULL WHERE id = %s", election.pk)


def test_an_attendance_is_voided_with_reason_and_by_somebody(
    earned: Claim, administrator: Member
) -> None:
    for assignment in (
        "voided_on = current_date",
        f"voided_on = current_date, voided_by_id = {administrator.pk}",
    ):
        attack(
            "attendance_voided_with_reason",
            f"UPDATE groups_attendance SET {assignment} WHERE id = %s",  # noqa: S608
            earned.attendance_id,
        )


def test_nothing_new_is_owed_to_who_was_erased(
    paid: Payment, consumer: Member, administrator: Member, facilitator: Member, agency: Agency
) -> None:
    gone = erase(consumer, by=administrator)
    with pytest.raises(Refused):
        claiming.claim_cost(
            member=gone,
            amount=Decimal(5),
            on=agency.today(),
            what_for="Bus",
            no_receipt="Lost",
            by=facilitator,
        )
    before = Claim.objects.within(agency).count()
    with pytest.raises(IntegrityError, match="who was erased"), transaction.atomic():
        Claim.objects.within(agency).create(
            member=gone,
            kind=ClaimKind.REIMBURSEMENT,
            status=ClaimStatus.EARNED,
            service_on=agency.today(),
            amount=Decimal(5),
            what_for="Bus",
            due_on=agency.today(),
        )
    assert Claim.objects.within(agency).count() == before
