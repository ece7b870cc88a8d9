"""Approval of lines by one person; the same transaction posts what is owed."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Member
from compensation.claims import rules
from compensation.claims.actions.claiming import open_again, recount
from compensation.claims.models import Claim, ClaimKind, ClaimStatus, save_all
from compensation.ledger.actions import Transfer, post_all, reverse_posting
from compensation.ledger.models import Account, PostingKind
from compensation.offers.actions import locked
from foundation import events
from foundation.refusals import enforce

COST = {
    ClaimKind.PAY: Account.PARTICIPATION,
    ClaimKind.ADJUSTMENT: Account.PARTICIPATION,
    ClaimKind.REIMBURSEMENT: Account.REIMBURSEMENTS,
}


def locked_lines(claims: Iterable[Claim], by: Member) -> list[Claim]:
    """Lock these lines; ValidationError if an amount or destination has changed."""
    seen = {claim.pk: (claim.amount, claim.donate_to_id) for claim in claims}
    rows = Claim.objects.within(by.agency).select_for_update(of=("self",)).filter(pk__in=seen)
    held = list(rows.select_related("member__user", "donate_to").order_by("pk"))
    if any((claim.amount, claim.donate_to_id) != seen[claim.pk] for claim in held):
        raise ValidationError({"claims": rules.CHANGED})
    for claim in held:
        claim.member.agency = by.agency
    return held


@transaction.atomic
def approve(claims: Iterable[Claim], *, by: Member, on: date) -> list[Claim]:
    """Approve these lines, all or none, and post what is owed."""
    approved = locked_lines(claims, by)
    for claim in approved:
        enforce(rules.approving(claim, by))
        claim.become(ClaimStatus.APPROVED)
        claim.approved_by, claim.approved_on = by, on
    save_all(approved, ["status", "approved_by", "approved_on"])
    post_all(PostingKind.APPROVED, [_owed_for(claim) for claim in approved], on=on, by=by)
    events.record_all("payment.approved", approved, by=by)
    return approved


@transaction.atomic
def undo_approval(claim: Claim, *, by: Member, on: date) -> Claim:
    """Take an approval back before the payment; its posting is reversed.

    Hours corrected since the approval count from now on.
    """
    locked(claim.member)
    (claim,) = locked_lines([claim], by)
    enforce(rules.undoing_approval(claim, by))
    open_again(claim)
    undo_approval_posting(claim, by=by, on=on)
    claim.become(ClaimStatus.EARNED)
    claim.approved_by = claim.approved_on = None
    claim.save(update_fields=["status", "approved_by", "approved_on"])
    events.record("payment.approval_undone", claim, by=by)
    if claim.for_time:
        recount(claim)
        claim.refresh_from_db()
    return claim


def _owed_for(claim: Claim) -> Transfer:
    """What is owed to the member; for a downward correction, what to set off."""
    cost = COST[ClaimKind(claim.kind)]
    if claim.amount > 0:
        debits, given = {cost: claim.amount}, {Account.PAYABLE: claim.amount}
    else:
        debits, given = {Account.RECEIVABLE: -claim.amount}, {cost: -claim.amount}
    return Transfer(claim.member, debits, given, claim_id=claim.pk)


def undo_approval_posting(claim: Claim, *, by: Member, on: date) -> None:
    """Reverse the approval posting of a line that is not paid."""
    approvals = claim.postings.filter(kind=PostingKind.APPROVED, reversed_by=None)
    reverse_posting(approvals.get(), by=by, on=on)
