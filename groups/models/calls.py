"""What came of calling people who get no message about a meeting."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Key, TenantModel
from groups.models.meetings import Meeting


class CallResult(models.TextChoices):
    REACHED = "reached", _("Reached")
    LEFT_WORD = "left_word", _("Left word")
    NOT_REACHED = "not_reached", _("Not reached")


class MeetingCall(TenantModel):
    """Whether somebody was reached about a meeting on its day; the last entry holds."""

    meeting = Key(Meeting, related_name="+")
    member = Key(Member, related_name="+")
    on = models.DateField()
    result = models.CharField(max_length=20, choices=CallResult.choices)
    by = Key(Member, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "meeting", "member", "on"], name="meeting_call_once"
            ),
            models.CheckConstraint(
                condition=Q(result__in=CallResult.values), name="meeting_call_result"
            ),
        ]

    def __str__(self) -> str:
        return f"meeting call {self.pk}"
