"""Costs of taking part: claimed, answered, withdrawn, refused."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.models import Member
from compensation.claims import rules
from compensation.claims.models import Claim, ClaimKind, ClaimStatus
from compensation.policies import COST_DUE
from foundation import events
from foundation.refusals import enforce
from notifications.actions import tell


def _locked(claim: Claim, by: Member) -> Claim:
    rows = Claim.objects.within(by.agency).select_for_update(of=("self",))
    held = rows.select_related("member__user").get(pk=claim.pk)
    held.member.agency = by.agency
    return held


def _start_clock(claim: Claim, member: Member) -> None:
    today = member.agency.today()
    claim.start_clock(today, COST_DUE.value(member.agency, today))


@transaction.atomic
def claim_cost(*, member: Member, amount: Decimal, on: date, what_for: str, by: Member) -> Claim:
    """Claim reimbursement for a cost of taking part (a bus ticket, child care)."""
    enforce(rules.claiming_cost(member, by))
    claim = Claim(
        agency=member.agency,
        member=member,
        kind=ClaimKind.REIMBURSEMENT,
        status=ClaimStatus.EARNED,
        service_on=on,
        amount=amount,
        what_for=what_for,
        entered_by=None if by == member else by,
    )
    _start_clock(claim, member)
    claim.save()
    events.record("payment.claimed", claim, by=by, on_behalf_of=None if by == member else member)
    return claim


@transaction.atomic
def claim_cost_again(claim: Claim, *, amount: Decimal, what_for: str, by: Member) -> Claim:
    """Resubmit a cost that was sent back with a question."""
    claim = _locked(claim, by)
    enforce(rules.claiming_back(claim, by))
    claim.become(ClaimStatus.EARNED)
    claim.returned_reason = ""
    claim.amount, claim.what_for = amount, what_for
    _start_clock(claim, by)
    claim.save()
    events.record("payment.claimed", claim, by=by)
    return claim


@transaction.atomic
def withdraw(claim: Claim, *, by: Member) -> Claim:
    """Withdraw one's own cost before it is approved; it stays on record."""
    claim = _locked(claim, by)
    enforce(rules.withdrawing(claim, by))
    claim.become(ClaimStatus.WITHDRAWN)
    claim.returned_reason = ""
    claim.save(update_fields=["status", "returned_reason"])
    events.record("payment.withdrawn", claim, by=by)
    return claim


@transaction.atomic
def send_back(claim: Claim, *, reason: str, by: Member) -> Claim:
    """Send a cost back to its member with a question; nothing is refused silently."""
    claim = _locked(claim, by)
    enforce(rules.returning(claim, by))
    claim.become(ClaimStatus.RETURNED)
    claim.returned_reason = reason
    claim.save(update_fields=["status", "returned_reason"])
    events.record("payment.returned", claim, by=by)
    tell(claim.member, "payment.returned", subject=claim)
    return claim


@transaction.atomic
def refuse(claim: Claim, *, reason: str, by: Member) -> Claim:
    """Refuse a cost, or drop a downward correction; the member is told why."""
    claim = _locked(claim, by)
    enforce(rules.refusing(claim, by))
    claim.become(ClaimStatus.REFUSED)
    claim.returned_reason, claim.refused_by = reason, by
    claim.save(update_fields=["status", "returned_reason", "refused_by"])
    events.record("payment.refused", claim, by=by)
    forgiven = claim.kind == ClaimKind.ADJUSTMENT
    tell(claim.member, "payment.forgiven" if forgiven else "payment.refused", subject=claim)
    return claim
