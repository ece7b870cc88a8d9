"""A chart as a page shows it: its finding, both drawings, and a table of its numbers."""

from dataclasses import dataclass
from functools import cache

from charts.analysis import Analysis
from charts.axis import decimals_for, extent, ticks
from charts.drawing import FAR_OUTSIDE, LEFT_OUT, PATTERN, draw_both
from charts.finding import ChartFinding, find
from charts.kinds import gettext_noop
from charts.labels import Labels, middle_of
from charts.markers import CROSS, DIAMOND, SQUARE, shapes
from charts.picture import Drawing
from charts.series import Series
from charts.words import (
    Language,
    Sentence,
    goal,
    period,
    told,
)

HEAD = gettext_noop("Period")
MISSING = gettext_noop("No result")
OUT_OF = gettext_noop("{value} ({numerator} of {denominator})")
FROM_TO = gettext_noop("{lower} to {upper}")
_NOTES = {SQUARE: PATTERN, DIAMOND: FAR_OUTSIDE, CROSS: LEFT_OUT}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One period in the table of numbers; `range` and `note` may be empty."""

    period: str
    result: str
    middle: str
    range: str
    note: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Everything a chart's template shows, as ready words.

    `head` is the heading of the periods, `middle` that of the reference line.
    """

    title: str
    finding: str
    goal: str
    wide: Drawing
    narrow: Drawing
    head: str
    middle: str
    rows: tuple[FigureRow, ...]
    has_range: bool
    has_notes: bool
    csv_url: str


def figure(
    series: Series,
    analysis: Analysis,
    labels: Labels,
    *,
    csv_url: str = "",
    said: tuple[str, str] | None = None,
) -> Figure:
    """The figure of a chart; one table row a period, and a link to `csv_url` if given.

    `said` is the finding and the outlook on the goal, if they are already worded.
    """
    rows = _rows(series, analysis, labels)
    wide, narrow = draw_both(series, analysis, labels)
    finding, goal = said or in_words(series, find(series, analysis, labels.rules), labels.language)
    return Figure(
        title=labels.title,
        finding=finding,
        goal=goal,
        wide=wide,
        narrow=narrow,
        head=labels.language.gettext(HEAD),
        middle=labels.language.gettext(middle_of(analysis, labels)),
        rows=rows,
        has_range=any(row.range for row in rows),
        has_notes=any(row.note for row in rows),
        csv_url=csv_url,
    )


def in_words(
    series: Series, found: ChartFinding, language: Language, baseline: str = ""
) -> tuple[str, str]:
    """A finding as running text, and the outlook on the goal, empty if there is none."""
    lines = [sentence.text(language) for sentence in told(series, found, baseline)]
    meets = goal(found)
    return " ".join(line[:1].upper() + line[1:] for line in lines), (
        meets.text(language) if meets else ""
    )


def _rows(series: Series, analysis: Analysis, labels: Labels) -> tuple[FigureRow, ...]:
    language = labels.language
    bounds = extent(analysis.plotted, analysis.lower, analysis.upper)
    decimals = decimals_for(analysis.plotted, ticks(*bounds)[1] if bounds else 0)
    standing_out = shapes(series, analysis, labels.rules)

    # The middle and the limits of a run of points are the same numbers.
    @cache
    def value(number: float | None, least: int = 0) -> str:
        return "" if number is None else labels.value(number, max(decimals, least))

    def result(index: int) -> str:
        plotted = value(analysis.plotted[index])
        if not plotted:
            return language.gettext(MISSING)
        counts = _counts(series, index)
        if counts is None:
            return plotted
        numerator, denominator = (
            language.number(count, decimals_for((count,), 1)) for count in counts
        )
        return Sentence(
            OUT_OF, {"value": plotted, "numerator": numerator, "denominator": denominator}
        ).text(language)

    @cache
    def usual(lower: float | None, upper: float | None) -> str:
        if lower is None or upper is None:
            return ""
        ends = {"lower": value(lower, 1), "upper": value(upper, 1)}
        return Sentence(FROM_TO, ends).text(language)

    def note(index: int) -> str:
        said = [language.gettext(_NOTES[standing_out[index]])] if index in standing_out else []
        if series.dates and series.dates[index] in labels.notes:
            said.append(labels.notes[series.dates[index]])
        return "; ".join(said)

    return tuple(
        FigureRow(
            period=period(series, index, language),
            result=result(index),
            middle=value(analysis.center[index], 1),
            range=usual(analysis.lower[index], analysis.upper[index]),
            note=note(index),
        )
        for index in range(len(analysis.plotted))
    )


def _counts(series: Series, index: int) -> tuple[float, float] | None:
    if series.denominators is None or series.shape.grouped:
        return None
    numerator, denominator = series.values[index], series.denominators[index]
    if numerator is None or denominator is None:
        return None
    return float(numerator), float(denominator)
