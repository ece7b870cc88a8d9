"""An agency's own indicators: dated versions of what each means, and what was attested."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from measures.definitions.models import Measure


class LocalSource(models.TextChoices):
    MEASURE = "measure", _("The newest number of a measure")
    RECORDS = "records", _("A count of records of the last months")
    ATTESTED = "attested", _("Somebody attests it, with evidence")


class LocalGoal(models.TextChoices):
    AT_LEAST = "at_least", _("At least the goal")
    AT_MOST = "at_most", _("At most the goal")


class LocalReaders(models.TextChoices):
    EVERYBODY = "everybody", _("Everybody who sees the dashboard")
    OVERSIGHT = "oversight", _("The oversight committee and administrators")


class LocalIndicator(TenantModel):
    """An indicator of the agency's own; retired, never deleted."""

    subject_code = "local_indicator"

    begun_by = Key(Member, related_name="+")
    begun_on = models.DateField()
    retired_by = Key(Member, related_name="+", null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)
    retired_because = models.TextField(blank=True, default="")

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(retired_on=None, retired_by=None, retired_because="")
                | Q(retired_on__isnull=False, retired_by__isnull=False) & ~Q(retired_because=""),
                name="local_indicator_retired_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"local indicator {self.pk}"


class LocalVersionQuerySet(TenantQuerySet["LocalVersion"]):
    def published(self) -> "LocalVersionQuerySet":
        return self.filter(published_on__isnull=False)

    def in_force(self, on: date) -> "LocalVersionQuerySet":
        """Of each indicator that was not retired by that day, the version that counts then."""
        rows = self.filter(since__lte=on).filter(
            Q(indicator__retired_on=None) | Q(indicator__retired_on__gt=on)
        )
        return rows.order_by("indicator", "-number").distinct("indicator")


class LocalVersion(TenantModel):
    """What an indicator means from a day on; fixed once it is published.

    From a measure: its newest number is held against `goal`. From records: those of the last
    `months` of the kind `counted` are counted and held against it. Attested: the newest attestation
    holds for `months`. `tested_version` is the edit version that was tried on real data.
    """

    indicator = Key(LocalIndicator, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    definition = models.TextField()
    source = models.CharField(max_length=10, choices=LocalSource.choices)
    measure = Key(Measure, related_name="+", null=True, blank=True)
    counted = models.CharField(max_length=20, blank=True, default="", db_default="")
    direction = models.CharField(max_length=10, choices=LocalGoal.choices, blank=True)
    goal = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    readers = models.CharField(max_length=10, choices=LocalReaders.choices)
    drafted_by = Key(Member, related_name="+")
    version = models.PositiveIntegerField(default=1, db_default=1)
    tested_on = models.DateField(null=True, blank=True)
    tested_version = models.PositiveIntegerField(null=True, blank=True)
    since = models.DateField(null=True, blank=True)
    published_by = Key(Member, related_name="+", null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True, default="")

    objects: ClassVar[Door[LocalVersionQuerySet]] = Door(LocalVersionQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(definition=""), name="local_version_is_defined"
            ),
            models.CheckConstraint(
                condition=Q(readers__in=LocalReaders.values), name="local_version_readers"
            ),
            models.CheckConstraint(
                condition=Q(
                    source="measure",
                    measure__isnull=False,
                    direction__in=LocalGoal.values,
                    goal__isnull=False,
                    months=None,
                    counted="",
                )
                | Q(
                    Q(
                        source="records",
                        measure=None,
                        direction__in=LocalGoal.values,
                        goal__isnull=False,
                        goal__gte=0,
                        months__isnull=False,
                        months__gte=1,
                        months__lte=24,
                    ),
                    ~Q(counted=""),
                )
                | Q(
                    source="attested",
                    measure=None,
                    counted="",
                    direction="",
                    goal=None,
                    months__isnull=False,
                    months__gte=1,
                    months__lte=24,
                ),
                name="local_version_source_fits",
            ),
            models.CheckConstraint(
                condition=Q(published_on=None, published_by=None, since=None, reason="")
                | Q(
                    published_on__isnull=False,
                    published_by__isnull=False,
                    since__isnull=False,
                    since__gte=F("published_on"),
                    tested_on__isnull=False,
                    tested_version__isnull=False,
                    tested_version=F("version"),
                )
                & ~Q(reason=""),
                name="local_version_published_after_a_test",
            ),
            models.UniqueConstraint(
                fields=["agency", "indicator", "number"], name="local_version_number"
            ),
            models.UniqueConstraint(
                fields=["agency", "indicator"],
                condition=Q(published_on=None),
                name="local_version_one_draft",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LocalAttestation(TenantModel):
    """Somebody's word, by name, that an indicator holds or not; never changed."""

    indicator = Key(LocalIndicator, related_name="attestations")
    holds = models.BooleanField()
    evidence = models.TextField()
    by = Key(Member, related_name="+")
    on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(evidence=""), name="local_attestation_evidence"),
        ]

    def __str__(self) -> str:
        return f"attestation {self.pk}"
