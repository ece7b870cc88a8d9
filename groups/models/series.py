"""Series of meetings: what they were planned by; each date is a meeting of its own."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.history import History
from foundation.models import Key, TenantModel
from groups.models.groups import Group


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every second week")
    MONTHLY = "monthly", _("Every month, such as on the second Tuesday")
    MONTHLY_LAST = "monthly_last", _("Every month, on the last such weekday")


class MeetingSeries(TenantModel):
    """The rhythm of some meetings of a group, as last planned or moved.

    `first_on` is a day that shows the weekday (and which one of the month), `clock` the hour where
    the agency is, and `until` the day of the last meeting.
    """

    subject_code = "meeting_series"

    group = Key(Group, related_name="series")
    rhythm = models.CharField(max_length=20, choices=Rhythm.choices)
    first_on = models.DateField()
    clock = models.TimeField()
    until = models.DateField()
    made_on = models.DateField()
    made_by = Key(Member, related_name="+")
    history = History()

    class Meta(TenantModel.Meta):
        verbose_name_plural = "meeting series"
        constraints = [
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="series_rhythm"),
            models.CheckConstraint(condition=Q(until__gte=F("first_on")), name="series_period"),
        ]

    def __str__(self) -> str:
        return f"{self.rhythm} from {self.first_on}"
