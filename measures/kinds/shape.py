"""The interface of a kind of measure: facts about its numbers, and its words."""

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
    """Which direction is better; the words of `charts.Direction`."""

    INCREASE = "increase", _("More is better")
    DECREASE = "decrease", _("Less is better")
    NEUTRAL = "neutral", _("Neither is better")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How the form asks for a field of the definition; empty values keep the default."""

    label: Words = ""
    help: Words = ""
    choices: Sequence[tuple[str, Words]] = ()


@dataclass(frozen=True, kw_only=True)
class KindWords:
    """Words about a kind's numbers: adding, correcting, importing and charting them.

    `%(period)s`, `%(day)s` and the like are filled in where they are used; `few_since` and `cut`
    take a count. Empty texts are not shown.
    """

    # Recording and correcting a number.
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
    # Importing a file.
    bring_in: Words
    file: Words
    how_many: Words = ""
    row_is_one: Words = ""
    row_without: Words = ""
    # The chart and its texts.
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

    Definition: `hint` says when to choose it; `asks` words single fields; `leaves_out` are fields
    without meaning; `ways` words which direction is better, if that is not about the number itself.

    Numbers: `numbers` are the fields of a row, `columns` their names in a file. `is_periodic`: each
    period has a number, so that one can be missing; otherwise `lacking` says why nothing can be
    missing. `whole`: no decimals; `share`: the first is at most the second; `counted`: thousands
    separators are expected; `percent_signs`: files may contain them, and decimals.

    Display: `times` converts numerator over denominator to what is shown, if that is not `per`;
    `largest` is the maximum, `too_large` the error above it, and `unexpected` the text where no
    plausible range exists; `unit` follows a value, `one` a single one, and `axis` a value on the
    chart. `result` is its kind for `charts.choose`, `charts` are those people may choose.
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
        """Whether a period has a list of values, with their average as its number."""
        return "values" in self.numbers

    @property
    def has_per(self) -> bool:
        return "per" not in self.leaves_out

    @property
    def gathers(self) -> bool:
        """Whether several rows of a file may belong to one period or day."""
        return self.has_values or not self.is_periodic

    def bare(self, text: str) -> str:
        """A cell's text without a sign that is not part of its numbers."""
        return text.removesuffix("%").rstrip() if self.percent_signs else text
