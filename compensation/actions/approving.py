"""Approved by one person, paid by another; the ledger is written in the same transaction."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from compensation import rules
from compensation.actions.claiming import claim_attendance
from compensation.actions.offering import locked
from compensation.models import (
    Account,
    Choice,
    Claim,
    ClaimKind,
    ClaimStatus,
    Election,
    Entry,
    Payment,
    Posting,
    PostingKind,
)
from foundation import events
from foundation.refusals import enforce
from notifications.actions import tell

COST = {
    ClaimKind.PAY: Account.PARTICIPATION,
    ClaimKind.REIMBURSEMENT: Account.REIMBURSEMENTS,
}


def _locked(claims: Iterable[Claim], by: Member) -> list[Claim]:
    """These lines, held; raises ValidationError where one is worth something else than before."""
    seen = {claim.pk: claim.amount for claim in claims}
    rows = Claim.objects.within(by.agency).select_for_update(of=("self",)).filter(pk__in=seen)
    held = list(rows.select_related("member__user").order_by("pk"))
    if any(claim.amount != seen[claim.pk] for claim in held):
        raise ValidationError({"claims": rules.CHANGED})
    for claim in held:
        claim.member.agency = by.agency
    return held


@transaction.atomic
def approve(claims: Iterable[Claim], *, by: Member, on: date) -> list[Claim]:
    """Approve these lines, all or none; what is owed is posted."""
    approved = _locked(claims, by)
    for claim in approved:
        enforce(rules.approving(claim, by))
        claim.status = ClaimStatus.APPROVED
        claim.approved_by, claim.approved_on = by, on
        claim.save(update_fields=["status", "approved_by", "approved_on"])
        posting = Posting.objects.within(by.agency).create(
            kind=PostingKind.APPROVED, on=on, claim=claim, by=by
        )
        cost = COST[ClaimKind(claim.kind)]
        _post(
            posting,
            debit=cost,
            credit=Account.PAYABLE,
            member=claim.member,
            amount=claim.amount,
        )
        events.record("payment.approved", claim, by=by)
    return approved


@transaction.atomic
def send_back(claim: Claim, *, reason: str, by: Member) -> Claim:
    """Send a cost back to its member with a question; nothing is refused in silence."""
    (claim,) = _locked([claim], by)
    enforce(rules.returning(claim, by))
    claim.status, claim.returned_reason = ClaimStatus.RETURNED, reason
    claim.save(update_fields=["status", "returned_reason"])
    events.record("payment.returned", claim, by=by)
    tell(claim.member, "payment.returned", subject=claim)
    return claim


@transaction.atomic
def undo_approval(claim: Claim, *, by: Member, on: date) -> Claim:
    """Take an approval back before the payment; its posting is reversed.

    Hours that were corrected since the approval count from now on.
    """
    locked(claim.member)
    (claim,) = _locked([claim], by)
    enforce(rules.undoing_approval(claim, by))
    approvals = claim.postings.filter(kind=PostingKind.APPROVED, reversed_by=None)
    _reverse_posting(approvals.get(), by=by, on=on)
    claim.status, claim.approved_by, claim.approved_on = ClaimStatus.EARNED, None, None
    claim.save(update_fields=["status", "approved_by", "approved_on"])
    events.record("payment.approval_undone", claim, by=by)
    if claim.attendance is not None:
        claim_attendance(claim.attendance)
        claim.refresh_from_db()
    return claim


@transaction.atomic
def pay(
    claims: Iterable[Claim], *, by: Member, paid_on: date, method: str, reference: str = ""
) -> list[Payment]:
    """Record that these lines were paid, one payment a member, all or none.

    Raises ValidationError for a day in the future or before the approval.
    """
    if paid_on > by.agency.today():
        raise ValidationError({"paid_on": _("This day is still to come.")})
    by_member: dict[int, list[Claim]] = defaultdict(list)
    for claim in _locked(claims, by):
        enforce(rules.paying(claim, by))
        if claim.approved_on is not None and paid_on < claim.approved_on:
            raise ValidationError(
                {"paid_on": _("It was approved on a later day. Check the day of payment.")}
            )
        by_member[claim.member_id].append(claim)
    return [
        _pay_member(lines, by=by, paid_on=paid_on, method=method, reference=reference)
        for lines in by_member.values()
    ]


def _pay_member(
    lines: list[Claim], *, by: Member, paid_on: date, method: str, reference: str
) -> Payment:
    member = lines[0].member
    amount = sum((claim.amount for claim in lines), Decimal(0))
    chosen = Election.objects.within(by.agency).on(paid_on).filter(member=member).first()
    donated = chosen is not None and chosen.choice == Choice.DONATE
    payment = Payment.objects.within(by.agency).create(
        member=member,
        paid_on=paid_on,
        method=method,
        reference=reference,
        donated_to=chosen.recipient if donated and chosen is not None else "",
        amount=amount,
        paid_by=by,
    )
    posting = Posting.objects.within(by.agency).create(
        kind=PostingKind.PAID, on=paid_on, payment=payment, by=by
    )
    _post(posting, debit=Account.PAYABLE, credit=Account.CASH, member=member, amount=amount)
    for claim in lines:
        claim.status, claim.paid_by, claim.payment = ClaimStatus.PAID, by, payment
        claim.save(update_fields=["status", "paid_by", "payment"])
    events.record("payment.paid", payment, by=by)
    tell(member, "payment.paid", subject=payment)
    return payment


@transaction.atomic
def reverse(payment: Payment, *, reason: str, by: Member, on: date) -> Payment:
    """Undo a payment that did not arrive: one reversal; its lines wait for payment again."""
    payments = Payment.objects.within(by.agency).select_for_update()
    payment = payments.get(pk=payment.pk)
    enforce(rules.reversing(payment, by))
    _reverse_posting(payment.postings.get(kind=PostingKind.PAID), by=by, on=on)
    payment.reversed_on, payment.reversal_reason = on, reason
    payment.save(update_fields=["reversed_on", "reversal_reason"])
    for claim in Claim.objects.within(by.agency).select_for_update().filter(payment=payment):
        claim.status, claim.paid_by, claim.payment = ClaimStatus.APPROVED, None, None
        claim.save(update_fields=["status", "paid_by", "payment"])
    events.record("payment.reversed", payment, by=by)
    tell(payment.member, "payment.reversed", subject=payment)
    return payment


def _reverse_posting(posting: Posting, *, by: Member, on: date) -> None:
    mirror = Posting.objects.within(by.agency).create(
        kind=PostingKind.REVERSED,
        on=on,
        claim=posting.claim,
        payment=posting.payment,
        reverses=posting,
        by=by,
    )
    sides = {bool(entry.debit): entry for entry in posting.entries.order_by("pk")}
    debited, credited = sides[True], sides[False]
    _post(
        mirror,
        debit=Account(credited.account),
        credit=Account(debited.account),
        member=debited.member,
        amount=debited.debit,
    )


def _post(
    posting: Posting, *, debit: Account, credit: Account, member: Member | None, amount: Decimal
) -> None:
    """Both sides of a posting; the database refuses one that is not whole."""
    sides = {"agency": posting.agency, "posting": posting, "member": member}
    Entry.objects.within(posting.agency).bulk_create(
        [
            Entry(account=debit, debit=amount, **sides),
            Entry(account=credit, credit=amount, **sides),
        ]
    )
