"""Decisions about each piece of work when its cell was closed."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.cell.models import Cell
from foundation.models import Key, TenantModel
from groups.models import Closure


class Fate(models.TextChoices):
    END = "end", _("End it")
    HAND_OVER = "hand_over", _("Hand it to another cell")
    SUSTAIN = "sustain", _("Keep checking that it holds")


class HowItWent(models.TextChoices):
    """What can be said so far of a plan that ends with its cell."""

    WORKED = "worked", _("It worked")
    PARTLY = "partly", _("It worked in part")
    NOT = "not", _("It did not work")
    UNKNOWN = "unknown", _("We can’t tell yet")


class Settlement(TenantModel):
    """Work in progress when its cell was closed, and how it ended.

    `kind` and `row` identify it (`cells.handing_on.goes_on`). `to` continues it, in `to_cell` if it
    was handed over. `restored` says, once the closing is undone, whether it was restored.
    """

    closure = Key(Closure, related_name="+")
    cell = Key(Cell, related_name="settlements")
    kind = models.CharField(max_length=20)
    row = models.BigIntegerField()
    fate = models.CharField(max_length=10, choices=Fate.choices)
    outcome = models.CharField(max_length=10, choices=HowItWent.choices, blank=True)
    why = models.TextField(blank=True)
    to_cell: "Any" = Key(Cell, related_name="+", null=True, blank=True)
    to: "Any" = Key(Member, related_name="+", null=True, blank=True)
    restored = models.BooleanField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "closure", "kind", "row"], name="settled_once_per_closing"
            ),
            models.CheckConstraint(condition=Q(fate__in=Fate.values), name="settlement_fate"),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome__in=HowItWent.values), name="settlement_outcome"
            ),
            models.CheckConstraint(
                condition=Q(fate="end", to=None, to_cell=None) & ~Q(why="")
                | Q(fate="hand_over", to__isnull=False, to_cell__isnull=False)
                | Q(fate="sustain", to__isnull=False, to_cell=None),
                name="settlement_says_why_or_who",
            ),
        ]

    def __str__(self) -> str:
        return f"settlement {self.pk}"


class Touched(TenantModel):
    """A row changed by a settlement: its former values, and its version afterwards."""

    settlement = Key(Settlement, related_name="touched")
    model = models.CharField(max_length=30)
    row = models.BigIntegerField()
    before = models.JSONField(default=dict)
    version = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        verbose_name_plural = "touched rows"

    def __str__(self) -> str:
        return f"touched {self.pk}"
