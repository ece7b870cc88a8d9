"""An index for Django; domains import each other's modules instead."""

from cells.cell.models import Cell
from cells.handing_on.models import Settlement, Touched
from cells.ideas.models import Opportunity
from cells.plans.models import (
    ActionPlan,
    ActionStep,
    BaselineChange,
    Driver,
    EvaluationReview,
    OutcomeStandard,
    PDSACycle,
    Reopening,
    StepDependency,
    SustainPlan,
)
from cells.ranking.models import (
    Ballot,
    BallotReceipt,
    PriorityRound,
    RoundEntry,
    SilentIdea,
)

__all__ = [
    "ActionPlan",
    "ActionStep",
    "Ballot",
    "BallotReceipt",
    "BaselineChange",
    "Cell",
    "Driver",
    "EvaluationReview",
    "Opportunity",
    "OutcomeStandard",
    "PDSACycle",
    "PriorityRound",
    "Reopening",
    "RoundEntry",
    "Settlement",
    "SilentIdea",
    "StepDependency",
    "SustainPlan",
    "Touched",
]
