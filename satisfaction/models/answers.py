"""Answers and comments: of a round, and of nobody."""

from django.db import models
from django.db.models import Q

from foundation.anonymity import AnonymousModel
from foundation.models import Key
from satisfaction.models.rounds import Side, SurveyRound


class Answer(AnonymousModel):
    """What one person answered; `scores` has 1 to 5 for each statement, 0 for "does not apply"."""

    round = Key(SurveyRound, related_name="answers")
    side = models.CharField(max_length=10, choices=Side.choices)
    scores = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="survey_answer_side"),
        ]

    def __str__(self) -> str:
        return "an answer"


class Comment(AnonymousModel):
    """What one person wrote; kept apart from their scores, so that words don't give those away."""

    round = Key(SurveyRound, related_name="comments")
    text = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="survey_comment_says_something"),
        ]

    def __str__(self) -> str:
        return "a comment"
