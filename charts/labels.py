"""A chart's labels besides its numbers, worded once for all formats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from charts.analysis import Analysis
from charts.axis import decimals_for, extent, ticks
from charts.kinds import gettext_noop
from charts.markers import CIRCLE, Rules, shapes
from charts.readings import exact
from charts.series import Series
from charts.words import ENGLISH, Language, Sentence, period, progress

POINT = gettext_noop("{period}: {value}")
NO_RESULTS = gettext_noop("No results yet.")
DESCRIPTION = gettext_noop(
    "Results from {first} to {last}: {count}. The lowest is {low}, the highest {high}. "
    "The usual middle is {middle}."
)
DESCRIPTION_FROM_BASELINE = gettext_noop(
    "Results from {first} to {last}: {count}. The lowest is {low}, the highest {high}. "
    "The baseline is {middle}."
)
MIDDLE = gettext_noop("Usual middle")
BASELINE = gettext_noop("Baseline")
EITHER = gettext_noop("Baseline or usual middle")


@dataclass(frozen=True, slots=True)
class ChartEvent:
    """An event, such as a change tried, marked on the time axis."""

    on: date
    label: str


@dataclass(frozen=True, slots=True)
class Labels:
    """What a chart says besides its numbers.

    `id` is unique on the page; `unit` follows every value ("%"); `phases` names the phases from the
    second one on, and `begun` the one in progress when the chart begins. `baseline` names the
    baseline that results are compared with, if any. `notes` appear in the table of numbers, by
    date.
    """

    id: str
    title: str
    unit: str = ""
    events: Sequence[ChartEvent] = ()
    phases: Sequence[str] = ()
    begun: str = ""
    baseline: float | None = None
    notes: Mapping[date, str] = field(default_factory=dict)
    language: Language = ENGLISH
    rules: Rules = Rules.ANHOEJ

    def value(self, number: float, decimals: int) -> str:
        """A value with its unit, as people read it."""
        return self.language.number(number, decimals) + self.unit


def middle_of(analysis: Analysis, labels: Labels) -> str:
    """The name of the center line: the baseline, the usual middle, or one after the other."""
    if labels.baseline is None:
        return MIDDLE
    return EITHER if later_lines(analysis, labels.baseline) else BASELINE


def later_lines(analysis: Analysis, baseline: float) -> bool:
    """Whether later (or earlier) phases have lines of their own."""
    return any(middle is not None and middle != baseline for middle in analysis.center)


class DrawingWords:
    """Words shared by all formats: the axis, the shapes, and each value."""

    def __init__(self, series: Series, analysis: Analysis, labels: Labels) -> None:
        self.series, self.analysis, self.labels = series, analysis, labels
        self.language = labels.language
        self.target = None if series.target is None else float(exact(series.target))
        bounds = extent(
            analysis.plotted,
            analysis.center,
            analysis.lower,
            analysis.upper,
            (self.target, labels.baseline, 0.0 if series.shape.from_zero else None),
        )
        self.ticks, self.decimals = ticks(*(bounds or (0.0, 1.0)))
        self.shown_decimals = decimals_for(analysis.plotted, self.decimals)
        self.tick_labels = [labels.value(tick, self.decimals) for tick in self.ticks]
        said = progress(analysis)
        self.progress = said.text(self.language) if said else None
        standing_out = shapes(series, analysis, labels.rules)
        self.shapes = frozenset(standing_out.values())
        template = self.language.gettext(POINT)
        # Each existing result: its index, value, shape and label.
        self.points = [
            (
                index,
                value,
                standing_out.get(index, CIRCLE),
                template.format(
                    period=period(series, index, self.language), value=self.value(value)
                ),
            )
            for index, value in enumerate(analysis.plotted)
            if value is not None
        ]

    def value(self, number: float) -> str:
        """A result as people read it."""
        return self.labels.value(number, self.shown_decimals)

    def goal(self, number: float) -> str:
        """The goal as people read it; it keeps any extra decimals it has."""
        return self.labels.value(number, decimals_for((number,), self.shown_decimals))

    def say(self, template: str, **parameters: str) -> str:
        return Sentence(template, parameters).text(self.language)

    def description(self) -> str:
        """A text alternative of the whole chart, in a sentence or two."""
        bounds = extent(self.analysis.plotted)
        middle = self.analysis.center[-1] if self.analysis.center else None
        held = self.labels.baseline
        middle = middle if held is None else held
        if bounds is None or middle is None:
            return self.language.gettext(NO_RESULTS)
        return self.say(
            DESCRIPTION if held is None else DESCRIPTION_FROM_BASELINE,
            count=str(len(self.points)),
            first=period(self.series, self.points[0][0], self.language),
            last=period(self.series, self.points[-1][0], self.language),
            low=self.value(bounds[0]),
            high=self.value(bounds[1]),
            middle=self.labels.value(middle, max(self.shown_decimals, decimals_for((middle,), 0))),
        )
