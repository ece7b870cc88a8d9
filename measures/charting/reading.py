"""A chart's data: the measure's numbers, and how they are charted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import JSONObject

from foundation import prepared
from foundation.models import Agency
from measures.charting.settings import (
    PLAIN,
    AdjustedRow,
    ChartSettings,
    ChosenRow,
    frozen_on,
    lines_through,
    read_settings,
    settings_columns,
)
from measures.definitions.models import Measure
from measures.numbers import results
from measures.numbers.models import LATEST, DataPoint
from measures.numbers.results import MeasureResult, PointRow

NUMBERS = ("period", "numerator", "denominator")


@dataclass(frozen=True)
class Numbers:
    """A measure's latest results in time order, and what else sets its lines.

    `earlier` are results before the charted ones; `frozen_since` is the first period of a frozen
    baseline, None if it begins with the first result.
    """

    results: Sequence[MeasureResult]
    settings: ChartSettings = PLAIN
    earlier: Sequence[MeasureResult] = ()
    frozen_since: date | None = None


class SettingsRow(TypedDict):
    """The database's values for the columns of `settings_columns` and `earlier_column`."""

    chart_rows: list[ChosenRow]
    adjustment_rows: list[AdjustedRow]
    earlier_rows: list[PointRow]
    frozen_since: date | None


class NumbersRow(SettingsRow):
    """The database's values for the columns of `number_columns`, latest first."""

    periods: list[date]
    numerators: list[Decimal | None]
    denominators: list[Decimal | None]
    value_lists: list[str | None]


def numbers_of(agency: Agency, measures: Iterable[Measure]) -> dict[int, Numbers]:
    """The numbers of these measures, by key; one query, none for no measures."""
    by_key = {measure.pk: measure for measure in measures}
    if not by_key:
        return {}
    rows = prepared.of_agency(_numbers).dicts({"agency": agency.pk, "keys": [*by_key]})
    return {row["pk"]: read_numbers(by_key[row["pk"]], cast("NumbersRow", row)) for row in rows}


def _numbers(agency: Agency) -> QuerySet[Measure, Any]:
    rows = Measure.objects.within(agency).filter(prepared.one_of_keys("pk"))
    return rows.values("pk", **number_columns(agency))


def numbers_with(measure: Measure, shown: Sequence[MeasureResult]) -> Numbers:
    """The numbers of a measure whose results are already read; one query."""
    (row,) = prepared.of_agency(_settings).dicts({"agency": measure.agency_id, "row": measure.pk})
    return _with_settings(measure, shown, cast("SettingsRow", row))


def _settings(agency: Agency) -> QuerySet[Measure, Any]:
    rows = Measure.objects.within(agency).filter(pk=prepared.ROW)
    return rows.values(**_settings_columns(agency))


def settings_of(measure: Measure) -> ChartSettings:
    """How a measure is charted; one query."""
    rows = Measure.objects.within(measure.agency).filter(pk=measure.pk)
    row = cast("SettingsRow", rows.values(**settings_columns(measure.agency)).get())
    return read_settings(row["chart_rows"], row["adjustment_rows"])


def read_numbers(measure: Measure, row: NumbersRow) -> Numbers:
    """Build them from the columns of `number_columns`."""
    columns = zip(
        row["periods"], row["numerators"], row["denominators"], row["value_lists"], strict=True
    )
    return _with_settings(measure, results.of_columns(measure, columns), row)


def _with_settings(measure: Measure, shown: Sequence[MeasureResult], row: SettingsRow) -> Numbers:
    return Numbers(
        results=shown,
        settings=read_settings(row["chart_rows"], row["adjustment_rows"]),
        earlier=results.of_json(measure, row["earlier_rows"]),
        frozen_since=row["frozen_since"],
    )


def number_columns(agency: Agency, key: str = "pk") -> dict[str, Subquery]:
    """The columns for `read_numbers`, of the measure that `key` names."""
    points = DataPoint.objects.within(agency).filter(measure=OuterRef(key))
    rows = points.order_by("-period")[:LATEST]
    columns: dict[str, Subquery] = {
        f"{name}s": ArraySubquery(rows.values(name)) for name in NUMBERS
    }
    # As text, since an array can't hold arrays of different lengths.
    text = Func(F("values"), Value(" "), function="array_to_string", output_field=TextField())
    columns["value_lists"] = ArraySubquery(rows.values(text=text))
    return _settings_columns(agency, key) | columns


def _settings_columns(agency: Agency, key: str = "pk") -> dict[str, Subquery]:
    through = lines_through(agency, OuterRef(OuterRef(key)))
    # Only what existed then: history imported later must not change a frozen baseline.
    known = DataPoint.objects.within(agency).filter(
        measure=OuterRef(key), came_on__lte=frozen_on(agency, OuterRef(OuterRef(key)))
    )
    return {
        **settings_columns(agency, key),
        "earlier_rows": earlier_column(agency, key, through),
        "frozen_since": Subquery(known.order_by("period").values("period")[:1]),
    }


def earlier_column(agency: Agency, key: str, through: OuterRef | Subquery) -> ArraySubquery:
    """A column: points up to a period that are older than the charted ones.

    So a frozen baseline keeps its middle and limits forever, while at most as many points again are
    read. They are of the measure that `key` names, latest first.
    """
    points = DataPoint.objects.within(agency)
    charted = points.filter(measure=OuterRef(OuterRef(key))).order_by("-period")
    first = Subquery(charted.values("period")[LATEST - 1 : LATEST])
    # Include the first charted day: the days between start at the event before it.
    rows = points.filter(measure=OuterRef(key), period__lte=first).filter(period__lte=through)
    row = JSONObject(**{name: name for name in (*NUMBERS, "values")})
    return ArraySubquery(rows.order_by("-period")[:LATEST].values(row=row))
