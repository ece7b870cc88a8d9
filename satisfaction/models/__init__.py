"""Rounds of the survey, who was asked, and anonymous answers."""

from satisfaction.models.answers import Answer, AnswerSide, Comment, SealedAnswer
from satisfaction.models.reflections import Reflection, ReflectionQuerySet, ReflectionVoice
from satisfaction.models.rounds import (
    SurveyCode,
    SurveyInvitation,
    SurveyRound,
    SurveyRoundQuerySet,
)

__all__ = [
    "Answer",
    "AnswerSide",
    "Comment",
    "Reflection",
    "ReflectionQuerySet",
    "ReflectionVoice",
    "SealedAnswer",
    "SurveyCode",
    "SurveyInvitation",
    "SurveyRound",
    "SurveyRoundQuerySet",
]
