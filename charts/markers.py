"""Which points stand out under the agency's set of rules; sets are never mixed."""

from enum import StrEnum

from charts.analysis import Analysis
from charts.mdc import COMMON
from charts.series import Series

CIRCLE = "circle"
SQUARE = "square"
DIAMOND = "diamond"
CROSS = "cross"


class Rules(StrEnum):
    """The Anhøj rules with 3 sigma, or Making Data Count for I charts."""

    ANHOEJ = "anhoej"
    MAKING_DATA_COUNT = "mdc"


def shapes(series: Series, analysis: Analysis, rules: Rules = Rules.ANHOEJ) -> dict[int, str]:
    """The shape of each point that is not an ordinary circle, by its index.

    A cross is excluded from the rules, a diamond is outside the 3-sigma limits, a square is part of
    a run that is too long (or of another pattern of Making Data Count).
    """
    found: dict[int, str] = {}
    counted = analysis.making_data_count
    if rules is Rules.MAKING_DATA_COUNT and counted is not None:
        for at, (cause, far) in enumerate(zip(counted.cause, counted.astronomical, strict=True)):
            if cause != COMMON:
                found[counted.index[at]] = DIAMOND if far else SQUARE
    else:
        found |= _long_runs(analysis)
        found |= {index: DIAMOND for index, signal in enumerate(analysis.sigma_signals) if signal}
    return found | {index: CROSS for index in series.exclude if 0 <= index < len(analysis.plotted)}


def _long_runs(analysis: Analysis) -> dict[int, str]:
    return {
        index: SQUARE
        for part in analysis.parts
        if part.judged and part.enough
        for run in part.long_runs
        for index in range(run.start, run.end + 1)
        if _beyond(analysis.plotted[index], analysis.center[index], run.side)
    }


def _beyond(value: float | None, center: float | None, side: int) -> bool:
    return value is not None and center is not None and (value - center) * side > 0
