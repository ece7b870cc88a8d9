"""Dispositions of themes, and replies to the people who spoke."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.ideas.models import Opportunity
from dialogues.themes.models import Theme
from foundation.models import Key, TenantModel


class DispositionKind(models.TextChoices):
    CELL = "cell", _("A cell takes it up")
    DIALOGUE = "dialogue", _("We work on it in the dialogue")
    ANSWERED = "answered", _("We can answer it now")
    PARKED = "parked", _("Set aside for now")
    NOT_OURS = "not_ours", _("It is not ours to decide")


class Disposition(TenantModel):
    """What happens with a theme from a day on; earlier dispositions stay on record."""

    theme = Key(Theme, related_name="dispositions")
    kind = models.CharField(max_length=10, choices=DispositionKind.choices)
    on = models.DateField()
    by = Key(Member, related_name="+")
    reason = models.TextField(blank=True)
    went_to = models.CharField(max_length=200, blank=True)
    opportunity = Key(Opportunity, null=True, blank=True, related_name="+")

    class Meta(TenantModel.Meta):
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
    """What people are told: you said, we did."""

    theme = Key(Theme, related_name="replies")
    text = models.TextField()
    on = models.DateField()
    by = Key(Member, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="reply_says_something"),
        ]
        indexes = [models.Index(fields=["agency", "theme", "on"], name="reply_theme_on")]

    def __str__(self) -> str:
        return f"reply {self.pk}"
