"""What hangs on somebody: upper apps say it, before they leave or lose what they have."""

from collections.abc import Callable
from datetime import date

from accounts.models import Member

Hangs = Callable[[Member, date], list[str]]

_all: list[Hangs] = []


def register(hangs: Hangs) -> None:
    """`hangs` gives a sentence for each thing that is left behind when this member goes."""
    _all.append(hangs)


def on(member: Member, day: date) -> list[str]:
    return [words for hangs in _all for words in hangs(member, day)]
