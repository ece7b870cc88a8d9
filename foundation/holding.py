"""What must not be deleted now: asked of whoever keeps the legal holds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce

from foundation.models import Agency


@dataclass(frozen=True)
class Holds:
    """What an agency must keep for now, even if the retention schedule would delete it.

    `people` and `groups` are keys of members and groups; `periods` are half-open, an end of None
    is open.
    """

    people: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    periods: tuple[tuple[date, date | None], ...] = ()

    def __or__(self, other: "Holds") -> "Holds":
        return Holds(
            self.people | other.people,
            self.groups | other.groups,
            tuple(sorted({*self.periods, *other.periods}, key=str)),
        )

    def __bool__(self) -> bool:
        return bool(self.people or self.groups or self.periods)

    def of_day(self, day: date) -> bool:
        """Whether all of that day must be kept."""
        return any(since <= day and (until is None or day < until) for since, until in self.periods)

    def keep(
        self, *, people: Iterable[int] = (), groups: Iterable[int] = (), day: date | None = None
    ) -> bool:
        """Whether a row that concerns these people and groups, dated `day`, must be kept."""
        return (
            not self.people.isdisjoint(people)
            or not self.groups.isdisjoint(groups)
            or (day is not None and self.of_day(day))
        )


type Keeper = Callable[[Agency, date], Holds]
_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    """Ask this function, too, what an agency must keep."""
    _keepers.append(keeper)


def in_force(agency: Agency, on: date) -> Holds:
    """What the agency must keep on that day."""
    found = (keeper(agency, on) for keeper in _keepers)
    return reduce(Holds.__or__, found, Holds())
