"""The committee, its reviews over frozen snapshots, their findings, and its rulings on pauses."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Pause
from foundation.history import History
from foundation.models import Door, Key, OneKey, TenantModel, TenantQuerySet
from foundation.transitions import StatefulModel, Transitions
from groups.models import Group
from indicators.models import FrozenSnapshot


class CommitteeQuerySet(TenantQuerySet["Committee"]):
    def current(self) -> "CommitteeQuerySet":
        """The committee that exists today; an agency has at most one."""
        return self.filter(group__closed=None).select_related("group")


class Committee(TenantModel):
    """The oversight committee: a group that reviews, recommends and judges the answers."""

    group = OneKey(Group, related_name="+")

    objects: ClassVar[Door[CommitteeQuerySet]] = Door(CommitteeQuerySet)

    def __str__(self) -> str:
        return f"committee {self.pk}"


class ReviewStatus(models.TextChoices):
    OPEN = "open", _("Under way")
    CLOSED = "closed", _("Closed")


class Review(StatefulModel):
    """A review of a quarter, over a snapshot that stays the same during the meeting."""

    subject_code = "review"
    moves = Transitions(
        first=frozenset({ReviewStatus.OPEN}),
        moves={ReviewStatus.OPEN: frozenset({ReviewStatus.CLOSED})},
    )

    committee = Key(Committee, related_name="reviews")
    since = models.DateField(help_text=_("The first day of the period."))
    until = models.DateField(help_text=_("The first day after the period."))
    snapshot = OneKey(FrozenSnapshot, related_name="+")
    status = models.CharField(
        max_length=10, choices=ReviewStatus.choices, default=ReviewStatus.OPEN
    )
    opened_on = models.DateField()
    opened_by = Key(Member, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    closed_by = Key(Member, null=True, blank=True, related_name="+")
    held_on = models.DateField(
        null=True, blank=True, help_text=_("The day on which the committee looked back.")
    )
    summary = models.TextField(blank=True)
    # The newest head of the record when it was closed (evidence), shown as eight words.
    sealed_day = models.DateField(null=True, blank=True)
    sealed_digest = models.CharField(max_length=64, default="", db_default="", blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed_day=None, sealed_digest="")
                | Q(
                    status="closed", sealed_day__isnull=False, sealed_digest__regex="^[0-9a-f]{64}$"
                ),
                name="review_sealed_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ReviewStatus.values), name="review_status"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="review_period"),
            models.CheckConstraint(
                condition=Q(status="open", closed_on=None, closed_by=None)
                | Q(status="closed", closed_on__isnull=False, closed_by__isnull=False),
                name="review_dated_when_closed",
            ),
            models.UniqueConstraint(
                fields=["agency", "committee", "since"], name="review_once_a_period"
            ),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(status="open"), name="review_one_under_way"
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.since}"

    @property
    def is_open(self) -> bool:
        return self.status == ReviewStatus.OPEN


class FindingKind(models.TextChoices):
    STRENGTH = "strength", _("Something that goes well")
    CONCERN = "concern", _("Something that needs to change")


class Finding(TenantModel):
    """What the committee saw in one indicator, recorded outside the minutes too."""

    subject_code = "finding"

    review = Key(Review, related_name="findings")
    indicator = models.CharField(max_length=30)
    kind = models.CharField(max_length=10, choices=FindingKind.choices)
    text = models.TextField()
    recorded_by = Key(Member, related_name="+")
    recorded_on = models.DateField()
    history = History()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FindingKind.values), name="finding_kind"),
            models.CheckConstraint(condition=~Q(text=""), name="finding_has_text"),
        ]

    def __str__(self) -> str:
        return f"finding {self.pk}"


class PauseRuling(TenantModel):
    """The committee's finding on a pause of access: it continues, or ends at once."""

    pause = Key(Pause, related_name="+")
    upheld = models.BooleanField()
    by = Key(Member, related_name="+")
    on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "pause"], name="pause_ruled_once"),
        ]

    def __str__(self) -> str:
        return f"ruling {self.pk}"
