"""A chart's finding, as one value that every text about the chart is made from.

The latest signal comes first. All signals come from one set of rules, applied from the first judged
result on: the results of the latest phase, or those after the baseline they are compared with.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from statistics import median

from charts import run_rules
from charts.analysis import Analysis, analyze
from charts.markers import Rules
from charts.mdc import RUN, MakingDataCount
from charts.readings import Reading, exact
from charts.run_rules import ENOUGH, PhaseRuns, Run, crossings_min, longest_run_max
from charts.series import Direction, Series, included
from charts.verdict import Assurance, ChangeFound, way

HUGGING_FROM = 15
# How many of the latest results describe the present, whatever they are compared with.
RECENT = 6


class WhatStandsOut(StrEnum):
    """Kinds of signals. Hugging: results that vary much less than their limits allow."""

    LONG_RUN = "long_run"
    DRIFT = "drift"
    FAR_OUTSIDE = "far_outside"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    HUGGING = "hugging"


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal, from its first to its last result.

    `side`: +1 high or up, -1 low or down, 0 neither. `change` is unclear if neither direction is
    better (on a chart of spread) or there is no side. `over`: later results no longer show it.
    """

    kind: WhatStandsOut
    side: int
    change: ChangeFound
    first: int
    last: int
    length: int
    over: bool


@dataclass(frozen=True, slots=True)
class ChartFinding:
    """A chart's finding.

    `since`: the first judged result; `count`: the number of results from it on; `enough`: whether
    they are enough for a signal. `middle`: the line they are compared with. `now`: the middle of
    the latest of them, None while there are too few. `expected`: whether results like these will
    meet the goal; None if unknown.
    """

    signals: tuple[Signal, ...]
    since: int
    count: int
    enough: bool
    middle: float | None
    now: float | None
    expected: Assurance | None

    @property
    def latest(self) -> Signal | None:
        """The signal to report first."""
        return self.signals[0] if self.signals else None

    @property
    def change(self) -> ChangeFound | None:
        return self.latest.change if self.latest else None

    @property
    def ongoing(self) -> bool | None:
        return None if self.latest is None else not self.latest.over

    @property
    def lasting(self) -> Signal | None:
        """The ongoing run on one side, if any."""
        runs = (
            each for each in self.signals if each.kind is WhatStandsOut.LONG_RUN and not each.over
        )
        return next(runs, None)

    @property
    def told(self) -> tuple[Signal, ...]:
        """The signals to report: an ongoing run with any hugging, otherwise the two latest."""
        if not self.signals:
            return ()
        first, *others = self.signals
        if (
            first.over
            or first.kind is WhatStandsOut.TREND
            or first.kind is WhatStandsOut.FAR_OUTSIDE
        ):
            return (first, *others[:1])
        hugging = [each for each in others if each.kind is WhatStandsOut.HUGGING]
        return (first, *hugging)


@dataclass(frozen=True, slots=True)
class _Judged:
    """The judged results, as indices of the series, with the line they are compared with."""

    series: Series
    analysis: Analysis
    since: int
    known: tuple[int, ...]

    def change(self, side: int) -> ChangeFound:
        if not side or self.series.shape.spread:
            return ChangeFound.UNCLEAR
        return way(side, self.series.direction)

    def signal(
        self, kind: WhatStandsOut, side: int, first: int, last: int, **said: int | bool
    ) -> Signal:
        length = int(said.get("length", 1))
        over = bool(said.get("over", last != self.known[-1]))
        return Signal(kind, side, self.change(side), first, last, length, over)


def find(
    series: Series, analysis: Analysis, rules: Rules = Rules.ANHOEJ, since: int | None = None
) -> ChartFinding:
    """The finding of a chart.

    `since` is the first result compared with a baseline that sets the lines; without it, the latest
    phase is judged.
    """
    part = analysis.parts[-1]
    first = part.start if since is None else max(since, part.start)
    include = included(series)
    known = tuple(
        index
        for index in range(first, part.end)
        if analysis.plotted[index] is not None and include[index]
    )
    judged = _Judged(series, analysis, first, known)
    counted = analysis.making_data_count
    if not known:
        signals: tuple[Signal, ...] = ()
        enough = False
    elif rules is Rules.MAKING_DATA_COUNT and counted is not None:
        signals, enough = _making_data_count(judged, counted)
    else:
        signals, enough = _anhoej(judged, part)
    middle = analysis.center[part.start] if part.end > part.start else None
    return _with_goal(judged, ChartFinding(signals, first, len(known), enough, middle, None, None))


def held_against(series: Series, analysis: Analysis, middle: float, since: int) -> Analysis:
    """Analyze the same results against an external number: one phase, without limits.

    Only results from `since` on are judged by it.
    """
    length = len(analysis.plotted)
    nothing = (None,) * length
    include = tuple(index >= since and taken for index, taken in enumerate(included(series)))
    center = (Fraction(middle),) * length
    part = run_rules.part(_exact(analysis.plotted), center, include)
    return replace(
        analysis,
        center=(middle,) * length,
        lower=nothing,
        lower_two=nothing,
        upper_two=nothing,
        upper=nothing,
        sigma_signals=(False,) * length,
        parts=(part,),
        assurance=None,
        making_data_count=None,
    )


def _exact(column: Sequence[float | None]) -> tuple[Reading, ...]:
    return tuple(None if value is None else Fraction(value) for value in column)


def _anhoej(judged: _Judged, part: PhaseRuns) -> tuple[tuple[Signal, ...], bool]:
    analysis, end = judged.analysis, part.end
    here = slice(judged.since, end)
    taken = [index in set(judged.known) for index in range(judged.since, end)]
    center = _exact(analysis.center[here])
    runs = run_rules.runs(_exact(analysis.plotted[here]), center, taken, judged.since)
    found = _by_runs(judged, runs, part.useful) if part.judged else []
    for index in reversed(judged.known):
        if analysis.sigma_signals[index]:
            if not any(run.first <= index <= run.last for run in found if run.side):
                found.append(
                    judged.signal(WhatStandsOut.FAR_OUTSIDE, _beyond(judged, index), index, index)
                )
            break
    # Of two that end together, the longer one says more.
    found.sort(key=lambda each: (each.last, each.length), reverse=True)
    after = sum(run.length for run in runs)
    enough = part.useful >= ENOUGH and after > longest_run_max(max(part.useful, 1))
    if not part.judged and all(limit is None for limit in analysis.upper[here]):
        enough = False
    if enough and (hugging := _hugging(judged)):
        found.append(hugging)
    return tuple(found), enough


def _by_runs(judged: _Judged, runs: Sequence[Run], useful: int) -> list[Signal]:
    """Runs that are too long; if none is ongoing, a drift where there are too few crossings."""
    if useful < ENOUGH:
        return []
    long = [
        judged.signal(
            WhatStandsOut.LONG_RUN,
            run.side,
            run.start,
            run.end,
            length=run.length,
            over=run != runs[-1],
        )
        for run in runs
        if run.length > longest_run_max(useful)
    ]
    after = sum(run.length for run in runs)
    seldom = after >= ENOUGH and len(runs) - 1 < crossings_min(after)
    if not seldom or (long and not long[-1].over):
        return long
    drift = _drift(judged, runs)
    # If a run is over and results now drift back from it, report the drift.
    turns = not long or (drift.side == -long[-1].side and not drift.over)
    return [*long, drift] if turns else long


def _drift(judged: _Judged, runs: Sequence[Run]) -> Signal:
    """The direction of results: their later half against their earlier half."""
    values = [(index, _value(judged, index)) for index in judged.known]
    half = len(values) // 2
    earlier, later = values[:half], values[-half:]
    ups = sum((b > a) - (b < a) for _, a in earlier for _, b in later)
    side = (ups > 0) - (ups < 0)
    last = judged.known[-1]
    if not side:
        return judged.signal(
            WhatStandsOut.DRIFT, 0, judged.known[0], last, length=len(values), over=False
        )
    # It began at the last of the earlier half's lowest (or highest) results.
    first = min(earlier, key=lambda each: (side * each[1], -each[0]))[0]
    there = [run for run in runs if run.side == side]
    over = runs[-1].side != side
    end = there[-1].end if over and there else last
    return judged.signal(WhatStandsOut.DRIFT, side, first, end, length=len(values), over=over)


def _value(judged: _Judged, index: int) -> float:
    value = judged.analysis.plotted[index]
    assert value is not None
    return value


def _beyond(judged: _Judged, index: int) -> int:
    upper = judged.analysis.upper[index]
    return 1 if upper is not None and _value(judged, index) > upper else -1


def _hugging(judged: _Judged) -> Signal | None:
    """Many consecutive results, up to the last one, within one sigma of the middle."""
    if not judged.series.shape.even:
        return None
    length = 0
    for index in reversed(judged.known):
        if not _within_one_sigma(judged.analysis, index, _value(judged, index)):
            break
        length += 1
    if length < HUGGING_FROM:
        return None
    first, last = judged.known[-length], judged.known[-1]
    return judged.signal(WhatStandsOut.HUGGING, 0, first, last, length=length, over=False)


def _within_one_sigma(analysis: Analysis, index: int, value: float) -> bool:
    center, lower, upper = analysis.center[index], analysis.lower[index], analysis.upper[index]
    if center is None or lower is None or upper is None:
        return False
    # A limit that is cut off, such as at 0, is closer than the other one.
    sigma = max(upper - center, center - lower) / 3
    return abs(value - center) < sigma


def _making_data_count(
    judged: _Judged, counted: MakingDataCount
) -> tuple[tuple[Signal, ...], bool]:
    """The label of the last result that stands out, and the run it belongs to."""
    places = [at for at, index in enumerate(counted.index) if index in set(judged.known)]
    group = counted.groups[-1]
    enough = group.length >= ENOUGH and len(places) >= min(RUN, group.length)
    shift = _stretches(counted.shift, places)
    trend = _stretches(counted.trend, places)
    found = [
        (at, signal)
        for at in places
        for signal in (
            _labelled(judged, counted, at, trend),
            _of_stretch(judged, counted, WhatStandsOut.LONG_RUN, shift.get(at)),
        )
        if signal is not None
    ]
    if not found or not enough:
        return (), enough
    last = found[-1][0]
    signals = [signal for at, signal in found if at == last]
    if len(signals) > 1:
        label, run = signals
        if label.side != run.side:
            # A trend back toward the middle: report only the label's direction.
            signals = [label]
        elif label.kind is not WhatStandsOut.TREND:
            # A result far outside on the run's side is part of the run.
            signals = [run]
    return tuple(signals), enough


def _stretches(marks: Sequence[int], places: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """The long enough stretch of one mark that each place is in: side, first and last place."""
    found: dict[int, tuple[int, int, int]] = {}
    for side, stretch in groupby(places, key=lambda at: marks[at]):
        own = list(stretch)
        if side and len(own) >= RUN:
            found |= dict.fromkeys(own, (side, own[0], own[-1]))
    return found


def _labelled(
    judged: _Judged,
    counted: MakingDataCount,
    at: int,
    trend: dict[int, tuple[int, int, int]],
) -> Signal | None:
    index = counted.index[at]
    if side := counted.astronomical[at]:
        return judged.signal(WhatStandsOut.FAR_OUTSIDE, side, index, index)
    if at in trend:
        return _of_stretch(judged, counted, WhatStandsOut.TREND, trend[at])
    if side := counted.two_in_three[at]:
        return judged.signal(WhatStandsOut.TWO_OF_THREE, side, index, index)
    return None


def _of_stretch(
    judged: _Judged,
    counted: MakingDataCount,
    kind: WhatStandsOut,
    stretch: tuple[int, int, int] | None,
) -> Signal | None:
    if stretch is None:
        return None
    side, first, last = stretch
    places = counted.index[first], counted.index[last]
    return judged.signal(kind, side, *places, length=last - first + 1)


def _with_goal(judged: _Judged, found: ChartFinding) -> ChartFinding:
    """The finding, with the current level and whether it will meet the goal."""
    if not found.enough:
        return found
    now = median(_value(judged, index) for index in judged.known[-RECENT:])
    return replace(found, now=now, expected=_expected(judged, found, now))


def _expected(judged: _Judged, found: ChartFinding, now: float) -> Assurance | None:
    series, latest = judged.series, found.latest
    if series.target is None or series.direction == Direction.NEUTRAL:
        return None
    said: Assurance | None = judged.analysis.assurance
    if found.lasting:
        later = analyze(_from(series, found.lasting.first))
        # Predict nothing from too few results, or while they keep changing.
        calm = later.parts[-1].enough and not later.parts[-1].signal
        said = later.assurance if calm else None
    elif latest and not latest.over and latest.kind in {WhatStandsOut.DRIFT, WhatStandsOut.TREND}:
        return None
    higher = series.direction == Direction.INCREASE
    met = now >= exact(series.target) if higher else now <= exact(series.target)
    # Limits of one period may not fit all; predict nothing if the middle contradicts them.
    wrong = Assurance.NEVER if met else Assurance.ALWAYS
    return None if said is wrong else said


def _from(series: Series, start: int) -> Series:
    """The results from `start` on, which set their own lines."""

    def cut[T](column: Sequence[T]) -> Sequence[T]:
        return column[start:]

    def cut_if[T](column: Sequence[T] | None) -> Sequence[T] | None:
        return None if column is None else cut(column)

    return replace(
        series,
        values=cut(series.values),
        denominators=cut_if(series.denominators),
        subgroups=cut_if(series.subgroups),
        dates=cut(series.dates),
        exclude=[index - start for index in series.exclude if index >= start],
        freeze=None,
        freeze_from=0,
        phases=(),
        earlier=None,
    )


def meets(finding: ChartFinding, series: Series) -> bool | None:
    """Whether current results meet the goal; None without a goal."""
    if series.target is None or finding.now is None or series.direction == Direction.NEUTRAL:
        return None
    target = exact(series.target)
    higher = series.direction == Direction.INCREASE
    return finding.now >= target if higher else finding.now <= target
