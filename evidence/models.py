"""Seals over the record: a digest of each covered row, and a head over those of each day.

Only functions of the database write here, except for the last proof. Digests and heads are never
changed or deleted. What leads from a digest to its row goes with the row.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.models import Door, OneKey, TenantModel, TenantQuerySet


class SealedRecord(TenantModel):
    """The salted SHA-256 of what a row said when it was sealed, and in which day's head it is."""

    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    day = models.DateField()
    # Its row says it is from an earlier day, whose head had been taken.
    late = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="sealed_record_number"),
        ]
        indexes = [models.Index(fields=["agency", "day"], name="sealed_record_day")]

    def __str__(self) -> str:
        return f"record {self.number}"


class RecordSalt(TenantModel):
    """The row of a sealed record, and the random salt of its digest; both go with the row."""

    record = OneKey(SealedRecord, related_name="salt")
    kind = models.CharField(max_length=20)
    row = models.BigIntegerField()
    # Which of the row's versions, from 1.
    version = models.PositiveIntegerField()
    salt = models.CharField(max_length=64)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "row", "version"], name="record_salt_once"
            ),
        ]

    def __str__(self) -> str:
        return f"salt of {self.record_id}"


class RemovalReason(models.TextChoices):
    SCHEDULE = "schedule", _("The schedule destroyed it")
    WORDS = "words", _("Somebody’s words or name were taken out")


class SealRemoval(TenantModel):
    """Why the salt of a record is gone; `row` is kept where the row is still there."""

    record = OneKey(SealedRecord, related_name="removal")
    kind = models.CharField(max_length=20)
    row = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=10, choices=RemovalReason.choices)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(reason="schedule", row=None) | Q(reason="words", row__isnull=False),
                name="seal_removal_reason",
            ),
        ]
        indexes = [models.Index(fields=["agency", "kind", "row"], name="seal_removal_row")]

    def __str__(self) -> str:
        return f"removal of {self.record_id}"


class RecordHeadQuerySet(TenantQuerySet["RecordHead"]):
    def newest_first(self) -> "RecordHeadQuerySet":
        return self.order_by("-day")


class RecordHead(TenantModel):
    """The digest of a day: over the head before, the day, and the digests of its records.

    `through` is the moment at which the day ended; records from before it are in this head or in
    an earlier one.
    """

    day = models.DateField()
    through = models.DateTimeField()
    records = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    objects: ClassVar[Door[RecordHeadQuerySet]] = Door(RecordHeadQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "day"], name="record_head_day"),
        ]

    def __str__(self) -> str:
        return f"head of {self.day}"


class RecordProof(TenantModel):
    """The last proof of an agency's record: up to which head, and what did not fit.

    `whole_on`: the day on which everything was last read, not only the last days. `findings` are
    the first ones, each [code, kind, number of the record or null, day]; `count` says how many.
    """

    subject_code = "record_proof"

    on = models.DateField()
    at = models.DateTimeField()
    whole_on = models.DateField(null=True, blank=True)
    # The newest head that was read, and its digest: should either be another one some day, somebody
    # wrote the record anew.
    day = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, default="", blank=True)
    count = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list, db_default=[])
    since = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency"], name="record_proof_once"),
            models.CheckConstraint(
                condition=Q(findings=[], since=None, count=0)
                | (
                    ~Q(findings=[]) & Q(since__isnull=False, since__lte=models.F("on"), count__gt=0)
                ),
                name="record_proof_since",
            ),
        ]

    def __str__(self) -> str:
        return f"proof of {self.on}"
