"""What an indicator is, and which there are: each app declares those whose evidence it owns.

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

The seven have these numbers and codes: 1 mission, 2 process, 3 membership, 4 compensation,
5 dialogues, 6 satisfaction, 7 oversight.
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

Text = str | Promise
Number = int | Decimal
Param = int | Decimal | str | date


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    NO_DATA = "no_data"


class CriterionUnit(StrEnum):
    """What the numbers of a criterion count, so that pages can write them."""

    NONE = "none"
    PERCENT = "percent"
    DAYS = "days"
    COUNT = "count"


@dataclass(frozen=True)
class Evidence:
    """What an outcome rests on: a subject that `foundation.links` can turn into a link."""

    subject_type: str  # the code of its model, for instance "cell"
    subject_id: int
    small: bool = False  # so few people stand behind it that naming it would tell of one


@dataclass(frozen=True)
class Outcome:
    """What a criterion found for one agency on one day: codes, numbers, dates and ids only."""

    verdict: Verdict
    message: str  # a key of the criterion's `messages`
    params: Mapping[str, Param] = field(default_factory=dict)
    value: Number | None = None  # in the criterion's `unit`
    goal: Number | None = None
    evidence: tuple[Evidence, ...] = ()
    lapses: date | None = None  # a pass: the first day on which it fails with no new facts
    watched: bool = False  # a pass that is at risk already, however far away its end is


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
    """The criterion holds; `lapses` is the first day on which it won't, with no new facts.

    `lapses` makes "at risk": when it is no later than `window` days from the day looked at. What
    is `watched` is at risk before that.
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
    """The criterion does not hold; the evidence is what is in the way."""
    return Outcome(Verdict.FAIL, message, params, value, goal, tuple(evidence))


def no_data(
    message: str,
    *,
    value: Number | None = None,
    goal: Number | None = None,
    evidence: Sequence[Evidence] = (),
    **params: Param,
) -> Outcome:
    """There is nothing yet, or too little, to say either."""
    return Outcome(Verdict.NO_DATA, message, params, value, goal, tuple(evidence))


class Criterion(ABC):
    """One thing that must hold. Its `messages` say in words what each outcome's code means.

    Words are lazy translations with named places: `_("%(days)d days since the last one")`, or
    `ngettext_lazy(one, many, "days")`.
    """

    code: ClassVar[str]
    title: ClassVar[Text]  # what must hold, as a sentence: "A dialogue was held lately"
    todo: ClassVar[Text]  # what to do next when it does not hold, or soon won't
    messages: ClassVar[Mapping[str, Text]]
    where: ClassVar[str] = ""  # the page to do it on: a URL name inside the agency, no arguments
    unit: ClassVar[CriterionUnit] = CriterionUnit.NONE
    measure: ClassVar[Text] = ""  # what its value is, read after it: "in the group with the fewest"
    at_most: ClassVar[bool] = False  # the value should not exceed the goal (else: not fall below)
    window: ClassVar[int] = 0  # days of warning before an outcome's `lapses`
    # Whether it depends on who is a consumer; None: as its indicator says.
    discreet: ClassVar[bool | None] = None

    def measured_as(self, params: Mapping[str, Param]) -> str:
        """What the value of an outcome with these params is, read after it."""
        return str(self.measure)

    def warning(self, settings: Settings) -> int:
        """Days of warning under these settings."""
        return self.window

    @abstractmethod
    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        """What holds as of `on`, by agency key; an agency left out has no data.

        In a fixed number of queries for all agencies, through `Model.objects.across(agencies)`.
        Facts effective after `on` must not count: `on` may be a past day.
        """


@dataclass(frozen=True)
class Indicator:
    """A sign of success: met when all its criteria hold."""

    number: int
    code: str
    title: Text
    why: Text
    criteria: tuple[Criterion, ...]
    settings: tuple[AnyPolicy, ...] = ()
    headline: str = ""  # the criterion whose value and goal stand for the whole; else "3 of 4"
    # Two days compared could point at whoever came or left between them: most readers see today.
    discreet: bool = False

    def criterion(self, code: str) -> Criterion:
        """Raises LookupError where it has none of this code."""
        for each in self.criteria:
            if each.code == code:
                return each
        raise LookupError(f"{self.code} has no criterion {code}")

    def hides(self, code: str) -> bool:
        """Whether this criterion's numbers, evidence and days could point at a person."""
        own = self.criterion(code).discreet
        return self.discreet if own is None else own

    @property
    def hides_number(self) -> bool:
        """Whether the number that stands for it could point at a person; its status is told."""
        return self.hides(self.headline) if self.headline else self.discreet

    def defaults(self) -> Settings:
        return Settings({each.code: each.default for each in self.settings})

    def judged_by(self, in_force: Settings) -> Settings:
        """Of all values in force, those of its own settings."""
        return in_force.only(each.code for each in self.settings)


_registered: dict[str, Indicator] = {}


def register(indicator: Indicator) -> Indicator:
    """Make an indicator known; its code and its number are its own."""
    if indicator.headline:
        indicator.criterion(indicator.headline)
    for other in _registered.values():
        if other.code == indicator.code or other.number == indicator.number:
            raise ValueError(f"{indicator.number} {indicator.code} is taken by {other.code}")
    _registered[indicator.code] = indicator
    return indicator


def registered() -> tuple[Indicator, ...]:
    """All indicators in their order."""
    return tuple(sorted(_registered.values(), key=lambda each: each.number))


def find(code: str) -> Indicator | None:
    return _registered.get(code)


def judged_by(policy: AnyPolicy) -> tuple[Indicator, ...]:
    """The indicators that a policy moves."""
    return tuple(each for each in registered() if policy in each.settings)
