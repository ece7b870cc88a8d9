"""The only write path for money that is handed out on the day of a meeting."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, ClaimKind
from compensation.claims.rules import CHANGED
from compensation.payments import actions as paying
from compensation.payments.models import Payment, PaymentMethod
from compensation.policies import CARD_VALUE, CARDS_EACH
from compensation.same_day import rules
from compensation.same_day.models import DayFund, FundCard, Handout, Proof
from compensation.same_day.reading import left_of
from foundation import events
from foundation.refusals import enforce
from groups.models import Meeting

ZERO = Decimal(0)


def _locked(fund: DayFund, by: Member) -> DayFund:
    rows = DayFund.objects.within(by.agency).select_for_update(of=("self",))
    held = rows.select_related("meeting", "approved_by").get(pk=fund.pk)
    held.approved_by.agency = by.agency
    return held


@transaction.atomic
def pre_approve(
    meeting: Meeting,
    *,
    people_most: int,
    each_most: Decimal,
    total: Decimal,
    reason: str,
    by: Member,
) -> DayFund:
    """Approve money for one meeting ahead of it. ValidationError: more than all could get."""
    meeting = Meeting.objects.within(by.agency).select_for_update(of=("self",)).get(pk=meeting.pk)
    enforce(rules.pre_approving_for(meeting, by))
    if total > people_most * each_most:
        raise ValidationError({"total": _("This is more than so many people could get.")})
    funds = DayFund.objects.within(by.agency)
    if funds.going_on().filter(meeting=meeting).exists():
        raise ValidationError({"meeting": _("Money was approved for this meeting before.")})
    fund: DayFund = funds.create(
        meeting=meeting,
        people_most=people_most,
        each_most=each_most,
        total=total,
        reason=reason,
        approved_by=by,
        approved_on=by.agency.today(),
    )
    events.record("day_fund.approved", fund, by=by)
    return fund


@transaction.atomic
def withdraw(fund: DayFund, *, by: Member) -> DayFund:
    """Take a pre-approval back before the money was taken out."""
    fund = _locked(fund, by)
    enforce(rules.withdrawing(fund, by))
    fund.withdrawn_by, fund.withdrawn_on = by, by.agency.today()
    fund.save(update_fields=["withdrawn_by", "withdrawn_on"])
    events.record("day_fund.withdrawn", fund, by=by)
    return fund


@transaction.atomic
def take_out(
    fund: DayFund,
    *,
    by: Member,
    taken: Decimal = ZERO,
    cards: Sequence[tuple[str, Decimal]] = (),
) -> DayFund:
    """Take the money out: cash, or gift cards with their serial numbers and values.

    Raises ValidationError: more than was approved, a card that was used before, or worth too much.
    """
    fund = _locked(fund, by)
    enforce(rules.taking_out(fund, by))
    today = by.agency.today()
    if cards:
        taken = sum((value for _serial, value in cards), ZERO)
        _check_cards(cards, by)
        FundCard.objects.within(by.agency).bulk_create(
            FundCard(agency=by.agency, fund=fund, serial=serial, value=value)
            for serial, value in cards
        )
    if not ZERO < taken <= fund.total:
        raise ValidationError({"cards" if cards else "taken": _("This is more than was approved.")})
    fund.method = PaymentMethod.GIFT_CARD if cards else PaymentMethod.CASH
    fund.taken, fund.taken_by, fund.taken_on = taken, by, today
    fund.save(update_fields=["method", "taken", "taken_by", "taken_on"])
    events.record("day_fund.taken_out", fund, by=by)
    return fund


def _check_cards(cards: Sequence[tuple[str, Decimal]], by: Member) -> None:
    serials = [serial for serial, _value in cards]
    most = CARD_VALUE.value(by.agency, by.agency.today())
    if len({*serials}) != len(serials):
        raise ValidationError({"cards": _("A serial number stands there twice.")})
    used = FundCard.objects.within(by.agency).filter(serial__in=serials).order_by("serial").first()
    if used is not None:
        said = _("The card %(serial)s was taken out before.") % {"serial": used.serial}
        raise ValidationError({"cards": said})
    if any(value > most for _serial, value in cards):
        raise ValidationError({"cards": _("A card is worth more than a card may be here.")})


@transaction.atomic
def hand_out(
    fund: DayFund,
    lines: Sequence[Claim],
    *,
    amount: Decimal,
    sheet_line: int,
    by: Member,
    drawing: str = "",
    initials: str = "",
    cards: Sequence[FundCard] = (),
) -> Handout:
    """Put one person's money into their hand: their lines are approved, paid and posted.

    `lines` are all of one member: pay, and costs that were approved before. `amount` is what the
    payer saw. Without a drawing or initials,
    they signed the paper sheet. Raises ValidationError: something changed, or it is more than is
    left or was approved for one person.
    """
    fund = _locked(fund, by)
    enforce(rules.handing_out(fund, by))
    for claim in lines:
        enforce(rules.handing(claim, fund))
    worth = sum((claim.amount for claim in lines), ZERO)
    standing = fund.handouts.filter(payment__reversed_on=None)
    if worth > fund.each_most:
        raise ValidationError(_("This is more than was approved for one person."))
    if amount > left_of(fund) or len({*standing.values_list("member"), (lines[0].member_id,)}) > (
        fund.people_most
    ):
        raise ValidationError(_("This is more than is left, or more people than were approved."))
    if fund.method == PaymentMethod.GIFT_CARD:
        _check_worth(cards, amount, by)
    today = by.agency.today()
    costs = [claim for claim in lines if claim.kind == ClaimKind.REIMBURSEMENT]
    asked = [claim for claim in lines if claim.kind != ClaimKind.REIMBURSEMENT]
    approved = claiming.approve(asked, by=fund.approved_by, on=today)
    if len(approved) != len(asked):
        raise ValidationError(CHANGED)
    (payment,) = paying.pay(
        [*approved, *costs],
        by=by,
        paid_on=fund.meeting.on,
        method=fund.method,
        reference=_reference(cards),
        expected={(lines[0].member_id, None): amount},
        prepared=True,
    )
    proof = Proof.DRAWN if drawing else Proof.INITIALS if initials else Proof.PAPER
    handout: Handout = Handout.objects.within(by.agency).create(
        fund=fund,
        member=lines[0].member,
        payment=payment,
        proof=proof,
        drawing=drawing,
        initials="" if drawing else initials,
        sheet_line=sheet_line,
    )
    held = FundCard.objects.within(by.agency).filter(pk__in=[card.pk for card in cards])
    held.update(handout=handout)
    events.record("day_fund.handed_out", fund, by=by)
    return handout


def _reference(cards: Sequence[FundCard]) -> str:
    """The cards' numbers, or how many they are; the handout has them all."""
    serials = ", ".join(card.serial for card in cards)
    most = Payment._meta.get_field("reference").max_length or 0
    return serials if len(serials) <= most else _("%(n)d cards") % {"n": len(cards)}


def _check_worth(cards: Sequence[FundCard], amount: Decimal, by: Member) -> None:
    if sum((card.value for card in cards), ZERO) != amount:
        raise ValidationError({"cards": _("The cards have to come to exactly this amount.")})
    if amount > CARDS_EACH.value(by.agency, by.agency.today()):
        raise ValidationError({"cards": _("This is more than one person can get in cards.")})


@transaction.atomic
def tick_off(
    fund: DayFund,
    rows: Mapping[int, tuple[Sequence[Claim], Decimal]],
    *,
    by: Member,
) -> list[Handout]:
    """Record those who signed the paper sheet, by their number there: their lines, and how much."""
    return [
        hand_out(fund, lines, amount=amount, sheet_line=number, by=by)
        for number, (lines, amount) in sorted(rows.items())
    ]


@transaction.atomic
def count_back(
    fund: DayFund,
    *,
    by: Member,
    brought_back: Decimal = ZERO,
    cards: Sequence[FundCard] = (),
    reason: str = "",
) -> DayFund:
    """Count what is left: what was taken out is what was handed out and what is brought back.

    Raises ValidationError: it does not come to that, and no reason is given.
    """
    fund = _locked(fund, by)
    enforce(rules.counting_back(fund, by))
    assert fund.taken is not None
    today = by.agency.today()
    if fund.method == PaymentMethod.GIFT_CARD:
        brought_back = sum((card.value for card in cards), ZERO)
        held = FundCard.objects.within(by.agency).filter(fund=fund)
        held.filter(pk__in=[card.pk for card in cards]).update(back_on=today)
    fund.handed = fund.taken - left_of(fund)
    differs = fund.taken != fund.handed + brought_back
    if differs and not reason:
        said = _("What is left should be %(amount)s. Count again, or say why it differs.")
        raise ValidationError({"reason": said % {"amount": f"${left_of(fund)}"}})
    fund.difference_reason = reason if differs else ""
    fund.brought_back, fund.counted_by, fund.counted_on = brought_back, by, today
    fund.save(
        update_fields=["handed", "brought_back", "difference_reason", "counted_by", "counted_on"]
    )
    events.record("day_fund.counted", fund, by=by)
    return fund


@transaction.atomic
def confirm(fund: DayFund, *, by: Member) -> DayFund:
    """Say as a second person that the money differs as it was counted."""
    fund = _locked(fund, by)
    enforce(rules.confirming(fund, by))
    fund.confirmed_by, fund.confirmed_on = by, by.agency.today()
    fund.save(update_fields=["confirmed_by", "confirmed_on"])
    events.record("day_fund.confirmed", fund, by=by)
    return fund
