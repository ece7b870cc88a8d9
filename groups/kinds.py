"""What an upper app decides for its kind of group; other kinds use the plain pages."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import Member
from foundation.refusals import Refusal
from groups.models import Group


@dataclass(frozen=True)
class Keeper:
    """The app that keeps a kind of group. Each function gets the group; `group.agency` is set.

    `page` is the main page of such a group; `groups:group` redirects there, and lists link to that,
    to save asking each group's app. `closing`: the app closes more than the group, so the plain
    closing page redirects there. `at_once`: closing settles the group's work, so it can't end on a
    future day. `unfinished` says what must be finished before closing, `barring` why a member can't
    sit or decide in such groups; `charter` is the text of the charter in force for the group today;
    `hanging` lists what stops when the group closes.
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
    """The page of an upper app; None if the plain page is the group's own."""
    keeper = _keepers.get(group.kind)
    return keeper.page(group) if keeper else None


def closing_page(group: Group) -> str | None:
    """Where groups of this kind are closed; None if the plain page does it."""
    keeper = _keepers.get(group.kind)
    return keeper.closing(group) if keeper and keeper.closing else None


def ends_at_once(group: Group) -> bool:
    """Whether such a group closes on the day itself or a past one, never a future one."""
    keeper = _keepers.get(group.kind)
    return keeper is not None and keeper.at_once


def unfinished(group: Group) -> Refusal | None:
    """What an upper app still has going on in the group."""
    keeper = _keepers.get(group.kind)
    return keeper.unfinished(group) if keeper and keeper.unfinished else None


def hanging(group: Group) -> list[str]:
    """What stops when the group closes, one sentence each."""
    keeper = _keepers.get(group.kind)
    return keeper.hanging(group) if keeper and keeper.hanging else []


def barred(group: Group, member: Member) -> Refusal | None:
    """Why this member can't sit in the group today, or decide there."""
    keeper = _keepers.get(group.kind)
    return keeper.barring(member) if keeper and keeper.barring else None


def charter(group: Group) -> str | None:
    """The text of the charter in force for the group today."""
    keeper = _keepers.get(group.kind)
    return keeper.charter(group) if keeper and keeper.charter else None
