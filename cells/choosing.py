"""The chart that fits a measure, by the decision table of `charts.choose`; and the words for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cells.models import ChartChoice, Firmness, Measure, MeasureKind
from cells.results import Result
from charts import Chart, Choice, Kind, choose
from charts.choice import Limits

KINDS = {
    MeasureKind.PROPORTION: Kind.PROPORTION,
    MeasureKind.COUNT: Kind.COUNT,
    MeasureKind.RATE: Kind.RATE,
    MeasureKind.SCORE: Kind.SCORE,
}
# What a person may choose instead; the numbers of the others are not there.
OFFERED: dict[str, tuple[Chart, ...]] = {
    MeasureKind.PROPORTION: (Chart.RUN, Chart.P, Chart.P_PRIME, Chart.INDIVIDUAL),
    MeasureKind.COUNT: (Chart.RUN, Chart.C, Chart.INDIVIDUAL, Chart.G),
    MeasureKind.RATE: (Chart.RUN, Chart.U, Chart.U_PRIME, Chart.INDIVIDUAL),
    MeasureKind.SCORE: (Chart.RUN, Chart.INDIVIDUAL, Chart.MOVING_RANGE, Chart.T, Chart.G),
}

REASONS: dict[str, str | Promise] = {
    "p": _("Each result is a share. The more people it rests on, the closer its limits are."),
    "pp": _(
        "Each result is a share of many people. The results differ more than such shares do by "
        "luck alone, so the limits are wider."
    ),
    "c": _("Each result is a count, taken of about the same time or use every period."),
    "u": _("Each result is a rate. The more time or use it rests on, the closer its limits are."),
    "up": _(
        "Each result is a rate over much time or use. The results differ more than such rates do "
        "by luck alone, so the limits are wider."
    ),
    "i": _("Each period has one result, so its limits come from how much results jump."),
    "rare": _(
        "Many periods have none at all, so no limits fit. Writing down the days from one to the "
        "next would tell more."
    ),
    "zeros": _("Most results are 0, so no limits fit."),
}
SMALL = _("Many periods rest on few people. Longer periods, such as quarters, would tell more.")
# Added to a code where the periods are small.
_SMALL = "_small"


@dataclass(frozen=True)
class Fitting:
    """The chart that fits, how firm its limits are, and the code of the reason."""

    chart: Chart
    firmness: Firmness
    code: str


def fitting(measure: Measure, numbers: Sequence[Result]) -> Fitting | None:
    """What fits by these numbers; None while there are too few of them."""
    denominators = [row.denominator for row in numbers] if measure.has_denominator else None
    choice = choose(
        KINDS[MeasureKind(measure.kind)],
        [row.numerator for row in numbers],
        denominators=denominators,
    )
    if choice.limits is Limits.NONE:
        return None
    return Fitting(
        # Periods have no dates of single events, of which the other two are made.
        Chart.RUN if choice.chart in {Chart.T, Chart.G} else choice.chart,
        Firmness(choice.limits),
        _code(choice),
    )


def _code(choice: Choice) -> str:
    match choice.chart:
        case Chart.T | Chart.G:
            return "rare"
        case Chart.RUN:
            return "zeros"
        case chart:
            return chart.value + (_SMALL if choice.longer_periods else "")


def is_settled(held: ChartChoice | None) -> bool:
    """Whether the chart stays: it is chosen once for the time being, once for good."""
    return held is not None and (held.by_id is not None or held.firmness == Firmness.ESTABLISHED)


def why(code: str) -> str:
    """The reason in plain words."""
    said = str(REASONS[code.removesuffix(_SMALL)])
    return f"{said} {SMALL}" if code.endswith(_SMALL) else said
