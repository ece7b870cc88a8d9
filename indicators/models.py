"""What the engine stores: stale marks, results, frozen copies."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet


class IndicatorStatus(models.TextChoices):
    MET = "met", _("On track")
    AT_RISK = "at_risk", _("Watch")
    NOT_MET = "not_met", _("Act")
    NO_DATA = "no_data", _("Not enough data")


FOUNDING = "founding"
"""What pages show in place of a status while an agency is founded; never stored as one."""


class StaleMark(TenantModel):
    """A mark that an indicator may have changed, deleted by the recomputation that read it."""

    # Its code; empty for all indicators.
    indicator = models.CharField(max_length=30, default="", db_default="", blank=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"stale mark {self.pk} of {self.indicator or 'all'}"


class Recomputation(TenantModel):
    """One row per agency: locked by the running recomputation; says what the last one covered."""

    day = models.DateField(null=True)
    engine = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency"], name="recomputation_one_an_agency")
        ]

    def __str__(self) -> str:
        return f"recomputation of {self.agency_id}"


class SnapshotQuerySet(TenantQuerySet["IndicatorSnapshot"]):
    def newest(self) -> "SnapshotQuerySet":
        """The newest snapshot of each indicator."""
        return self.order_by("indicator", "-pk").distinct("indicator")

    def newest_of_each(self) -> "SnapshotQuerySet":
        """The newest snapshot of each agency's indicators."""
        return self.order_by("agency_id", "indicator", "-pk").distinct("agency_id", "indicator")

    def of_days(self) -> "SnapshotQuerySet":
        """The last snapshot of each indicator and day."""
        return self.order_by("indicator", "day", "-pk").distinct("indicator", "day")


class IndicatorSnapshot(TenantModel):
    """An indicator's result on one day; appended when it differs."""

    indicator = models.CharField(max_length=30)
    day = models.DateField()
    computed_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=10, choices=IndicatorStatus.choices)
    status_since = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    goal = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    criteria = models.JSONField(default=list)
    settings = models.JSONField(default=dict)
    engine = models.PositiveIntegerField()

    objects: ClassVar[Door[SnapshotQuerySet]] = Door(SnapshotQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=IndicatorStatus.values), name="indicator_snapshot_status"
            ),
            models.CheckConstraint(
                condition=Q(status_since__lte=F("day")), name="indicator_snapshot_since"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "indicator", "-id"], name="indicator_snapshot_latest"),
            models.Index(
                fields=["agency", "indicator", "day", "-id"], name="indicator_snapshot_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.day} {self.status}"


class TextChecksum(Func):
    """The hexadecimal SHA-256 of a text, computed by PostgreSQL."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = models.CharField()


class FrozenSnapshot(TenantModel):
    """What was shown on a day: canonical text that never changes."""

    as_of = models.DateField()
    text = models.TextField()
    checksum = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(default=timezone.now)
    by = Key(Member, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(checksum=TextChecksum(F("text"))), name="frozen_snapshot_checksum"
            ),
        ]

    def __str__(self) -> str:
        return f"frozen {self.as_of}"
