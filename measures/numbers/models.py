"""Data points: one number for each period of a measure."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Floor
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.history import History
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from measures.definitions.models import WITH_DENOMINATOR, WITHOUT_DENOMINATOR, Measure
from measures.kinds.shape import MeasureKind

# How many of the latest periods are charted; more would be slow to read and draw.
LATEST = 240


# More events a day would not be rare; more values of one period would be too many to type, and to
# process for each page.
MOST_A_DAY = 20


MOST_VALUES = 200


class DataPointQuerySet(TenantQuerySet["DataPoint"]):
    def in_time_order(self) -> "DataPointQuerySet":
        return self.order_by("period")

    def latest_charted(self) -> "list[DataPoint]":
        """The charted points, in time order."""
        return list(self.order_by("-period")[:LATEST])[::-1]


class DataPoint(TenantModel):
    """One period's number; a missing one has neither numerator nor denominator.

    `period` is the first day of the period. `numerator` is the number itself if the measure has no
    denominator. With single `values`, it is their average; they are stored in ascending order, so
    that their order reveals nothing. If `period` is the day of a rare event, it is the number of
    events, missing if there was none after all. `kind` repeats the measure's, which never changes,
    for the database's constraints. `came_on` is the day of the first entry for the period, and
    stays. `confirmed_by` confirmed an implausible number.
    """

    measure = Key(Measure, related_name="points")
    kind = models.CharField(max_length=10, choices=MeasureKind.choices)
    period = models.DateField()
    numerator = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    values = ArrayField(
        models.DecimalField(max_digits=14, decimal_places=4),
        null=True,
        blank=True,
        help_text=_("The single values, the smallest first."),
    )
    recorded_by = Key(Member, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    came_on = models.DateField()
    confirmed_by = Key(Member, related_name="+", null=True, blank=True)
    missing_because = models.TextField(blank=True, help_text=_("Why there is no number."))
    reason = models.TextField(blank=True, help_text=_("Why the number was corrected."))
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    objects: ClassVar[Door[DataPointQuerySet]] = Door(DataPointQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "measure", "period"], name="point_once_per_period"
            ),
            models.CheckConstraint(condition=Q(kind__in=MeasureKind.values), name="point_kind"),
            models.CheckConstraint(
                condition=Q(numerator=None) | Q(numerator__gte=0), name="point_numerator_positive"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=WITHOUT_DENOMINATOR, denominator=None)
                | Q(kind__in=WITH_DENOMINATOR, numerator=None, denominator=None)
                | Q(
                    kind__in=WITH_DENOMINATOR,
                    numerator__isnull=False,
                    denominator__isnull=False,
                    denominator__gte=0,
                ),
                name="point_denominator_fits",
            ),
            models.CheckConstraint(
                condition=~Q(kind="proportion")
                | Q(numerator=None)
                | Q(numerator__lte=F("denominator")),
                name="point_share_at_most_all",
            ),
            models.CheckConstraint(
                condition=Q(denominator=None)
                | Q(denominator__gt=0)
                | Q(numerator__isnull=False, numerator=0),
                name="point_nothing_out_of_nothing",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="point_corrected_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(numerator=None) | Q(missing_because=""), name="point_missing_or_not"
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=False) | Q(confirmed_by=None),
                name="point_confirmed_is_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(kind="events")
                | Q(numerator=None) & ~Q(reason="")
                | Q(
                    numerator__isnull=False,
                    numerator__gte=1,
                    numerator__lte=MOST_A_DAY,
                    numerator=Floor("numerator"),
                ),
                name="point_happened_or_taken_back",
            ),
            models.CheckConstraint(
                condition=~Q(kind="values") & Q(values=None)
                | Q(kind="values", numerator=None, values=None)
                | Q(
                    kind="values",
                    numerator__isnull=False,
                    values__isnull=False,
                    values__len__gte=1,
                    values__len__lte=MOST_VALUES,
                ),
                name="point_values_fit",
            ),
            models.CheckConstraint(
                condition=Q(values=None)
                | Q(
                    numerator__isnull=False,
                    values__0__gte=0,
                    numerator__gte=F("values__0"),
                    numerator__lte=Func(
                        F("values"),
                        template="(%(expressions)s)[cardinality(%(expressions)s)]",
                        output_field=models.DecimalField(max_digits=14, decimal_places=4),
                    ),
                ),
                name="point_average_between_values",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period}"

    @property
    def missing(self) -> bool:
        return self.numerator is None
