"""Payment by a third person: one per member and destination, net of corrections."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import Member
from compensation.claims.actions.approving import locked_lines
from compensation.claims.models import Claim, ClaimKind, ClaimStatus, SetOff, save_all
from compensation.claims.queue import Destination, deductible
from compensation.claims.reading import left_to_set_off
from compensation.claims.rules import CHANGED
from compensation.ledger.actions import Transfer, post_all, reverse_posting
from compensation.ledger.models import Account, PostingKind
from compensation.parts.actions import leave_for_later
from compensation.parts.models import PartsWish
from compensation.parts.reading import held_back
from compensation.payments import rules
from compensation.payments.models import Payment, PaymentRun, RunLine
from compensation.payments.reading import deducted_from
from compensation.periods.reading import first_open
from foundation import events
from foundation.refusals import enforce
from notifications.actions import tell, tell_all

ZERO = Decimal(0)
NONE: Mapping[Destination, str] = {}


@transaction.atomic
def pay(
    claims: Iterable[Claim],
    *,
    by: Member,
    paid_on: date,
    method: str,
    reference: str = "",
    references: Mapping[Destination, str] = NONE,
    expected: Mapping[Destination, Decimal] | None = None,
    prepared: bool = False,
) -> list[Payment]:
    """Record these lines as paid, all or none: one payment per member, and one per donation.

    `references` are those of single payments; `reference` is for the others. Approved downward
    corrections are set off, which reduces the amount handed over. Money handed over before its
    approval is recorded, too; the lists say so. Raises ValidationError for a day in the future, or
    before the time was given, or if it comes to other amounts than `expected`. `prepared`: two
    people look at it in another way, so that the policy on runs is kept, and all corrections are
    deducted: nobody releases payments without those that they approved themselves.
    """
    if not prepared:
        enforce(rules.paying_directly(by))
    if paid_on > by.agency.today():
        raise ValidationError({"paid_on": _("This day is still to come.")})
    together, wishes = _checked(list(claims), paid_on, by)
    if not together:
        return []
    corrections = _corrections(together, by, released=prepared)
    paid, taken = [], list[dict[Claim, Decimal]]()
    for destination, lines in together.items():
        for_time = sum((c.amount for c in lines if c.kind != ClaimKind.REIMBURSEMENT), ZERO)
        taken.append(_take(corrections[destination], for_time))
        set_off = sum(taken[-1].values(), ZERO)
        paid.append(
            Payment(
                agency=by.agency,
                member=lines[0].member,
                paid_on=paid_on,
                method=method,
                reference=references.get(destination, reference),
                donated_to=lines[0].donate_to,
                amount=sum((claim.amount for claim in lines), ZERO) - set_off,
                set_off=set_off,
                paid_by=by,
            )
        )
    comes_to = {key: each.amount for key, each in zip(together, paid, strict=True)}
    if expected is not None and comes_to != expected:
        raise ValidationError({"claims": CHANGED})
    made = Payment.objects.within(by.agency).bulk_create(paid)
    # What is recorded after its books were closed is posted later: the day of payment stays.
    on = max(paid_on, first_open(by.agency) or paid_on)
    post_all(PostingKind.PAID, [_paid_out(each) for each in made], on=on, by=by)
    settled = [
        _settled(claim, payment, by)
        for payment, lines in zip(made, together.values(), strict=True)
        for claim in lines
    ]
    for payment, destination, amounts in zip(made, together, taken, strict=True):
        left = corrections[destination]
        settled += [
            _settled(claim, payment, by)
            for claim, amount in amounts.items()
            if amount == left[claim]
        ]
    SetOff.objects.within(by.agency).bulk_create(
        SetOff(agency=by.agency, payment=payment, claim=claim, amount=amount)
        for payment, amounts in zip(made, taken, strict=True)
        for claim, amount in amounts.items()
    )
    save_all(settled, ["status", "paid_by", "payment"])
    leave_for_later(wishes, paid_on=paid_on, by=by)
    events.record_all("payment.paid", made, by=by)
    for code, given in (("payment.donated", True), ("payment.paid", False)):
        news = [(each.member, each) for each in made if (each.donated_to is not None) is given]
        tell_all(news, code, title=_lazy("Payments"))
    return made


def _checked(
    asked: list[Claim], paid_on: date, by: Member
) -> tuple[Mapping[Destination, list[Claim]], Mapping[int, Decimal]]:
    """Lock these lines, and see that this payer may pay all of them on that day."""
    together: dict[Destination, list[Claim]] = defaultdict(list)
    # People before their lines, as whoever corrects hours or takes an approval back does.
    wishes = _lock_all({claim.member_id for claim in asked}, by)
    lines = locked_lines(asked, by)
    for claim in lines:
        enforce(rules.paying(claim, by))
        if claim.kind != ClaimKind.REIMBURSEMENT and paid_on < claim.service_on:
            raise ValidationError(
                {"paid_on": _("Some of this was earned on a later day. Check the day of payment.")}
            )
        together[claim.member_id, claim.donate_to_id].append(claim)
    if held_back(by.agency, lines, paid_on=paid_on, wishes=wishes):
        raise ValidationError({"claims": rules.IN_PARTS})
    return together, wishes


def _lock_all(members: Iterable[int], by: Member) -> Mapping[int, Decimal]:
    """Lock members, by key, until the transaction ends, so that choices and lines don't overlap.

    Return how much those who asked for parts want in a month at most.
    """
    wish = PartsWish.objects.within(by.agency).filter(member=OuterRef("pk")).values("per_month")
    rows = Member.objects.within(by.agency).select_for_update(no_key=True).filter(pk__in=members)
    wanted = rows.order_by("pk").annotate(most=Subquery(wish)).values_list("pk", "most")
    return {member: most for member, most in wanted if most is not None}


def _corrections(
    together: Iterable[Destination], by: Member, *, released: bool
) -> Mapping[Destination, dict[Claim, Decimal]]:
    """By destination, what is left to set off of each downward correction, the oldest first.

    `released`: they are part of a run, and refused if this payer had a part in one of them.
    """
    rows = Claim.objects.within(by.agency).to_set_off().select_for_update(of=("self",))
    paid = {*together}
    members = {member for member, _organization in paid}
    waiting = list(rows.filter(member__in=members).order_by("pk"))
    left = left_to_set_off(waiting)
    found: dict[Destination, dict[Claim, Decimal]] = defaultdict(dict)
    for claim in waiting:
        destination = (claim.member_id, claim.donate_to_id)
        if released and destination in paid:
            enforce(rules.releasing_with(claim, by))
        if rules.setting_off(claim, by) is None:
            found[destination][claim] = left[claim.pk]
    return found


def _take(left: Mapping[Claim, Decimal], most: Decimal) -> dict[Claim, Decimal]:
    """What a payment sets off of each downward correction, up to its pay for time."""
    taken: dict[Claim, Decimal] = {}
    for claim, amount in left.items():
        if (part := min(amount, most)) > 0:
            taken[claim] = part
            most -= part
    return taken


def _paid_out(payment: Payment) -> Transfer:
    """What was paid out, and what was set off."""
    return Transfer(
        payment.member,
        {Account.PAYABLE: payment.amount + payment.set_off},
        {Account.CASH: payment.amount, Account.RECEIVABLE: payment.set_off},
        payment_id=payment.pk,
    )


def _settled(claim: Claim, payment: Payment, by: Member) -> Claim:
    claim.become(ClaimStatus.PAID)
    claim.paid_by, claim.payment = by, payment
    return claim


@transaction.atomic
def prepare(
    claims: Iterable[Claim],
    *,
    by: Member,
    paid_on: date,
    method: str,
    references: Mapping[Destination, str] = NONE,
) -> PaymentRun:
    """Prepare payments of these lines for another payer to release; nothing is posted or locked."""
    enforce(rules.preparing(by))
    lines = locked_lines(claims, by)
    for claim in lines:
        enforce(rules.paying(claim, by))
    if not lines:
        raise ValidationError({"claims": CHANGED})
    if held_back(by.agency, lines, paid_on=paid_on):
        raise ValidationError({"claims": rules.IN_PARTS})
    taken = deducted_from(lines, deductible(by.agency, {line.member_id for line in lines}))
    run: PaymentRun = PaymentRun.objects.within(by.agency).create(
        paid_on=paid_on,
        method=method,
        people=len(taken),
        total=sum((line.amount for line in lines), ZERO) - sum(taken.values(), ZERO),
        prepared_by=by,
        prepared_on=by.agency.today(),
    )
    made = []
    for line in lines:
        destination = (line.member_id, line.donate_to_id)
        made.append(
            RunLine(
                agency=by.agency,
                run=run,
                claim=line,
                member=line.member,
                donated_to=line.donate_to,
                amount=line.amount,
                # On the first line of each destination.
                deducted=taken.pop(destination, ZERO),
                reference=references.get(destination, ""),
            )
        )
    RunLine.objects.within(by.agency).bulk_create(made)
    events.record("payment_run.prepared", run, by=by)
    return run


def _locked_run(run: PaymentRun, by: Member) -> PaymentRun:
    rows = PaymentRun.objects.within(by.agency).select_for_update(of=("self",))
    return rows.get(pk=run.pk)


@transaction.atomic
def release(run: PaymentRun, *, by: Member) -> list[Payment]:
    """Record the payments of a run that somebody else prepared, all or none.

    Raises ValidationError if a line has changed since, or what corrections deduct.
    """
    run = _locked_run(run, by)
    enforce(rules.releasing(run, by))
    lines = list(RunLine.objects.within(by.agency).filter(run=run).order_by("pk"))
    expected: dict[Destination, Decimal] = defaultdict(Decimal)
    for line in lines:
        expected[line.member_id, line.donated_to_id] += line.amount - line.deducted
    as_prepared = [
        Claim(
            pk=line.claim_id,
            member_id=line.member_id,
            amount=line.amount,
            donate_to_id=line.donated_to_id,
        )
        for line in lines
    ]
    made = pay(
        as_prepared,
        by=by,
        paid_on=run.paid_on,
        method=run.method,
        references={(line.member_id, line.donated_to_id): line.reference for line in lines},
        expected=expected,
        prepared=True,
    )
    run.released_by, run.released_on = by, by.agency.today()
    run.save(update_fields=["released_by", "released_on"])
    events.record("payment_run.released", run, by=by)
    return made


@transaction.atomic
def drop(run: PaymentRun, *, by: Member) -> PaymentRun:
    """Drop a run that was prepared; its lines wait as before."""
    run = _locked_run(run, by)
    enforce(rules.changing_run(run, by))
    run.dropped_by, run.dropped_on = by, by.agency.today()
    run.save(update_fields=["dropped_by", "dropped_on"])
    events.record("payment_run.dropped", run, by=by)
    return run


@transaction.atomic
def prepare_again(run: PaymentRun, *, by: Member) -> PaymentRun:
    """Prepare what still waits of a run as it is now, with the same numbers; drop the old one.

    Raises ValidationError if nothing of it waits any more.
    """
    run = drop(run, by=by)
    lines = RunLine.objects.within(by.agency).filter(run=run)
    rows = Claim.objects.within(by.agency).payable_by(by).filter(pk__in=lines.values("claim"))
    waiting = list(rows)
    later = held_back(by.agency, waiting, paid_on=run.paid_on)
    return prepare(
        [line for line in waiting if line.pk not in later],
        by=by,
        paid_on=run.paid_on,
        method=run.method,
        references={(line.member_id, line.donated_to_id): line.reference for line in lines},
    )


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
