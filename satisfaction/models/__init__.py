"""Rounds of the survey, who was asked, and anonymous answers."""

from satisfaction.models.answers import Answer, AnswerSide, Comment
from satisfaction.models.rounds import (
    SurveyInvitation,
    SurveyRound,
    SurveyRoundQuerySet,
    SurveySheet,
)

__all__ = [
    "Answer",
    "AnswerSide",
    "Comment",
    "SurveyInvitation",
    "SurveyRound",
    "SurveyRoundQuerySet",
    "SurveySheet",
]
