"""When to say "talk to a benefits counselor", and when tax forms follow; never "safe"."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from compensation.claims.models import Claim
from compensation.payments.models import Payment
from compensation.policies import markers, tax_reporting
from foundation.models import Agency, TenantQuerySet
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


def counsel(payments: TenantQuerySet[Payment], on: date) -> Counsel:
    """Counsel from one member's standing payments, whatever their day; two queries."""
    month = {"paid_on__month": on.month, "paid_on__year": on.year}
    lines = Claim.objects.within(payments.agency).for_time()  # type: ignore[arg-type]
    worth = lines.filter(payment__in=payments, amount__gt=0).aggregate(
        month=Sum("amount", filter=Q(**{f"payment__{key}": each for key, each in month.items()})),
        **_sums("amount", on, "payment__"),
    )
    less = payments.aggregate(month=Sum("set_off", filter=Q(**month)), **_sums("set_off", on, ""))
    left = {key: (worth[key] or ZERO) - (less[key] or ZERO) for key in worth}
    agency = payments.agency
    assert isinstance(agency, Agency), "payments are asked within(agency)"
    this, last = (
        Year(
            year,
            left[f"paid_{year}"],
            left[f"donated_{year}"],
            # A year without pay needs no number.
            tax_reporting(agency, year) if left[f"paid_{year}"] else None,
        )
        for year in (on.year, on.year - 1)
    )
    return Counsel(this, last, left["month"], reached(left["month"], on.year))


def reached(month: Decimal, year: int) -> tuple[Limit, ...]:
    """The markers of that year that a month's pay reaches, the lowest first."""
    return tuple(each for each in markers(year) if month >= each.value)


def _sums(of: str, on: date, payment: str) -> dict[str, Sum]:
    """The sums of this year and the last; `payment` is the lookup of the payment."""
    sums = {}
    for year in (on.year, on.year - 1):
        of_year = Q(**{f"{payment}paid_on__year": year})
        donated = Q(**{f"{payment}donated_to__isnull": False})
        sums[f"paid_{year}"] = Sum(of, filter=of_year)
        sums[f"donated_{year}"] = Sum(of, filter=of_year & donated)
    return sums
