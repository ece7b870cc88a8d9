"""What must be in place before real people enter an agency; upper apps register it."""

from collections.abc import Callable
from datetime import date

from foundation.models import Agency
from foundation.refusals import Refusal

Condition = Callable[[Agency, date], Refusal | None]

_conditions: list[Condition] = []
_for_many: list[Condition] = []


def register(condition: Condition) -> None:
    """Ask this before a real person enters: a refusal if something is missing that day."""
    _conditions.append(condition)


def missing(agency: Agency, on: date) -> Refusal | None:
    """The first refusal among all conditions."""
    return next((said for each in _conditions if (said := each(agency, on)) is not None), None)


def register_for_many(condition: Condition) -> None:
    """Ask this, too, before people are invited from a list."""
    _for_many.append(condition)


def missing_for_many(agency: Agency, on: date) -> list[Refusal]:
    """All that is missing before people are invited from a list."""
    answers = (each(agency, on) for each in (*_conditions, *_for_many))
    return [said for said in answers if said is not None]
