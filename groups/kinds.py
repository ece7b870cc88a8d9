"""Where a group of a kind lives: upper apps say so for their own, others have the plain page."""

from collections.abc import Callable

from accounts.models import Member
from foundation.refusals import Refusal
from groups.models import Group

Address = Callable[[Group], str]
Unfinished = Callable[[Group], Refusal | None]
Barring = Callable[[Member], Refusal | None]
Charter = Callable[[Group], str | None]
Hangs = Callable[[Group], list[str]]

_addresses: dict[str, Address] = {}
_closing: dict[str, Address] = {}
_at_once: set[str] = set()
_unfinished: dict[str, Unfinished] = {}
_barring: dict[str, Barring] = {}
_charters: dict[str, Charter] = {}
_hanging: dict[str, Hangs] = {}


def register(
    kind: str,
    url: Address,
    *,
    closing: Address | None = None,
    at_once: bool = False,
    unfinished: Unfinished | None = None,
    barring: Barring | None = None,
    charter: Charter | None = None,
    hanging: Hangs | None = None,
) -> None:
    """The main page of a group of this kind; `groups:group` leads there (`group.agency` is set).

    Lists link to `groups:group`, so that they need not ask each group's app. `closing`: the upper
    app has more to close than the group, so the plain page for it leads there. `at_once`: what goes
    on in such a group is settled when it is closed, so it never ends on a day to come.
    `unfinished` says what must come to its end before such a group is closed, `barring` why a
    member can have no seat in such groups, nor decide there; `charter` gives the words of the
    charter that is in force for the group today; `hanging` says what rests when the group closes.
    """
    _addresses[kind] = url
    if unfinished is not None:
        _unfinished[kind] = unfinished
    if barring is not None:
        _barring[kind] = barring
    if charter is not None:
        _charters[kind] = charter
    if hanging is not None:
        _hanging[kind] = hanging
    if closing is not None:
        _closing[kind] = closing
    if at_once:
        _at_once.add(kind)


def own_page(group: Group) -> str | None:
    """The page of an upper app, or None where the plain page is the group's own."""
    address = _addresses.get(group.kind)
    return address(group) if address else None


def closing_page(group: Group) -> str | None:
    """Where groups of this kind are closed, or None where the plain page closes them."""
    address = _closing.get(group.kind)
    return address(group) if address else None


def ends_at_once(group: Group) -> bool:
    """Whether such a group is closed on the day itself, or for one before, never ahead of it."""
    return group.kind in _at_once


def unfinished(group: Group) -> Refusal | None:
    """What an upper app has still going on in the group."""
    going_on = _unfinished.get(group.kind)
    return going_on(group) if going_on else None


def hanging(group: Group) -> list[str]:
    """What goes on in the group, and rests when it is closed: a sentence each."""
    hangs = _hanging.get(group.kind)
    return hangs(group) if hangs else []


def barred(group: Group, member: Member) -> Refusal | None:
    """Why this member can have no seat in the group today, nor decide in it."""
    bars = _barring.get(group.kind)
    return bars(member) if bars else None


def charter(group: Group) -> str | None:
    """The words of the charter that is in force for the group today (`group.agency` is set)."""
    found = _charters.get(group.kind)
    return found(group) if found else None
