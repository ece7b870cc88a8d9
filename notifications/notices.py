"""The words of messages: one notice per code, registered by the app that sends it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import links
from notifications.models import Message
from notifications.topics import Topic


@dataclass(frozen=True)
class Notice:
    """A message's wording. `text` may hold `%(title)s` (the subject) and the message's numbers."""

    code: str
    text: str | Promise
    topic: Topic = Topic.MESSAGES


_notices: dict[str, Notice] = {}


def register(code: str, text: str | Promise, topic: Topic = Topic.MESSAGES) -> None:
    _notices[code] = Notice(code, text, topic)


def known(code: str) -> bool:
    return code in _notices


def codes() -> set[str]:
    """The codes of all registered notices."""
    return set(_notices)


def about(topic: Topic) -> list[str]:
    """The codes of a topic, in order."""
    return sorted(code for code, notice in _notices.items() if notice.topic is topic)


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
