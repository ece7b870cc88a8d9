"""Rounds of the survey, who was asked, and answers that lead to nobody."""

from satisfaction.models.answers import Answer, Comment
from satisfaction.models.rounds import (
    Audience,
    RoundQuerySet,
    Side,
    SurveyInvitation,
    SurveyRound,
)

__all__ = [
    "Answer",
    "Audience",
    "Comment",
    "RoundQuerySet",
    "Side",
    "SurveyInvitation",
    "SurveyRound",
]
