"""Places on a lower app's page that upper apps fill with partials of their own."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from foundation.http import AgencyRequest

# A template with its context.
Filled = tuple[str, dict[str, Any]]
Filling = Callable[[AgencyRequest, Any], Filled | None]

_fillings: dict[str, list[Filling]] = defaultdict(list)


def register(name: str, filling: Filling) -> None:
    """Fill the slot: given the request and its subject, a template and context, or None."""
    _fillings[name].append(filling)


def fillings(name: str, request: AgencyRequest, subject: Any) -> list[Filled]:
    """What the slot shows, in order of registration (the order of INSTALLED_APPS)."""
    answers = (filling(request, subject) for filling in _fillings[name])
    return [answer for answer in answers if answer is not None]
