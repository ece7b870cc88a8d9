"""From a measure and its results to its chart, finding and sparkline."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from django.utils import formats
from django.utils.translation import gettext

from charts import (
    Analysis,
    Chart,
    ChartEvent,
    Direction,
    Figure,
    Labels,
    Language,
    NotChartable,
    Rules,
    Series,
    Sparkline,
    analyze,
    figure,
    sparkline,
)
from foundation import keys
from measures.charting import earlier
from measures.charting.models import AdjustmentKind
from measures.charting.reading import Numbers
from measures.charting.settings import Adjusted, ChartSettings
from measures.definitions import periods
from measures.definitions.models import Frequency, Measure
from measures.definitions.wording import amount, worded
from measures.numbers.results import MeasureResult, result

# Longer gaps are not filled with missing periods: the chart would be long and empty.
LONGEST_GAP = 60
# The most calculated charts that a process keeps: 12 kB for two years by month, ten times that for
# as many results as a chart has at most.
CHARTS_KEPT = 300


@dataclass(frozen=True)
class Charted:
    """A measure's computed chart: its kind, rules and settings.

    `fits` is False if the chosen chart can't show the results, which then become a plain line.
    `frozen` says that middle and limits come from the frozen baseline.
    """

    measure: Measure
    series: Series
    analysis: Analysis
    settings: ChartSettings
    rules: Rules
    phases: tuple[str, ...]
    fits: bool

    @property
    def frozen(self) -> bool:
        return self.series.freeze is not None and not self.series.phases

    @property
    def begun(self) -> str:
        """The name of the phase in progress when the chart begins; otherwise empty."""
        first = self.series.dates[0] if self.series.dates else date.min
        phases = self.settings.in_force(AdjustmentKind.PHASE)
        return next((row.label for row in reversed(phases) if row.period <= first), "")

    @property
    def companion(self) -> "Charted | None":
        """The chart to show below: for an X-bar chart, how far single values differ."""
        chart = self.series.shape.companion
        if chart is None:
            return None
        row = replace(self.series, chart=chart, direction=Direction.NEUTRAL, target=None)
        return recharted(self, row)

    def figure(
        self,
        said: tuple[str, str],
        marks: Sequence[tuple[date, str]] = (),
        csv_url: str = "",
        *,
        notes: Mapping[date, str] | None = None,
        baseline: float | None = None,
    ) -> Figure:
        """Both drawings and the table, below the finding and the outlook on the goal.

        Each mark is a day with its short label; `notes` belong to single periods in the table;
        `baseline` is the baseline that results are compared with.
        """
        frequency = self.measure.frequency
        events = [ChartEvent(periods.period_of(frequency, on), label) for on, label in marks]
        labels = replace(_labels(self, events), notes=notes or {}, baseline=baseline)
        return figure(self.series, self.analysis, labels, csv_url=csv_url, said=said)


def charted(measure: Measure, numbers: Numbers, *, target: Decimal | None = None) -> Charted:
    """The chart chosen for the measure; a plain line if its results do not fit it."""
    held = numbers.settings
    row = series(measure, numbers, target=target)
    chosen = held.chosen
    ruled = Rules(chosen.rules) if chosen else Rules.ANHOEJ
    labels = tuple(each.label for each in _phases(row.dates, held))
    return _computed(measure, row, held, ruled, labels)


def recharted(chart: Charted, row: Series) -> Charted:
    """The same chart over another series of the same measure."""
    return _computed(chart.measure, row, chart.settings, chart.rules, chart.phases)


def _computed(
    measure: Measure, row: Series, held: ChartSettings, ruled: Rules, phases: tuple[str, ...]
) -> Charted:
    try:
        return Charted(measure, row, _analyzed(row), held, ruled, phases, fits=True)
    except NotChartable:
        line = replace(row, chart=Chart.RUN)
        return Charted(measure, line, _analyzed(line), held, Rules.ANHOEJ, phases, fits=False)


@lru_cache(CHARTS_KEPT)
def _analyzed(row: Series) -> Analysis:
    """The analysis of a series whose columns are tuples of decimals, kept by all that it holds.

    So it can't be out of date, and is the same in each process. It contains no words.
    """
    return analyze(row)


def series(measure: Measure, numbers: Numbers, *, target: Decimal | None = None) -> Series:
    """The series in time order; skipped periods count as missing."""
    settings = numbers.settings
    rows = _without_gaps(measure, numbers.results)
    days = [row.period for row in rows]
    lines = earlier.held(numbers)
    excluded = {row.period for row in settings.in_force(AdjustmentKind.EXCLUSION)}
    return Series(
        chart=Chart(settings.chosen.chart) if settings.chosen else Chart.RUN,
        values=tuple(row.numerator for row in rows),
        denominators=tuple(row.denominator for row in rows)
        if measure.shape.has_denominator
        else None,
        subgroups=tuple(row.values for row in rows) if measure.shape.has_values else None,
        dates=tuple(days),
        direction=Direction(measure.direction),
        target=target,
        multiply=measure.multiply,
        freeze=None if lines.through is None else bisect_right(days, lines.through),
        freeze_from=0 if lines.since is None else bisect_left(days, lines.since),
        phases=tuple(bisect_left(days, each.period) for each in _phases(days, settings)),
        exclude=tuple(index for index, day in enumerate(days) if day in excluded),
        earlier=before(measure, rows, lines, settings),
    )


def before(
    measure: Measure,
    shown: Sequence[MeasureResult],
    lines: earlier.HeldLines,
    settings: ChartSettings,
) -> Series | None:
    """Results before the charted ones that help set the lines; None without any."""
    if not lines.before:
        return None
    first = shown[0]
    rows = _without_gaps(measure, [*lines.before, first])[:-1]
    if lines.through is not None and lines.through < first.period:
        # Other results lie between the baseline and the charted ones.
        rows.append(MeasureResult(periods.following(measure.frequency, rows[-1].period), None))
    kept = ChartSettings(settings.choices, settings.in_force(AdjustmentKind.EXCLUSION))
    return series(measure, Numbers(rows, kept))


def _phases(days: Sequence[date], settings: ChartSettings) -> list[Adjusted]:
    """Phases that begin within the chart, each with a period of its own."""
    rows = settings.in_force(AdjustmentKind.PHASE)
    return [row for row in rows if days and days[0] < row.period <= days[-1]]


def small(measure: Measure, numbers: Sequence[MeasureResult], middle: float | None) -> Sparkline:
    """The sparkline, with the line its results are compared with."""
    return sparkline([result(measure, row) for row in numbers], middle)


def latest(measure: Measure, numbers: Sequence[MeasureResult]) -> str:
    """The last result in words: "64% in March 2026"; empty if there is none."""
    for row in reversed(numbers):
        value = result(measure, row)
        if value is not None:
            name = periods.named(measure.frequency, row.period)
            said = str(measure.shape.words.latest)
            return said % {"value": amount(measure, value), "period": name}
    return ""


def _labels(row: Charted, events: Sequence[ChartEvent] = ()) -> Labels:
    measure, beside = row.measure, row.series.shape.beside
    code = keys.code_of(measure) if measure.pk else "new"
    return Labels(
        id=f"measure-{code}-spread" if beside else f"measure-{code}",
        title=_title(measure, beside),
        unit=measure.shape.axis,
        events=events,
        phases=row.phases,
        begun=row.begun,
        language=language(measure),
        rules=row.rules,
    )


def _title(measure: Measure, beside: str) -> str:
    if beside:
        return gettext(beside).format(name=measure.name)
    return str(measure.shape.words.titled) % {"name": measure.name}


def language(measure: Measure) -> Language:
    """The language of one chart; it words each period and number only once."""
    frequency, instead = measure.frequency, measure.shape.words.instead
    by_day = frequency in (Frequency.DAY, Frequency.WEEK)

    @cache
    def month(day: date) -> str:
        return periods.named(frequency, day)

    @cache
    def short_month(day: date) -> str:
        # A chart of days may span a new year, so the year is below; "03/10/26" is ambiguous.
        return formats.date_format(day, "M j\nY" if by_day else "M Y")

    def of_kind(message: str) -> str:
        return str(instead.get(message) or gettext(message))

    return Language(
        gettext=of_kind,
        month=month,
        short_month=short_month,
        number=cache(worded),
    )


def _without_gaps(measure: Measure, numbers: Sequence[MeasureResult]) -> list[MeasureResult]:
    if not numbers or not measure.shape.is_periodic:
        return list(numbers)
    known = {row.period: row for row in numbers}
    every = list(periods.every(measure.frequency, numbers[0].period, numbers[-1].period))
    if len(every) > len(numbers) + LONGEST_GAP:
        return list(numbers)
    return [known.get(period, MeasureResult(period, None)) for period in every]
