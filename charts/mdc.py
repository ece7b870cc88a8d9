"""Making Data Count, NHS England's rules for I charts.

Limits are mean +/- 2.66 x mean moving range. As of December 2023, points beyond 3 sigma also count
toward two of three beyond 2 sigma.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise
from typing import NamedTuple

from charts.limits import Column, mean, mean_range
from charts.readings import Reading, above, as_floats, side, tied
from charts.series import Direction
from charts.verdict import Assurance, ChangeFound, assurance, way

WIDTH = Fraction(266, 100)
RUN = 7
SHORT = 13
COMMON = "common_cause"

_CAUSES = (
    ("above_ucl", "below_lcl"),
    ("trend_up", "trend_down"),
    ("two_in_three_above", "two_in_three_below"),
    ("shift_above", "shift_below"),
)
_POINT_TYPES = {
    ChangeFound.IMPROVEMENT: "improvement",
    ChangeFound.WORSENING: "concern",
    ChangeFound.HIGHER: "neutral_high",
    ChangeFound.LOWER: "neutral_low",
}


@dataclass(frozen=True, slots=True)
class PhaseGroup:
    """The results of one phase: first place, count, and `short` if too few for firm limits."""

    start: int
    length: int
    short: bool


@dataclass(frozen=True, slots=True)
class MakingDataCount:
    """One entry for each observed result; `index` is its place in the series.

    The rules hold +1 (high, up), -1 (low, down) or 0. `two_in_three_between` is the older rule, for
    which points beyond 3 sigma do not count. `cause` is the label by priority; `point_type` is
    improvement, concern, neutral_high, neutral_low or common_cause; `variation` is that of the last
    result. Limits are None where undefined.
    """

    index: tuple[int, ...]
    groups: tuple[PhaseGroup, ...]
    mean: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    lower_two: tuple[float | None, ...]
    upper_two: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    astronomical: tuple[int, ...]
    shift: tuple[int, ...]
    trend: tuple[int, ...]
    two_in_three: tuple[int, ...]
    two_in_three_between: tuple[int, ...]
    cause: tuple[str, ...]
    point_type: tuple[str, ...]
    variation: str
    assurance: Assurance | None


class _Limits(NamedTuple):
    mean: Reading
    lower: Reading
    lower_two: Reading
    upper_two: Reading
    upper: Reading


class _Mark(NamedTuple):
    """The rules that one result meets, starting with the one that labels it."""

    astronomical: int
    trend: int
    two_in_three: int
    shift: int
    two_in_three_between: int


def making_data_count(
    plotted: Column,
    phases: Sequence[tuple[int, int]],
    *,
    direction: Direction,
    target: Reading,
    base: range,
    screened: bool,
    earlier: Sequence[Fraction] = (),
) -> MakingDataCount | None:
    """Apply the rules to the observed results; each phase starts afresh. None without results.

    `base` are the periods that set mean and limits. `earlier` results are not shown but count
    toward the limits of the first phase.
    """
    index: list[int] = []
    groups: list[PhaseGroup] = []
    limits: list[_Limits] = []
    marks: list[_Mark] = []
    for start, end in phases:
        observed = [
            (place, value)
            for place, value in enumerate(plotted[start:end], start)
            if value is not None
        ]
        if not observed:
            continue
        values = [value for _, value in observed]
        own = [value for place, value in observed if place in base]
        line = _limits(own if start else [*earlier, *own], screened)
        groups.append(PhaseGroup(len(index), len(values), len(values) < SHORT))
        index += [place for place, _ in observed]
        limits += [line] * len(values)
        marks += _marks(values, line)
    if not index:
        return None
    labels = [_label(mark, direction) for mark in marks]
    far, trend, two_in_three, shift, between = (tuple(rule) for rule in zip(*marks, strict=True))
    columns = [as_floats(column) for column in zip(*limits, strict=True)]
    return MakingDataCount(
        index=tuple(index),
        groups=tuple(groups),
        mean=columns[0],
        lower=columns[1],
        lower_two=columns[2],
        upper_two=columns[3],
        upper=columns[4],
        astronomical=far,
        shift=shift,
        trend=trend,
        two_in_three=two_in_three,
        two_in_three_between=between,
        cause=tuple(cause for cause, _ in labels),
        point_type=tuple(point_type for _, point_type in labels),
        variation=labels[-1][1],
        assurance=assurance(target, direction, limits[-1].lower, limits[-1].upper),
    )


def _limits(baseline: Sequence[Fraction], screened: bool) -> _Limits:
    middle, average = mean(baseline), mean_range(baseline, screened=screened)
    if middle is None or not average:
        return _Limits(middle, None, None, None, None)
    far, near = WIDTH * average, WIDTH * average * 2 / 3
    return _Limits(middle, middle - far, middle - near, middle + near, middle + far)


def _marks(values: Sequence[Fraction], line: _Limits) -> list[_Mark]:
    sides = [0 if line.mean is None else side(value, line.mean) for value in values]
    far = [_beyond(value, line.lower, line.upper) for value in values]
    near = [_beyond(value, line.lower_two, line.upper_two) for value in values]
    between = [0 if beyond else close for beyond, close in zip(far, near, strict=True)]
    return [
        _Mark(*rules)
        for rules in zip(
            far,
            _trends(values),
            _two_in_three(near, sides),
            _shifts(sides),
            _two_in_three(between, sides),
            strict=True,
        )
    ]


def _beyond(value: Fraction, lower: Reading, upper: Reading) -> int:
    if upper is not None and above(value, upper):
        return 1
    if lower is not None and above(lower, value):
        return -1
    return 0


def _shifts(sides: Sequence[int]) -> list[int]:
    marked: list[int] = []
    for where, run in groupby(sides):
        length = len(list(run))
        marked += [where if length >= RUN else 0] * length
    return marked


def _trends(values: Sequence[Fraction]) -> list[int]:
    """Strictly monotone stretches; a point shared by two belongs to the later."""
    marked = [0] * len(values)
    steps = [0 if tied(a, b) else (1 if b > a else -1) for a, b in pairwise(values)]
    place = 0
    for step, run in groupby(steps):
        length = len(list(run))
        if step and length >= RUN - 1:
            marked[place : place + length + 1] = [step] * (length + 1)
        place += length
    return marked


def _two_in_three(beyond: Sequence[int], sides: Sequence[int]) -> list[int]:
    """Results beyond 2 sigma among three neighbors on one side, at least two of them beyond."""
    marked = [0] * len(sides)
    for place in range(len(sides) - 2):
        window = slice(place, place + 3)
        if abs(sum(sides[window])) == 3 and sum(map(abs, beyond[window])) >= 2:
            for index in range(place, place + 3):
                marked[index] = beyond[index] or marked[index]
    return marked


def _label(mark: _Mark, direction: Direction) -> tuple[str, str]:
    for rule, (high, low) in zip(mark, _CAUSES, strict=False):
        if rule:
            return high if rule > 0 else low, _POINT_TYPES[way(rule, direction)]
    return COMMON, COMMON
