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


@dataclass(frozen=True)
class Shown:
    """A message as its reader sees it; without an address when its subject is gone."""

    message: Message
    text: str
    url: str


def shown(message: Message, reader: Member) -> Shown:
    link = links.link(message.subject_type, message.subject_id, reader)
    title = str(link.title) if link else _("something you took part in")
    text = str(_notices[message.code].text) % {**message.data, "title": title}
    return Shown(message, text, link.url if link else "")
