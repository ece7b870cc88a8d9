"""Cells, what they want to improve, how they rank and choose it, plan, measure and evaluate it."""

from cells.models.cells import Cell, CellQuerySet
from cells.models.cycles import CycleOutcome, CyclePart, Foretold, PDSACycle
from cells.models.imports import ImportDraft, ImportDraftQuerySet, ImportProgress
from cells.models.measures import DataPoint, Frequency, Measure, MeasureKind, MeasureQuerySet, Way
from cells.models.opportunities import (
    GONE_ON,
    Opportunity,
    OpportunityKind,
    OpportunityQuerySet,
    OpportunityState,
)
from cells.models.plans import (
    ActionPlan,
    ActionStep,
    Cadence,
    EvaluationReview,
    OutcomeStandard,
    PlanStatus,
    ReviewOutcome,
    StandardRole,
    StepStatus,
)
from cells.models.rounds import (
    Ballot,
    BallotReceipt,
    Method,
    PriorityRound,
    RoundEntry,
    RoundStatus,
    Side,
    SilentIdea,
)

__all__ = [
    "GONE_ON",
    "ActionPlan",
    "ActionStep",
    "Ballot",
    "BallotReceipt",
    "Cadence",
    "Cell",
    "CellQuerySet",
    "CycleOutcome",
    "CyclePart",
    "DataPoint",
    "EvaluationReview",
    "Foretold",
    "Frequency",
    "ImportDraft",
    "ImportDraftQuerySet",
    "ImportProgress",
    "Measure",
    "MeasureKind",
    "MeasureQuerySet",
    "Method",
    "Opportunity",
    "OpportunityKind",
    "OpportunityQuerySet",
    "OpportunityState",
    "OutcomeStandard",
    "PDSACycle",
    "PlanStatus",
    "PriorityRound",
    "ReviewOutcome",
    "RoundEntry",
    "RoundStatus",
    "Side",
    "SilentIdea",
    "StandardRole",
    "StepStatus",
    "Way",
]
