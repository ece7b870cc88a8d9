"""Answers and comments that belong to a round and to nobody."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.anonymity import AnonymousModel
from foundation.models import Key
from satisfaction.models.rounds import SurveyRound


class AnswerSide(models.TextChoices):
    """How people say they take part: asked with the answers, and kept nowhere else."""

    CONSUMER = "consumer", _("I use services")
    OTHER = "other", _("I work here, or I take part in another way")
    UNSAID = "unsaid", _("I’d rather not say")


class Answer(AnonymousModel):
    """One person's answers; `scores` has 1 to 5 for each statement, 0 for "does not apply"."""

    round = Key(SurveyRound, related_name="answers")
    side = models.CharField(max_length=10, choices=AnswerSide.choices)
    scores = models.JSONField()
    # True for the code of a printed sheet: somebody else may have typed the answer in.
    on_paper = models.BooleanField(default=False, db_default=False)

    class Meta(AnonymousModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=AnswerSide.values), name="survey_answer_side"
            ),
        ]

    def __str__(self) -> str:
        return "an answer"


class Comment(AnonymousModel):
    """One person's comment, stored apart from their scores, so that its words don't reveal them."""

    round = Key(SurveyRound, related_name="comments")
    text = models.TextField()
    on_paper = models.BooleanField(default=False, db_default=False)

    class Meta(AnonymousModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="survey_comment_says_something"),
        ]

    def __str__(self) -> str:
        return "a comment"
