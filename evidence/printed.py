"""Where heads were printed: upper apps say which ones they froze, and in what."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from foundation.models import Agency


@dataclass(frozen=True)
class PrintedSeal:
    """A head that was printed: its day and digest; in what, by key and in words."""

    day: date
    digest: str
    row: int
    title: str
    url: str


type Printed = Callable[[Agency], Iterable[PrintedSeal]]
_asked: list[Printed] = []


def register(printed: Printed) -> None:
    """Ask this function, too, which heads were printed; one query."""
    _asked.append(printed)


def of(agency: Agency) -> list[PrintedSeal]:
    """All heads that were printed, the newest first."""
    found = [each for ask in _asked for each in ask(agency)]
    return sorted(found, key=lambda each: each.day, reverse=True)
