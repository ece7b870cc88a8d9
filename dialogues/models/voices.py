"""What people say: with their account, on paper, or as nobody."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from dialogues.models.dialogues import Dialogue
from foundation.anonymity import AnonymousModel, random_key
from foundation.models import Agency, Door, Key, TenantModel, TenantQuerySet


class Prompt(models.TextChoices):
    """What a dialogue asks about by default."""

    EXPERIENCE = "experience", _("What has it been like for you here?")
    RELATIONSHIP = "relationship", _("How do staff and the people who come here get along?")
    RECOVERY = "recovery", _("What helps your recovery here? What gets in the way?")
    OTHER = "other", _("Something else")


def _set_aside(agency: Agency, on: date) -> TenantQuerySet[Any]:
    """What sets words aside on that day; its rows point at the models of this module."""
    from dialogues.models.silencing import Silencing

    return Silencing.objects.within(agency).hiding(on)


class UnheardQuerySet(TenantQuerySet["Contribution"]):
    def unheard(self) -> "UnheardQuerySet":
        """Those that are in no theme yet."""
        return self.filter(words=None)

    def unread(self) -> "UnheardQuerySet":
        """Those that nobody has looked at yet."""
        return self.filter(first_look_on=None)

    def readable(self, on: date) -> "UnheardQuerySet":
        """What is shown on that day: words without a name only when their own day is over.

        All of a day then appear at once and in random order, so that whoever watches the list
        can't tell when one of them came. Nobody reads what is set aside.
        """
        assert self.agency is not None, "readable() is asked within(agency)"
        hiding = _set_aside(self.agency, on).filter(contribution=OuterRef("pk"))
        return self.filter(Q(named=True) | Q(on__lt=on)).exclude(Exists(hiding))


class Clocks(models.Model):
    """What was promised when it was said (`dialogues.clocks`), and when somebody first read it."""

    look_by = models.DateField()
    hear_by = models.DateField()
    reply_by = models.DateField()
    first_look_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Contribution(Clocks, TenantModel):
    """What a member said in a dialogue, or to the whole program (no dialogue).

    With `named` unset nobody is shown who said it; the author is kept to be told what came of it.
    Without an author it was entered from paper for somebody who is not a member. Keys are random:
    they stand on pages, and in their order one would read when words without a name came.
    """

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

    class Meta:
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
        """Those that are in no theme yet."""
        return self.filter(words=None)

    def unread(self) -> "UnheardVoiceQuerySet":
        """Those that nobody has looked at yet."""
        return self.filter(first_look_on=None)

    def readable(self, on: date) -> "UnheardVoiceQuerySet":
        """Those whose own day is over: see `Contribution`."""
        assert self.agency is not None, "readable() is asked within(agency)"
        hiding = _set_aside(self.agency, on).filter(voice=OuterRef("pk"))
        return self.filter(on__lt=on).exclude(Exists(hiding))


class Voice(Clocks, AnonymousModel):
    """What somebody said as nobody: the words, the day, and the digest of a code for the reply."""

    dialogue = Key(Dialogue, null=True, blank=True, related_name="voices")
    prompt = models.CharField(max_length=15, choices=Prompt.choices, default=Prompt.OTHER)
    text = models.TextField()
    on = models.DateField()
    receipt = models.CharField(max_length=64, unique=True)

    objects: ClassVar[Door[UnheardVoiceQuerySet]] = Door(UnheardVoiceQuerySet)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(prompt__in=Prompt.values), name="voice_prompt"),
            models.CheckConstraint(condition=~Q(text=""), name="voice_says_something"),
        ]
        indexes = [models.Index(fields=["agency", "on"], name="voice_on")]

    def __str__(self) -> str:
        return "a voice"


class VoiceDoor(TenantModel):
    """An open address for anonymous words, of one dialogue or of the whole agency (no dialogue)."""

    dialogue = Key(Dialogue, null=True, blank=True, related_name="doors")
    code = models.CharField(max_length=20, unique=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "dialogue"],
                condition=Q(closed_on=None),
                nulls_distinct=False,
                name="voice_door_one_open",
            )
        ]

    def __str__(self) -> str:
        return self.code
