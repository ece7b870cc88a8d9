"""Payment by a third person: one per member and destination, net of corrections."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Member
from compensation.claims.actions.approving import locked_lines
from compensation.claims.models import Claim, ClaimKind, ClaimStatus, SetOff
from compensation.claims.reading import left_to_set_off
from compensation.ledger.actions import post, reverse_posting
from compensation.ledger.models import Account, PostingKind
from compensation.offers.actions import locked
from compensation.payments import rules
from compensation.payments.models import Payment
from foundation import events
from foundation.refusals import enforce
from notifications.actions import tell

ZERO = Decimal(0)


@transaction.atomic
def pay(
    claims: Iterable[Claim], *, by: Member, paid_on: date, method: str, reference: str = ""
) -> list[Payment]:
    """Record these lines as paid, all or none: one payment per member, and one per donation.

    Approved downward corrections are set off, which reduces the amount handed over. Money handed
    over before its approval is recorded, too; the lists say so. Raises ValidationError for a day in
    the future, or before the time was given.
    """
    if paid_on > by.agency.today():
        raise ValidationError({"paid_on": _("This day is still to come.")})
    together: dict[tuple[int, int | None], list[Claim]] = defaultdict(list)
    for claim in locked_lines(claims, by):
        enforce(rules.paying(claim, by))
        if claim.kind != ClaimKind.REIMBURSEMENT and paid_on < claim.service_on:
            raise ValidationError(
                {"paid_on": _("Some of this was earned on a later day. Check the day of payment.")}
            )
        together[claim.member_id, claim.donate_to_id].append(claim)
    return [
        _pay(lines, by=by, paid_on=paid_on, method=method, reference=reference)
        for lines in together.values()
    ]


def _pay(lines: list[Claim], *, by: Member, paid_on: date, method: str, reference: str) -> Payment:
    member, organization = lines[0].member, lines[0].donate_to
    locked(member)
    worth = sum((claim.amount for claim in lines), ZERO)
    for_time = sum((c.amount for c in lines if c.kind != ClaimKind.REIMBURSEMENT), ZERO)
    taken = _take(member, lines[0].donate_to_id, for_time, by)
    set_off = sum(taken.values(), ZERO)
    payment = Payment.objects.within(by.agency).create(
        member=member,
        paid_on=paid_on,
        method=method,
        reference=reference,
        donated_to=organization,
        amount=worth - set_off,
        set_off=set_off,
        paid_by=by,
    )
    _post(payment, by)
    for claim in lines:
        _settle(claim, payment, by)
    for claim, amount in taken.items():
        SetOff.objects.within(by.agency).create(payment=payment, claim=claim, amount=amount)
        if not left_to_set_off([claim])[claim.pk]:
            _settle(claim, payment, by)
    events.record("payment.paid", payment, by=by)
    tell(member, "payment.donated" if organization else "payment.paid", subject=payment)
    return payment


def _take(
    member: Member, organization: int | None, most: Decimal, by: Member
) -> dict[Claim, Decimal]:
    """What this payment sets off of each downward correction, the oldest first."""
    rows = Claim.objects.within(by.agency).to_set_off().select_for_update(of=("self",))
    waiting = list(rows.filter(member=member, donate_to=organization).order_by("pk"))
    left = left_to_set_off(waiting)
    taken: dict[Claim, Decimal] = {}
    for claim in waiting:
        amount = min(left[claim.pk], most)
        if amount > 0 and rules.setting_off(claim, by) is None:
            taken[claim] = amount
            most -= amount
    return taken


def _post(payment: Payment, by: Member) -> None:
    """Post what was paid out, and what was set off."""
    post(
        PostingKind.PAID,
        on=payment.paid_on,
        by=by,
        member=payment.member,
        debits={Account.PAYABLE: payment.amount + payment.set_off},
        credited={Account.CASH: payment.amount, Account.RECEIVABLE: payment.set_off},
        payment_id=payment.pk,
    )


def _settle(claim: Claim, payment: Payment, by: Member) -> None:
    claim.become(ClaimStatus.PAID)
    claim.paid_by, claim.payment = by, payment
    claim.save(update_fields=["status", "paid_by", "payment"])


@transaction.atomic
def reverse(payment: Payment, *, reason: str, by: Member, on: date) -> Payment:
    """Undo a payment that did not arrive: one reversal; its lines await payment again."""
    payments = Payment.objects.within(by.agency).select_for_update(of=("self",))
    payment = payments.select_related("member__user").get(pk=payment.pk)
    payment.member.agency = by.agency
    enforce(rules.reversing(payment, by))
    reverse_posting(payment.postings.get(kind=PostingKind.PAID), by=by, on=on)
    payment.reversed_on, payment.reversal_reason = on, reason
    payment.save(update_fields=["reversed_on", "reversal_reason"])
    touched = Claim.objects.within(by.agency).filter(settled_by(payment)).values("pk")
    settled = Claim.objects.within(by.agency).select_for_update().filter(pk__in=touched)
    # A correction may span several payments; undoing any of them reopens it.
    for claim in settled.filter(status=ClaimStatus.PAID):
        claim.become(ClaimStatus.APPROVED)
        claim.paid_by = claim.payment = None
        claim.save(update_fields=["status", "paid_by", "payment"])
    events.record("payment.reversed", payment, by=by)
    tell(payment.member, "payment.reversed", subject=payment)
    return payment


def settled_by(payment: Payment) -> Q:
    """Lines paid by this payment, and corrections it set off."""
    return Q(payment=payment) | Q(set_offs__payment=payment)
