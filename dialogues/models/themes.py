"""What was heard in many words, what becomes of it, and what people are told back."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.models import Opportunity
from dialogues.models.dialogues import Dialogue
from dialogues.models.silencing import words_set_aside
from dialogues.models.voices import Contribution, Voice
from dialogues.policies import DISPOSITION, REPLY
from foundation.history import History
from foundation.models import Door, Key, TenantModel, TenantQuerySet


class ThemeQuerySet(TenantQuerySet["Theme"]):
    def undisposed(self, on: date) -> "ThemeQuerySet":
        """Those of which nobody had said by that day what becomes of them."""
        return self.filter(harvested_on__lte=on).exclude(dispositions__on__lte=on)

    def unanswered(self, on: date) -> "ThemeQuerySet":
        """Those to which nobody had replied by that day."""
        return self.filter(harvested_on__lte=on).exclude(replies__on__lte=on)

    def with_story(self) -> "ThemeQuerySet":
        """Each with what was said and what became of it, as JSON, without a query for each."""
        assert self.agency is not None, "with_story() needs within(agency)"
        said = Words.objects.within(self.agency).filter(theme=OuterRef("pk"))
        became = Disposition.objects.within(self.agency).filter(theme=OuterRef("pk"))
        replies = Reply.objects.within(self.agency).filter(theme=OuterRef("pk"))
        # Words that are set aside stay counted; nobody reads them.
        hidden = Exists(words_set_aside(self.agency, self.agency.today()))
        told = said.annotate(
            shown=Case(
                When(hidden, then=Value("")), default=F("quote"), output_field=models.TextField()
            )
        )
        words = JSONObject(
            quote="shown",
            on="contribution__on",
            program=Q(contribution__dialogue=None, voice__dialogue=None),
            author="contribution__author",
            name="contribution__author__shown_name",
            named="contribution__named",
        )
        outcome = JSONObject(kind="kind", on="on", reason="reason", went_to="went_to")
        reply = JSONObject(on="on", text="text")
        return self.annotate(
            words_said=ArraySubquery(told.order_by("pk").values(row=words)),
            became=ArraySubquery(became.order_by("on", "pk").values(row=outcome)),
            replied=ArraySubquery(replies.order_by("on", "pk").values(row=reply)),
        )


class Theme(TenantModel):
    """What several people said, in one sentence, harvested by those who facilitate."""

    dialogue = Key(Dialogue, related_name="themes")
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True)
    harvested_on = models.DateField()
    harvested_by = Key(Member, related_name="+")
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    objects: ClassVar[Door[ThemeQuerySet]] = Door(ThemeQuerySet)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="theme_has_title"),
        ]
        indexes = [models.Index(fields=["agency", "dialogue"], name="theme_dialogue")]

    def __str__(self) -> str:
        return self.title

    @property
    def dispose_by(self) -> date:
        """The last day on which saying what becomes of it is on time."""
        return self.harvested_on + DISPOSITION.span(self.agency_id, self.agency.today())

    @property
    def reply_by(self) -> date:
        return self.harvested_on + REPLY.span(self.agency_id, self.agency.today())


class Words(TenantModel):
    """That a theme rests on what somebody said, and which of these words are quoted."""

    theme = Key(Theme, related_name="words")
    contribution = Key(Contribution, null=True, blank=True, related_name="words")
    voice = Key(Voice, null=True, blank=True, related_name="words")
    quote = models.TextField(blank=True)

    class Meta:
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


class DispositionKind(models.TextChoices):
    CELL = "cell", _("A cell takes it up")
    DIALOGUE = "dialogue", _("We work on it in the dialogue")
    ANSWERED = "answered", _("We can answer it now")
    PARKED = "parked", _("Set aside for now")
    NOT_OURS = "not_ours", _("It is not ours to decide")


class Disposition(TenantModel):
    """What becomes of a theme, from a day on; an earlier one stays on record."""

    theme = Key(Theme, related_name="dispositions")
    kind = models.CharField(max_length=10, choices=DispositionKind.choices)
    on = models.DateField()
    by = Key(Member, related_name="+")
    reason = models.TextField(blank=True)
    went_to = models.CharField(max_length=200, blank=True)
    opportunity = Key(Opportunity, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DispositionKind.values), name="disposition_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind="cell", opportunity__isnull=False)
                | (~Q(kind="cell") & Q(opportunity=None)),
                name="disposition_cell_has_opportunity",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["parked", "not_ours"]) | ~Q(reason=""),
                name="disposition_has_reason",
            ),
            models.CheckConstraint(
                condition=(Q(kind="not_ours") & ~Q(went_to=""))
                | (~Q(kind="not_ours") & Q(went_to="")),
                name="disposition_says_where_it_went",
            ),
        ]
        indexes = [models.Index(fields=["agency", "theme", "on"], name="disposition_theme_on")]

    def __str__(self) -> str:
        return self.kind


class Reply(TenantModel):
    """What people are told back: you said, we did."""

    theme = Key(Theme, related_name="replies")
    text = models.TextField()
    on = models.DateField()
    by = Key(Member, related_name="+")

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="reply_says_something"),
        ]
        indexes = [models.Index(fields=["agency", "theme", "on"], name="reply_theme_on")]

    def __str__(self) -> str:
        return f"reply {self.pk}"
