"""The ledger vouches for itself: what the serving login writes past the actions is refused."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import Member
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, ClaimKind
from compensation.ledger.models import Entry, Posting
from compensation.payments import actions as paying
from compensation.payments.models import Payment
from foundation.models import Agency
from groups.models import Meeting
from tests.compensation.conftest import attend, council, earned, meeting, plan
from tests.compensation.test_ledger import execute
from tests.security.test_money import together

__all__ = ["council", "earned", "meeting", "plan"]

# An account, and its debit and credit.
Side = tuple[str, str, str]
LONG_AGO = date(2019, 12, 31)


@pytest.fixture
def approved(earned: Claim, approver: Member, agency: Agency) -> Claim:
    (claim,) = claiming.approve([earned], by=approver, on=agency.today())
    return claim


@pytest.fixture
def paid(approved: Claim, payer: Member, agency: Agency) -> Payment:
    (payment,) = paying.pay([approved], by=payer, paid_on=agency.today(), method="check")
    approved.refresh_from_db()
    connection.check_constraints()
    return payment


@pytest.fixture
def cost(consumer: Member, agency: Agency) -> Claim:
    return claiming.claim_cost(
        member=consumer,
        amount=Decimal("7.50"),
        on=agency.today(),
        what_for="Bus",
        no_receipt="Lost",
        by=consumer,
    )


def post(
    kind: str,
    sides: Sequence[Side],
    *,
    member: Member,
    by: Member,
    on: date | None = None,
    claim: Claim | None = None,
    payment: Payment | None = None,
    reverses: Posting | None = None,
) -> None:
    """Write a posting and its lines, and check all that waits for the commit."""
    posting = Posting.objects.within(by.agency).create(
        kind=kind,
        on=on or by.agency.today(),
        claim=claim,
        payment=payment,
        reverses=reverses,
        by=by,
    )
    add(posting, sides, member)


def add(posting: Posting, sides: Sequence[Side], member: Member) -> None:
    Entry.objects.within(posting.agency).bulk_create(
        Entry(
            agency=posting.agency,
            posting=posting,
            account=account,
            member=member,
            debit=Decimal(debit),
            credit=Decimal(credit),
        )
        for account, debit, credit in sides
    )
    connection.check_constraints()


def write(row: Claim | Payment | Posting, **values: object) -> None:
    """Change a row past the actions, and check all that waits for the commit."""
    type(row).objects.within(row.agency).filter(pk=row.pk).update(**values)
    connection.check_constraints()


@contextmanager
def refusing(match: str) -> Iterator[None]:
    """The database refuses what is done in the block, and nothing of it stays."""
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        yield


@pytest.mark.promise("books")
def test_no_line_joins_a_posting_that_was_written(paid: Payment, approved: Claim) -> None:
    for posting in Posting.objects.within(paid.agency):
        for account in ("reimbursements", "receivable", "cash", "payable", "participation"):
            with refusing("not about|entry_once_for_an_account"):
                add(posting, [(account, "5", "0"), ("reimbursements", "0", "5")], approved.member)


def test_an_approval_is_worth_its_line_and_about_its_member(
    approved: Claim, cost: Claim, approver: Member, payer: Member
) -> None:
    connection.check_constraints()
    with transaction.atomic():
        Claim.objects.within(cost.agency).filter(pk=cost.pk).update(
            status="approved", approved_by=approver, approved_on=approver.agency.today()
        )
        right = [("reimbursements", "7.50", "0"), ("payable", "0", "7.50")]
        for sides in (
            [("reimbursements", "70.50", "0"), ("payable", "0", "70.50")],
            [("participation", "7.50", "0"), ("payable", "0", "7.50")],
            [("payable", "7.50", "0"), ("reimbursements", "0", "7.50")],
            [("reimbursements", "7.50", "0"), ("cash", "0", "7.50")],
        ):
            with refusing("not about"):
                post("approved", sides, member=cost.member, by=approver, claim=cost)
        with refusing("not about"):
            post("approved", right, member=payer, by=approver, claim=cost)
        with refusing("no approval of line"):
            post("approved", right, member=cost.member, by=payer, claim=cost)
        post("approved", right, member=cost.member, by=approver, claim=cost)


def test_nothing_is_approved_twice(approved: Claim, approver: Member) -> None:
    sides = [("participation", "40.00", "0"), ("payable", "0", "40.00")]
    with refusing("approved before"):
        post("approved", sides, member=approved.member, by=approver, claim=approved)


def test_a_line_is_approved_only_with_its_posting(cost: Claim, approver: Member) -> None:
    with refusing("0 approvals"):
        write(cost, status="approved", approved_by_id=approver.pk, approved_on=LONG_AGO)


def test_nothing_is_posted_for_another_year(
    paid: Payment, approved: Claim, payer: Member, approver: Member
) -> None:
    approval, payment = Posting.objects.within(paid.agency).order_by("pk")
    with refusing("not reversed"):
        post(
            "reversed",
            [("participation", "0", "40.00"), ("payable", "40.00", "0")],
            member=approved.member,
            by=approver,
            on=LONG_AGO,
            claim=approved,
            reverses=approval,
        )
    with refusing("is not of payment"):
        post("paid", [], member=approved.member, by=payer, on=LONG_AGO, payment=paid)
    with refusing("permission denied"):
        write(payment, on=LONG_AGO)


def test_cash_leaves_only_against_what_is_owed(paid: Payment, payer: Member) -> None:
    out = [("participation", "40.00", "0"), ("cash", "0", "40.00")]
    for about in ({"payment": paid}, {"claim": Claim.objects.within(paid.agency).get()}):
        with refusing("once_for_a_payment|not of payment|what_for"):
            post("paid", out, member=paid.member, by=payer, **about)
    again = Payment(
        agency=paid.agency,
        member=paid.member,
        paid_on=paid.paid_on,
        method="cash",
        amount=paid.amount,
        paid_by=payer,
    )
    for sides, match in (
        (out, "not about"),
        ([("payable", "40.00", "0"), ("cash", "0", "40.00")], "more than was approved|its lines"),
        (None, "not what the ledger says"),
    ):
        with refusing(match):
            again.pk = None
            again.save(force_insert=True)
            if sides is None:
                connection.check_constraints()
            else:
                post("paid", sides, member=paid.member, by=payer, payment=again)


@pytest.mark.promise("books")
def test_a_reversal_is_the_mirror_and_nothing_else(
    paid: Payment, approved: Claim, cost: Claim, payer: Member, administrator: Member
) -> None:
    payment = Posting.objects.within(paid.agency).get(kind="paid")
    for member, sides in (
        (paid.member, [("payable", "0", "30.00"), ("cash", "30.00", "0")]),
        (administrator, [("payable", "0", "40.00"), ("cash", "40.00", "0")]),
        (paid.member, [("payable", "40.00", "0"), ("cash", "0", "40.00")]),
        (paid.member, [("payable", "0", "40.00"), ("participation", "40.00", "0")]),
    ):
        with refusing("not about"):
            post("reversed", sides, member=member, by=payer, payment=paid, reverses=payment)
    mirror = [("payable", "0", "40.00"), ("cash", "40.00", "0")]
    with refusing("not reversed"):
        post("reversed", mirror, member=paid.member, by=payer, claim=cost, reverses=payment)
    with refusing("not what the ledger says"):
        post("reversed", mirror, member=paid.member, by=payer, payment=paid, reverses=payment)


@pytest.mark.parametrize("first", ["original", "reversal"])
def test_no_order_of_writing_reverses_a_reversal(first: str, paid: Payment, payer: Member) -> None:
    """Foreign keys are checked at the end, so a reversal may be written before its original."""
    original = Posting.objects.within(paid.agency).get(kind="paid")
    one, two = (
        {"id": 900001, "reverses_id": 900002},
        {"id": 900002, "reverses_id": original.pk},
    )
    rows = [one, two] if first == "reversal" else [two, one]
    with refusing("not reversed"):
        for row in rows:
            Posting.objects.within(paid.agency).create(
                kind="reversed", on=paid.paid_on, payment=paid, by=payer, **row
            )


def test_a_paid_line_goes_back_only_with_its_payment(
    paid: Payment, approved: Claim, payer: Member, agency: Agency
) -> None:
    free = {"paid_by_id": None, "payment_id": None}
    with refusing("does not go"):
        write(
            approved,
            status="earned",
            approved_by_id=None,
            approved_on=None,
            **free,
        )
    with refusing("its lines"):
        write(approved, status="approved", **free)
    with refusing("not what the ledger says"):
        write(paid, reversed_on=agency.today(), reversal_reason="Lost.")
    paying.reverse(paid, reason="Lost.", by=payer, on=agency.today())
    with refusing("does not change"):
        write(paid, reversal_reason="Stolen.")


@pytest.mark.promise("books")
def test_who_approved_and_who_paid_stays(
    paid: Payment, approved: Claim, administrator: Member, agency: Agency
) -> None:
    for values in (
        {"approved_by_id": administrator.pk},
        {"approved_on": LONG_AGO},
        {"paid_by_id": administrator.pk},
    ):
        with refusing("does not change"):
            write(approved, **values)


def test_a_correction_is_settled_by_what_payments_set_off(
    paid: Payment,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
) -> None:
    attend(meeting, administrator, {consumer: "0.50"})
    down = Claim.objects.within(agency).get(kind=ClaimKind.ADJUSTMENT)
    claiming.approve([down], by=approver, on=agency.today())
    with refusing("not what payments set off"):
        write(down, status="paid", paid_by_id=payer.pk, payment_id=paid.pk)


@pytest.mark.promise("books")
@pytest.mark.django_db(transaction=True)
def test_two_who_pay_or_approve_the_same_at_once_come_one_after_the_other(
    cost: Claim, approver: Member, administrator: Member, payer: Member, agency: Agency
) -> None:
    """Each of the two sessions sees nothing of the other before it writes."""
    today = agency.today()
    right = [("reimbursements", "7.50", "0"), ("payable", "0", "7.50")]

    def approve() -> None:
        with transaction.atomic():
            Claim.objects.within(agency).filter(pk=cost.pk).update(
                status="approved", approved_by=approver, approved_on=today
            )
            post("approved", right, member=cost.member, by=approver, claim=cost)

    done = together(agency, approve, approve)
    assert sorted(each is None for each in done) == [False, True]
    assert any("approved before" in str(each) for each in done)

    def pay() -> None:
        with transaction.atomic():
            made = Payment.objects.within(agency).create(
                member=cost.member, paid_on=today, method="cash", amount=cost.amount, paid_by=payer
            )
            Claim.objects.within(agency).filter(pk=cost.pk).update(
                status="paid", paid_by=payer, payment=made
            )
            sides = [("payable", "7.50", "0"), ("cash", "0", "7.50")]
            post("paid", sides, member=cost.member, by=payer, payment=made)

    done = together(agency, pay, pay)
    assert sorted(each is None for each in done) == [False, True]
    assert Payment.objects.within(agency).count() == 1
    cost.refresh_from_db()
    with refusing("read committed"):
        execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        post("approved", right, member=cost.member, by=administrator, claim=cost)
