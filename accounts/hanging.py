"""What depends on a member, listed by upper apps before the member leaves or loses it."""

from collections.abc import Callable
from datetime import date

from accounts.models import Member

Hangs = Callable[[Member, date], list[str]]

_all: list[Hangs] = []


def register(hangs: Hangs) -> None:
    """Register a function that returns a sentence for each thing this member would leave behind."""
    _all.append(hangs)


def on(member: Member, day: date) -> list[str]:
    return [words for hangs in _all for words in hangs(member, day)]
