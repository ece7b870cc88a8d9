"""The demo's calendar of acts, played in order under a controlled clock.

The parts of the demo (people, groups, money …) first add their acts to the calendar; then the days
are played, one transaction each. Days are counted back from today, so that the demo is always
fresh; the agency began eighteen months ago.
"""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby
from random import Random
from zoneinfo import ZoneInfo

import time_machine
from django.db import transaction
from django.utils import timezone

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.plans.models import ActionPlan, ActionStep, PDSACycle
from cells.ranking.models import PriorityRound
from compensation.plan.models import PlanVersion
from dialogues.dialogue.models import Dialogue
from dialogues.themes.models import Theme
from dialogues.voices.models import Contribution, Voice
from documents.models import Version
from foundation.models import Agency
from groups.models import Decision, Group, Meeting
from indicators.actions import catch_up
from measures.definitions.models import Measure
from measures.local.models import LocalIndicator
from oversight.models import Recommendation, Review
from quarterly.models import QuarterlyAccount

BEGAN = 548
LOOKED_AT_EVERY = 27
LATELY = 8
A_MINUTE = timedelta(minutes=1)

Act = Callable[[], object]


@dataclass(frozen=True)
class StoryAct:
    """An act on a day; `alone`: it opens its own transactions and can't be part of another."""

    ago: int
    moment: datetime
    act: Act
    alone: bool


@dataclass
class Story:
    """The agency while its demo is played, and each part's keys for its people."""

    agency: Agency
    today: date
    people: dict[str, Member] = field(default_factory=dict)
    began: dict[str, int] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    ideas: dict[str, Opportunity] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    meetings: dict[tuple[str, int], Meeting] = field(default_factory=dict)
    rounds: dict[str, PriorityRound] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    plans: dict[str, ActionPlan] = field(default_factory=dict)
    cycles: dict[str, PDSACycle] = field(default_factory=dict)
    steps: dict[tuple[str, int], ActionStep] = field(default_factory=dict)
    dialogues: dict[str, Dialogue] = field(default_factory=dict)
    words: dict[int, Contribution | Voice] = field(default_factory=dict)
    themes: dict[int, Theme] = field(default_factory=dict)
    versions: dict[str, Version] = field(default_factory=dict)
    payment_plan: PlanVersion = field(init=False)
    review: Review = field(init=False)
    account: QuarterlyAccount = field(init=False)
    peers: LocalIndicator = field(init=False)
    recommendations: dict[str, Recommendation] = field(default_factory=dict)
    entries: list[StoryAct] = field(default_factory=list)
    endings: list[Act] = field(default_factory=list)

    def __getitem__(self, key: str) -> Member:
        return self.people[key]

    def everyone(self, keys: str) -> list[Member]:
        """The members for a list of keys: "rosa walter june"."""
        return [self.people[key] for key in keys.split()]

    def day(self, ago: int) -> date:
        """The working day that many days ago (the Friday before a weekend); ahead if negative."""
        found = self.today - timedelta(days=ago)
        beyond = found.weekday() - 4
        if beyond <= 0:
            return found
        return found - timedelta(days=beyond) if ago >= 0 else found + timedelta(days=3 - beyond)

    def moment(self, day: date, hour: int = 10) -> datetime:
        """An hour of a day in the agency's time zone."""
        return datetime.combine(day, time(hour), self.agency.zone)

    def on(
        self,
        ago: int | date,
        act: Callable[..., object],
        *arguments: object,
        hour: int = 10,
        alone: bool = False,
    ) -> None:
        """Schedule an act on a day (days ago, or a date); never today."""
        day, days = (
            (ago, (self.today - ago).days) if isinstance(ago, date) else (self.day(ago), ago)
        )
        assert day < self.today, f"{day} is not over"
        self.entries.append(StoryAct(days, self.moment(day, hour), partial(act, *arguments), alone))

    def at_last(self, act: Callable[..., object], *arguments: object) -> None:
        """Schedule an act for now, after all the days: files of numbers are kept for only a day."""
        self.endings.append(partial(act, *arguments))

    def dice(self, name: str) -> Random:
        """Reproducible randomness for one part of the story."""
        return Random(f"riverside {name}")  # noqa: S311

    def tell(self, told: Callable[[int, int], None] | None = None) -> None:
        """Play all days up to now, recomputing the indicators, recently every night.

        `told` hears after each act how many of all are done.
        """
        for ago in (
            *range(BEGAN - LOOKED_AT_EVERY, LATELY, -LOOKED_AT_EVERY),
            *range(LATELY, 0, -1),
        ):
            self.on(ago, catch_up, self.agency, hour=23)
        # Several days move to the Friday before a weekend: keep their order.
        self.entries.sort(key=lambda entry: (-entry.ago, entry.moment))
        acts, done = len(self.entries) + len(self.endings) + 1, 0
        with time_machine.travel(self.entries[0].moment) as clock:
            for day, entries in groupby(self.entries, key=_together):
                with nullcontext() if day is None else transaction.atomic():
                    for entry in entries:
                        # Acts in the same hour happen a minute apart.
                        clock.move_to(max(entry.moment, timezone.now() + A_MINUTE))
                        entry.act()
                        done += 1
                        if told is not None:
                            told(done, acts)
        for ending in self.endings:
            ending()
        catch_up(self.agency)
        if told is not None:
            told(acts, acts)


def _together(entry: StoryAct) -> date | None:
    return None if entry.alone else entry.moment.date()


def begin(found: Callable[[], tuple[Agency, Member]], zone: ZoneInfo) -> Story:
    """The story before its first day: the agency is founded, with its administrator.

    In the morning there: clocks may have changed since, so late hours would be on the next day.
    """
    day = timezone.now().astimezone(zone).date() - timedelta(days=BEGAN)
    with time_machine.travel(datetime.combine(day, time(9), zone)):
        agency, administrator = found()
    return Story(agency, agency.today(), {"ada": administrator})
