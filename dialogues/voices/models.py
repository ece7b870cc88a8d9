"""What people say: with an account, on paper, or anonymously."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from dialogues.dialogue.models import Dialogue
from foundation.anonymity import AnonymousModel, random_key
from foundation.models import Door, Key, TenantModel, TenantQuerySet


class Prompt(models.TextChoices):
    """A dialogue's default questions."""

    EXPERIENCE = "experience", _("What has it been like for you here?")
    RELATIONSHIP = "relationship", _("How do staff and the people who come here get along?")
    RECOVERY = "recovery", _("What helps your recovery here? What gets in the way?")
    OTHER = "other", _("Something else")


class UnheardQuerySet(TenantQuerySet["Contribution"]):
    def unheard(self) -> "UnheardQuerySet":
        """Contributions that are in no theme yet."""
        return self.filter(words=None)

    def unread(self) -> "UnheardQuerySet":
        """Contributions that nobody has read yet."""
        return self.filter(first_look_on=None)

    def due(self, on: date) -> "UnheardQuerySet":
        """Contributions shown on that day: unsigned ones only once their own day is over.

        All of a day's then appear at once and in random order, so that somebody who watches the
        list can't tell when any of them came.
        """
        return self.filter(Q(named=True) | Q(on__lt=on))


class Clocks(models.Model):
    """The deadlines promised at the time (`dialogues.voices.clocks`), and the first reading."""

    look_by = models.DateField()
    hear_by = models.DateField()
    reply_by = models.DateField()
    first_look_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Contribution(Clocks, TenantModel):
    """What a member said in a dialogue, or to the whole program (no dialogue).

    Unless `named`, nobody is shown who said it; the author is stored to be told what came of it.
    Without an author it was entered from paper for somebody who is not a member. Keys are random:
    pages show them, and sequential ones would reveal when unsigned words came.
    """

    subject_code = "contribution"

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    dialogue = Key(Dialogue, null=True, blank=True, related_name="contributions")
    author = Key(Member, null=True, blank=True, related_name="+")
    named = models.BooleanField(default=True)
    prompt = models.CharField(max_length=15, choices=Prompt.choices, default=Prompt.OTHER)
    text = models.TextField()
    on = models.DateField()
    entered_by = Key(Member, null=True, blank=True, related_name="+")
    consented_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[UnheardQuerySet]] = Door(UnheardQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(prompt__in=Prompt.values), name="contribution_prompt"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="contribution_says_something"),
            models.CheckConstraint(
                condition=Q(author__isnull=False) | Q(entered_by__isnull=False, named=False),
                name="contribution_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(entered_by=None, consented_on=None)
                | Q(entered_by__isnull=False, consented_on__isnull=False),
                name="contribution_entered_with_consent",
            ),
        ]
        indexes = [models.Index(fields=["agency", "dialogue", "-on"], name="contribution_on")]

    def __str__(self) -> str:
        return f"contribution {self.pk}"


class UnheardVoiceQuerySet(TenantQuerySet["Voice"]):
    def unheard(self) -> "UnheardVoiceQuerySet":
        """Voices that are in no theme yet."""
        return self.filter(words=None)

    def unread(self) -> "UnheardVoiceQuerySet":
        """Voices that nobody has read yet."""
        return self.filter(first_look_on=None)

    def due(self, on: date) -> "UnheardVoiceQuerySet":
        """Voices whose own day is over: see `Contribution`."""
        return self.filter(on__lt=on)


class Voice(Clocks, AnonymousModel):
    """Anonymous words: the text, the day, and the digest of a code for the reply."""

    dialogue = Key(Dialogue, null=True, blank=True, related_name="voices")
    prompt = models.CharField(max_length=15, choices=Prompt.choices, default=Prompt.OTHER)
    text = models.TextField()
    on = models.DateField()
    receipt = models.CharField(max_length=64, unique=True)

    objects: ClassVar[Door[UnheardVoiceQuerySet]] = Door(UnheardVoiceQuerySet)

    class Meta(AnonymousModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(prompt__in=Prompt.values), name="voice_prompt"),
            models.CheckConstraint(condition=~Q(text=""), name="voice_says_something"),
        ]
        indexes = [models.Index(fields=["agency", "on"], name="voice_on")]

    def __str__(self) -> str:
        return "a voice"
