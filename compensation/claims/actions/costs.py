"""Costs of taking part: claimed, answered, withdrawn, refused."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import Member
from compensation.claims import rules
from compensation.claims.actions.approving import locked_lines
from compensation.claims.models import Claim, ClaimKind, ClaimStatus, CostKind, save_all
from compensation.claims.receipts import ReceiptFile
from compensation.policies import COST_DUE, mile_rate, worth_of_miles
from foundation import events
from foundation.refusals import enforce
from notifications.actions import tell, tell_all


def _locked(claim: Claim, by: Member) -> Claim:
    rows = Claim.objects.within(by.agency).select_for_update(of=("self",))
    held = rows.select_related("member__user").get(pk=claim.pk)
    held.member.agency = by.agency
    return held


def _start_clock(claim: Claim, member: Member) -> None:
    today = member.agency.today()
    claim.start_clock(today, COST_DUE.value(member.agency, today))


@transaction.atomic
def claim_cost(
    *,
    member: Member,
    amount: Decimal,
    on: date,
    what_for: str,
    by: Member,
    kind: CostKind = CostKind.OTHER,
    receipt: ReceiptFile | None = None,
    no_receipt: str = "",
) -> Claim:
    """Claim reimbursement for a cost of taking part (a bus ticket, child care).

    It has a receipt, or `no_receipt` says why not.
    """
    enforce(rules.claiming_cost(member, by))
    enforce(rules.proving(has_receipt=receipt is not None, why_not=no_receipt))
    claim = _cost(member, by, kind, on=on, what_for=what_for)
    claim.amount, claim.no_receipt = amount, "" if receipt else no_receipt
    return _claimed(claim, receipt, by)


@transaction.atomic
def claim_miles(
    *, member: Member, miles: Decimal, on: date, what_for: str, comes_to: Decimal, by: Member
) -> Claim:
    """Claim miles in one's own car, at the rate of the day of travel.

    Raises ValidationError if they come to another amount than `comes_to`, which the person saw.
    """
    enforce(rules.claiming_cost(member, by))
    claim = _cost(member, by, CostKind.MILES, on=on, what_for=what_for)
    _drive(claim, miles)
    if claim.amount != comes_to:
        raise ValidationError(rules.RATE_CHANGED)
    return _claimed(claim, None, by)


def _cost(member: Member, by: Member, kind: CostKind, *, on: date, what_for: str) -> Claim:
    return Claim(
        agency=member.agency,
        member=member,
        kind=ClaimKind.REIMBURSEMENT,
        cost=kind,
        status=ClaimStatus.EARNED,
        service_on=on,
        what_for=what_for,
        entered_by=None if by == member else by,
    )


def _drive(claim: Claim, miles: Decimal) -> None:
    """Copy the rate of the day of travel onto the line; ValidationError without one."""
    rate = mile_rate(claim.agency, claim.service_on)
    if rate is None:
        raise ValidationError({"on": rules.NO_RATE % {"year": claim.service_on.year}})
    claim.miles, claim.per_mile, claim.amount = miles, rate, worth_of_miles(miles, rate)


def _claimed(claim: Claim, receipt: ReceiptFile | None, by: Member) -> Claim:
    _start_clock(claim, claim.member)
    claim.save()
    _keep(claim, receipt, by)
    other = None if by == claim.member else claim.member
    events.record("payment.claimed", claim, by=by, on_behalf_of=other)
    return claim


def _keep(claim: Claim, receipt: ReceiptFile | None, by: Member) -> None:
    if receipt is not None:
        claim.receipts.create(
            agency=claim.agency, content=receipt.content, media=receipt.media, by=by
        )


@transaction.atomic
def claim_cost_again(
    claim: Claim,
    *,
    what_for: str,
    by: Member,
    amount: Decimal | None = None,
    miles: Decimal | None = None,
    receipt: ReceiptFile | None = None,
) -> Claim:
    """Resubmit a cost that was sent back with a question: its amount, or its miles.

    A new receipt takes the place of the old one, or of the reason for having none. The difference
    to an advance keeps its amount, which follows from what was spent.
    """
    claim = _locked(claim, by)
    enforce(rules.claiming_back(claim, by))
    claim.become(ClaimStatus.EARNED)
    claim.returned_reason = ""
    claim.what_for = what_for
    if claim.cost == CostKind.MILES:
        _drive(claim, miles or claim.miles or Decimal(0))
    elif amount is not None and claim.settles_id is None:
        claim.amount = amount
    if claim.needs_receipt and receipt is not None:
        claim.no_receipt = ""
    _start_clock(claim, by)
    claim.save()
    if claim.needs_receipt:
        _keep(claim, receipt, by)
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
    forgiven = claim.amount < 0 or claim.kind == ClaimKind.ADJUSTMENT
    tell(claim.member, "payment.forgiven" if forgiven else "payment.refused", subject=claim)
    return claim


@transaction.atomic
def send_back_all(
    claims: Iterable[Claim], *, reason: Callable[[Member], str], by: Member
) -> list[Claim]:
    """Send costs back, all or none; `reason` says it in the language of each member."""
    return _turn_down_all(claims, ClaimStatus.RETURNED, reason, by)


@transaction.atomic
def refuse_all(
    claims: Iterable[Claim], *, reason: Callable[[Member], str], by: Member
) -> list[Claim]:
    """Refuse costs, all or none; `reason` says it in the language of each member."""
    return _turn_down_all(claims, ClaimStatus.REFUSED, reason, by)


def _turn_down_all(
    claims: Iterable[Claim], status: ClaimStatus, reason: Callable[[Member], str], by: Member
) -> list[Claim]:
    held = locked_lines(claims, by)
    for claim in held:
        # Only costs: dropping a correction is decided one by one.
        enforce(rules.returning(claim, by))
        claim.become(status)
        claim.returned_reason = reason(claim.member)
        claim.refused_by = by if status == ClaimStatus.REFUSED else None
    save_all(held, ["status", "returned_reason", "refused_by"])
    code = "payment.refused" if status == ClaimStatus.REFUSED else "payment.returned"
    events.record_all(code, held, by=by)
    tell_all([(claim.member, claim) for claim in held], code, title=_lazy("Payments"))
    return held
