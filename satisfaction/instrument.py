"""The survey's statements: our own, in versions that never change.

The statements and the answers to choose from are © the CQI Portal contributors and licensed under
Creative Commons Attribution 4.0 International (CC BY 4.0): they may be copied, changed and used
anywhere, even commercially, if their source is named and changes are indicated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

LOWEST, HIGHEST = 1, 5
DOES_NOT_APPLY = 0

ANSWERS: Mapping[int, "StrPromise"] = {
    5: _("I agree a lot"),
    4: _("I agree"),
    3: _("In between"),
    2: _("I disagree"),
    1: _("I disagree a lot"),
    DOES_NOT_APPLY: _("Does not apply to me"),
}


@dataclass(frozen=True)
class InstrumentItem:
    """One statement. Its code keeps its meaning over all versions."""

    code: str
    about: "StrPromise"
    text: "StrPromise"


@dataclass(frozen=True)
class Instrument:
    version: str
    title: "StrPromise"
    items: tuple[InstrumentItem, ...]
    credit: "StrPromise"
    license: str = "CC BY 4.0"
    license_url: str = "https://creativecommons.org/licenses/by/4.0/"

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(item.code for item in self.items)

    def fits(self, scores: Mapping[str, int]) -> bool:
        """Whether there is one of the answers to each statement, and nothing else."""
        return set(scores) == self.codes and all(
            type(score) is int and score in ANSWERS for score in scores.values()
        )


FIRST = Instrument(
    version="1",
    title=_("Taking part in making things better"),
    items=(
        InstrumentItem("heard", _("Being heard"), _("When I speak, people listen.")),
        InstrumentItem("respected", _("Respect"), _("People treat me with respect.")),
        InstrumentItem(
            "equal", _("Equal partners"), _("My voice counts as much as a staff voice.")
        ),
        InstrumentItem(
            "prepared", _("Ready to take part"), _("I get what I need to be ready for meetings.")
        ),
        InstrumentItem("clear", _("Plain words"), _("People use words that I understand.")),
        InstrumentItem("influence", _("Influence"), _("What I say helps to decide what we do.")),
        InstrumentItem("told", _("Told back"), _("I am told what came of what I said.")),
        InstrumentItem("paid", _("Fair pay"), _("I am paid fairly and on time for my work here.")),
        InstrumentItem("safe", _("Safety"), _("I can say what I think and not be afraid.")),
        InstrumentItem("worthwhile", _("Worth my time"), _("Taking part is worth my time.")),
    ),
    credit=_("“Taking part in making things better”, version 1, by the CQI Portal contributors."),
)

INSTRUMENTS: Mapping[str, Instrument] = {each.version: each for each in (FIRST,)}
CURRENT = FIRST
