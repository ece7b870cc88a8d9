"""Writing postings to the ledger, inside an action; each balances, and is never changed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from accounts.models import Member
from compensation.models import Account, Claim, ClaimKind, Entry, Payment, Posting, PostingKind

COST = {
    ClaimKind.PAY: Account.PARTICIPATION,
    ClaimKind.ADJUSTMENT: Account.PARTICIPATION,
    ClaimKind.REIMBURSEMENT: Account.REIMBURSEMENTS,
}
Sides = Mapping[Account, Decimal]


def post_approval(claim: Claim, *, by: Member, on: date) -> None:
    """What is owed to the member; for a correction downward, what is to be set off."""
    posting = Posting.objects.within(by.agency).create(
        kind=PostingKind.APPROVED, on=on, claim=claim, by=by
    )
    cost = COST[ClaimKind(claim.kind)]
    if claim.amount > 0:
        debits, given = {cost: claim.amount}, {Account.PAYABLE: claim.amount}
    else:
        debits, given = {Account.RECEIVABLE: -claim.amount}, {cost: -claim.amount}
    _write(posting, claim.member, debits=debits, credited=given)


def post_payment(payment: Payment, *, by: Member) -> None:
    """What left, and what was set off."""
    posting = Posting.objects.within(by.agency).create(
        kind=PostingKind.PAID, on=payment.paid_on, payment=payment, by=by
    )
    _write(
        posting,
        payment.member,
        debits={Account.PAYABLE: payment.amount + payment.set_off},
        credited={Account.CASH: payment.amount, Account.RECEIVABLE: payment.set_off},
    )


def undo_approval_posting(claim: Claim, *, by: Member, on: date) -> None:
    """Reverse the approval of a line that is not paid."""
    approvals = claim.postings.filter(kind=PostingKind.APPROVED, reversed_by=None)
    reverse_posting(approvals.get(), by=by, on=on)


def reverse_posting(posting: Posting, *, by: Member, on: date) -> None:
    """One mirror image of the posting."""
    mirror = Posting.objects.within(by.agency).create(
        kind=PostingKind.REVERSED,
        on=on,
        claim=posting.claim,
        payment=posting.payment,
        reverses=posting,
        by=by,
    )
    entries = list(posting.entries.order_by("pk").select_related("member"))
    _write(
        mirror,
        entries[0].member,
        debits={Account(each.account): each.credit for each in entries if each.credit},
        credited={Account(each.account): each.debit for each in entries if each.debit},
    )


def _write(posting: Posting, member: Member | None, *, debits: Sides, credited: Sides) -> None:
    """All sides of a posting; the database refuses one that is not whole."""
    common = {"agency": posting.agency, "posting": posting, "member": member}
    entries = [Entry(account=key, debit=value, **common) for key, value in debits.items()]
    entries += [Entry(account=key, credit=value, **common) for key, value in credited.items()]
    Entry.objects.within(posting.agency).bulk_create(
        [entry for entry in entries if entry.debit or entry.credit]
    )
