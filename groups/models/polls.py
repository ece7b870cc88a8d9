"""Dates that are offered for a meeting, and which of them suit whom."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from groups.models.groups import Group
from groups.models.meetings import Meeting


class DatePollQuerySet(TenantQuerySet["DatePoll"]):
    def unsettled(self) -> "DatePollQuerySet":
        """Polls of which no date was chosen, and that were not taken back."""
        return self.filter(settled_on=None)

    def open(self, day: date) -> "DatePollQuerySet":
        """Polls in which people can still say what suits them on that day."""
        return self.unsettled().filter(closes_on__gte=day)


class DatePoll(TenantModel):
    """Which of some dates suit the people of a group, until a day.

    It closes by itself after that day. `meeting`: the one that was planned on the date chosen;
    settled without one, it was taken back or led to a series.
    """

    subject_code = "date_poll"

    group = Key(Group, related_name="+")
    minutes_planned = models.PositiveSmallIntegerField(default=60)
    asked_on = models.DateField()
    asked_by = Key(Member, related_name="+")
    closes_on = models.DateField()
    settled_on = models.DateField(null=True, blank=True)
    meeting = Key(Meeting, related_name="+", null=True, blank=True)

    objects: ClassVar[Door[DatePollQuerySet]] = Door(DatePollQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_planned__range=(1, 24 * 60)), name="date_poll_length"
            ),
            models.CheckConstraint(
                condition=Q(meeting=None) | Q(settled_on__isnull=False), name="date_poll_settled"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("asked_on")), name="date_poll_period"
            ),
        ]

    def __str__(self) -> str:
        return f"date poll {self.pk}"

    def is_open(self, day: date) -> bool:
        return self.settled_on is None and self.closes_on >= day


class PollDate(TenantModel):
    """One of the dates."""

    poll = Key(DatePoll, related_name="dates")
    starts_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "poll", "starts_at"], name="poll_date_once"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d}"


class Suits(models.TextChoices):
    YES = "yes", _("Yes")
    IF_NEEDED = "if_needed", _("If needed")
    NO = "no", _("No")


class DateAnswer(TenantModel):
    """Whether a date suits somebody, as they said last; it has no history."""

    date = Key(PollDate, related_name="answers")
    member = Key(Member, related_name="+")
    suits = models.CharField(max_length=10, choices=Suits.choices)
    entered_by = Key(Member, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "date", "member"], name="date_answer_once"),
            models.CheckConstraint(condition=Q(suits__in=Suits.values), name="date_answer_suits"),
        ]

    def __str__(self) -> str:
        return f"date answer {self.pk}"
