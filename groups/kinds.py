"""Where a group of a kind lives: upper apps say so for their own, others have the plain page."""

from collections.abc import Callable

from groups.models import Group

Address = Callable[[Group], str]

_addresses: dict[str, Address] = {}
_closing: set[str] = set()


def register(kind: str, url: Address, *, closes_itself: bool = False) -> None:
    """The main page of a group of this kind; `groups:group` leads there (`group.agency` is set).

    Lists link to `groups:group`, so that they need not ask each group's app. `closes_itself`: the
    upper app has more to close than the group, so the plain page for it leads there as well.
    """
    _addresses[kind] = url
    if closes_itself:
        _closing.add(kind)


def own_page(group: Group) -> str | None:
    """The page of an upper app, or None where the plain page is the group's own."""
    address = _addresses.get(group.kind)
    return address(group) if address else None


def closing_page(group: Group) -> str | None:
    """Where groups of this kind are closed, or None where the plain page closes them."""
    return own_page(group) if group.kind in _closing else None
