"""Plans with their steps, standards, tests and reviews."""

from cells.plans.models.cycles import CycleOutcome, CyclePart, Foretold, PDSACycle
from cells.plans.models.drivers import Driver
from cells.plans.models.plans import (
    STILL_OPEN,
    ActionPlan,
    ActionStep,
    BaselineChange,
    Cadence,
    Cause,
    EvaluationReview,
    OutcomeStandard,
    PlanStatus,
    Reopening,
    ReviewOutcome,
    StandardRole,
    StepDependency,
    StepStatus,
    SustainPlan,
    clock_stopped,
)

__all__ = [
    "STILL_OPEN",
    "ActionPlan",
    "ActionStep",
    "BaselineChange",
    "Cadence",
    "Cause",
    "CycleOutcome",
    "CyclePart",
    "Driver",
    "EvaluationReview",
    "Foretold",
    "OutcomeStandard",
    "PDSACycle",
    "PlanStatus",
    "Reopening",
    "ReviewOutcome",
    "StandardRole",
    "StepDependency",
    "StepStatus",
    "SustainPlan",
    "clock_stopped",
]
