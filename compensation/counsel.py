"""When to say "talk to a benefits counselor", and when tax papers follow; never "safe"."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from compensation.models import Payment
from foundation.models import TenantQuerySet

# US tax reporting threshold by year of payment; from 2027 on it has to be entered anew.
TAX_REPORTING = {2025: Decimal(600), 2026: Decimal(2000)}
# Monthly amounts of 2026 from which income can touch benefits (USD): the lowest is 65.
FIRST_BENEFIT_MARKER = Decimal(65)


@dataclass(frozen=True)
class Counsel:
    """What was paid this year and month, and what a member should hear about it."""

    year: Decimal
    month: Decimal
    may_touch_benefits: bool
    tax_papers: bool


def counsel(payments: TenantQuerySet[Payment], on: date) -> Counsel:
    """From one member's payments that stand, of the year of `on`; one query."""
    pay = payments.filter(claims__kind="pay")
    month = Q(paid_on__month=on.month, paid_on__year=on.year)
    sums = pay.aggregate(year=Sum("claims__amount"), month=Sum("claims__amount", filter=month))
    year, this_month = sums["year"] or Decimal(0), sums["month"] or Decimal(0)
    threshold = TAX_REPORTING.get(on.year)
    return Counsel(
        year=year,
        month=this_month,
        may_touch_benefits=this_month >= FIRST_BENEFIT_MARKER,
        tax_papers=threshold is not None and year >= threshold,
    )
