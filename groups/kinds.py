"""Where a group of a kind lives: upper apps say so for their own, others have the plain page."""

from collections.abc import Callable

from groups.models import Group

Address = Callable[[Group], str]

_addresses: dict[str, Address] = {}


def register(kind: str, url: Address) -> None:
    """The main page of a group of this kind; `groups:group` leads there (`group.agency` is set).

    Lists link to `groups:group`, so that they need not ask each group's app.
    """
    _addresses[kind] = url


def own_page(group: Group) -> str | None:
    """The page of an upper app, or None where the plain page is the group's own."""
    address = _addresses.get(group.kind)
    return address(group) if address else None
