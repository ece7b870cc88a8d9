"""What must not be deleted now: asked of whoever keeps the legal holds.

Every deletion asks one of these functions, or is listed with a reason why it destroys no record
(`tests/foundation/test_holds_before_deletions.py`). The schedule's own deletions ask in the
database (`privacy/retention`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce

from django.utils.translation import gettext_lazy as _

from foundation.models import Agency
from foundation.refusals import Refusal

HELD = Refusal(
    _("A legal hold covers this. Nothing of it can be deleted now."),
    _("An administrator can say until when."),
)


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
        """Whether a row that concerns these people and groups, dated `day`, must be kept.

        Query sets are asked only if there is a hold of their kind.
        """
        return (
            (bool(self.people) and not self.people.isdisjoint(people))
            or (bool(self.groups) and not self.groups.isdisjoint(groups))
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


def deleting(
    agency: Agency,
    on: date,
    *,
    people: Iterable[int] = (),
    groups: Iterable[int] = (),
    day: date | None = None,
) -> Refusal | None:
    """Deleting a row that concerns these people and groups, dated `day`."""
    kept = in_force(agency, on).keep(people=people, groups=groups, day=day)
    return HELD if kept else None
