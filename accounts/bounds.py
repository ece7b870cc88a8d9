"""Roles that count only while something else lasts: upper apps say of which grants it has ended."""

from collections.abc import Callable
from datetime import date

from django.db.models import Q

from foundation.models import Agency

Ended = Callable[[Agency, date], Q]

_all: list[Ended] = []


def register(ended: Ended) -> None:
    """`ended` gives the role grants that do not count on that day."""
    _all.append(ended)


def ended(agency: Agency, day: date) -> Q:
    none = Q(pk__in=[])
    for each in _all:
        none |= each(agency, day)
    return none
