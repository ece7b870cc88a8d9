"""Who may enter for a member when they are away, by that member's consent; upper apps say."""

from collections.abc import Callable

from accounts.models import Member

Enters = Callable[[Member, Member], bool]

_all: list[Enters] = []


def register(enters: Enters) -> None:
    """Register a function of the member and whoever would enter it."""
    _all.append(enters)


def enters_away(member: Member, by: Member) -> bool:
    return any(each(member, by) for each in _all)
