"""Whether a finished plan's gain is lost again, by the chart of its outcome."""

from cells.plans.evaluation import judged
from cells.plans.models.plans import ActionPlan, StandardRole
from measures.charting.findings import WhetherItWorked

SLIPPED = frozenset({WhetherItWorked.NOT_SUSTAINED, WhetherItWorked.WORSE})


def has_slipped(plan: ActionPlan) -> bool:
    """Whether the verdict says that it improved only for a while, or got worse."""
    return any(
        each.verdict is not None and each.verdict.answer in SLIPPED
        for each in judged(plan)
        if each.standard.role == StandardRole.OUTCOME
    )
