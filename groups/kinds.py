"""What an upper app answers for its kind of group; others live on the plain page."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import Member
from foundation.refusals import Refusal
from groups.models import Group


@dataclass(frozen=True)
class Keeper:
    """The app that keeps a kind of group. Each is asked with the group; `group.agency` is set.

    `page` is the main page of such a group; `groups:group` leads there, and lists link to that, so
    that they need not ask each group's app. `closing`: the app has more to close than the group, so
    the plain page for it leads there. `at_once`: what goes on in such a group is settled when it is
    closed, so it never ends on a day to come. `unfinished` says what must come to its end before
    such a group is closed, `barring` why a member can have no seat in such groups, nor decide
    there; `charter` gives the words of the charter that is in force for the group today; `hanging`
    says what rests when the group closes.
    """

    page: Callable[[Group], str]
    closing: Callable[[Group], str] | None = None
    at_once: bool = False
    unfinished: Callable[[Group], Refusal | None] | None = None
    barring: Callable[[Member], Refusal | None] | None = None
    charter: Callable[[Group], str | None] | None = None
    hanging: Callable[[Group], list[str]] | None = None


_keepers: dict[str, Keeper] = {}


def register(kind: str, keeper: Keeper) -> None:
    _keepers[kind] = keeper


def own_page(group: Group) -> str | None:
    """The page of an upper app, or None where the plain page is the group's own."""
    keeper = _keepers.get(group.kind)
    return keeper.page(group) if keeper else None


def closing_page(group: Group) -> str | None:
    """Where groups of this kind are closed, or None where the plain page closes them."""
    keeper = _keepers.get(group.kind)
    return keeper.closing(group) if keeper and keeper.closing else None


def ends_at_once(group: Group) -> bool:
    """Whether such a group is closed on the day itself, or for one before, never ahead of it."""
    keeper = _keepers.get(group.kind)
    return keeper is not None and keeper.at_once


def unfinished(group: Group) -> Refusal | None:
    """What an upper app has still going on in the group."""
    keeper = _keepers.get(group.kind)
    return keeper.unfinished(group) if keeper and keeper.unfinished else None


def hanging(group: Group) -> list[str]:
    """What goes on in the group, and rests when it is closed: a sentence each."""
    keeper = _keepers.get(group.kind)
    return keeper.hanging(group) if keeper and keeper.hanging else []


def barred(group: Group, member: Member) -> Refusal | None:
    """Why this member can have no seat in the group today, nor decide in it."""
    keeper = _keepers.get(group.kind)
    return keeper.barring(member) if keeper and keeper.barring else None


def charter(group: Group) -> str | None:
    """The words of the charter that is in force for the group today."""
    keeper = _keepers.get(group.kind)
    return keeper.charter(group) if keeper and keeper.charter else None
