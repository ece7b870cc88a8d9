"""A chart's input: a series of results, checked before anything is computed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from charts.kinds import SHAPES, Chart, ChartShape
from charts.readings import NotChartable, Number, PhaseRows, Reading, exact


class Direction(StrEnum):
    """Which way is better."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Results in time order, and how to chart them.

    `values` holds one result a period (a numerator if there are `denominators`); None is missing.
    Xbar and S charts take `subgroups`, each period's raw values, instead. `dates` has one date a
    period, or is empty. `target` is in plotted units, that is after `multiply`.

    `freeze`: this many first periods set center line and limits; ignored if there are `phases`.
    Those before `freeze_from` do not, since they became known after the baseline was frozen.
    `phases`: 0-based first index of each new phase; everything is computed afresh from there.
    `exclude`: 0-based periods left out of center line, limits and runs rules, but still plotted.
    `earlier`: preceding results that are not shown. They set center line and limits of the first
    phase, or of the frozen baseline, together with its own. A gap in between is a missing result.
    `screened`: drop moving ranges of 3.267 times their mean or more, once.
    """

    chart: Chart
    values: Sequence[Number | None] = ()
    denominators: Sequence[Number | None] | None = None
    subgroups: Sequence[Sequence[Number | None] | None] | None = None
    dates: Sequence[date] = ()
    direction: Direction = Direction.NEUTRAL
    target: Number | None = None
    screened: bool = True
    freeze: int | None = None
    freeze_from: int = 0
    phases: Sequence[int] = ()
    exclude: Collection[int] = ()
    multiply: Number = 1
    earlier: "Series | None" = None

    def __len__(self) -> int:
        return len(self.subgroups or ()) if self.shape.grouped else len(self.values)

    @property
    def shape(self) -> ChartShape:
        return SHAPES[self.chart]


def phase_bounds(series: Series) -> list[tuple[int, int]]:
    """Start and end (exclusive) of each phase; an empty series has none."""
    length = len(series)
    starts = sorted({0, *(start for start in series.phases if 0 <= start < length)})
    return [pair for pair in zip(starts, [*starts[1:], length], strict=True) if pair[0] < pair[1]]


def included(series: Series) -> tuple[bool, ...]:
    """Which periods count for center line, limits and runs rules; shape (len(series),)."""
    left_out = frozenset(series.exclude)
    return tuple(index not in left_out for index in range(len(series)))


def checked(series: Series) -> PhaseRows:
    """The whole series as exact numbers; raises NotChartable if it cannot be charted."""
    if series.chart not in frozenset(Chart):
        raise NotChartable("unknown_chart")
    if series.direction not in frozenset(Direction):
        raise NotChartable("unknown_direction")
    if exact(series.multiply) <= 0:
        raise NotChartable("multiplier_not_positive")
    if series.target is not None:
        exact(series.target)
    values: tuple[Reading, ...] = ()
    sizes: tuple[Reading, ...] = ()
    groups: tuple[tuple[Fraction, ...], ...] = ()
    if series.shape.grouped:
        if series.subgroups is None:
            raise NotChartable("subgroups_missing")
        groups = tuple(
            tuple(exact(value) for value in group or () if value is not None)
            for group in series.subgroups
        )
        values = sizes = (None,) * len(groups)
    else:
        values, sizes = _numbers(series)
        _refuse_impossible(series.shape, values, sizes)
        if series.denominators is not None:
            values, sizes = _pairs(values, sizes)
    if series.dates and len(series.dates) != len(series):
        raise NotChartable("lengths_differ")
    frozen = frozen_start(series)
    base = tuple(kept and index in frozen for index, kept in enumerate(included(series)))
    return PhaseRows(values, sizes, groups, base, series.screened)


def frozen_start(series: Series) -> range:
    """The periods that set center line and limits: the frozen baseline, or all."""
    if series.freeze is None or series.phases:
        return range(len(series))
    return range(series.freeze_from, series.freeze)


def _numbers(series: Series) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
    """Values and denominators, exactly as given."""
    values = tuple(None if value is None else exact(value) for value in series.values)
    if series.denominators is None:
        if series.shape.sized:
            raise NotChartable("denominators_missing")
        return values, (None,) * len(values)
    if len(series.denominators) != len(values):
        raise NotChartable("lengths_differ")
    return values, tuple(None if size is None else exact(size) for size in series.denominators)


def _pairs(
    values: tuple[Reading, ...], sizes: tuple[Reading, ...]
) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
    """Set both to missing if either is."""
    both = tuple(v is not None and n is not None for v, n in zip(values, sizes, strict=True))
    return (
        tuple(value if there else None for value, there in zip(values, both, strict=True)),
        tuple(size if there else None for size, there in zip(sizes, both, strict=True)),
    )


def _refuse_impossible(
    shape: ChartShape, values: tuple[Reading, ...], sizes: tuple[Reading, ...]
) -> None:
    for index, (value, size) in enumerate(zip(values, sizes, strict=True)):
        if value is None:
            continue
        if shape.counts and value < 0:
            raise NotChartable("negative_count", index)
        if size is not None:
            if size < 0:
                raise NotChartable("negative_denominator", index)
            if shape.share and value > size:
                raise NotChartable("numerator_exceeds_denominator", index)
            if size == 0 and value != 0:
                raise NotChartable("events_with_zero_denominator", index)
        if shape.gaps and value <= 0:
            raise NotChartable("gap_not_positive", index)
