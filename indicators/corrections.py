"""Corrections of past days: when and by whom they were made; never what, or about whom."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import NamedTuple

from foundation.models import Agency


class Corrected(NamedTuple):
    """A day on which facts of an earlier day were recorded."""

    on: date
    by: str


Provider = Callable[[Agency, date], Iterable[Corrected]]

_providers: list[tuple[frozenset[str], Provider]] = []


def register(provider: Provider, *codes: str) -> None:
    """Register a provider of a day's corrections that affect these indicators."""
    _providers.append((frozenset(codes), provider))


def corrections(agency: Agency, day: date, codes: Collection[str]) -> list[Corrected]:
    """Corrections of the day that affect any of these indicators, latest first, without repeats."""
    found: set[Corrected] = set()
    for moved, provider in _providers:
        if moved.intersection(codes):
            found.update(provider(agency, day))
    return sorted(found, reverse=True)
