"""Reviews over frozen snapshots, findings, numbered recommendations, answers and judgements.

What the committee recommends, judges, verifies, closes and approves follows from its decisions:
each is prepared as a `CommitteeStep`, and in force once a decision with a quorum holds it.
"""

from oversight.models.minutes import ApprovedMinutes, MinutesAddendum, same_words
from oversight.models.recommendations import (
    ANSWERS,
    ConflictDisclosure,
    Judgement,
    ManagementAnswer,
    ManagementResponse,
    Recommendation,
    RecommendationQuerySet,
    RecommendationStatus,
)
from oversight.models.reviews import (
    Committee,
    CommitteeQuerySet,
    Finding,
    FindingKind,
    PauseRuling,
    Review,
    ReviewStatus,
)
from oversight.models.steps import (
    CommitteeStep,
    CommitteeStepQuerySet,
    StepKind,
    StepState,
)

__all__ = [
    "ANSWERS",
    "ApprovedMinutes",
    "Committee",
    "CommitteeQuerySet",
    "CommitteeStep",
    "CommitteeStepQuerySet",
    "ConflictDisclosure",
    "Finding",
    "FindingKind",
    "Judgement",
    "ManagementAnswer",
    "ManagementResponse",
    "MinutesAddendum",
    "PauseRuling",
    "Recommendation",
    "RecommendationQuerySet",
    "RecommendationStatus",
    "Review",
    "ReviewStatus",
    "StepKind",
    "StepState",
    "same_words",
]
