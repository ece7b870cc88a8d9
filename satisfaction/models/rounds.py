"""A round of the survey, and the invitations that let each person answer it once."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from satisfaction.instrument import CURRENT, INSTRUMENTS, Instrument


class Audience(models.TextChoices):
    CONSUMERS = "consumers", _("People who use services")
    EVERYONE = "everyone", _("Everyone who took part")


class Side(models.TextChoices):
    """The class that an answer may be counted in; nothing finer is kept."""

    CONSUMER = "consumer", _("People who use services")
    OTHER = "other", _("Everyone else")


class RoundQuerySet(TenantQuerySet["SurveyRound"]):
    def open(self) -> "RoundQuerySet":
        """Those that still take answers."""
        return self.filter(closed_on=None)

    def closed(self, on: date) -> "RoundQuerySet":
        """Those that were closed by that day."""
        return self.filter(closed_on__lte=on)

    def due(self, on: date) -> "RoundQuerySet":
        """Those whose last day is over."""
        return self.open().filter(closes__lte=on)


class SurveyRound(TenantModel):
    """One asking of the survey, about a time, to those who took part in it."""

    number = models.PositiveSmallIntegerField()
    instrument = models.CharField(max_length=10, default=CURRENT.version)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.CONSUMERS)
    since = models.DateField(help_text=_("The first day of the time it asks about."))
    until = models.DateField(help_text=_("The day after the last one that it asks about."))
    opens = models.DateField()
    closes = models.DateField(help_text=_("The first day on which it takes no more answers."))
    opened_by = Key(Member, related_name="+")
    reminded_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    # Counted when it closes.
    invited = models.PositiveIntegerField(null=True, blank=True)
    answered = models.PositiveIntegerField(null=True, blank=True)
    consumers_invited = models.PositiveIntegerField(null=True, blank=True)
    consumers_answered = models.PositiveIntegerField(null=True, blank=True)
    history = HistoricalRecords()

    objects: ClassVar[Door[RoundQuerySet]] = Door(RoundQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="round_number"),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(closed_on=None), name="round_one_open"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="round_audience"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="round_period"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="round_time"),
            models.CheckConstraint(
                condition=Q(opens__gte=F("until")), name="round_asks_about_past"
            ),
            models.CheckConstraint(
                condition=Q(
                    closed_on=None,
                    invited=None,
                    answered=None,
                    consumers_invited=None,
                    consumers_answered=None,
                )
                | Q(
                    closed_on__gte=F("opens"),
                    invited__isnull=False,
                    answered__isnull=False,
                    consumers_invited__isnull=False,
                    consumers_answered__isnull=False,
                    answered__lte=F("invited"),
                    consumers_answered__lte=F("consumers_invited"),
                ),
                name="round_counted_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.number}"

    @property
    def asks(self) -> Instrument:
        """The statements of the version that this round was opened with."""
        return INSTRUMENTS[self.instrument]


class SurveyInvitation(TenantModel):
    """That a member may answer a round once. Nothing leads from here to what they answered.

    The code by which they answer is not kept, only its digest.
    """

    round = Key(SurveyRound, related_name="invitations")
    member = Key(Member, related_name="+")
    side = models.CharField(max_length=10, choices=Side.choices)
    digest = models.CharField(max_length=64, unique=True)
    spent = models.BooleanField(default=False, db_default=False)
    # A person without a screen agreed that somebody types in what they wrote on paper.
    entered_by = Key(Member, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "round", "member"], name="survey_invitation_once"
            ),
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="survey_invitation_side"
            ),
        ]

    def __str__(self) -> str:
        return f"survey invitation {self.pk}"
