"""The words of messages: one notice per code, registered by the app that sends it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import links
from notifications.models import Message


@dataclass(frozen=True)
class Notice:
    """A message's wording. `text` may hold `%(title)s` (the subject) and the message's numbers."""

    code: str
    text: str | Promise


_notices: dict[str, Notice] = {}


def register(code: str, text: str | Promise) -> None:
    _notices[code] = Notice(code, text)


def known(code: str) -> bool:
    return code in _notices


def codes() -> set[str]:
    """The codes of all registered notices."""
    return set(_notices)


@dataclass(frozen=True)
class ShownMessage:
    """A message as its recipient sees it."""

    message: Message
    text: str


def shown(message: Message) -> ShownMessage:
    """Put a message into words, without a query."""
    title = message.title or _("something you took part in")
    return ShownMessage(
        message, str(_notices[message.code].text) % {**message.data, "title": title}
    )


def address(message: Message, reader: Member) -> str:
    """Where the message leads; empty when its subject is gone or hidden from the reader."""
    link = links.link(message.subject_type, message.subject_id, reader)
    return link.url if link else ""
