"""Which reminders of a meeting were sent, so that each is sent once."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.models import Key, TenantModel
from groups.models.meetings import Meeting


class RemindedAhead(models.TextChoices):
    DAY = "day", _("The day before")
    WEEK = "week", _("A week before")


class MeetingReminder(TenantModel):
    """That a group's people were reminded of a meeting on this day, or told of it otherwise."""

    meeting = Key(Meeting, related_name="reminders")
    ahead = models.CharField(max_length=10, choices=RemindedAhead.choices)
    on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "meeting", "ahead", "on"], name="reminder_once"
            ),
            models.CheckConstraint(
                condition=Q(ahead__in=RemindedAhead.values), name="reminder_ahead"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ahead} before {self.on}"
