"""A member's lines of money, and the statement of one year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, ExtractYear, TruncMonth

from accounts.models import Member
from compensation.advances.models import SpentAdvance
from compensation.claims.models import OPEN, Claim, ClaimKind, ClaimQuerySet, ClaimStatus
from compensation.payments.models import Payment
from compensation.policies import markers
from compensation.same_day.reading import signed
from foundation import prepared
from foundation.models import Agency

ZERO = Decimal(0)
MONTHS = range(1, 13)
SEVERAL = 2


def coming_of(member: Member) -> ClaimQuerySet:
    """Lines that wait for something, the first due first."""
    return _lines_of(member).open().order_by("due_on", "pk")


def settled_of(member: Member) -> ClaimQuerySet:
    """Lines that wait for nothing any more, by the day of payment, the newest first.

    Each has `spent_told`: for an advance, whether it is known what was spent of it.
    """
    day = Coalesce(F("payment__paid_on"), F("service_on"))
    told = Exists(SpentAdvance.objects.within(member.agency).filter(claim=OuterRef("pk")))
    lines = _lines_of(member).exclude(status__in=OPEN)
    lines = lines.annotate(signed=signed(member.agency), spent_told=told)
    return lines.order_by(day.desc(), "-pk")


def to_settle(claim: Claim) -> bool:
    """Whether a line of `settled_of` or `coming_of` is an advance that was paid, not settled."""
    # The query set has annotated it, which the model's type does not know.
    return (
        claim.in_advance and claim.status == ClaimStatus.PAID and not claim.spent_told  # type: ignore[attr-defined]
    )


def _lines_of(member: Member) -> ClaimQuerySet:
    claims = Claim.objects.within(member.agency).filter(member=member.pk)
    return claims.select_related("payment__donated_to", "donate_to", "plan", "rule")


def year_of(claim: Claim) -> int:
    """The year in which a line was paid; without a payment, that of its day."""
    return (claim.service_on if claim.payment is None else claim.payment.paid_on).year


def years_of(member: Member) -> list[int]:
    """The years in which the member was paid, and this one, the newest first; one query."""
    paid = Payment.objects.within(member.agency).filter(member=member, reversed_on=None)
    found = paid.order_by().values_list(ExtractYear("paid_on"), flat=True).distinct()
    return sorted({*found, member.agency.today().year}, reverse=True)


@dataclass(frozen=True)
class Together:
    """Unpaid pay for work in several months that may come at once."""

    amount: Decimal
    months: int


def together(member: Member, on: date) -> Together | None:
    """What may come at once of all that is owed for time, if it reaches a marker; one query."""
    values = {"agency": member.agency_id, "row": member.pk}
    months = dict(prepared.of_agency(_coming_by_month).tuples(values))
    amount = sum(months.values(), ZERO)
    if len(months) < SEVERAL or amount < markers(on.year)[0].value:
        return None
    return Together(amount, len(months))


def _coming_by_month(agency: Agency) -> QuerySet[Any, Any]:
    unpaid = Claim.objects.within(agency).unpaid().for_time()
    mine = unpaid.filter(member=prepared.ROW, donate_to=None).order_by()
    return mine.values_list(TruncMonth("service_on")).annotate(sum=Sum("amount"))


@dataclass(frozen=True)
class StatementLine:
    """One line of money that a payment brought, or took off; `claim` has its payment loaded."""

    claim: Claim
    payment: Payment
    amount: Decimal

    @property
    def is_cost(self) -> bool:
        return self.claim.kind == ClaimKind.REIMBURSEMENT


@dataclass(frozen=True)
class StatementMonth:
    """Pay for time of one month: what was earned by work in it, and what was paid in it."""

    first: date
    worked: Decimal
    received: Decimal


@dataclass(frozen=True)
class PayStatement:
    """What a member was paid in one year, line by line.

    `pay` is all pay for time, donations included; `donated` is the part of it that was donated.
    """

    agency: Agency
    year: int
    lines: Sequence[StatementLine]
    months: Sequence[StatementMonth]

    @property
    def pay(self) -> Decimal:
        return sum((each.amount for each in self.lines if not each.is_cost), ZERO)

    @property
    def donated(self) -> Decimal:
        given = (each for each in self.lines if each.payment.donated_to_id is not None)
        return sum((each.amount for each in given if not each.is_cost), ZERO)

    @property
    def received(self) -> Decimal:
        """Pay that went to the member."""
        return self.pay - self.donated

    @property
    def costs(self) -> Decimal:
        return sum((each.amount for each in self.lines if each.is_cost), ZERO)


def statement_of(member: Member, year: int) -> PayStatement:
    """The statement of a year; three queries."""
    agency = member.agency
    made = Payment.objects.within(agency).filter(member=member, reversed_on=None)
    made = made.filter(paid_on__year=year).select_related("donated_to")
    paid = list(
        made.prefetch_related("set_offs__claim__rule", "set_offs__claim__plan").order_by(
            "paid_on", "pk"
        )
    )
    by_key = {each.pk: each for each in paid}
    worked = Q(service_on__year=year, status__in=EARNED)
    claims = Claim.objects.within(agency).filter(Q(payment__in=by_key) | worked, member=member)
    rows = list(claims.select_related("rule", "plan").order_by("service_on", "pk"))
    lines = [
        StatementLine(claim, by_key[claim.payment_id], claim.amount)
        for claim in rows
        if claim.payment_id in by_key and claim.amount > 0
    ]
    lines += [
        StatementLine(taken.claim, payment, -taken.amount)
        for payment in paid
        for taken in payment.set_offs.all()
    ]
    lines.sort(key=lambda each: (each.payment.paid_on, each.payment.pk, each.claim.service_on))
    return PayStatement(agency, year, lines, _months(year, rows, lines))


# What work in a month came to, whether or not it was paid yet.
EARNED = (ClaimStatus.EARNED, ClaimStatus.APPROVED, ClaimStatus.PAID)


def _months(
    year: int, rows: Sequence[Claim], lines: Sequence[StatementLine]
) -> list[StatementMonth]:
    worked, received = dict.fromkeys(MONTHS, ZERO), dict.fromkeys(MONTHS, ZERO)
    for claim in rows:
        if claim.kind != ClaimKind.REIMBURSEMENT and claim.service_on.year == year:
            worked[claim.service_on.month] += claim.amount
    for line in lines:
        if not line.is_cost:
            received[line.payment.paid_on.month] += line.amount
    return [
        StatementMonth(date(year, month, 1), worked[month], received[month])
        for month in MONTHS
        if worked[month] or received[month]
    ]
