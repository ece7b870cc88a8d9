"""When to say "talk to a benefits counselor", and when tax papers follow; never "safe"."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from compensation.models import Claim, Payment
from compensation.policies import BENEFIT_MARKER
from foundation.models import TenantQuerySet

# US tax reporting threshold by year of payment; from 2027 on it has to be entered anew.
TAX_REPORTING = {2025: Decimal(600), 2026: Decimal(2000)}
ZERO = Decimal(0)


@dataclass(frozen=True)
class Counsel:
    """What was paid for a member's time this year, and what they should hear about it.

    What they donated is in `year` and `donated`: it counts for tax and benefits like the rest.
    """

    year: Decimal
    donated: Decimal
    may_touch_benefits: bool
    tax_papers: bool

    @property
    def received(self) -> Decimal:
        return self.year - self.donated


def counsel(payments: TenantQuerySet[Payment], on: date) -> Counsel:
    """From one member's payments that stand, of the year of `on`; two queries."""
    month = {"paid_on__month": on.month, "paid_on__year": on.year}
    lines = Claim.objects.within(payments.agency).for_time()  # type: ignore[arg-type]
    worth = lines.filter(payment__in=payments, amount__gt=0).aggregate(
        year=Sum("amount"),
        month=Sum("amount", filter=Q(**{f"payment__{key}": each for key, each in month.items()})),
        donated=Sum("amount", filter=Q(payment__donated_to__isnull=False)),
    )
    less = payments.aggregate(
        year=Sum("set_off"),
        month=Sum("set_off", filter=Q(**month)),
        donated=Sum("set_off", filter=Q(donated_to__isnull=False)),
    )
    left = {key: (worth[key] or ZERO) - (less[key] or ZERO) for key in worth}
    threshold = TAX_REPORTING.get(on.year)
    return Counsel(
        year=left["year"],
        donated=left["donated"],
        may_touch_benefits=left["month"] >= BENEFIT_MARKER.value,
        tax_papers=threshold is not None and left["year"] >= threshold,
    )
