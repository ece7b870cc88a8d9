"""Operational definitions of measures: what is counted, how, how often and by whom."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.dated import DatedQuerySet, ends_after_start, no_overlap
from accounts.models import Member
from foundation.history import History
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from groups.models import Group
from measures.kinds.shape import BetterWay, MeasureKind, MeasureShape
from measures.kinds.shapes import SHAPES

WITH_DENOMINATOR = [kind.value for kind, shape in SHAPES.items() if shape.has_denominator]


WITHOUT_DENOMINATOR = [kind for kind in MeasureKind.values if kind not in WITH_DENOMINATOR]


class Frequency(models.TextChoices):
    DAY = "day", _("Every day")
    WEEK = "week", _("Every week")
    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")


class MeasureQuerySet(TenantQuerySet["Measure"]):
    def visible_to(self, member: Member, on: date) -> "MeasureQuerySet":
        """Measures of groups whose existence the member may know of."""
        return self.filter(owner__in=Group.objects.within(member.agency).visible_to(member, on))

    def in_use(self) -> "MeasureQuerySet":
        return self.filter(retired_on=None)

    def periodic(self) -> "MeasureQuerySet":
        """Measures with a number for each period; no number is ever due for the others."""
        periodic = [kind.value for kind, shape in SHAPES.items() if shape.is_periodic]
        return self.filter(kind__in=periodic)


class Measure(TenantModel):
    """An operational definition: what is counted, out of what, from where, how often, by whom.

    `owner` is the group that owns it now; `ownerships` say who did on each day.
    """

    subject_code = "measure"

    owner = Key(Group, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=MeasureKind.choices)
    direction = models.CharField(max_length=10, choices=BetterWay.choices)
    numerator = models.CharField(max_length=300)
    denominator = models.CharField(max_length=300, blank=True)
    per = models.PositiveIntegerField(
        default=1, db_default=1, help_text=_("A rate is shown for so many: per 1,000 days.")
    )
    unit = models.CharField(max_length=40, blank=True)
    frequency = models.CharField(max_length=10, choices=Frequency.choices)
    source = models.CharField(max_length=300)
    inclusion = models.TextField(blank=True)
    exclusion = models.TextField(blank=True)
    lowest = models.DecimalField(
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("What the chart shows is expected from here …"),
    )
    highest = models.DecimalField(
        max_digits=14, decimal_places=4, null=True, blank=True, help_text=_("… to here.")
    )
    lag = models.PositiveSmallIntegerField(
        default=7, db_default=7, help_text=_("Days after a period until its number is late.")
    )
    collected_by = Key(Member, related_name="+")
    defined_on = models.DateField()
    retired_on = models.DateField(null=True, blank=True)
    reason = models.TextField(
        blank=True, db_default="", help_text=_("Why what it counts was changed last.")
    )
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    objects: ClassVar[Door[MeasureQuerySet]] = Door(MeasureQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MeasureKind.values), name="measure_kind"),
            models.CheckConstraint(
                condition=Q(direction__in=BetterWay.values), name="measure_direction"
            ),
            models.CheckConstraint(
                condition=Q(frequency__in=Frequency.values), name="measure_frequency"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(numerator="") & ~Q(source=""), name="measure_is_defined"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=WITH_DENOMINATOR) & ~Q(denominator="")
                | Q(kind__in=WITHOUT_DENOMINATOR, denominator=""),
                name="measure_denominator_fits",
            ),
            models.CheckConstraint(
                condition=Q(per__gte=1) & (Q(kind="rate") | Q(per=1)), name="measure_per_fits"
            ),
            models.CheckConstraint(
                condition=Q(lowest=None) | Q(highest=None) | Q(lowest__lte=F("highest")),
                name="measure_lowest_first",
            ),
            models.CheckConstraint(condition=Q(lag__lte=366), name="measure_lag_of_a_year"),
            models.CheckConstraint(
                condition=~Q(kind="events") | Q(frequency="day", lowest=None, highest=None),
                name="measure_of_days_has_no_periods",
            ),
        ]
        indexes = [models.Index(fields=["agency", "collected_by"], name="measure_collector")]

    def __str__(self) -> str:
        return self.name

    @property
    def shape(self) -> MeasureShape:
        """Everything that depends on its kind."""
        return SHAPES[MeasureKind(self.kind)]

    @property
    def multiply(self) -> int:
        """The factor from numerator over denominator to what is shown: percent, or per N."""
        return self.shape.times or self.per


class Ownership(TenantModel):
    """A group's ownership of a measure since a day; the open one is the measure's `owner`."""

    measure = Key(Measure, related_name="ownerships")
    group = Key(Group, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[DatedQuerySet["Ownership"]]] = Door(DatedQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            ends_after_start("ownership_ends_after_start"),
            no_overlap("ownership_no_overlap", "measure"),
            models.UniqueConstraint(
                fields=["agency", "measure"], condition=Q(until=None), name="ownership_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"measure {self.measure_id} of group {self.group_id} since {self.since}"
