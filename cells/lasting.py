"""Whether what a finished plan gained is lost again, by the chart of its outcome."""

from cells import judging
from cells.models import ActionPlan, StandardRole
from cells.verdicts import Finding

SLIPPED = frozenset({Finding.NOT_SUSTAINED, Finding.WORSE})


def has_slipped(plan: ActionPlan) -> bool:
    """Whether the verdict says that it got better for a while only, or worse."""
    return any(
        each.verdict is not None and each.verdict.finding in SLIPPED
        for each in judging.judged(plan)
        if each.standard.role == StandardRole.OUTCOME
    )
