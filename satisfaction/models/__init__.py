"""Rounds of the survey, who was asked, and answers that lead to nobody."""

from satisfaction.models.answers import Answer, Comment, Side
from satisfaction.models.rounds import (
    RoundQuerySet,
    SurveyInvitation,
    SurveyRound,
    SurveySheet,
)

__all__ = [
    "Answer",
    "Comment",
    "RoundQuerySet",
    "Side",
    "SurveyInvitation",
    "SurveyRound",
    "SurveySheet",
]
