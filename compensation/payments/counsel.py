"""When to say "talk to a benefits counselor", and when tax forms follow; never "safe"."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from accounts.models import Member
from compensation.claims.models import Claim, ClaimKind, SetOff
from compensation.policies import markers, tax_reporting
from foundation import prepared
from foundation.models import Agency
from foundation.policies import Limit

ZERO = Decimal(0)


@dataclass(frozen=True)
class Year:
    """What was paid for a member's time in one year.

    Donations are in `worth` and `donated`: they count for tax and benefits like the rest. From
    `reported_from` on tax papers follow; None: nobody entered it for that year yet.
    """

    year: int
    worth: Decimal = ZERO
    donated: Decimal = ZERO
    reported_from: int | None = None

    @property
    def received(self) -> Decimal:
        return self.worth - self.donated

    @property
    def tax_papers(self) -> bool:
        return self.reported_from is not None and self.worth >= self.reported_from

    @property
    def not_entered(self) -> bool:
        return self.reported_from is None and self.worth > 0


@dataclass(frozen=True)
class Counsel:
    """This year's pay, last year's, and this month's with the markers that it reaches."""

    this: Year
    last: Year
    month: Decimal
    passed: tuple[Limit, ...]

    @property
    def may_touch_benefits(self) -> bool:
        return bool(self.passed)

    @property
    def further(self) -> tuple[Limit, ...]:
        """Reached markers that have a meaning of their own."""
        return self.passed[1:]

    @property
    def years(self) -> tuple[Year, ...]:
        """This year, and last year if anything was paid in it, since its tax forms follow now."""
        return (self.this, self.last) if self.last.worth else (self.this,)


def counsel(member: Member, on: date) -> Counsel:
    """Counsel from the member's standing payments of this year and the last; one query."""
    agency = member.agency
    values = {"agency": agency.pk, "row": member.pk, "day": date(on.year - 1, 1, 1)}
    worth: dict[date, Decimal] = defaultdict(Decimal)
    donated: dict[date, Decimal] = defaultdict(Decimal)
    for month, given, amount in prepared.of_agency(_by_month).tuples(values):
        worth[month] += amount
        if given:
            donated[month] += amount
    this, last = (
        Year(
            year,
            (paid := _in_year(worth, year)),
            _in_year(donated, year),
            # A year without pay needs no number.
            tax_reporting(agency, year) if paid else None,
        )
        for year in (on.year, on.year - 1)
    )
    month = worth[on.replace(day=1)]
    return Counsel(this, last, month, reached(month, on.year))


def _in_year(months: Mapping[date, Decimal], year: int) -> Decimal:
    return sum((amount for month, amount in months.items() if month.year == year), ZERO)


def reached(month: Decimal, year: int) -> tuple[Limit, ...]:
    """The markers of that year that a month's pay reaches, the lowest first."""
    return tuple(each for each in markers(year) if month >= each.value)


def _by_month(agency: Agency) -> QuerySet[Any, Any]:
    """By month of payment, and whether it was donated: pay, and what corrections took of it."""
    lines = (
        Claim.objects.within(agency)
        .for_time()
        .filter(
            member=prepared.ROW,
            amount__gt=0,
            payment__reversed_on=None,
            payment__paid_on__gte=prepared.DAY,
        )
    )
    # What is left of an advance was no pay, and takes nothing of it.
    taken_off = SetOff.objects.within(agency).filter(
        payment__member=prepared.ROW,
        payment__reversed_on=None,
        payment__paid_on__gte=prepared.DAY,
    )
    taken_off = taken_off.exclude(claim__kind=ClaimKind.REIMBURSEMENT)
    pay = _months(lines, "payment__").annotate(sum=Sum("amount"))
    taken = _months(taken_off, "payment__").annotate(sum=-Sum("amount"))
    both: QuerySet[Any, Any] = pay.union(taken, all=True)
    return both


def _months(rows: QuerySet[Any], payment: str) -> QuerySet[Any, Any]:
    month = TruncMonth(f"{payment}paid_on")
    given = Q(**{f"{payment}donated_to__isnull": False})
    return rows.order_by().values_list(month, ExpressionWrapper(given, BooleanField()))
