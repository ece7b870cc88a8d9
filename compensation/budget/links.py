"""Links to lines of the budget, for those who see it."""

from django.db.models import F

from accounts.models import Member
from compensation.budget import rules
from compensation.budget.models import BudgetLine
from foundation import links
from foundation.addresses import at
from foundation.links import Named
from foundation.models import TenantQuerySet


def _readable(reader: Member) -> TenantQuerySet[BudgetLine]:
    rows = BudgetLine.objects.within(reader.agency)
    return rows if rules.seeing(reader) is None else rows.none()


links.register_named(
    "budget_line",
    Named(
        page=lambda reader, key: at(reader.agency, "compensation:budget_line", pk=key),
        rows=_readable,
        name=F("name"),
        worded=str,
    ),
)
