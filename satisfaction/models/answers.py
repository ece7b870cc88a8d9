"""Answers and comments that belong to a round and to nobody: sealed first, then in the open."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from foundation.anonymity import AnonymousModel
from foundation.models import Key
from foundation.sealing import size
from satisfaction.models.rounds import SurveyRound

# A comment takes up to four bytes a letter; the scores and the side take some hundred bytes more.
LONGEST_COMMENT = 2_000
ROOM = 4 * LONGEST_COMMENT + 512


class AnswerSide(models.TextChoices):
    """How people say they take part: asked with the answers, and kept nowhere else."""

    CONSUMER = "consumer", _("I use services")
    OTHER = "other", _("I work here, or I take part in another way")
    UNSAID = "unsaid", _("I’d rather not say")


class SealedAnswer(AnonymousModel):
    """All that one person answered, in an envelope that is opened when the round closes.

    Every envelope has the same size, whatever is in it.
    """

    round = Key(SurveyRound, related_name="envelopes")
    envelope = models.BinaryField()

    class Meta(AnonymousModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Exact(Length("envelope"), size(ROOM)), name="sealed_answer_size"
            ),
        ]

    def __str__(self) -> str:
        return "a sealed answer"


class Answer(AnonymousModel):
    """One person's answers, from the envelopes of a closed round.

    `scores` has 1 to 5 for each statement, 0 for "does not apply".
    """

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
