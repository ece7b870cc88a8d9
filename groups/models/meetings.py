"""Meetings, and who came."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Member, StandingKind
from foundation.models import Key, TenantModel
from groups.models.groups import Group


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class Meeting(TenantModel):
    """A meeting of a group (a session, where the group is a dialogue)."""

    group = Key(Group, related_name="meetings")
    starts_at = models.DateTimeField()
    on = models.DateField(help_text=_("The date of the meeting where the agency is."))
    minutes_planned = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=200, blank=True)
    agenda = models.TextField(blank=True)
    materials_sent_on = models.DateField(null=True, blank=True)
    minutes = models.TextField(blank=True)
    status = models.CharField(
        max_length=10, choices=MeetingStatus.choices, default=MeetingStatus.PLANNED
    )
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=MeetingStatus.values), name="meeting_status"
            ),
            models.CheckConstraint(
                condition=Q(minutes_planned__range=(1, 24 * 60)), name="meeting_length"
            ),
        ]
        indexes = [models.Index(fields=["agency", "on"], name="meeting_on")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.on}"


class Attendance(TenantModel):
    """That a member was at a meeting, and for how long."""

    meeting = Key(Meeting, related_name="attendances")
    member = Key(Member, related_name="+")
    standing = models.CharField(max_length=20, choices=StandingKind.choices)
    employed_peer = models.BooleanField(default=False)
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    recorded_by = Key(Member, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "meeting", "member"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=24), name="attendance_hours"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=StandingKind.values), name="attendance_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"attendance {self.pk}"
