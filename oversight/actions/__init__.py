"""The only write path of oversight."""

from oversight.actions.pauses import make_longer, propose_longer, rule_on_pause
from oversight.actions.recommendations import (
    close_recommendation,
    disclose_conflict,
    give_response,
    judge,
    recommend,
)
from oversight.actions.reviews import close_review, open_review, record_finding

__all__ = [
    "close_recommendation",
    "close_review",
    "disclose_conflict",
    "give_response",
    "judge",
    "make_longer",
    "open_review",
    "propose_longer",
    "recommend",
    "record_finding",
    "rule_on_pause",
]
