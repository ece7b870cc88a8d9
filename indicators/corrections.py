"""What was changed about a day after it was over: when, and by whom; never what about whom."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import NamedTuple

from foundation.models import Agency


class Corrected(NamedTuple):
    """That facts of an earlier day were written down on this day."""

    on: date
    by: str


Provider = Callable[[Agency, date], Iterable[Corrected]]

_providers: list[tuple[frozenset[str], Provider]] = []


def register(provider: Provider, *codes: str) -> None:
    """`provider`: the corrections of a day that move these indicators."""
    _providers.append((frozenset(codes), provider))


def corrections(agency: Agency, day: date, codes: Collection[str]) -> list[Corrected]:
    """Those of the day that move one of these indicators, the last one first; once each."""
    found: set[Corrected] = set()
    for moved, provider in _providers:
        if moved.intersection(codes):
            found.update(provider(agency, day))
    return sorted(found, reverse=True)
