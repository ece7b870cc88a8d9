"""How a measure is charted, and the columns it is read from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.db.models.functions import JSONObject

from foundation.models import Agency
from measures.charting.models import Adjustment, AdjustmentKind, ChartChoice


@dataclass(frozen=True)
class ChosenChart:
    """A choice of chart; `by` is a name, empty if the rules chose."""

    chart: str
    rules: str
    firmness: str
    code: str
    reason: str
    by: str
    since: date
    results: int


@dataclass(frozen=True)
class Adjusted:
    """An adjustment; `by` and `undone_by` are names."""

    pk: int
    kind: str
    period: date
    label: str
    reason: str
    by: str
    on: date
    undone_on: date | None
    undone_by: str
    undone_because: str


@dataclass(frozen=True)
class ChartSettings:
    """A measure's choices of chart, newest first, and all adjustments, oldest first."""

    choices: Sequence[ChosenChart] = ()
    adjustments: Sequence[Adjusted] = ()

    @property
    def chosen(self) -> ChosenChart | None:
        return self.choices[0] if self.choices else None

    def in_force(self, kind: AdjustmentKind) -> list[Adjusted]:
        """Adjustments of one kind that were not undone, by period."""
        rows = [row for row in self.adjustments if row.kind == kind and row.undone_on is None]
        return sorted(rows, key=lambda row: row.period)


PLAIN = ChartSettings()


def settings_columns(agency: Agency, key: str = "pk") -> dict[str, ArraySubquery]:
    """The columns for `read_settings`, of the measure that `key` names."""
    of = OuterRef(key)
    choices = ChartChoice.objects.within(agency).filter(measure=of).order_by("-pk")
    adjustments = Adjustment.objects.within(agency).filter(measure=of).order_by("pk")
    names: dict[Literal["by", "undone_by"], F] = {
        "by": F("by__shown_name"),
        "undone_by": F("undone_by__shown_name"),
    }
    plain = ("chart", "rules", "firmness", "code", "reason", "since", "results")
    dated = ("pk", "kind", "period", "label", "reason", "on", "undone_on", "undone_because")
    return {
        "chart_rows": ArraySubquery(
            choices.values(row=JSONObject(by=names["by"], **{name: name for name in plain}))
        ),
        "adjustment_rows": ArraySubquery(
            adjustments.values(row=JSONObject(**names, **{name: name for name in dated}))
        ),
    }


def lines_through(agency: Agency, measure: OuterRef) -> Subquery:
    """The last period whose results set lines for anything that begins before the chart.

    That is the end of the frozen baseline, or any period if there are phases; null without either.
    """
    rows = Adjustment.objects.within(agency).in_force().filter(measure=measure)
    first = rows.exclude(kind=AdjustmentKind.EXCLUSION).order_by("-kind")
    period = Case(When(kind=AdjustmentKind.PHASE, then=Value(date.max)), default=F("period"))
    return Subquery(first.values(through=period)[:1])


def frozen_on(agency: Agency, measure: OuterRef) -> Subquery:
    """The day the current baseline was frozen."""
    rows = Adjustment.objects.within(agency).in_force().filter(measure=measure)
    return Subquery(rows.filter(kind=AdjustmentKind.BASELINE).values("on")[:1])


class ChosenRow(TypedDict):
    """A choice of chart as the database returns it: JSON has no dates."""

    chart: str
    rules: str
    firmness: str
    code: str
    reason: str
    by: str | None
    since: str
    results: int


class AdjustedRow(TypedDict):
    """An adjustment as the database returns it."""

    pk: int
    kind: str
    period: str
    label: str
    reason: str
    by: str
    on: str
    undone_on: str | None
    undone_by: str | None
    undone_because: str


def read_settings(
    choices: Iterable[ChosenRow], adjustments: Iterable[AdjustedRow]
) -> ChartSettings:
    """Build them from the columns `chart_rows` and `adjustment_rows`."""
    return ChartSettings(tuple(map(_chosen, choices)), tuple(map(_adjusted, adjustments)))


def _chosen(row: ChosenRow) -> ChosenChart:
    return ChosenChart(
        chart=row["chart"],
        rules=row["rules"],
        firmness=row["firmness"],
        code=row["code"],
        reason=row["reason"],
        by=row["by"] or "",
        since=date.fromisoformat(row["since"]),
        results=row["results"],
    )


def _adjusted(row: AdjustedRow) -> Adjusted:
    undone = row["undone_on"]
    return Adjusted(
        pk=row["pk"],
        kind=row["kind"],
        period=date.fromisoformat(row["period"]),
        label=row["label"],
        reason=row["reason"],
        by=row["by"],
        on=date.fromisoformat(row["on"]),
        undone_on=None if undone is None else date.fromisoformat(undone),
        undone_by=row["undone_by"] or "",
        undone_because=row["undone_because"],
    )
