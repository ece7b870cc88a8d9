"""The chart that fits a measure, by the decision table of `charts.choose`, with its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from charts import Chart, ChosenCharts, choose
from charts.choice import Limits, mostly_none
from charts.run_rules import ENOUGH
from measures.charting.models import ChartChoice, Firmness
from measures.definitions.models import Measure
from measures.numbers.results import MeasureResult

REASONS: dict[str, str | Promise] = {
    **{chart.value: _(chart.shape.because) for chart in Chart if chart.shape.because},
    "single": _(
        "Some periods have only one value. So the averages are taken as single results, and the "
        "limits come from how much they jump."
    ),
    "rare": _("Many periods have none at all, so no limits fit."),
    "zeros": _("Most results are 0, so no limits fit."),
}
SMALL = _("Many periods rest on few people. Longer periods, such as quarters, would tell more.")
# Suffix of a code when periods are small.
_SMALL = "_small"


@dataclass(frozen=True)
class Fitting:
    """The chart that fits, how firm its limits are, and the code of the reason."""

    chart: Chart
    firmness: Firmness
    code: str


def fitting(measure: Measure, numbers: Sequence[MeasureResult]) -> Fitting | None:
    """The chart that fits these numbers; None while there are too few."""
    denominators = [row.denominator for row in numbers] if measure.shape.has_denominator else None
    choice = choose(
        measure.shape.result,
        [row.numerator for row in numbers],
        denominators=denominators,
        subgroups=[row.values for row in numbers if row.values]
        if measure.shape.has_values
        else None,
    )
    if choice.limits is Limits.NONE:
        return None
    return Fitting(
        Chart.RUN if _lacks_days(measure, choice) else choice.chart,
        Firmness(choice.limits),
        _code(measure, choice),
    )


def _lacks_days(measure: Measure, choice: ChosenCharts) -> bool:
    """Whether days between events would fit best, but only counts per period exist."""
    return measure.shape.is_periodic and choice.chart.shape.between


def _code(measure: Measure, choice: ChosenCharts) -> str:
    if _lacks_days(measure, choice):
        return "rare"
    chart = choice.chart
    if not chart.shape.limits:
        return "zeros"
    if measure.shape.has_values and not chart.shape.grouped:
        return "single"
    return chart.value + (_SMALL if choice.longer_periods else "")


def is_settled(held: ChartChoice | None) -> bool:
    """Whether the chart is final: it is chosen once provisionally and once for good."""
    return held is not None and (held.by_id is not None or held.firmness == Firmness.ESTABLISHED)


def why(code: str) -> str:
    """The reason in plain words."""
    said = str(REASONS[code.removesuffix(_SMALL)])
    return f"{said} {SMALL}" if code.endswith(_SMALL) else said


def better_as_days(measure: Measure, numbers: Sequence[MeasureResult]) -> bool:
    """Whether so many periods are zero that the days of the events would show more."""
    known = [row.numerator for row in numbers if row.numerator is not None]
    return len(known) >= ENOUGH and mostly_none(measure.shape.result, known)
