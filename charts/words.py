"""One plain sentence for each finding, ready to be translated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from charts.analysis import Analysis
from charts.anhoej import ENOUGH
from charts.mdc import COMMON, MakingDataCount
from charts.series import Series
from charts.verdict import Assurance, Change, Runs, Sigma, way

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def english_month(day: date) -> str:
    """March 2024."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def english_short_month(day: date) -> str:
    """Mar 2024."""
    return f"{_MONTHS[day.month - 1][:3]} {day.year}"


def english_number(value: float, decimals: int) -> str:
    """1,234.5; numbers too long or too small to read so in scientific notation."""
    if abs(value) >= 1e15 or 0 < abs(value) < 1e-6:
        return f"{value:.3g}"
    text = f"{value:,.{decimals}f}"
    return text.lstrip("-") if not text.strip("-0.,") else text


@dataclass(frozen=True, slots=True)
class Language:
    """How sentences, months and numbers are said; English unless told otherwise.

    `number` takes a value and how many decimals to show. `short_month` may have a second line,
    such as the year of a day.
    """

    gettext: Callable[[str], str] = str
    month: Callable[[date], str] = english_month
    short_month: Callable[[date], str] = english_short_month
    number: Callable[[float, int], str] = english_number


ENGLISH = Language()

type Parameter = str | int | date | Sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template in English with named gaps, and what goes into them."""

    template: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    def text(self, language: Language = ENGLISH) -> str:
        """The sentence in `language`, its months too."""
        said = {name: _said(value, language) for name, value in self.parameters.items()}
        return language.gettext(self.template).format(**said)


def gettext_noop(message: str) -> str:
    """Marks a template for the collection of messages to be translated."""
    return message


LONG_RUN = {
    Change.IMPROVEMENT: gettext_noop(
        "For {count} periods in a row ({first}\u2013{last}) results were better "
        "than the usual middle; that is very unlikely to be luck."
    ),
    Change.WORSENING: gettext_noop(
        "For {count} periods in a row ({first}\u2013{last}) results were worse "
        "than the usual middle; that is very unlikely to be luck."
    ),
    Change.HIGHER: gettext_noop(
        "For {count} periods in a row ({first}\u2013{last}) results were higher "
        "than the usual middle; that is very unlikely to be luck."
    ),
    Change.LOWER: gettext_noop(
        "For {count} periods in a row ({first}\u2013{last}) results were lower "
        "than the usual middle; that is very unlikely to be luck."
    ),
}
DRIFTING = gettext_noop(
    "Results are drifting rather than bouncing around; something is changing, but the direction "
    "is not yet clear."
)
FAR_OUTSIDE = gettext_noop(
    "{month} was far outside the usual range; something different probably happened."
)
TREND = {
    1: gettext_noop("Results moved up for seven results running."),
    -1: gettext_noop("Results moved down for seven results running."),
}
TWO_OF_THREE = {
    1: gettext_noop("Two of three recent results were unusually high; an early warning."),
    -1: gettext_noop("Two of three recent results were unusually low; an early warning."),
}
ORDINARY = gettext_noop(
    "The ups and downs look like ordinary variation; nothing shows a real change."
)
TOO_FEW = gettext_noop("Not enough results yet to tell.")
ENDED = gettext_noop("This ended in {month}.")
GOAL = {
    Assurance.ALWAYS: gettext_noop("If nothing changes, we expect to meet the goal every time."),
    Assurance.NEVER: gettext_noop("If nothing changes, we expect not to meet the goal."),
    Assurance.SOMETIMES: gettext_noop(
        "If nothing changes, we expect sometimes to meet the goal and sometimes not."
    ),
}
PERIOD = gettext_noop("Period {number}")
PROGRESS = gettext_noop("{count} of {enough} results so far")
PHASE_PROGRESS = gettext_noop("{count} of {enough} results so far in this phase")


def findings(series: Series, analysis: Analysis) -> tuple[Sentence, ...]:
    """What the Anhøj and 3-sigma rules say of the latest phase, the most telling first.

    Never empty: with nothing found, it is that the variation looks ordinary or that there are
    not enough results yet. Of results that were left out nothing is said.
    """
    verdict, part = analysis.verdict, analysis.parts[-1]
    left_out = frozenset(series.exclude)
    outside = [
        index
        for index in range(part.start, part.end)
        if analysis.sigma_signals[index] and index not in left_out
    ]
    if not outside and (
        verdict.runs is Runs.INSUFFICIENT
        or (verdict.runs is Runs.NOT_APPLICABLE and verdict.sigma is Sigma.UNDEFINED)
    ):
        return (Sentence(TOO_FEW),)
    said: list[Sentence] = []
    if verdict.runs is Runs.SIGNAL and part.long_runs:
        run = part.long_runs[-1]
        said.append(_long_run(series, run.length, run.start, run.end, run.side))
        if not verdict.ongoing:
            said.append(Sentence(ENDED, {"month": _month(series, run.end)}))
    elif verdict.runs is Runs.SIGNAL:
        said.append(Sentence(DRIFTING))
    if outside:
        said.append(Sentence(FAR_OUTSIDE, {"month": _month(series, outside[-1])}))
    return tuple(said) or (Sentence(ORDINARY),)


def making_data_count_findings(series: Series, found: MakingDataCount) -> tuple[Sentence, ...]:
    """What the Making Data Count rules say of the latest phase; never empty."""
    group = found.groups[-1]
    if group.length < ENOUGH:
        return (Sentence(TOO_FEW),)
    special = [at for at, cause in enumerate(found.cause) if cause != COMMON and at >= group.start]
    if not special:
        return (Sentence(ORDINARY),)
    last = special[-1]
    over = last != len(found.index) - 1
    month = _month(series, found.index[last])
    ended = (Sentence(ENDED, {"month": month}),) if over else ()
    if found.astronomical[last]:
        return (Sentence(FAR_OUTSIDE, {"month": month}),)
    if found.trend[last]:
        return (Sentence(TREND[found.trend[last]]), *ended)
    if found.two_in_three[last]:
        return (Sentence(TWO_OF_THREE[found.two_in_three[last]]), *ended)
    first = last
    while first > group.start and found.shift[first - 1] == found.shift[last]:
        first -= 1
    places = found.index[first], found.index[last]
    return (_long_run(series, last - first + 1, *places, found.shift[last]), *ended)


def goal(analysis: Analysis) -> Sentence | None:
    """Whether the goal will be met if nothing changes.

    None without a goal or limits, and while there are too few results to tell.
    """
    if analysis.assurance is None or not analysis.parts[-1].enough:
        return None
    return Sentence(GOAL[analysis.assurance])


def progress(analysis: Analysis) -> Sentence | None:
    """How many of the 10 results there are that it takes to tell anything; None from 10 on."""
    part = analysis.parts[-1]
    count = sum(value is not None for value in analysis.plotted[part.start : part.end])
    if count >= ENOUGH:
        return None
    template = PROGRESS if len(analysis.parts) == 1 else PHASE_PROGRESS
    return Sentence(template, {"count": count, "enough": ENOUGH})


def period(series: Series, index: int, language: Language = ENGLISH) -> str:
    """The name of a period: its month, or its number in a series without dates."""
    return _said(_month(series, index), language)


def _long_run(series: Series, count: int, first: int, last: int, side: int) -> Sentence:
    return Sentence(
        LONG_RUN[way(side, series.direction)],
        {"count": count, "first": _month(series, first), "last": _month(series, last)},
    )


def _month(series: Series, index: int) -> Parameter:
    return series.dates[index] if series.dates else Sentence(PERIOD, {"number": index + 1})


def _said(value: Parameter, language: Language) -> str:
    if isinstance(value, Sentence):
        return value.text(language)
    return language.month(value) if isinstance(value, date) else str(value)
