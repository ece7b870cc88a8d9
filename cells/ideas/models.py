from datetime import date
from typing import ClassVar

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.cell.models import Cell
from foundation.history import History
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from foundation.transitions import StatefulModel, Transitions
from groups.models import Decision


class OpportunityKind(models.TextChoices):
    PROBLEM = "problem", _("Something to make better")
    STRENGTH = "strength", _("Something good to build on")


class OpportunityState(models.TextChoices):
    RAISED = "raised", _("Raised")
    CHOSEN = "chosen", _("Chosen")
    PARKED = "parked", _("Set aside for now")
    DECLINED = "declined", _("Not taken up")
    CLOSING = "closing", _("Did it work? The cell decides")
    DONE = "done", _("Done")
    MERGED = "merged", _("Part of another idea")
    SPLIT = "split", _("Split into smaller ideas")
    ENDED = "ended", _("Ended with its cell")


class Overdue(models.TextChoices):
    RANK = "rank", _("Overdue: not ranked yet")
    PLAN = "plan", _("Overdue: no plan under way")
    TARGET = "target", _("Overdue: past the day of its goal")
    CONFIRM = "confirm", _("Overdue: the cell has not said if it worked")


# They live on in other ideas, so nothing is done with them themselves.
GONE_ON = frozenset({OpportunityState.MERGED, OpportunityState.SPLIT})

# States in which a closing cell must decide the idea's fate.
UNFINISHED = frozenset({OpportunityState.RAISED, OpportunityState.CHOSEN, OpportunityState.PARKED})

# Similarity above which two texts count as equal, and a text as mentioning the idea.
ALIKE, SPEAKS_OF = 0.3, 0.6


class OpportunityQuerySet(TenantQuerySet["Opportunity"]):
    def to_rank(self) -> "OpportunityQuerySet":
        """Ideas that a round may rank."""
        return self.filter(state=OpportunityState.RAISED)

    def visible_to(self, member: Member, on: date) -> "OpportunityQuerySet":
        """Ideas of cells whose existence the member may know of."""
        return self.filter(cell__in=Cell.objects.within(member.agency).visible_to(member, on))

    def from_origin(self, origin_type: str, origin_id: int) -> "OpportunityQuerySet":
        """Ideas from one subject of another app, such as a dialogue's theme."""
        return self.filter(origin_type=origin_type, origin_id=origin_id)

    def like(self, words: str) -> "OpportunityQuerySet":
        """Ideas that may say the same, most similar first, without those that live on in others.

        By PostgreSQL's trigrams. There is no index: row-level security would prevent its use, and
        an agency's ideas are few enough to scan.
        """
        return (
            self.exclude(state__in=GONE_ON)
            .by_likeness(words)
            .filter(Q(alike__gte=ALIKE) | Q(named__gte=SPEAKS_OF) | Q(spoken__gte=SPEAKS_OF))
        )

    def by_likeness(self, words: str) -> "OpportunityQuerySet":
        """All ideas, most similar to these words first."""
        rows = self.annotate(
            alike=TrigramSimilarity("title", words),
            named=TrigramWordSimilarity(words, "title"),
            spoken=TrigramWordSimilarity(words, "description"),
        )
        return rows.order_by(-Greatest("alike", "named", "spoken"), "-pk")

    def newest_first(self) -> "OpportunityQuerySet":
        return self.order_by("-raised_on", "-pk")


class Opportunity(StatefulModel):
    """Something that could be better, or something good to build on.

    Its author is the person it was entered for (with their consent), otherwise whoever raised it.
    Its origin, if any, is a subject of an upper app, by label and key, with its words.
    """

    subject_code = "opportunity"
    moves = Transitions(
        field="state",
        first=frozenset({OpportunityState.RAISED}),
        moves={
            OpportunityState.RAISED: frozenset(
                {
                    OpportunityState.CHOSEN,
                    OpportunityState.PARKED,
                    OpportunityState.DECLINED,
                    OpportunityState.MERGED,
                    OpportunityState.SPLIT,
                    OpportunityState.ENDED,
                }
            ),
            OpportunityState.CHOSEN: frozenset(
                {OpportunityState.PARKED, OpportunityState.CLOSING, OpportunityState.ENDED}
            ),
            OpportunityState.CLOSING: frozenset(
                {OpportunityState.CHOSEN, OpportunityState.DONE, OpportunityState.ENDED}
            ),
            OpportunityState.PARKED: frozenset(
                {OpportunityState.RAISED, OpportunityState.DECLINED, OpportunityState.ENDED}
            ),
            OpportunityState.DECLINED: frozenset({OpportunityState.RAISED}),
            OpportunityState.DONE: frozenset({OpportunityState.CHOSEN}),
            OpportunityState.MERGED: frozenset({OpportunityState.RAISED}),
            OpportunityState.SPLIT: frozenset({OpportunityState.RAISED}),
            # Back to the former state if the closing of its cell is undone.
            OpportunityState.ENDED: UNFINISHED | {OpportunityState.CLOSING},
        },
    )

    cell = Key(Cell, related_name="opportunities")
    kind = models.CharField(max_length=10, choices=OpportunityKind.choices)
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    raised_by = Key(Member, related_name="+")
    on_behalf_of = Key(Member, related_name="+", null=True, blank=True)
    consented_on = models.DateField(null=True, blank=True)
    raised_on = models.DateField()
    origin_type = models.CharField(max_length=60, blank=True)
    origin_id = models.BigIntegerField(null=True, blank=True)
    origin_words = models.TextField(blank=True)
    state = models.CharField(
        max_length=10, choices=OpportunityState.choices, default=OpportunityState.RAISED
    )
    state_on = models.DateField()
    reason = models.TextField(blank=True, help_text=_("Why it was set aside or not taken up."))
    decision = Key(Decision, related_name="+", null=True, blank=True)
    chosen_on = models.DateField(null=True, blank=True)
    merged_into = Key("self", related_name="merged", null=True, blank=True)
    split_from = Key("self", related_name="parts", null=True, blank=True)
    closing = Key(
        Decision,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("By which the cell says that it worked."),
    )
    result = models.TextField(blank=True, help_text=_("What came of it."))
    told = models.TextField(blank=True, help_text=_("You said …, we did …"))
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    objects: ClassVar[Door[OpportunityQuerySet]] = Door(OpportunityQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name_plural = "opportunities"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OpportunityKind.values), name="opportunity_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OpportunityState.values), name="opportunity_state"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="opportunity_has_title"),
            models.CheckConstraint(
                condition=Q(on_behalf_of=None, consented_on=None)
                | Q(on_behalf_of__isnull=False, consented_on__isnull=False),
                name="opportunity_entered_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(origin_type="", origin_id=None)
                | (~Q(origin_type="") & Q(origin_id__isnull=False)),
                name="opportunity_names_its_origin",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["parked", "declined", "ended"]) | ~Q(reason=""),
                name="opportunity_left_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["chosen", "closing", "done"])
                | Q(chosen_on__isnull=False, decision__isnull=False),
                name="opportunity_chosen_by_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["closing", "done"])
                | (~Q(result="") & ~Q(told="") & Q(closing__isnull=False)),
                name="opportunity_done_and_told",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into=None)),
                name="opportunity_merged_into_one",
            ),
            models.CheckConstraint(
                condition=(Q(merged_into=None) | ~Q(merged_into=F("pk")))
                & (Q(split_from=None) | ~Q(split_from=F("pk"))),
                name="opportunity_not_of_itself",
            ),
            models.CheckConstraint(
                condition=Q(state_on__gte=F("raised_on")), name="opportunity_dates_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "cell", "state"], name="opportunity_cell_state"),
            models.Index(
                fields=["agency", "origin_type", "origin_id"], name="opportunity_by_origin"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def author_id(self) -> int:
        """The owner of the idea, who is told what happens to it."""
        return self.on_behalf_of_id or self.raised_by_id

    @property
    def author(self) -> Member:
        return self.on_behalf_of or self.raised_by
