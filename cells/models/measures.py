from datetime import date
from typing import ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Floor, JSONObject
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.models.cells import Cell
from cells.models.charts import frozen_on, lines_through, settings_columns
from foundation.history import History
from foundation.models import Agency, Door, Key, TenantModel, TenantQuerySet

# So many of the latest periods are charted; more would be neither read nor quick to draw.
LATEST = 240
NUMBERS = ("period", "numerator", "denominator")
# A thing that happens more often on one day is not rare; more values of one period are too many
# to be typed in, and to be worked out for each page.
MOST_A_DAY = 20
MOST_VALUES = 200


class MeasureKind(models.TextChoices):
    PROPORTION = "proportion", _("A share: how many out of how many")
    COUNT = "count", _("A count: how many")
    RATE = "rate", _("A rate: how many for so much time or use")
    SCORE = "score", _("A score or an average")
    VALUES = "values", _("Waits or other values, each one by itself")
    EVENTS = "events", _("A rare thing: the days on which it happened")


WITH_DENOMINATOR = [MeasureKind.PROPORTION.value, MeasureKind.RATE.value]
WITHOUT_DENOMINATOR = [kind for kind in MeasureKind.values if kind not in WITH_DENOMINATOR]


class Way(models.TextChoices):
    """Which way is better; the words of `charts.Direction`."""

    INCREASE = "increase", _("More is better")
    DECREASE = "decrease", _("Less is better")
    NEUTRAL = "neutral", _("Neither is better")


class Frequency(models.TextChoices):
    DAY = "day", _("Every day")
    WEEK = "week", _("Every week")
    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")


class MeasureQuerySet(TenantQuerySet["Measure"]):
    def visible_to(self, member: Member, on: date) -> "MeasureQuerySet":
        """Those of cells whose existence the member may know of."""
        return self.filter(cell__in=Cell.objects.within(member.agency).visible_to(member, on))

    def in_use(self) -> "MeasureQuerySet":
        return self.filter(retired_on=None)

    def periodic(self) -> "MeasureQuerySet":
        """Those with a number for each period; the others wait for nothing."""
        return self.exclude(kind=MeasureKind.EVENTS)

    def with_settings(self) -> "MeasureQuerySet":
        """Each with how it is charted, for `settings_of` and `results.earlier`."""
        assert self.agency is not None, "with_settings() needs within(agency)"
        return self.annotate(**_settings_columns(self.agency))

    def with_numbers(self) -> "MeasureQuerySet":
        """Each with the columns of its points, the latest first, and how it is charted.

        Without a query for each.
        """
        assert self.agency is not None, "with_numbers() needs within(agency)"
        return self.annotate(**number_columns(self.agency))


def number_columns(agency: Agency, key: str = "pk") -> dict[str, Subquery]:
    """Annotations that bring each row what `with_numbers` does, of the measure that `key` names."""
    points = DataPoint.objects.within(agency).filter(measure=OuterRef(key))
    rows = points.order_by("-period")[:LATEST]
    columns: dict[str, Subquery] = {
        f"{name}s": ArraySubquery(rows.values(name)) for name in NUMBERS
    }
    # As text, since an array can't hold arrays of unequal length.
    text = Func(F("values"), Value(" "), function="array_to_string", output_field=TextField())
    columns["value_lists"] = ArraySubquery(rows.values(text=text))
    return _settings_columns(agency, key) | columns


def _settings_columns(agency: Agency, key: str = "pk") -> dict[str, Subquery]:
    through = lines_through(agency, OuterRef(OuterRef(key)))
    # A frozen start begins with what was there: a history that is brought in later changes nothing.
    known = DataPoint.objects.within(agency).filter(
        measure=OuterRef(key), came_on__lte=frozen_on(agency, OuterRef(OuterRef(key)))
    )
    return {
        **settings_columns(agency, key),
        "earlier_rows": earlier_column(agency, key, through),
        "frozen_since": Subquery(known.order_by("period").values("period")[:1]),
    }


def earlier_column(agency: Agency, key: str, through: OuterRef | Subquery) -> ArraySubquery:
    """An annotation: points up to a period that are older than those that are charted.

    So a start that is frozen keeps its middle and limits for ever, and no more is read than as many
    again. They are of the measure that `key` names, the latest first.
    """
    points = DataPoint.objects.within(agency)
    charted = points.filter(measure=OuterRef(OuterRef(key))).order_by("-period")
    first = Subquery(charted.values("period")[LATEST - 1 : LATEST])
    # The first that is charted comes along: of days, what is between begins before it.
    rows = points.filter(measure=OuterRef(key), period__lte=first).filter(period__lte=through)
    row = JSONObject(**{name: name for name in (*NUMBERS, "values")})
    return ArraySubquery(rows.order_by("-period")[:LATEST].values(row=row))


# What `number_columns` brings.
COLUMNS = (
    *(f"{name}s" for name in NUMBERS),
    *("value_lists", "chart_rows", "adjustment_rows", "earlier_rows", "frozen_since"),
)


class Measure(TenantModel):
    """What is counted, out of what, from where, how often, by whom: an operational definition."""

    cell = Key(Cell, related_name="measures")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=MeasureKind.choices)
    direction = models.CharField(max_length=10, choices=Way.choices)
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

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MeasureKind.values), name="measure_kind"),
            models.CheckConstraint(condition=Q(direction__in=Way.values), name="measure_direction"),
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
    def has_denominator(self) -> bool:
        return self.kind in WITH_DENOMINATOR

    @property
    def is_periodic(self) -> bool:
        """Whether each period has a number, so that one can be missing; not for single days."""
        return self.kind != MeasureKind.EVENTS

    @property
    def has_values(self) -> bool:
        """Whether a period has a list of values, of which its number is the average."""
        return self.kind == MeasureKind.VALUES

    @property
    def multiply(self) -> int:
        """From numerator over denominator to what is shown: percent, or per so many."""
        return 100 if self.kind == MeasureKind.PROPORTION else self.per

    @property
    def largest(self) -> int | None:
        """The most that it can be, as it is shown: 100 percent for a share."""
        return 100 if self.kind == MeasureKind.PROPORTION else None


class DataPointQuerySet(TenantQuerySet["DataPoint"]):
    def in_time_order(self) -> "DataPointQuerySet":
        return self.order_by("period")

    def latest_charted(self) -> "list[DataPoint]":
        """Those that are charted, in time order."""
        return list(self.order_by("-period")[:LATEST])[::-1]


class DataPoint(TenantModel):
    """One period's number; a missing one has neither numerator nor denominator.

    `period` is the first day of the period. `numerator` is the number itself where the measure
    has no denominator. Where each of the `values` is there by itself, it is their average; they
    are stored with the smallest first, so that their order tells nothing. Where `period` is a day
    on which something rare happened, it is how many times, and missing if it did not after all.
    `kind` repeats the measure's, which never changes, so that the database can hold what a share
    may be. `came_on` is the day on which something was first written down for the period, and
    stays. `confirmed_by` said that a number outside of what is expected is right.
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

    class Meta:
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
                condition=Q(denominator=None) | Q(denominator__gt=0) | Q(numerator=0),
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
