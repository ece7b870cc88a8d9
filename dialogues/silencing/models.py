"""Words that are set aside, by whom and why; and their authors' appeals."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from dialogues.dialogue.models import Dialogue
from dialogues.policies import SILENCED
from dialogues.sessions.models import SessionSide
from dialogues.silencing.reasons import ALONE, SilenceCode
from dialogues.voices.models import Contribution, Voice
from foundation.anonymity import AnonymousModel
from foundation.models import Agency, Door, Key, OneKey, TenantModel, TenantQuerySet


class Ended(models.TextChoices):
    UNDONE = "undone", _("Undone")
    REFUSED = "refused", _("The other side did not agree")
    WITHDRAWN = "withdrawn", _("Taken back")
    LAPSED = "lapsed", _("Not decided in time")
    EXPIRED = "expired", _("The time was over")


_ALONE = Q(code__in=["spam", "identifies"])
_SIDES = [SessionSide.CONSUMER.value, SessionSide.PROVIDER.value]


class SilencingQuerySet(TenantQuerySet["Silencing"]):
    def hiding(self, on: date) -> "SilencingQuerySet":
        """Rows that keep the words from being read on that day."""
        holds = Q(code="spam") | Q(code="identifies", until__gt=on) | Q(agreed_on__isnull=False)
        stands = (
            Q(appeal=None)
            | Q(appeal__outcome=AppealOutcome.STAYS)
            | Q(appeal__outcome=AppealOutcome.OPEN, appeal__until__gt=on)
        )
        return self.filter(holds & stands, ended_on=None)

    def undecided(self, on: date) -> "SilencingQuerySet":
        """Requests awaiting the other side; the words are readable meanwhile."""
        return self.filter(~_ALONE, agreed_on=None, ended_on=None, until__gt=on)

    def run_out(self, on: date) -> "SilencingQuerySet":
        """Rows whose time is over but not yet recorded as ended."""
        return self.filter(agreed_on=None, ended_on=None, until__lte=on)


class Silencing(TenantModel):
    """Words set aside, or a request to do so: dates and codes only.

    It has no event, no history, random keys, and no time finer than a day, since its row leads to
    words whose author must stay unknown. Only an end may change it, and it is never deleted (see
    the trigger `silencing_stays`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dialogue = Key(Dialogue, null=True, blank=True, related_name="+")
    contribution = Key(Contribution, null=True, blank=True, related_name="silencings")
    voice = Key(Voice, null=True, blank=True, related_name="silencings")
    code = models.CharField(max_length=15, choices=SilenceCode.choices)
    on = models.DateField()
    until = models.DateField(
        null=True, blank=True, help_text=_("The first day on which it holds no longer.")
    )
    asked_by = Key(Member, related_name="+")
    asked_side = models.CharField(max_length=10, blank=True)
    agreed_by = Key(Member, null=True, blank=True, related_name="+")
    agreed_side = models.CharField(max_length=10, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    ended_how = models.CharField(max_length=10, choices=Ended.choices, blank=True)
    ended_by = Key(Member, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[SilencingQuerySet]] = Door(SilencingQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(contribution__isnull=False, voice=None)
                | Q(contribution=None, voice__isnull=False),
                name="silencing_of_one_source",
            ),
            models.CheckConstraint(condition=Q(code__in=SilenceCode.values), name="silencing_code"),
            models.CheckConstraint(
                condition=Q(code="spam", until=None)
                | (
                    ~Q(code="spam")
                    & Q(until__isnull=False, until__gt=F("on"))
                    & Q(until__lte=F("on") + SILENCED.value)
                ),
                name="silencing_never_waits_for_long",
            ),
            models.CheckConstraint(
                condition=(_ALONE & Q(asked_side="", agreed_by=None))
                | (~_ALONE & Q(asked_side__in=_SIDES)),
                name="silencing_alone_or_for_a_side",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None, agreed_side="", agreed_on=None)
                | (
                    Q(agreed_by__isnull=False, agreed_side__in=_SIDES)
                    & Q(agreed_on__isnull=False, agreed_on__gte=F("on"))
                    & (Q(until=None) | Q(agreed_on__lt=F("until")))
                    & ~Q(agreed_by=F("asked_by"))
                    & ~Q(agreed_side=F("asked_side"))
                ),
                name="silencing_by_two_of_two_sides_in_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_how="", ended_by=None)
                | (
                    Q(ended_on__isnull=False, ended_on__gte=F("on")) & Q(ended_how__in=Ended.values)
                ),
                name="silencing_ends_somehow",
            ),
            models.CheckConstraint(
                condition=~Q(ended_how="undone")
                | (Q(ended_by__isnull=False) & ~Q(ended_by=F("asked_by"))),
                name="silencing_undone_by_another",
            ),
            # Once undone or lapsed, a reason can't be given for the same words again.
            models.UniqueConstraint(
                fields=["agency", "contribution", "code"], name="silencing_contribution_once"
            ),
            models.UniqueConstraint(
                fields=["agency", "voice", "code"], name="silencing_voice_once"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "voice"], name="silencing_voice"),
            models.Index(fields=["agency", "contribution"], name="silencing_contribution"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def alone(self) -> bool:
        """Whether one person decides it."""
        return self.code in ALONE

    @property
    def words(self) -> Contribution | Voice:
        found = self.contribution or self.voice
        assert found is not None
        return found


class AppealOutcome(models.TextChoices):
    OPEN = "", _("Not decided yet")
    BACK = "back", _("The words are back")
    STAYS = "stays", _("They stay set aside")


class Appeal(AnonymousModel):
    """An author's appeal, to the consumer members of the committee."""

    silencing = OneKey(Silencing, related_name="appeal")
    text = models.TextField(blank=True)
    on = models.DateField()
    until = models.DateField(help_text=_("Undecided by this day, the words are back."))
    outcome = models.CharField(max_length=5, choices=AppealOutcome.choices, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta(AnonymousModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("on")), name="appeal_clock"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_on=None)
                | Q(
                    outcome__in=["back", "stays"],
                    decided_on__isnull=False,
                    decided_on__gte=F("on"),
                ),
                name="appeal_decided_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return "an appeal"


class AppealVote(TenantModel):
    """The vote of one consumer member of the committee."""

    appeal = Key(Appeal, related_name="votes")
    member = Key(Member, related_name="+")
    back = models.BooleanField()
    on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "appeal", "member"], name="appeal_vote_once")
        ]

    def __str__(self) -> str:
        return f"vote {self.pk}"


def words_set_aside(agency: Agency, on: date) -> SilencingQuerySet:
    """A subquery for rows of a theme's `Words`: what sets their source aside."""
    return (
        Silencing.objects.within(agency)
        .hiding(on)
        .filter(
            Q(voice__isnull=False, voice=OuterRef("voice"))
            | Q(contribution__isnull=False, contribution=OuterRef("contribution"))
        )
    )
