"""The demo's calendar: what happens on which day, acted out in order under a clock that is set.

The parts of the demo (people, groups, money …) first write their acts into the calendar; then the
days go by, one transaction each. Days are counted back from today, so that the demo is always
fresh; a year and a half ago the agency began.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby
from random import Random

import time_machine
from django.db import transaction
from django.utils import timezone

from accounts.models import Member
from cells.models import Cell, Measure, Opportunity
from foundation import tenancy
from foundation.models import Agency
from groups.models import Group, Meeting
from indicators.actions import catch_up

BEGAN = 548
LOOKED_AT_EVERY = 7
EVENING = 18

Act = Callable[[], object]


@dataclass(frozen=True)
class Entry:
    """An act on a day; `alone`: it opens its own transactions, and may not be part of another."""

    moment: datetime
    act: Act
    alone: bool


@dataclass
class Story:
    """The agency while its demo is being told, and what the parts know each other's people by."""

    agency: Agency
    today: date
    people: dict[str, Member] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    ideas: dict[str, Opportunity] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    meetings: dict[tuple[str, int], Meeting] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def __getitem__(self, key: str) -> Member:
        return self.people[key]

    def everyone(self, keys: str) -> list[Member]:
        """The members of a list of keys: "rosa walter june"."""
        return [self.people[key] for key in keys.split()]

    def day(self, ago: int) -> date:
        """The working day that many days ago (the Friday before a weekend); ahead if negative."""
        found = self.today - timedelta(days=ago)
        beyond = found.weekday() - 4
        if beyond <= 0:
            return found
        return found - timedelta(days=beyond) if ago >= 0 else found + timedelta(days=3 - beyond)

    def moment(self, day: date, hour: int = 10, minute: int = 0) -> datetime:
        """An hour of a day where the agency is."""
        return datetime.combine(day, time(hour, minute), self.agency.zone)

    def on(
        self,
        ago: int | date,
        act: Callable[..., object],
        *arguments: object,
        hour: int = 10,
        alone: bool = False,
    ) -> None:
        """Let something happen on a day (so many days ago, or that date); never today."""
        day = ago if isinstance(ago, date) else self.day(ago)
        assert day < self.today, f"{day} is not over"
        # A minute apart, in the order in which they were written.
        minute = len(self.entries) % 60
        self.entries.append(
            Entry(self.moment(day, hour, minute), partial(act, *arguments), alone)
        )

    def dice(self, name: str) -> Random:
        """Chance that falls the same way every time, for one part of the story."""
        return Random(f"riverside {name}")  # noqa: S311

    def tell(self) -> None:
        """Let all days go by, with the indicators looked at every week, up to now."""
        for ago in range(BEGAN - LOOKED_AT_EVERY, 0, -LOOKED_AT_EVERY):
            self.on(ago, catch_up, self.agency, hour=23)
        self.entries.sort(key=lambda entry: entry.moment)
        with time_machine.travel(self.entries[0].moment) as clock:
            for alone, entries in groupby(self.entries, key=_together):
                if alone:
                    for entry in entries:
                        clock.move_to(entry.moment)
                        entry.act()
                else:
                    self._let_pass(list(entries), clock)
        catch_up(self.agency)

    @transaction.atomic
    def _let_pass(self, entries: list[Entry], clock: time_machine.Traveller) -> None:
        for entry in entries:
            clock.move_to(entry.moment)
            entry.act()


def _together(entry: Entry) -> date | None:
    return None if entry.alone else entry.moment.date()


def begin(found: Callable[[], tuple[Agency, Member]], zone: str) -> Story:
    """The story on its first day: the agency is founded, with its administrator."""
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=BEGAN + 3)):
        agency, administrator = found()
    assert agency.timezone == zone
    return Story(agency, agency.today(), {"ada": administrator})


def entered(story: Story) -> None:
    """Tell the story inside its agency."""
    with tenancy.entering(story.agency):
        story.tell()
