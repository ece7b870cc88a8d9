"""What the house asks of a kind of measure: the facts about its numbers, and its words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from charts import Chart, ResultKind
from foundation.refusals import Refusal

type Words = str | Promise


class MeasureKind(models.TextChoices):
    PROPORTION = "proportion", _("A share: how many out of how many")
    COUNT = "count", _("A count: how many")
    RATE = "rate", _("A rate: how many for so much time or use")
    SCORE = "score", _("A score or an average")
    VALUES = "values", _("Waits or other values, each one by itself")
    EVENTS = "events", _("A rare thing: the days on which it happened")


class BetterWay(models.TextChoices):
    """Which way is better; the words of `charts.Direction`."""

    INCREASE = "increase", _("More is better")
    DECREASE = "decrease", _("Less is better")
    NEUTRAL = "neutral", _("Neither is better")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How a field of the definition is asked; what is empty stays as for the other kinds."""

    label: Words = ""
    help: Words = ""
    choices: Sequence[tuple[str, Words]] = ()


@dataclass(frozen=True, kw_only=True)
class KindWords:
    """How numbers of a kind are spoken of: to be added, corrected, brought in, and on the chart.

    `%(period)s`, `%(day)s` and the like are filled in where they are said; `few_since` and `cut`
    take how many there are. What is empty is not said.
    """

    # A number is written down, or corrected.
    add: Words
    add_for: Words
    save: Words
    number: Words = ""
    none_given: Words
    none: Words
    there: Words
    taken_back: Words
    not_over: Words
    correct: Words
    correct_for: Words
    kept: Words
    take_out: Words
    noted: Words
    # A file is brought in.
    bring_in: Words
    file: Words
    how_many: Words = ""
    row_is_one: Words = ""
    row_without: Words = ""
    # The chart, and what is said of it.
    nothing_yet: Words
    begin: Words
    how_to_read: Words = ""
    cut: Callable[[int], str]
    titled: Words = "%(name)s"
    latest: Words
    usual_middle: Words
    misfit: Words = ""
    none_since: Words
    few_since: Callable[[int], str]
    instead: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class MeasureShape:
    """A kind of measure.

    Its definition: `hint` says when to take it; `asks` words single fields; `leaves_out` are those
    that mean nothing; `ways` words which way is better, where that is not of the number itself.

    Its numbers: `numbers` are the fields of a row, `columns` their names in a file. `is_periodic`:
    each period has a number, so that one can be missing; else `lacking` says why nobody can say so.
    `whole`: no decimals; `share`: the first is at most the second; `counted`: marks of thousands
    are expected; `percent_signs`: files may show them, and decimals.

    How they are told: `times` from numerator over denominator to what is shown, where that is not
    `per`; `largest` the most that this can be, with `too_large` said of more, and `unexpected`
    where nobody can expect anything; `unit` follows a value, `one` stands for a single one, `axis`
    follows it on the chart. `result` is what `charts.choose` calls it, `charts` those that people
    may choose.
    """

    hint: Words
    asks: Mapping[str, Asked]
    leaves_out: frozenset[str]
    ways: Mapping[str, Words] = field(default_factory=dict)
    numbers: tuple[str, ...] = ("numerator",)
    columns: tuple[str, ...] = ("period", "value")
    is_periodic: bool = True
    lacking: Refusal | None = None
    whole: bool = False
    share: bool = False
    counted: bool = False
    percent_signs: bool = False
    times: int | None = None
    largest: int | None = None
    too_large: Words = ""
    unexpected: Words = ""
    unit: Words = ""
    one: Words = ""
    axis: str = ""
    result: ResultKind
    charts: tuple[Chart, ...]
    words: KindWords

    @property
    def has_denominator(self) -> bool:
        return "denominator" in self.numbers

    @property
    def has_values(self) -> bool:
        """Whether a period has a list of values, of which its number is the average."""
        return "values" in self.numbers

    @property
    def has_per(self) -> bool:
        return "per" not in self.leaves_out

    @property
    def gathers(self) -> bool:
        """Whether several rows of a file may be of one and the same period or day."""
        return self.has_values or not self.is_periodic

    def bare(self, text: str) -> str:
        """What stands in a cell, without the sign that belongs to none of its numbers."""
        return text.removesuffix("%").rstrip() if self.percent_signs else text
