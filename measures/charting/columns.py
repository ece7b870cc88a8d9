"""Annotations that bring a measure its numbers and how it is charted."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, OuterRef, Subquery, TextField, Value
from django.db.models.functions import JSONObject

from foundation.models import Agency
from measures.charting.settings import frozen_on, lines_through, settings_columns
from measures.definitions.models import MeasureQuerySet
from measures.numbers.models import LATEST, DataPoint

NUMBERS = ("period", "numerator", "denominator")


def with_settings(measures: MeasureQuerySet) -> MeasureQuerySet:
    """Each with how it is charted, for `settings_of` and `results.earlier`."""
    assert measures.agency is not None, "with_settings() needs within(agency)"
    return measures.annotate(**_settings_columns(measures.agency))


def with_numbers(measures: MeasureQuerySet) -> MeasureQuerySet:
    """Each with the columns of its points, the latest first, and how it is charted.

    Without a query for each.
    """
    assert measures.agency is not None, "with_numbers() needs within(agency)"
    return measures.annotate(**number_columns(measures.agency))


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
