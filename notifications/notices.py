"""The words of messages: one notice for each code, given by the app that tells it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import links
from notifications.models import Message


@dataclass(frozen=True)
class Notice:
    """`text` may hold `%(title)s`, the subject's title, and the message's own numbers."""

    code: str
    text: str | Promise


_notices: dict[str, Notice] = {}


def register(code: str, text: str | Promise) -> None:
    _notices[code] = Notice(code, text)


def known(code: str) -> bool:
    return code in _notices


def codes() -> set[str]:
    """Of all messages that somebody has given words to."""
    return set(_notices)


@dataclass(frozen=True)
class ShownMessage:
    """A message as its reader sees it."""

    message: Message
    text: str


def shown(message: Message) -> ShownMessage:
    """In words; no query."""
    title = message.title or _("something you took part in")
    return ShownMessage(
        message, str(_notices[message.code].text) % {**message.data, "title": title}
    )


def address(message: Message, reader: Member) -> str:
    """Where the message leads; empty when its subject is gone or not the reader's to see."""
    link = links.link(message.subject_type, message.subject_id, reader)
    return link.url if link else ""
