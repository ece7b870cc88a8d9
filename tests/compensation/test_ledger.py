"""The database's own ledger invariants, each attacked past every action."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from accounts.models import Member
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims import rules
from compensation.claims.models import Claim
from compensation.claims.reading import left_to_set_off
from compensation.ledger.models import Entry, Posting
from compensation.payments import actions as paying
from compensation.payments.models import Payment
from foundation import tenancy
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import void_attendance
from groups.models import Attendance, Meeting
from tests.compensation.conftest import attend

Value = str | int | None


@pytest.fixture
def approved(earned: Claim, approver: Member, agency: Agency) -> Claim:
    (claim,) = claiming.approve([earned], by=approver, on=agency.today())
    return claim


@pytest.fixture
def paid(approved: Claim, payer: Member, agency: Agency) -> Payment:
    (payment,) = paying.pay([approved], by=payer, paid_on=agency.today(), method="check")
    return payment


def execute(sql: str, *values: Value) -> None:
    """Run it past the models, and check every deferred constraint."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    if not sql.startswith("SET"):
        connection.check_constraints()


def attack(match: str, sql: str, *values: Value) -> None:
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        execute(sql, *values)


def insert_entry(posting: Posting, member: Member, debit: str, credit: str) -> tuple[Value, ...]:
    return (
        "INSERT INTO compensation_entry (agency_id, posting_id, account, member_id, debit, credit)"
        " VALUES (%s, %s, 'payable', %s, %s, %s)",
        posting.agency_id,
        posting.pk,
        member.pk,
        debit,
        credit,
    )


def test_an_entry_is_never_changed(approved: Claim) -> None:
    attack("permission denied", "UPDATE compensation_entry SET debit = 1 WHERE debit > 0")


def test_an_entry_is_never_deleted(approved: Claim) -> None:
    attack("permission denied", "DELETE FROM compensation_entry")


def test_a_posting_is_never_changed_or_deleted(approved: Claim) -> None:
    attack("permission denied", "UPDATE compensation_posting SET kind = 'paid'")
    attack("permission denied", "DELETE FROM compensation_posting")


def test_a_posting_that_does_not_balance_is_refused(
    approved: Claim, approver: Member, agency: Agency
) -> None:
    def half() -> None:
        mirror = Posting.objects.within(agency).create(
            kind="reversed",
            on=agency.today(),
            claim=approved,
            reverses=approved.postings.get(),
            by=approver,
        )
        execute("SET CONSTRAINTS ledger_balances IMMEDIATE")
        Entry.objects.within(agency).create(
            posting=mirror, account="payable", member=approved.member, debit=approved.amount
        )

    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        half()


def test_a_posting_without_entries_is_refused(
    approved: Claim, approver: Member, agency: Agency
) -> None:
    execute("SET CONSTRAINTS ledger_posting_has_entries IMMEDIATE")
    attack(
        "has no entries",
        'INSERT INTO compensation_posting (agency_id, kind, "on", claim_id, reverses_id, by_id, at)'
        " VALUES (%s, 'reversed', %s, %s, %s, %s, now())",
        agency.pk,
        agency.today().isoformat(),
        approved.pk,
        approved.postings.get().pk,
        approver.pk,
    )


def test_an_entry_with_an_amount_on_both_sides_is_refused(
    approved: Claim, consumer: Member
) -> None:
    sql, *values = insert_entry(approved.postings.get(), consumer, "5", "5")
    attack("entry_has_one_side|not about", str(sql), *values)


def test_nobody_is_paid_more_than_was_approved_for_them(
    paid: Payment, payer: Member, agency: Agency
) -> None:
    def pay_again() -> None:
        again = Payment.objects.within(agency).create(
            member=paid.member,
            paid_on=paid.paid_on,
            method="cash",
            amount=paid.amount,
            paid_by=payer,
        )
        posting = Posting.objects.within(agency).create(
            kind="paid", on=paid.paid_on, payment=again, by=payer
        )
        for account, debit, credit in (("payable", paid.amount, 0), ("cash", 0, paid.amount)):
            Entry.objects.within(agency).create(
                posting=posting, account=account, member=paid.member, debit=debit, credit=credit
            )
        connection.check_constraints()

    with pytest.raises(IntegrityError, match="more than was approved"), transaction.atomic():
        pay_again()


def test_a_reversal_is_not_reversed_and_nothing_is_reversed_twice(
    paid: Payment, payer: Member, agency: Agency
) -> None:
    paying.reverse(paid, reason="Lost in the mail.", by=payer, on=agency.today())
    with pytest.raises(Refused, match="undone before"):
        paying.reverse(paid, reason="Once more.", by=payer, on=agency.today())
    reversal = Posting.objects.within(agency).get(kind="reversed")
    for reverses, match in ((reversal.pk, "not reversed"), (reversal.reverses_id, "unique")):
        attack(
            match,
            'INSERT INTO compensation_posting (agency_id, kind, "on", payment_id, reverses_id,'
            " by_id, at) VALUES (%s, 'reversed', %s, %s, %s, %s, now())",
            agency.pk,
            agency.today().isoformat(),
            paid.pk,
            reverses,
            payer.pk,
        )


def test_claimant_approver_and_payer_are_three_people_in_the_database_too(
    approved: Claim, consumer: Member, approver: Member, payer: Member, agency: Agency
) -> None:
    with pytest.raises(Refused, match="Only a payer"):
        paying.pay([approved], by=approver, paid_on=agency.today(), method="cash")
    cost = claiming.claim_cost(
        member=approved.member,
        amount=Decimal(5),
        on=agency.today(),
        what_for="Bus",
        no_receipt="Lost",
        by=consumer,
    )
    attack(
        "claim_not_approved_by_claimant",
        "UPDATE compensation_claim SET status = 'approved', approved_on = current_date,"
        " approved_by_id = member_id WHERE id = %s",
        cost.pk,
    )
    (payment,) = paying.pay([approved], by=payer, paid_on=agency.today(), method="cash")
    (second,) = claiming.approve([cost], by=approver, on=agency.today())
    attack(
        "claim_paid_by_a_third",
        "UPDATE compensation_claim SET status = 'paid', paid_by_id = approved_by_id,"
        " payment_id = %s WHERE id = %s",
        payment.pk,
        second.pk,
    )
    attack(
        "payment_not_to_oneself",
        "INSERT INTO compensation_payment (agency_id, member_id, paid_on, method, reference,"
        " amount, paid_by_id, recorded_at, reversal_reason) SELECT agency_id, member_id, paid_on,"
        " method, reference, amount, member_id, recorded_at, '' FROM compensation_payment"
        " WHERE id = %s",
        payment.pk,
    )


def test_one_attendance_makes_at_most_one_line(earned: Claim) -> None:
    attack(
        "claim_once_for_an_attendance",
        "INSERT INTO compensation_claim (agency_id, member_id, kind, status, attendance_id,"
        " plan_id, service_on, hours, rate, amount, what_for, clock_since, due_on,"
        " returned_reason) SELECT agency_id, member_id, kind, status, attendance_id, plan_id,"
        " service_on, hours, rate, amount, what_for, clock_since, due_on, returned_reason"
        " FROM compensation_claim WHERE id = %s",
        earned.pk,
    )


def handle_money(
    step: str, consumer: Member, approver: Member, payer: Member, agency: Agency
) -> None:
    """The acts of approvers and payers, and of the consumer who claims a cost."""
    today = agency.today()
    claims = Claim.objects.within(agency)
    if step == "approve" and (found := list(claims.to_approve())):
        claiming.approve(found, by=approver, on=today)
    elif step == "undo" and (found := list(claims.to_pay()[:1])):
        if rules.undoing_approval(found[0], approver) is None:
            claiming.undo_approval(found[0], by=approver, on=today)
    elif step == "pay" and (found := list(claims.to_pay())):
        paying.pay(found, by=payer, paid_on=today, method="check")
    elif step == "cost":
        claiming.claim_cost(
            member=consumer,
            amount=Decimal("3.50"),
            on=today,
            what_for="Bus",
            no_receipt="Lost",
            by=consumer,
        )
    elif step == "reverse" and (
        payment := Payment.objects.within(agency).filter(reversed_on=None).first()
    ):
        paying.reverse(payment, reason="Came back.", by=payer, on=today)


HOURS = {"less": "0.50", "some": "1.75", "more": "2.50"}


def live(step: str, meeting: Meeting, administrator: Member, consumer: Member) -> None:
    """Correct hours, void an attendance, choose differently."""
    agency, today = administrator.agency, administrator.agency.today()
    if step in HOURS:
        attend(meeting, administrator, {consumer: HOURS[step]})
    elif step == "void" and (
        row := Attendance.objects.within(agency).filter(member=consumer).first()
    ):
        void_attendance(row, reason="Not there.", by=administrator)
    elif step in {"no", "yes"}:
        choice = "accept" if step == "yes" else "decline"
        choosing.elect(consumer, choice=choice, on=today, gives_up_earned=step == "no")


@pytest.mark.django_db
@settings(max_examples=25)
@given(
    steps=st.lists(
        st.sampled_from(["approve", "undo", "pay", "reverse", "cost", *HOURS, "void", "no", "yes"]),
        min_size=1,
        max_size=16,
    )
)
@example(steps=["approve", "less", "approve", "no", "more"])
@example(steps=["approve", "more", "approve", "less", "no", "yes"])
@example(steps=["approve", "less", "no", "yes", "approve", "pay"])
@example(steps=["approve", "some", "approve", "more", "approve", "no", "yes"])
@example(steps=["approve", "more", "approve", "pay", "reverse", "less", "undo", "undo"])
def test_whatever_is_done_in_whatever_order_the_books_agree(
    steps: list[str],
    earned: Claim,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
) -> None:
    with tenancy.entering(agency), transaction.atomic():
        for step in steps:
            handle_money(step, consumer, approver, payer, agency)
            live(step, meeting, administrator, consumer)
        connection.check_constraints()
        entries = list(Entry.objects.within(agency))
        assert sum(entry.debit - entry.credit for entry in entries) == 0
        owed = sum(entry.credit - entry.debit for entry in entries if entry.account == "payable")
        assert owed == sum(claim.amount for claim in Claim.objects.within(agency).to_pay())
        paid_out = sum(entry.credit - entry.debit for entry in entries if entry.account == "cash")
        to_set_off = list(Claim.objects.within(agency).to_set_off())
        taken = sum(
            entry.debit - entry.credit for entry in entries if entry.account == "receivable"
        )
        assert taken == sum(left_to_set_off(to_set_off).values())
        standing = Payment.objects.within(agency).filter(reversed_on=None)
        assert paid_out == sum(payment.amount for payment in standing)
        # Nothing is lost: the lines hold the attendance's worth, whatever was done.
        lines = Claim.objects.within(agency).filter(attendance=earned.attendance_id)
        attendance = Attendance.objects.with_voided(agency).get(member=consumer)
        worth = 0 if attendance.voided_on else min(attendance.hours * 20, Decimal(50))
        assert sum(line.amount for line in lines) == worth
        transaction.set_rollback(True)
