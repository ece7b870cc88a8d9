"""When to say "talk to a benefits counselor", and when tax forms follow; never "safe"."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from compensation.claims.models import Claim
from compensation.payments.models import Payment
from compensation.policies import BENEFIT_MARKER
from foundation.models import TenantQuerySet

# US tax reporting threshold by year of payment; from 2027 on it must be entered each year.
TAX_REPORTING = {2025: Decimal(600), 2026: Decimal(2000)}
ZERO = Decimal(0)


@dataclass(frozen=True)
class Year:
    """What was paid for a member's time in one year.

    Donations are in `worth` and `donated`: they count for tax and benefits like the rest.
    """

    year: int
    worth: Decimal = ZERO
    donated: Decimal = ZERO

    @property
    def received(self) -> Decimal:
        return self.worth - self.donated

    @property
    def tax_papers(self) -> bool:
        threshold = TAX_REPORTING.get(self.year)
        return threshold is not None and self.worth >= threshold


@dataclass(frozen=True)
class Counsel:
    """This year's pay, last year's, and whether this month's may affect benefits."""

    this: Year
    last: Year
    may_touch_benefits: bool

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
    this, last = (
        Year(year, left[f"paid_{year}"], left[f"donated_{year}"]) for year in (on.year, on.year - 1)
    )
    return Counsel(this, last, may_touch_benefits=left["month"] >= BENEFIT_MARKER.value)


def _sums(of: str, on: date, payment: str) -> dict[str, Sum]:
    """The sums of this year and the last; `payment` is the lookup of the payment."""
    sums = {}
    for year in (on.year, on.year - 1):
        of_year = Q(**{f"{payment}paid_on__year": year})
        donated = Q(**{f"{payment}donated_to__isnull": False})
        sums[f"paid_{year}"] = Sum(of, filter=of_year)
        sums[f"donated_{year}"] = Sum(of, filter=of_year & donated)
    return sums
