"""Rounds of the survey, who was asked, and answers that lead to nobody."""

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
