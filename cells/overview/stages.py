"""A cell's stage, derived from what is on record, never entered."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class MissionStage(StrEnum):
    """The stages of a cell's mission, in order."""

    IDENTIFY = "identify"
    RANK = "rank"
    CHOOSE = "choose"
    PLAN = "plan"
    EVALUATE = "evaluate"

    @property
    def words(self) -> str | Promise:
        return TITLES[self]

    @property
    def doing(self) -> str | Promise:
        return DOING[self]


TITLES: dict[MissionStage, str | Promise] = {
    MissionStage.IDENTIFY: _("Find ideas"),
    MissionStage.RANK: _("Rank them"),
    MissionStage.CHOOSE: _("Choose one"),
    MissionStage.PLAN: _("Plan it"),
    MissionStage.EVALUATE: _("See if it works"),
}


DOING: dict[MissionStage, str | Promise] = {
    MissionStage.IDENTIFY: _("finding ideas"),
    MissionStage.RANK: _("ranking them"),
    MissionStage.CHOOSE: _("choosing one"),
    MissionStage.PLAN: _("planning"),
    MissionStage.EVALUATE: _("seeing if it works"),
}


@dataclass(frozen=True)
class Facts:
    """What is on record of a cell, by keys; None if there is none.

    `voters`: members with a voting seat. `open_round`: the vote under way; `closes_on`: its last
    day, once voting is possible. `ranked`: the latest closed vote, unless something on its list was
    chosen since. `deciding`: the open proposal to work on an idea. `to_plan`: the plan of a chosen
    idea that is not under way. `active_plan`: the one whose next review is due first, on
    `review_on`.
    """

    ideas: int = 0
    voters: int = 0
    open_round: int | None = None
    closes_on: date | None = None
    voted: bool = False
    ranked: int | None = None
    deciding: int | None = None
    to_plan: int | None = None
    active_plan: int | None = None
    review_on: date | None = None


def stage(facts: Facts) -> MissionStage:
    """The cell's stage: a vote or decision first, then what it chose, then ideas."""
    if facts.open_round is not None:
        return MissionStage.RANK
    if facts.deciding is not None:
        return MissionStage.CHOOSE
    if facts.to_plan is not None:
        return MissionStage.PLAN
    if facts.active_plan is not None:
        return MissionStage.EVALUATE
    if facts.ranked is not None:
        return MissionStage.CHOOSE
    return MissionStage.IDENTIFY


@dataclass(frozen=True)
class TookPart:
    """Whether consumers took part in a stage; shown as yes or not yet, never how many or who."""

    stage: MissionStage
    begun: bool
    consumers: bool

    @property
    def signal(self) -> bool:
        """Whether the stage went ahead without them."""
        return self.begun and not self.consumers
