"""Which chart fits a measure; decided once, when its baseline is complete."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from statistics import median

from charts.kinds import Chart
from charts.limits import mean, sigma_z
from charts.readings import Number, PhaseRows, exact, tied
from charts.run_rules import ENOUGH
from charts.series import Series, checked

ESTABLISHED_FROM = 20


class ResultKind(StrEnum):
    """The kind of result a measure has."""

    PROPORTION = "proportion"
    RATE = "rate"
    RARE_EVENTS = "rare_events"
    COUNT = "count"
    WAIT = "wait"
    SCORE = "score"
    RATING = "rating"


class Limits(StrEnum):
    """How reliable the limits are, by useful results: below 10, up to 19, from 20."""

    NONE = "none"
    TRIAL = "trial"
    ESTABLISHED = "established"


@dataclass(frozen=True, slots=True)
class ChosenCharts:
    """The chart that fits, with the one to show beside it (S beside Xbar).

    If `limits` is none, it is a line with its median, and no signals. `longer_periods`: too many
    periods are too small for meaningful limits, so collect over longer ones.
    """

    chart: Chart
    limits: Limits
    longer_periods: bool = False

    @property
    def companion(self) -> Chart | None:
        return self.chart.shape.companion


# The chart whose checks apply to counted results before the chart is chosen.
_CHECKED_AS = {ResultKind.PROPORTION: Chart.P, ResultKind.RATE: Chart.U, ResultKind.COUNT: Chart.C}


def choose(
    kind: ResultKind,
    values: Sequence[Number | None] = (),
    *,
    denominators: Sequence[Number | None] | None = None,
    subgroups: Sequence[Sequence[Number | None]] | None = None,
    days: Sequence[date] = (),
    opportunities_counted: bool = False,
) -> ChosenCharts:
    """The chart for the results of a baseline.

    `values`: one per period. `denominators`: what they are out of (proportions), or the exposure
    (rates, counts). `subgroups`: each period's raw values, for waits. `days`: when rare events
    happened, in order. `opportunities_counted`: the opportunities between events are known, so a G
    chart is possible. Ratings with denominators are counts of the top box.

    Raises NotChartable as `analyze` does.
    """
    plain, results = _results(kind, values, denominators, subgroups, days)
    limits = _limits(results)
    if limits is Limits.NONE:
        return ChosenCharts(Chart.RUN, limits)
    zeros = plain.count(Fraction(0))
    match kind:
        case ResultKind.PROPORTION:
            return _proportion(values, denominators, limits)
        case ResultKind.RATING if denominators is not None:
            return _proportion(values, denominators, limits)
        case ResultKind.RARE_EVENTS:
            return ChosenCharts(Chart.G if zeros else Chart.T, limits)
        case ResultKind.RATE | ResultKind.COUNT if mostly_none(kind, plain):
            return ChosenCharts(Chart.G if opportunities_counted else Chart.T, limits)
        case ResultKind.RATE | ResultKind.COUNT:
            return _rate(kind, values, denominators, limits)
        case ResultKind.WAIT | ResultKind.SCORE if 2 * zeros <= len(plain):
            return _continuous(subgroups, limits)
    return ChosenCharts(Chart.RUN, limits)


def mostly_none(kind: ResultKind, known: Collection[Number]) -> bool:
    """Whether so many periods of a count or rate are zero that days between events show more."""
    zeros = sum(not number for number in known)
    match kind:
        case ResultKind.RATE:
            return 4 * zeros >= len(known)
        case ResultKind.COUNT:
            return 2 * zeros > len(known)
    return False


def days_between(days: Sequence[date]) -> list[int]:
    """Days from each event to the next, one fewer than there are events."""
    return [(later - earlier).days for earlier, later in pairwise(days)]


def _results(
    kind: ResultKind,
    values: Sequence[Number | None],
    denominators: Sequence[Number | None] | None,
    subgroups: Sequence[Sequence[Number | None]] | None,
    days: Sequence[date],
) -> tuple[list[Fraction], list[Fraction]]:
    """The known values as given, and as a line would show them."""
    if kind is ResultKind.RARE_EVENTS and days:
        values = days_between(days)
    if kind is ResultKind.WAIT and subgroups is not None:
        averages = [
            mean(exact(value) for value in group if value is not None) for group in subgroups
        ]
        known = [average for average in averages if average is not None]
        return known, known
    chart = _CHECKED_AS.get(kind, Chart.RUN)
    if kind is ResultKind.RATING and denominators is not None:
        chart = Chart.P
    rows = checked(Series(chart=chart, values=values, denominators=denominators))
    plain = [value for value in rows.values if value is not None]
    if all(size is None for size in rows.sizes):
        return plain, plain
    return plain, [
        value / size
        for value, size in zip(rows.values, rows.sizes, strict=True)
        if value is not None and size
    ]


def _limits(results: Sequence[Fraction]) -> Limits:
    middle = median(results) if results else None
    useful = sum(middle is not None and not tied(result, middle) for result in results)
    if useful < ENOUGH:
        return Limits.NONE
    return Limits.TRIAL if useful < ESTABLISHED_FROM else Limits.ESTABLISHED


def _proportion(
    values: Sequence[Number | None], denominators: Sequence[Number | None] | None, limits: Limits
) -> ChosenCharts:
    rows = checked(Series(chart=Chart.P, values=values, denominators=denominators))
    sizes = [size for size in rows.sizes if size]
    share = sum((value for value in rows.values if value is not None), Fraction(0)) / sum(sizes)
    rarer = min(share, 1 - share)
    small = sum(size * rarer < 4 for size in sizes)
    return ChosenCharts(
        Chart.P_PRIME if _wider(rows, share=True) else Chart.P,
        limits,
        longer_periods=4 * small > len(sizes),
    )


def _rate(
    kind: ResultKind,
    values: Sequence[Number | None],
    denominators: Sequence[Number | None] | None,
    limits: Limits,
) -> ChosenCharts:
    if kind is ResultKind.COUNT and _steady(denominators):
        return ChosenCharts(Chart.C, limits)
    rows = checked(Series(chart=Chart.U, values=values, denominators=denominators))
    return ChosenCharts(Chart.U_PRIME if _wider(rows, share=False) else Chart.U, limits)


def _continuous(
    subgroups: Sequence[Sequence[Number | None]] | None, limits: Limits
) -> ChosenCharts:
    known = [[value for value in group if value is not None] for group in subgroups or ()]
    if known and all(len(group) >= 2 for group in known):
        return ChosenCharts(Chart.XBAR, limits)
    return ChosenCharts(Chart.INDIVIDUAL, limits)


def _wider(rows: PhaseRows, *, share: bool) -> bool:
    """Whether 12 or more periods vary more than the chart assumes (overdispersion)."""
    periods = sum(1 for size in rows.sizes if size)
    ratio = sigma_z(rows, share=share)
    if ratio is None or periods < 12:
        return False
    return ratio > (1.3 if periods >= 24 else 1.4)


def _steady(denominators: Sequence[Number | None] | None) -> bool:
    """Whether the exposure stays within 20% of its mean, or is not known to vary."""
    sizes = [exact(size) for size in denominators or () if size is not None]
    average = mean(sizes)
    return average is None or all(5 * abs(size - average) <= average for size in sizes)
