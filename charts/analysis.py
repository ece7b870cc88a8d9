"""The analysis of a series: everything a chart shows or says is derived from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain

from charts import mdc, run_rules
from charts.limits import Column, Lines
from charts.mdc import MakingDataCount
from charts.readings import NotChartable, PhaseRows, Reading, above, as_floats, exact
from charts.run_rules import PhaseRuns
from charts.series import Series, checked, frozen_start, included, phase_bounds
from charts.verdict import Assurance, ChartVerdict, assurance, verdict


@dataclass(frozen=True, slots=True)
class Analysis:
    """An analyzed chart. Columns have one entry a period, in plotted units; None is undefined.

    `sigma_signals`: strictly outside the 3-sigma limits. `parts`: the runs analysis of each phase.
    `special_cause`: any such signal or runs signal in any phase, however few the results.
    `verdict`: the latest phase; with fewer than 10 useful results the runs rules do not apply.
    `assurance`: the last period's limits against the target. `making_data_count`: for I charts
    without exclusions, None for all others.
    """

    plotted: tuple[float | None, ...]
    center: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    lower_two: tuple[float | None, ...]
    upper_two: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    sigma_signals: tuple[bool, ...]
    parts: tuple[PhaseRuns, ...]
    special_cause: bool
    assurance: Assurance | None
    verdict: ChartVerdict
    making_data_count: MakingDataCount | None

    @property
    def observed(self) -> int:
        """The number of periods with a result."""
        return sum(value is not None for value in self.plotted)

    @property
    def useful(self) -> int:
        """The number of useful results in the latest phase: those not on its center line."""
        return self.parts[-1].useful


def analyze(series: Series) -> Analysis:
    """Center line, limits, signals and verdict of a series.

    Raises NotChartable (see its codes) for impossible results. Whatever cannot be computed, for
    lack of results or of any spread, is None.
    """
    rows = checked(series)
    bounds = phase_bounds(series)
    factor = exact(series.multiply)
    earlier = _earlier(series)
    whole = [
        series.shape.lines(each if start else earlier.then(each)).times(factor)
        for start, each in ((start, rows.within(start, end)) for start, end in bounds)
    ]
    phases = [lines.after(0 if at else len(earlier)) for at, lines in enumerate(whole)]
    include = included(series)
    signals = [_outside(lines) for lines in phases]
    judged = series.shape.by_runs
    parts = tuple(
        run_rules.part(lines.plotted, lines.center, include[start:end], start, judged=judged)
        for (start, end), lines in zip(bounds, phases, strict=True)
    ) or (run_rules.part((), (), (), judged=judged),)
    latest = phases[-1] if phases else Lines((), (), (), (), (), ())
    target = None if series.target is None else exact(series.target)
    return Analysis(
        plotted=_floats([lines.plotted for lines in phases]),
        center=_floats([lines.center for lines in phases]),
        lower=_floats([lines.lower for lines in phases]),
        lower_two=_floats([lines.lower_two for lines in phases]),
        upper_two=_floats([lines.upper_two for lines in phases]),
        upper=_floats([lines.upper for lines in phases]),
        sigma_signals=tuple(signal for column in signals for signal in column),
        parts=parts,
        special_cause=any(map(any, signals)) or any(part.signal for part in parts),
        assurance=assurance(target, series.direction, _last(latest.lower), _last(latest.upper)),
        verdict=verdict(
            series.shape,
            series.direction,
            parts[-1],
            latest.plotted,
            latest.upper,
            signals[-1] if signals else (),
        ),
        making_data_count=_making_data_count(
            series, phases, bounds, target, _known(earlier, whole)
        ),
    )


def _earlier(series: Series) -> PhaseRows:
    """The results before the series that count for its first phase."""
    if series.earlier is None:
        return PhaseRows((), (), (), (), series.screened)
    try:
        return checked(
            replace(series.earlier, chart=series.chart, freeze=None, phases=(), earlier=None)
        )
    except NotChartable as refused:
        # Drop the index: it is not one of this series.
        raise NotChartable(refused.code) from None


def _known(earlier: PhaseRows, phases: Sequence[Lines]) -> list[Fraction]:
    """The earlier results that exist and count."""
    shown = phases[0].plotted[: len(earlier)] if phases else ()
    return [
        value
        for value, base in zip(shown, earlier.base, strict=False)
        if base and value is not None
    ]


def _making_data_count(
    series: Series,
    phases: Sequence[Lines],
    bounds: Sequence[tuple[int, int]],
    target: Reading,
    earlier: Sequence[Fraction],
) -> MakingDataCount | None:
    left_out = series.exclude or (series.earlier is not None and series.earlier.exclude)
    if not series.shape.making_data_count or left_out:
        return None
    return mdc.making_data_count(
        tuple(value for lines in phases for value in lines.plotted),
        bounds,
        direction=series.direction,
        target=target,
        base=frozen_start(series),
        screened=series.screened,
        earlier=earlier,
    )


def _outside(lines: Lines) -> tuple[bool, ...]:
    def is_outside(value: Fraction, lower: Reading, upper: Reading) -> bool:
        too_high = upper is not None and above(value, upper)
        return too_high or (lower is not None and above(lower, value))

    return tuple(
        value is not None and is_outside(value, lower, upper)
        for value, lower, upper in zip(lines.plotted, lines.lower, lines.upper, strict=True)
    )


def _floats(columns: Sequence[Column]) -> tuple[float | None, ...]:
    return as_floats(chain.from_iterable(columns))


def _last(column: Column) -> Reading:
    return column[-1] if column else None
