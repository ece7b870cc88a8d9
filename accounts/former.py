"""Pages that stay open to former members: what is theirs, as each app registers it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.addresses import at


@dataclass(frozen=True)
class Theirs:
    """A page that shows people only what is theirs, linked under this title."""

    name: str
    title: str | Promise
    text: str | Promise


_open: set[str] = set()
_pages: list[Theirs] = []


def register(name: str, title: str | Promise, text: str | Promise, *further: str) -> None:
    """Register a page that, with the pages it leads to, shows people only what is theirs."""
    _pages.append(Theirs(name, title, text))
    _open.update((name, *further))


def is_open(name: str) -> bool:
    return name in _open


def leads(address: str) -> bool:
    """Whether an address leads to one of these pages."""
    try:
        return is_open(resolve(urlsplit(address).path).view_name)
    except Resolver404:
        return False


def pages(member: Member) -> list[dict[str, str | Promise]]:
    return [
        {"title": each.title, "text": each.text, "url": at(member.agency, each.name)}
        for each in _pages
    ]


register(
    "accounts:what_is_mine",
    _("What is mine"),
    _("All that you still find here."),
    "privacy",
)
register(
    "accounts:me",
    _("About me"),
    _("Your name here, and how we reach you."),
    "accounts:edit_me",
    "accounts:tell_apart",
    "accounts:my_consents",
    "accounts:take_back",
    "accounts:who_looked",
    "accounts:changes",
    "accounts:not_me",
)
