"""What work that somebody schedules would use of the budget; pay that was earned never asks it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from compensation.budget.actions import plan_beyond
from compensation.budget.models import BudgetLine
from compensation.budget.reading import ZERO, PlannedWork, uses_with
from compensation.policies import OVER_BUDGET, OverBudget
from foundation.models import Agency
from foundation.presenting import written
from foundation.templatetags.components import dollars
from groups import scheduling
from groups.models import Group
from groups.scheduling import Foresight, PlannedBeyond


@dataclass(frozen=True)
class BudgetForesight(Foresight):
    """What meetings would use of a line, and how much of that is no longer there."""

    line: BudgetLine | None = None
    beyond: Decimal = ZERO


def foresee(group: Group, agency: Agency, days: Sequence[date], minutes: int) -> list[Foresight]:
    """A sentence for each line that these meetings would use; nothing without a budget."""
    lines = BudgetLine.objects.within(agency).standing()
    lines = lines.filter(since__lte=max(days), until__gt=min(days))
    uses, would = uses_with(lines, [PlannedWork(group, on, minutes) for on in days])
    if not uses:
        return []
    more: dict[int, Decimal] = defaultdict(Decimal)
    for each in would:
        for use in uses:
            if use.line.since <= each.work.on < use.line.until:
                more[use.line.pk] += each.amounts.get(use.line.covers, ZERO)
    blocks = OVER_BUDGET.value(agency, agency.today()) == OverBudget.BLOCK
    found = list[Foresight]()
    for use in uses:
        amount = more[use.line.pk]
        if not amount:
            continue
        over = amount > use.left
        words = {
            "amount": dollars(amount),
            "left": dollars(max(use.left, ZERO)),
            "name": use.line.name,
            "day": written(use.line.last_day),
            "whom": use.line.decided_by,
        }
        said = _said(over, blocks) % words
        beyond = amount - max(use.left, ZERO)
        found.append(BudgetForesight(said, use.line.decided_by, over, blocks, use.line, beyond))
    return found


def _said(over: bool, blocks: bool) -> str:
    if not over:
        return _("It would use %(amount)s; %(left)s of “%(name)s” is left until %(day)s.")
    if blocks:
        return _(
            "It would use %(amount)s, but only %(left)s of “%(name)s” is left until %(day)s. Your "
            "agency plans nothing beyond its budget. Ask %(whom)s for more."
        )
    return _(
        "It would use %(amount)s, but only %(left)s of “%(name)s” is left until %(day)s. Agree on "
        "it with %(whom)s first. What people earn is paid in any case."
    )


def keep(found: Sequence[Foresight], planned: PlannedBeyond) -> None:
    for each in found:
        if isinstance(each, BudgetForesight) and each.line is not None:
            plan_beyond(each.line, each.beyond, planned)


scheduling.register(foresee, keep)
