"""Roles that depend on something else lasting; upper apps say which grants have ended."""

from collections.abc import Callable
from datetime import date

from django.db.models import Q

from foundation.models import Agency

Ended = Callable[[Agency, date], Q]

_all: list[Ended] = []


def register(ended: Ended) -> None:
    """Register a function for the role grants that no longer count on that day."""
    _all.append(ended)


def ended(agency: Agency, day: date) -> Q:
    none = Q(pk__in=[])
    for each in _all:
        none |= each(agency, day)
    return none
