"""The registry of indicators: each app declares those whose evidence it owns.

    register(
        Indicator(
            number=5,
            code="dialogues",
            title=_("Ongoing dialogues keep recovery knowledge alive"),
            why=_("Talking openly …"),
            criteria=(HeldLately(), ThemesAnswered()),
            settings=(policies.DAYS,),
            headline="held",
        )
    )

The seven have these numbers and codes: 1 mission, 2 process, 3 membership, 4 compensation, 5
dialogues, 6 satisfaction, 7 oversight.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from django.utils.functional import Promise

from foundation.policies import AnyPolicy
from foundation.policies import Settings as Settings


class DaysSince(int):
    """Days from a day to the day in question; stored as that first day, so it does not age."""

    since: date

    def __new__(cls, since: date, on: date) -> "DaysSince":
        days = super().__new__(cls, (on - since).days)
        days.since = since
        return days


Text = str | Promise
Number = int | Decimal
Param = int | Decimal | str | date


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    NO_DATA = "no_data"


class CriterionUnit(StrEnum):
    """What a criterion's numbers count, so that pages can format them."""

    NONE = "none"
    PERCENT = "percent"
    DAYS = "days"
    COUNT = "count"


@dataclass(frozen=True)
class Evidence:
    """A subject that an outcome rests on; `foundation.links` can turn it into a link."""

    subject_type: str  # its model's code, for instance "cell"
    subject_id: int
    small: bool = False  # so few people stand behind it that naming it would reveal one


@dataclass(frozen=True)
class Outcome:
    """A criterion's result for one agency on one day: codes, numbers, dates and ids only."""

    verdict: Verdict
    message: str  # a key of the criterion's `messages`
    params: Mapping[str, Param] = field(default_factory=dict)
    value: Number | None = None  # in the criterion's `unit`
    goal: Number | None = None
    evidence: tuple[Evidence, ...] = ()
    lapses: date | None = None  # for a pass: the first day on which it fails without new facts
    watched: bool = False  # a pass that is already at risk, however far off its end


def passed(
    message: str,
    *,
    value: Number | None = None,
    goal: Number | None = None,
    evidence: Sequence[Evidence] = (),
    lapses: date | None = None,
    watched: bool = False,
    **params: Param,
) -> Outcome:
    """The criterion holds, until the day `lapses` unless new facts arrive.

    `lapses` decides "at risk": it is when `lapses` is no later than `window` days from the day in
    question. A `watched` outcome is at risk before that.
    """
    return Outcome(Verdict.PASS, message, params, value, goal, tuple(evidence), lapses, watched)


def failed(
    message: str,
    *,
    value: Number | None = None,
    goal: Number | None = None,
    evidence: Sequence[Evidence] = (),
    **params: Param,
) -> Outcome:
    """The criterion does not hold; the evidence is what stands in the way."""
    return Outcome(Verdict.FAIL, message, params, value, goal, tuple(evidence))


def no_data(
    message: str,
    *,
    value: Number | None = None,
    goal: Number | None = None,
    evidence: Sequence[Evidence] = (),
    **params: Param,
) -> Outcome:
    """There is nothing, or too little, to judge by."""
    return Outcome(Verdict.NO_DATA, message, params, value, goal, tuple(evidence))


class Criterion(ABC):
    """One condition. Its `messages` put each outcome's code into words.

    They are lazy translations with named placeholders: `_("%(days)d days since the last one")`, or
    `ngettext_lazy(one, many, "days")`.
    """

    code: ClassVar[str]
    title: ClassVar[Text]  # the condition as a sentence: "A dialogue was held lately"
    todo: ClassVar[Text]  # what to do when it does not hold, or soon won't
    messages: ClassVar[Mapping[str, Text]]
    # the page to do it on: a URL name inside the agency, without arguments
    where: ClassVar[str] = ""
    unit: ClassVar[CriterionUnit] = CriterionUnit.NONE
    # what its value is, appended to it: "in the group with the fewest"
    measure: ClassVar[Text] = ""
    # True if the value must not exceed the goal; otherwise it must not fall below
    at_most: ClassVar[bool] = False
    window: ClassVar[int] = 0  # days of warning before an outcome `lapses`
    # Whether it depends on who is a consumer; None: as its indicator.
    discreet: ClassVar[bool | None] = None

    def measured_as(self, params: Mapping[str, Param]) -> str:
        """What the value of an outcome with these params is; appended to the value."""
        return str(self.measure)

    def warning(self, settings: Settings) -> int:
        """Days of warning under these settings."""
        return self.window

    @abstractmethod
    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        """Outcomes as of `on`, by agency key; an agency left out has no data.

        Use a fixed number of queries for all agencies, through `Model.objects.across(agencies)`.
        Facts effective after `on` must not count: `on` may be a past day.
        """


@dataclass(frozen=True)
class Indicator:
    """A condition of success: met when all its criteria hold."""

    number: int
    code: str
    title: Text
    why: Text
    criteria: tuple[Criterion, ...]
    settings: tuple[AnyPolicy, ...] = ()
    headline: str = ""  # the criterion whose value and goal represent the whole; else "3 of 4"
    # Comparing two days could reveal who came or left in between, so most readers see only today.
    discreet: bool = False
    # During an agency's founding, pages say so instead of judging it.
    after_founding: bool = False

    def criterion(self, code: str) -> Criterion:
        """The criterion of this code; LookupError if there is none."""
        for each in self.criteria:
            if each.code == code:
                return each
        raise LookupError(f"{self.code} has no criterion {code}")

    def hides(self, code: str) -> bool:
        """Whether this criterion's numbers, evidence and days could reveal a person."""
        own = self.criterion(code).discreet
        return self.discreet if own is None else own

    @property
    def hides_number(self) -> bool:
        """Whether its headline number could reveal a person; its status is always shown."""
        return self.hides(self.headline) if self.headline else self.discreet

    def defaults(self) -> Settings:
        return Settings({each.code: each.default for each in self.settings})

    def judged_by(self, in_force: Settings) -> Settings:
        """Of all values in force, those of its own settings."""
        return in_force.only(each.code for each in self.settings)


_registered: dict[str, Indicator] = {}


def register(indicator: Indicator) -> Indicator:
    """Register an indicator under its unique code and number."""
    if indicator.headline:
        indicator.criterion(indicator.headline)
    for other in _registered.values():
        if other.code == indicator.code or other.number == indicator.number:
            raise ValueError(f"{indicator.number} {indicator.code} is taken by {other.code}")
    _registered[indicator.code] = indicator
    return indicator


def registered() -> tuple[Indicator, ...]:
    """All indicators, in order."""
    return tuple(sorted(_registered.values(), key=lambda each: each.number))


def find(code: str) -> Indicator | None:
    return _registered.get(code)


def judged_by(policy: AnyPolicy) -> tuple[Indicator, ...]:
    """The indicators that a policy affects."""
    return tuple(each for each in registered() if policy in each.settings)
