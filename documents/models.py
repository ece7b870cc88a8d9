"""Governing documents: their versions, ratings and ratifications."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, StandingKind
from foundation.history import History
from foundation.models import Door, Key, OneKey, TenantModel, TenantQuerySet
from groups.models import Decision, Group, GroupKind


class DocumentKind(models.TextChoices):
    MISSION = "mission", _("Mission statement")
    PROCESS = "process", _("How we improve quality")
    CHARTER = "charter", _("Charter of the oversight committee")


class Form(models.TextChoices):
    NARRATIVE = "narrative", _("Text")
    STEPS = "steps", _("Steps that are drawn as a flowchart")
    CHART = "chart", _("List of steps, with the same in sentences")


# The two bodies that must ratify a version to bring it into force.
BODIES = (GroupKind.COMMITTEE, GroupKind.GOVERNING_BODY)


class Document(TenantModel):
    """A governing document of an agency; its versions hold the text."""

    kind = models.CharField(max_length=20, choices=DocumentKind.choices)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind"),
            models.UniqueConstraint(fields=["agency", "kind"], name="document_once"),
        ]

    def __str__(self) -> str:
        return self.kind


class VersionStatus(models.TextChoices):
    """The status of a version on a day; derived, never stored."""

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Waiting for a decision")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Replaced by a newer one")


class VersionQuerySet(TenantQuerySet["Version"]):
    def of(self, kind: str) -> "VersionQuerySet":
        return self.filter(document__kind=kind)

    def drafts(self) -> "VersionQuerySet":
        return self.filter(proposed_on=None)

    def proposed(self) -> "VersionQuerySet":
        """Versions put before the bodies: their text is fixed."""
        return self.filter(proposed_on__isnull=False)

    def in_force(self, on: date) -> "VersionQuerySet":
        """For each document, the newest version that had come into force by that day."""
        newest = Window(
            RowNumber(),
            partition_by=[F("agency"), F("document")],
            order_by=F("number").desc(),
        )
        return self.filter(in_force_on__lte=on).annotate(place=newest).filter(place=1)


class Version(TenantModel):
    """One numbered version of a document; fixed once it was put before the bodies."""

    subject_code = "document_version"

    document = Key(Document, related_name="versions")
    number = models.PositiveIntegerField()
    form = models.CharField(max_length=10, choices=Form.choices, default=Form.NARRATIVE)
    text = models.TextField(
        help_text=_("For a chart, one step a line. For steps, what comes before them.")
    )
    text_equivalent = models.TextField(
        blank=True, help_text=_("The same in sentences, for those who can't see a chart.")
    )
    drafted_by = Key(Member, related_name="+")
    drafted_on = models.DateField()
    proposed_on = models.DateField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    objects: ClassVar[Door[VersionQuerySet]] = Door(VersionQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(form__in=Form.values), name="version_form"),
            models.CheckConstraint(condition=~Q(text=""), name="version_has_text"),
            models.CheckConstraint(
                condition=~Q(form="chart") | ~Q(text_equivalent=""),
                name="version_chart_has_text_equivalent",
            ),
            # Decisions on paper may have brought it into force before it was proposed here.
            models.CheckConstraint(
                condition=Q(in_force_on=None) | Q(proposed_on__isnull=False),
                name="version_in_force_was_proposed",
            ),
            models.UniqueConstraint(fields=["agency", "document", "number"], name="version_number"),
            models.UniqueConstraint(
                fields=["agency", "document"],
                condition=Q(proposed_on=None),
                name="version_one_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def lines(self) -> list[str]:
        """The lines of a chart that was written as text."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]

    @property
    def charter_terms(self) -> "CharterTerms | None":
        """Its terms as data, where they were entered; no query if they are loaded."""
        return getattr(self, "terms", None)

    @property
    def ordered_steps(self) -> "list[ProcessStep]":
        """The steps of a process, in order; one query, none for other forms."""
        if self.form != Form.STEPS:
            return []
        return sorted(self.steps.all(), key=lambda step: step.position)


class ProcessStep(TenantModel):
    """One step of a process; fixed with its version."""

    process = Key(Version, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    who_decides = models.CharField(max_length=300)
    consumers = models.CharField(
        max_length=300, help_text=_("Where consumers take part in the step.")
    )
    feedback = models.CharField(max_length=300, blank=True, default="")
    appeal = models.CharField(max_length=300, blank=True, default="")
    measure = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(who_decides="") & ~Q(consumers=""),
                name="process_step_says_who",
            ),
            # Deferred: two steps change places in one transaction.
            models.UniqueConstraint(
                fields=["agency", "process", "position"],
                name="process_step_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.position}"


class DecidesBy(models.TextChoices):
    CONSENT = "consent", _("Consent: nobody objects")
    MAJORITY = "majority", _("Majority of those who vote")


class CharterTerms(TenantModel):
    """What a charter says, as data: numbers that are compared, and words; fixed with its version.

    `seats_…` are seats with a vote. `quorum_percent` is the share of those who hold one.
    """

    charter = OneKey(Version, related_name="terms")
    seats_consumers = models.PositiveSmallIntegerField()
    seats_family = models.PositiveSmallIntegerField(default=0)
    seats_staff = models.PositiveSmallIntegerField(default=0)
    seats_others = models.PositiveSmallIntegerField(default=0)
    term_months = models.PositiveSmallIntegerField()
    terms_in_a_row = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Empty if there is no limit.")
    )
    quorum_percent = models.PositiveSmallIntegerField()
    quorum_consumers = models.PositiveSmallIntegerField()
    decides_by = models.CharField(
        max_length=10, choices=DecidesBy.choices, default=DecidesBy.CONSENT
    )
    chair = models.BooleanField(default=False)
    co_chair = models.BooleanField(default=False)
    note_taker = models.BooleanField(default=False)
    grounds = models.TextField(blank=True, help_text=_("On which grounds a seat can be ended."))
    powers = models.TextField(blank=True)
    budget = models.TextField(blank=True)
    disputes = models.TextField(blank=True, help_text=_("How disputes end."))
    minutes_to_board = models.BooleanField(default=False)
    minutes_to_program = models.BooleanField(default=False)
    minutes_to_public = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    class Meta(TenantModel.Meta):
        verbose_name_plural = "charter terms"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    seats_consumers__gt=F("seats_family") + F("seats_staff") + F("seats_others")
                ),
                name="charter_consumers_have_more_than_half",
            ),
            models.CheckConstraint(
                condition=Q(term_months__gte=1)
                & (Q(terms_in_a_row=None) | Q(terms_in_a_row__gte=1)),
                name="charter_terms_last",
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent__gte=1, quorum_percent__lte=100)
                & Q(quorum_consumers__gte=1, quorum_consumers__lte=F("seats_consumers")),
                name="charter_quorum_can_be_met",
            ),
            models.CheckConstraint(
                condition=Q(decides_by__in=DecidesBy.values), name="charter_decides_by"
            ),
            models.CheckConstraint(
                condition=Q(chair=True) | Q(co_chair=True), name="charter_has_a_chair"
            ),
        ]

    def __str__(self) -> str:
        return f"terms of {self.charter_id}"


class Ratification(TenantModel):
    """A body's adoption of a version, with its decision; never changed."""

    version = Key(Version, related_name="ratifications")
    body = models.CharField(max_length=20, choices=GroupKind.choices)
    group = Key(Group, related_name="+")
    decision = Key(Decision, related_name="+")
    on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(body__in=["committee", "governing_body"]), name="ratification_body"
            ),
            models.UniqueConstraint(
                fields=["agency", "version", "body"], name="ratification_once_per_body"
            ),
        ]

    def __str__(self) -> str:
        return f"ratification {self.pk}"


class Rating(TenantModel):
    """One member's rating of a version against its checklist; a later one replaces it."""

    version = Key(Version, related_name="ratings")
    rater = Key(Member, related_name="+")
    standing = models.CharField(max_length=20, choices=StandingKind.choices)
    employed_peer = models.BooleanField(default=False)
    mission = Key(
        Version,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("For the process: the mission statement that was in force."),
    )
    entered_by = Key(Member, related_name="+", null=True, blank=True)
    on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=StandingKind.values), name="rating_standing"
            ),
        ]
        indexes = [models.Index(fields=["agency", "version", "rater"], name="rating_by_rater")]

    def __str__(self) -> str:
        return f"rating {self.pk}"


class RatingItem(TenantModel):
    """Whether a rater found one checklist item, and the words that show it."""

    rating = Key(Rating, related_name="items")
    code = models.CharField(max_length=30)
    present = models.BooleanField()
    words = models.TextField(blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "rating", "code"], name="item_once"),
            models.CheckConstraint(
                condition=Q(present=False) | ~Q(words=""), name="item_present_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.code}"
