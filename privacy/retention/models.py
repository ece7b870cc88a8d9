"""An agency's own schedule, its runs, and what they have taken out of use for a while."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from foundation.retention import KeptFor


class RuleQuerySet(TenantQuerySet["RetentionRule"]):
    def in_force(self, on: date) -> "RuleQuerySet":
        """The rule of each class on that day."""
        rows = self.filter(since__lte=on).order_by("code", "-since", "-pk")
        return rows.distinct("code")


class RetentionRule(TenantModel):
    """How long the agency keeps a class, from a day on; the last one of a day counts.

    `cites` is the state's own rule, without which nothing is kept for less than the law asks.
    """

    subject_code = "retention_rule"

    code = models.CharField(max_length=40)
    months = models.PositiveSmallIntegerField(default=0)
    days = models.PositiveSmallIntegerField(default=0)
    cites = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300)
    since = models.DateField()
    by = Key(Member, related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Door[RuleQuerySet]] = Door(RuleQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(code=""), name="retention_rule_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(months__gt=0) | Q(days__gt=0), name="retention_rule_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(since__gte=F("made_on")), name="retention_rule_never_backdated"
            ),
        ]
        indexes = [models.Index(fields=["agency", "code", "since"], name="retention_rule_since")]

    def __str__(self) -> str:
        return f"{self.code} from {self.since}"

    @property
    def kept_for(self) -> KeptFor:
        return KeptFor(months=self.months, days=self.days)


class TurnQuerySet(TenantQuerySet["RetentionTurn"]):
    def in_force(self, on: date) -> "TurnQuerySet":
        """The last turn of the schedule and of each class by that day."""
        return self.filter(since__lte=on).order_by("code", "-since", "-pk").distinct("code")


class RetentionTurn(TenantModel):
    """The schedule (no code) or one class turned on or off, from a day on.

    Nothing goes before an administrator has turned the schedule on. A class is on unless it is off.
    """

    subject_code = "retention_turn"

    code = models.CharField(max_length=40, blank=True)
    on = models.BooleanField()
    since = models.DateField()
    by = Key(Member, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Door[TurnQuerySet]] = Door(TurnQuerySet)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["agency", "code", "since"], name="retention_turn_since")]

    def __str__(self) -> str:
        return f"{self.code or 'schedule'} {'on' if self.on else 'off'} from {self.since}"


class RunQuerySet(TenantQuerySet["RetentionRun"]):
    def open(self) -> "RunQuerySet":
        """Runs whose rows are neither destroyed nor put back."""
        return self.filter(destroyed_on=None, restored_on=None)

    def undoable(self, on: date) -> "RunQuerySet":
        """Runs that can still be undone on that day."""
        return self.open().filter(undone_on=None, destroy_on__gt=on)

    def to_restore(self) -> "RunQuerySet":
        """Undone runs whose rows are not all back yet."""
        return self.exclude(undone_on=None).filter(restored_on=None)

    def to_destroy(self, on: date) -> "RunQuerySet":
        """Runs whose rows can be destroyed for good on that day."""
        return self.open().filter(undone_on=None, destroy_on__lte=on)


class RetentionRun(TenantModel):
    """One day's run for one class: what it took out of use, and what happened with that."""

    subject_code = "retention_run"

    code = models.CharField(max_length=40)
    day = models.DateField()
    destroy_on = models.DateField()
    taken = models.PositiveIntegerField(default=0)
    undone_on = models.DateField(null=True, blank=True)
    undone_by = Key(Member, null=True, blank=True, related_name="+")
    restored_on = models.DateField(null=True, blank=True)
    destroyed_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[RunQuerySet]] = Door(RunQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "code", "day"],
                condition=Q(undone_on=None),
                name="retention_run_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(undone_on=None, undone_by=None, restored_on=None)
                | Q(undone_on__isnull=False, undone_by__isnull=False, destroyed_on=None),
                name="retention_run_undone_or_destroyed",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_on=None) | Q(destroyed_on__gte=F("destroy_on")),
                name="retention_run_destroyed_in_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} on {self.day}"


class ArchivedRow(TenantModel):
    """A row taken out of use, until it is put back or destroyed.

    Functions of the owner write and delete it; the serving login can't read `row`. `people` and
    `groups` are those whom it concerned when it was taken, for holds and erasing.
    """

    run = Key(RetentionRun, related_name="rows")
    place = models.CharField(max_length=63)
    row = models.JSONField()
    day = models.DateField()
    people = ArrayField(models.BigIntegerField(), default=list)
    groups = ArrayField(models.BigIntegerField(), default=list)
    destroy_on = models.DateField()

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["agency", "run", "id"], name="archived_row_of_a_run")]

    def __str__(self) -> str:
        return f"archived {self.pk}"


class AnnouncedRow(TenantModel):
    """A row that a run destroys on its day, with all that belongs to it, unless that is undone.

    Functions of the owner write and delete it. The row itself stays in use until then.
    """

    run = Key(RetentionRun, related_name="announced")
    place = models.CharField(max_length=63)
    row = models.CharField(max_length=36)
    day = models.DateField()
    announced_on = models.DateField()
    # Part of the chunk that is being destroyed.
    chosen = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "run", "place", "row"], name="announced_row_once"
            ),
        ]

    def __str__(self) -> str:
        return f"announced {self.pk}"
