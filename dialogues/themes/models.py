"""Themes: what was heard in many people's words."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Member
from dialogues.dialogue.models import Dialogue
from dialogues.policies import DISPOSITION, REPLY
from dialogues.voices.models import Contribution, Voice
from foundation.history import History
from foundation.models import Door, Key, TenantModel, TenantQuerySet


class ThemeQuerySet(TenantQuerySet["Theme"]):
    def undisposed(self, on: date) -> "ThemeQuerySet":
        """Themes without a disposition by that day."""
        return self.filter(harvested_on__lte=on).exclude(dispositions__on__lte=on)

    def unanswered(self, on: date) -> "ThemeQuerySet":
        """Themes without a reply by that day."""
        return self.filter(harvested_on__lte=on).exclude(replies__on__lte=on)


class Theme(TenantModel):
    """What several people said, in one sentence, harvested by facilitators."""

    subject_code = "theme"

    dialogue = Key(Dialogue, related_name="themes")
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True)
    harvested_on = models.DateField()
    harvested_by = Key(Member, related_name="+")
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    objects: ClassVar[Door[ThemeQuerySet]] = Door(ThemeQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="theme_has_title"),
        ]
        indexes = [models.Index(fields=["agency", "dialogue"], name="theme_dialogue")]

    def __str__(self) -> str:
        return self.title

    @property
    def dispose_by(self) -> date:
        """The last day on which a disposition is on time."""
        return self.harvested_on + DISPOSITION.span(self.agency_id, self.agency.today())

    @property
    def reply_by(self) -> date:
        return self.harvested_on + REPLY.span(self.agency_id, self.agency.today())


class Words(TenantModel):
    """A theme's link to words it rests on, and the quote from them."""

    theme = Key(Theme, related_name="words")
    contribution = Key(Contribution, null=True, blank=True, related_name="words")
    voice = Key(Voice, null=True, blank=True, related_name="words")
    quote = models.TextField(blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(contribution__isnull=False, voice=None)
                | Q(contribution=None, voice__isnull=False),
                name="words_of_one_source",
            ),
            models.UniqueConstraint(
                fields=["agency", "theme", "contribution"], name="words_contribution_once"
            ),
            models.UniqueConstraint(fields=["agency", "theme", "voice"], name="words_voice_once"),
        ]

    def __str__(self) -> str:
        return f"words {self.pk}"
