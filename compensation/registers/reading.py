"""What was paid between two days, by day of payment: sums by person, group, kind or month.

A line counts with the payment that it is part of, as long as that was not undone. A correction that
a payment deducted counts against it, so that all sums add up to what was handed over.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.translation import gettext_lazy as _

from compensation.budget.models import BudgetLine
from compensation.budget.reading import covers_of
from compensation.claims.models import Claim, ClaimKind, SetOff
from compensation.payments.models import Payment
from compensation.policies import TAX_FORM_FROM, tax_reporting
from compensation.taxforms.models import TaxFormNote
from compensation.taxforms.reading import notes_of
from foundation.models import Agency

ZERO = Decimal(0)
# By path from a line.
TIME = ~Q(kind=ClaimKind.REIMBURSEMENT)
DONATED = Q(payment__donated_to__isnull=False)


class RegisterGrouping(models.TextChoices):
    PERSON = "person", _("Person")
    GROUP = "group", _("Group")
    KIND = "kind", _("Kind of line")
    BUDGET = "budget", _("Budget line")
    MONTH = "month", _("Month of payment")


# What each row is known by, and what it is called and sorted by, by path from a line.
KEYS = {
    RegisterGrouping.PERSON: ("member", "member__full_name"),
    RegisterGrouping.KIND: ("kind", "kind"),
}


@dataclass(frozen=True)
class PaidDays:
    """The days of payment of a register, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class RegisterSums:
    """What lines came to: `pay` for time, `donated` of it, and `costs` repaid."""

    lines: int = 0
    hours: Decimal = ZERO
    pay: Decimal = ZERO
    donated: Decimal = ZERO
    costs: Decimal = ZERO

    @property
    def paid(self) -> Decimal:
        """All that was handed over, to members and to where they donate."""
        return self.pay + self.costs

    def plus(self, other: "RegisterSums") -> "RegisterSums":
        return _all([self, other])

    def less(self, taken: Decimal, donated: Decimal, costs: Decimal) -> "RegisterSums":
        """The same after corrections deducted so much of pay and of costs.

        `donated`: of what was donated.
        """
        return RegisterSums(
            self.lines,
            self.hours,
            self.pay - taken,
            self.donated - donated,
            self.costs - costs,
        )


@dataclass(frozen=True)
class RegisterRow:
    """A row of a register; `label` is None for lines that belong to nothing of its kind."""

    key: Any
    label: Any
    sums: RegisterSums


@dataclass
class Register:
    """The rows of one register, in order, and the sums over all of them."""

    rows: list[RegisterRow] = field(default_factory=list)
    total: RegisterSums = RegisterSums()


def paid_lines(agency: Agency, span: PaidDays) -> QuerySet[Claim]:
    """The lines in standing payments of these days."""
    return Claim.objects.within(agency).filter(
        payment__reversed_on=None, payment__paid_on__range=(span.first, span.last), amount__gt=0
    )


def taken_off(agency: Agency, span: PaidDays) -> QuerySet[SetOff]:
    """What standing payments of these days deducted."""
    return SetOff.objects.within(agency).filter(
        payment__reversed_on=None, payment__paid_on__range=(span.first, span.last)
    )


def register(agency: Agency, span: PaidDays, by: RegisterGrouping) -> Register:
    """All rows, sorted by what they are called; two queries."""
    made: dict[Any, tuple[Any, RegisterSums]] = {}
    for key, label, lines, *sums in _grouped(paid_lines(agency, span), by, "").annotate(**SUMS):
        _old, before = made.get(key, (label, RegisterSums()))
        made[key] = label, before.plus(RegisterSums(lines, *(each or ZERO for each in sums)))
    of_costs = Q(claim__kind=ClaimKind.REIMBURSEMENT)
    for key, label, *less in _grouped(taken_off(agency, span), by, "claim__").annotate(
        taken=Sum("amount", filter=~of_costs, default=ZERO),
        of_donated=Sum("amount", filter=DONATED & ~of_costs, default=ZERO),
        of_costs=Sum("amount", filter=of_costs, default=ZERO),
    ):
        label, sums = made.get(key, (label, RegisterSums()))
        made[key] = label, sums.less(*less)
    rows = [RegisterRow(key, label, sums) for key, (label, sums) in made.items()]
    rows.sort(key=lambda row: (row.label is None, _folded(row.label), str(row.key)))
    return Register(rows, _all(row.sums for row in rows))


SUMS = {
    "lines": Count("pk"),
    "sum_hours": Sum("hours", filter=TIME),
    "pay": Sum("amount", filter=TIME),
    "donated": Sum("amount", filter=TIME & DONATED),
    "costs": Sum("amount", filter=~TIME),
}


def _grouped(rows: QuerySet[Any], by: RegisterGrouping, claim: str) -> QuerySet[Any, Any]:
    """`claim` is the lookup of the line."""
    if by == RegisterGrouping.MONTH:
        month = TruncMonth("payment__paid_on")
        return rows.order_by().values_list(month, month)
    if by == RegisterGrouping.GROUP:
        return rows.order_by().values_list(_group(claim), _group(claim, "__name"))
    if by == RegisterGrouping.BUDGET:
        return _by_budget_line(rows, claim)
    key, label = KEYS[by]
    return rows.order_by().values_list(f"{claim}{key}", f"{claim}{label}")


def _by_budget_line(rows: QuerySet[Any], claim: str) -> QuerySet[Any, Any]:
    """The line of the budget in which each counts: that of its kind on the day of the work."""
    agency = rows.agency  # type: ignore[attr-defined]  # Both are asked within(agency).
    of_day = (
        BudgetLine.objects.within(agency)
        .standing()
        .filter(
            covers=OuterRef("budget_covers"),
            since__lte=OuterRef(f"{claim}service_on"),
            until__gt=OuterRef(f"{claim}service_on"),
        )
    )
    key, name = Subquery(of_day.values("pk")), Subquery(of_day.values("name"))
    covered: QuerySet[Any] = rows.annotate(budget_covers=covers_of(claim)).order_by()
    return covered.values_list(key, name)


def _group(claim: str, what: str = "") -> Coalesce:
    """The group that a line is for, whether somebody was at a meeting, prepared or was oriented."""
    paths = ("attendance__meeting__group", "other_work__group")
    return Coalesce(*(F(f"{claim}{path}{what}") for path in paths))


def _folded(label: Any) -> Any:
    return label.casefold() if isinstance(label, str) else (label or date.max)


def _all(sums: Iterable[RegisterSums]) -> RegisterSums:
    found = [*sums]
    return RegisterSums(
        sum(each.lines for each in found),
        sum((each.hours for each in found), ZERO),
        sum((each.pay for each in found), ZERO),
        sum((each.donated for each in found), ZERO),
        sum((each.costs for each in found), ZERO),
    )


@dataclass(frozen=True)
class RegisterLine:
    """A line of the file: of a payment, or what it deducted for a correction (below zero)."""

    payment: Payment
    claim: Claim
    amount: Decimal


# A day of payment and the key of the payment.
type Place = tuple[date, int]
TOGETHER = 500


def lines_after(
    agency: Agency, span: PaidDays, place: Place | None
) -> tuple[list[RegisterLine], Place | None]:
    """The lines of the next payments, and the place of the last one (None: the end)."""
    made = Payment.objects.within(agency).filter(
        reversed_on=None, paid_on__range=(span.first, span.last)
    )
    if place is not None:
        day, key = place
        made = made.filter(Q(paid_on__gt=day) | Q(paid_on=day, pk__gt=key), paid_on__gte=day)
    made = made.select_related("member", "donated_to", "paid_by").order_by("paid_on", "pk")
    payments = list(made[:TOGETHER])
    claims = Claim.objects.within(agency).select_related(
        "attendance__meeting__group", "other_work__group", "approved_by"
    )
    lines = _by_payment(claims.filter(payment__in=payments, amount__gt=0).order_by("pk"))
    set_offs = (
        SetOff.objects.within(agency)
        .filter(payment__in=payments)
        .select_related(
            "claim__attendance__meeting__group",
            "claim__other_work__group",
            "claim__approved_by",
        )
    )
    taken = _by_payment(set_offs.order_by("pk"))
    found = [
        line
        for payment in payments
        for line in (
            *(RegisterLine(payment, claim, claim.amount) for claim in lines[payment.pk]),
            *(RegisterLine(payment, each.claim, -each.amount) for each in taken[payment.pk]),
        )
    ]
    more = len(payments) == TOGETHER
    return found, (payments[-1].paid_on, payments[-1].pk) if more else None


def _by_payment(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.payment_id].append(row)
    return found


@dataclass(frozen=True)
class YearEndLine:
    """What a member was paid in a year, by day of payment.

    `asks`: it reaches the sum from which a form W-9 is asked for; `reports`: the one from which the
    agency reports it (None: nobody entered that for the year yet).
    """

    member: int
    name: str
    sums: RegisterSums
    asks: bool
    reports: bool | None
    note: TaxFormNote | None


@dataclass(frozen=True)
class YearEnd:
    """Everybody who was paid for their time in a year, by name, and the two sums of that year."""

    year: int
    ask_from: int
    report_from: int | None
    lines: list[YearEndLine]

    @property
    def reached(self) -> list[YearEndLine]:
        """Those who reach a sum of that year."""
        return [line for line in self.lines if line.asks or line.reports]


def year_end(agency: Agency, year: int) -> YearEnd:
    """Three queries, however many people were paid."""
    days = PaidDays(date(year, 1, 1), date(year, 12, 31))
    rows = [row for row in register(agency, days, RegisterGrouping.PERSON).rows if row.sums.pay > 0]
    ask_from = TAX_FORM_FROM.value(agency, min(days.last, agency.today()))
    report_from = tax_reporting(agency, year)
    notes = notes_of(agency, (row.key for row in rows))
    lines = [
        YearEndLine(
            row.key,
            row.label,
            row.sums,
            row.sums.pay >= ask_from,
            None if report_from is None else row.sums.pay >= report_from,
            notes.get(row.key),
        )
        for row in rows
    ]
    return YearEnd(year, ask_from, report_from, lines)


def years_paid(agency: Agency) -> list[int]:
    """This year and those with payments, the latest first; one query."""
    ends = Payment.objects.within(agency).aggregate(first=Min("paid_on"))
    this = agency.today().year
    first = this if ends["first"] is None else ends["first"].year
    return [*range(this, min(first, this) - 1, -1)]
