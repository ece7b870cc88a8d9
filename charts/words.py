"""One plain sentence per finding, ready for translation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from charts.analysis import Analysis
from charts.finding import ChartFinding, Signal, WhatStandsOut
from charts.kinds import ChartShape, Spread, gettext_noop
from charts.run_rules import ENOUGH
from charts.series import Series
from charts.verdict import Assurance, ChangeFound

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
    """For instance "March 2024"."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def english_short_month(day: date) -> str:
    """For instance "Mar 2024"."""
    return f"{_MONTHS[day.month - 1][:3]} {day.year}"


def english_number(value: float, decimals: int) -> str:
    """For instance "1,234.5"; scientific notation for numbers too long or too small."""
    if abs(value) >= 1e15 or 0 < abs(value) < 1e-6:
        return f"{value:.3g}"
    text = f"{value:,.{decimals}f}"
    return text.lstrip("-") if not text.strip("-0.,") else text


@dataclass(frozen=True, slots=True)
class Language:
    """How to word sentences, months and numbers; English by default.

    `number` takes a value and how many decimals to show. `short_month` may have a second line, such
    as the year of a day.
    """

    gettext: Callable[[str], str] = str
    month: Callable[[date], str] = english_month
    short_month: Callable[[date], str] = english_short_month
    number: Callable[[float, int], str] = english_number


ENGLISH = Language()

type Parameter = str | int | date | Sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English template with named gaps, and the values for them."""

    template: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    def text(self, language: Language = ENGLISH) -> str:
        """The sentence in `language`, including its months."""
        said = {name: _said(value, language) for name, value in self.parameters.items()}
        return language.gettext(self.template).format(**said)


LONG_RUN = {
    ChangeFound.IMPROVEMENT: gettext_noop(
        "For {count} periods in a row ({first}\u2013{last}) results were better "
        "than the usual middle; that is very unlikely to be luck."
    ),
    ChangeFound.WORSENING: gettext_noop(
        "For {count} periods in a row ({first}\u2013{last}) results were worse "
        "than the usual middle; that is very unlikely to be luck."
    ),
    ChangeFound.HIGHER: gettext_noop(
        "For {count} periods in a row ({first}\u2013{last}) results were higher "
        "than the usual middle; that is very unlikely to be luck."
    ),
    ChangeFound.LOWER: gettext_noop(
        "For {count} periods in a row ({first}\u2013{last}) results were lower "
        "than the usual middle; that is very unlikely to be luck."
    ),
}
# Compared with a baseline: by what it means and on which side.
SINCE = {
    (ChangeFound.IMPROVEMENT, 1): gettext_noop(
        "Better since {first}: {count} results in a row above the baseline of {baseline}."
    ),
    (ChangeFound.IMPROVEMENT, -1): gettext_noop(
        "Better since {first}: {count} results in a row below the baseline of {baseline}."
    ),
    (ChangeFound.WORSENING, 1): gettext_noop(
        "Worse since {first}: {count} results in a row above the baseline of {baseline}."
    ),
    (ChangeFound.WORSENING, -1): gettext_noop(
        "Worse since {first}: {count} results in a row below the baseline of {baseline}."
    ),
    (ChangeFound.HIGHER, 1): gettext_noop(
        "Higher since {first}: {count} results in a row above the baseline of {baseline}."
    ),
    (ChangeFound.LOWER, -1): gettext_noop(
        "Lower since {first}: {count} results in a row below the baseline of {baseline}."
    ),
}
WAS = {
    (ChangeFound.IMPROVEMENT, 1): gettext_noop(
        "Results were better from {first} to {last}: {count} in a row above the baseline of "
        "{baseline}."
    ),
    (ChangeFound.IMPROVEMENT, -1): gettext_noop(
        "Results were better from {first} to {last}: {count} in a row below the baseline of "
        "{baseline}."
    ),
    (ChangeFound.WORSENING, 1): gettext_noop(
        "Results were worse from {first} to {last}: {count} in a row above the baseline of "
        "{baseline}."
    ),
    (ChangeFound.WORSENING, -1): gettext_noop(
        "Results were worse from {first} to {last}: {count} in a row below the baseline of "
        "{baseline}."
    ),
    (ChangeFound.HIGHER, 1): gettext_noop(
        "Results were higher from {first} to {last}: {count} in a row above the baseline of "
        "{baseline}."
    ),
    (ChangeFound.LOWER, -1): gettext_noop(
        "Results were lower from {first} to {last}: {count} in a row below the baseline of "
        "{baseline}."
    ),
}
# On how far apart single values are.
SPREAD_RUN = {
    1: gettext_noop(
        "For {count} periods in a row ({first}\u2013{last}) the single values were further apart "
        "than usual; that is very unlikely to be luck."
    ),
    -1: gettext_noop(
        "For {count} periods in a row ({first}\u2013{last}) the single values were closer together "
        "than usual; that is very unlikely to be luck."
    ),
}
SPREAD_DRIFT = {
    1: gettext_noop("The single values have been moving apart since {first}."),
    -1: gettext_noop("The single values have been moving together since {first}."),
}
SPREAD_DRIFTED = {
    1: gettext_noop("The single values moved apart from {first} to {last}. Now they do not."),
    -1: gettext_noop("The single values moved together from {first} to {last}. Now they do not."),
}
SPREAD_FAR = {
    1: gettext_noop(
        "In {month} the single values were much further apart than usual; something different "
        "probably happened."
    ),
    -1: gettext_noop(
        "In {month} the single values were much closer together than usual; something different "
        "probably happened."
    ),
}
_SINGLE_VALUES: dict[bool, dict[tuple[WhatStandsOut, int], str]] = {
    over: {
        (kind, side): words
        for kind, said in {
            WhatStandsOut.LONG_RUN: SPREAD_RUN,
            WhatStandsOut.DRIFT: SPREAD_DRIFTED if over else SPREAD_DRIFT,
            WhatStandsOut.FAR_OUTSIDE: SPREAD_FAR,
        }.items()
        for side, words in said.items()
    }
    for over in (False, True)
}
JUMPED = gettext_noop(
    "{month} differed from the result before by far more than usual; something different probably "
    "happened."
)
# By what a chart of spread shows, and by whether it is over.
OF_HOW_FAR_APART: dict[Spread, dict[bool, dict[tuple[WhatStandsOut, int], str]]] = {
    Spread.SINGLE_VALUES: _SINGLE_VALUES,
    Spread.JUMPS: {over: dict.fromkeys(said, JUMPED) for over, said in _SINGLE_VALUES.items()},
}
DRIFT = {
    1: gettext_noop("Results have been climbing since {first}."),
    -1: gettext_noop("Results have been falling since {first}."),
    0: gettext_noop("Results drift slowly instead of varying from one to the next."),
}
DRIFTED = {
    1: gettext_noop("Results climbed from {first} to {last}. Now they do not."),
    -1: gettext_noop("Results fell from {first} to {last}. Now they do not."),
}
FAR_OUTSIDE = {
    (ChangeFound.IMPROVEMENT, 1): gettext_noop(
        "{month} was far above the usual range (better); something different probably happened."
    ),
    (ChangeFound.WORSENING, 1): gettext_noop(
        "{month} was far above the usual range (worse); something different probably happened."
    ),
    (ChangeFound.HIGHER, 1): gettext_noop(
        "{month} was far above the usual range; something different probably happened."
    ),
    (ChangeFound.IMPROVEMENT, -1): gettext_noop(
        "{month} was far below the usual range (better); something different probably happened."
    ),
    (ChangeFound.WORSENING, -1): gettext_noop(
        "{month} was far below the usual range (worse); something different probably happened."
    ),
    (ChangeFound.LOWER, -1): gettext_noop(
        "{month} was far below the usual range; something different probably happened."
    ),
}
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
AS_BEFORE = gettext_noop(
    "The ups and downs look like ordinary variation; nothing shows a real change from the baseline "
    "of {baseline}."
)
HUGGING = gettext_noop(
    "The results vary much less than their limits allow; check how they are counted."
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


def told(series: Series, found: ChartFinding, baseline: str = "") -> tuple[Sentence, ...]:
    """A finding in sentences, the latest signal first; past signals in the past tense.

    Never empty: without a finding, it says that the variation looks ordinary or that there are not
    enough results yet. `baseline` names the baseline that results are compared with; without one,
    they are compared with their usual middle.
    """
    said = [line for each in found.told for line in _signal(series, each, baseline)]
    if said:
        return tuple(said)
    if not found.enough:
        return (Sentence(TOO_FEW),)
    return (Sentence(AS_BEFORE, {"baseline": baseline}) if baseline else Sentence(ORDINARY),)


def _signal(series: Series, found: Signal, baseline: str) -> tuple[Sentence, ...]:
    first, last = _month(series, found.first), _month(series, found.last)
    words: dict[str, Parameter] = {"first": first, "last": last, "month": last}
    words |= {"count": found.length, "baseline": baseline}
    said = Sentence(_template(series.shape, found, held=bool(baseline)), words)
    ends = found.over and found.kind in {
        WhatStandsOut.LONG_RUN,
        WhatStandsOut.TREND,
        WhatStandsOut.TWO_OF_THREE,
    }
    return (said, Sentence(ENDED, words)) if ends else (said,)


def _template(shape: ChartShape, found: Signal, *, held: bool) -> str:
    side, change = found.side, found.change
    if shape.spread and (own := OF_HOW_FAR_APART[shape.spread][found.over].get((found.kind, side))):
        return own
    match found.kind:
        case WhatStandsOut.LONG_RUN if held:
            return (WAS if found.over else SINCE)[change, side]
        case WhatStandsOut.LONG_RUN:
            return LONG_RUN[change]
        case WhatStandsOut.DRIFT:
            return (DRIFTED if found.over else DRIFT)[side]
        case WhatStandsOut.FAR_OUTSIDE:
            return FAR_OUTSIDE[change, side]
        case WhatStandsOut.TREND:
            return TREND[side]
        case WhatStandsOut.TWO_OF_THREE:
            return TWO_OF_THREE[side]
        case WhatStandsOut.HUGGING:
            return HUGGING


def goal(found: ChartFinding) -> Sentence | None:
    """Whether the goal will be met if nothing changes; None if unknown."""
    return None if found.expected is None else Sentence(GOAL[found.expected])


def progress(analysis: Analysis) -> Sentence | None:
    """How many of the 10 results needed exist so far; None from 10 on."""
    part = analysis.parts[-1]
    count = sum(value is not None for value in analysis.plotted[part.start : part.end])
    if count >= ENOUGH:
        return None
    template = PROGRESS if len(analysis.parts) == 1 else PHASE_PROGRESS
    return Sentence(template, {"count": count, "enough": ENOUGH})


def period(series: Series, index: int, language: Language = ENGLISH) -> str:
    """The name of a period: its month, or its number in a series without dates."""
    return _said(_month(series, index), language)


def _month(series: Series, index: int) -> Parameter:
    return series.dates[index] if series.dates else Sentence(PERIOD, {"number": index + 1})


def _said(value: Parameter, language: Language) -> str:
    if isinstance(value, Sentence):
        return value.text(language)
    return language.month(value) if isinstance(value, date) else str(value)
