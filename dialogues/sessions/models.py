"""The two questions at the end of a session: who has answered, and anonymous answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.anonymity import AnonymousModel
from foundation.models import Key, TenantModel
from groups.models import Meeting

# From “I disagree a lot” to “I agree a lot”.
LOWEST, HIGHEST = 1, 5


class SessionSide(models.TextChoices):
    CONSUMER = "consumer", _("People who use services")
    PROVIDER = "provider", _("Staff who work with them")
    OTHER = "other", _("Others")


class SessionTurn(TenantModel):
    """A participant's used turn; nothing leads from here to the answer.

    It is forgotten when the questions close (`forget_turns`).
    """

    meeting = Key(Meeting, related_name="+")
    member = Key(Member, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "meeting", "member"], name="session_turn_once"
            )
        ]

    def __str__(self) -> str:
        return f"turn {self.pk}"


class SessionAnswer(AnonymousModel):
    """How much one person agreed, from 1 to 5, that they were heard and understand more."""

    meeting = Key(Meeting, related_name="+")
    side = models.CharField(max_length=10, choices=SessionSide.choices)
    heard = models.PositiveSmallIntegerField()
    understood = models.PositiveSmallIntegerField()

    class Meta(AnonymousModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=SessionSide.values), name="session_answer_side"
            ),
            models.CheckConstraint(
                condition=Q(heard__range=(1, 5), understood__range=(1, 5)),
                name="session_answer_scale",
            ),
        ]

    def __str__(self) -> str:
        return "an answer"
