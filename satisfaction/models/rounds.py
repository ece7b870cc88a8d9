"""A round of the survey, who was asked, and the codes that answer once."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.anonymity import AnonymousModel
from foundation.history import History
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from satisfaction.instrument import CURRENT, INSTRUMENTS, Instrument
from satisfaction.policies import LEAST_OPEN


class SurveyRoundQuerySet(TenantQuerySet["SurveyRound"]):
    def open(self) -> "SurveyRoundQuerySet":
        """Rounds that still accept answers."""
        return self.filter(closed_on=None)

    def closed(self, on: date) -> "SurveyRoundQuerySet":
        """Rounds closed by that day whose answers could be read."""
        return self.filter(closed_on__lte=on, lost=False)

    def due(self, on: date) -> "SurveyRoundQuerySet":
        """Rounds whose last day is over."""
        return self.open().filter(closes__lte=on)


class SurveyRound(TenantModel):
    """One run of the survey, about a period, for everyone who took part in it.

    Its closing day is fixed when it opens; the database lets it be postponed, never brought
    forward, and nobody closes a round before that day. Until then answers lie in envelopes that
    nobody opens.
    """

    subject_code = "survey_round"

    number = models.PositiveSmallIntegerField()
    instrument = models.CharField(max_length=10, default=CURRENT.version)
    since = models.DateField(help_text=_("The first day of the time it asks about."))
    until = models.DateField(help_text=_("The day after the last one that it asks about."))
    opens = models.DateField()
    closes = models.DateField(help_text=_("The first day on which it takes no more answers."))
    opened_by = Key(Member, related_name="+")
    # Closes the envelopes of its answers. The key that opens them lies in the key store, under the
    # name of this one, until the round closes.
    public_key = models.TextField(default="", db_default="", editable=False)
    reminded_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    # Its key was gone on its last day, so nobody can ever read its answers.
    lost = models.BooleanField(default=False, db_default=False)
    invited = models.PositiveIntegerField()
    consumers_invited = models.PositiveIntegerField()
    # How many had answered at the start of a day, in steps that reveal nobody.
    reached = models.PositiveIntegerField(default=0, db_default=0)
    reached_on = models.DateField(null=True, blank=True)
    # Counted at closing.
    answered = models.PositiveIntegerField(null=True, blank=True)
    on_paper = models.PositiveIntegerField(null=True, blank=True)
    consumers_answered = models.PositiveIntegerField(null=True, blank=True)
    consumers_on_paper = models.PositiveIntegerField(null=True, blank=True)
    history = History()

    objects: ClassVar[Door[SurveyRoundQuerySet]] = Door(SurveyRoundQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="round_number"),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(closed_on=None), name="round_one_open"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="round_period"),
            models.CheckConstraint(
                condition=Q(closes__gte=F("opens") + LEAST_OPEN.span), name="round_time"
            ),
            models.CheckConstraint(
                condition=Q(opens__gte=F("until")), name="round_asks_about_past"
            ),
            models.CheckConstraint(
                condition=Q(consumers_invited__lte=F("invited")), name="round_consumers_are_invited"
            ),
            models.CheckConstraint(
                condition=Q(
                    closed_on=None,
                    answered=None,
                    on_paper=None,
                    consumers_answered=None,
                    consumers_on_paper=None,
                )
                | Q(
                    closed_on__isnull=False,
                    closed_on__gte=F("closes"),
                    answered__isnull=False,
                    on_paper__isnull=False,
                    consumers_answered__isnull=False,
                    consumers_on_paper__isnull=False,
                    consumers_answered__lte=F("answered"),
                    on_paper__lte=F("answered"),
                    consumers_on_paper__lte=F("on_paper"),
                ),
                name="round_counted_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(lost=False)
                | Q(closed_on__isnull=False, answered__isnull=False, answered=0),
                name="round_lost_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.number}"

    @property
    def asks(self) -> Instrument:
        """The statements of the version the round was opened with."""
        return INSTRUMENTS[self.instrument]


class SurveyInvitation(TenantModel):
    """A member who was asked. Nothing here or elsewhere says whether they answered.

    It says nothing about how they take part: everyone who did gets one. `cleared`: they took the
    request off their own list, whether they had answered or not.
    """

    round = Key(SurveyRound, related_name="invitations")
    member = Key(Member, related_name="+")
    cleared = models.BooleanField(default=False, db_default=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "round", "member"], name="survey_invitation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"survey invitation {self.pk}"


class SurveyCode(AnonymousModel):
    """A code that answers a round once, by its digest; it belongs to nobody.

    A member's code can be derived from their key only with the round's secret, which lies in the
    key store; a printed sheet's code was drawn at random.
    """

    round = Key(SurveyRound, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    printed = models.BooleanField(default=False, db_default=False)
    spent = models.BooleanField(default=False, db_default=False)

    def __str__(self) -> str:
        return "a code"
