"""Answers that were given but not sent: the page carries them, sealed; nothing stores them.

One statement a screen means that the screens before have to be remembered somewhere. Here it is a
hidden field that goes back and forth. It is sealed with a key made of the round's secret and the
code, so that what a browser keeps of the page on disk can't be read, least of all after the round
has closed; and it runs out, so that whoever takes up a shared phone later doesn't get it back.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

from satisfaction.policies import DRAFT_LASTS


class DraftLost(Exception):
    """What came back was changed, belongs to another code, or is too old."""


@dataclass(frozen=True)
class Draft:
    """Answers by the name of their field, as sent; `checking`: all were seen together once."""

    answers: Mapping[str, str] = field(default_factory=dict)
    checking: bool = False

    def with_answer(self, name: str, value: str) -> Self:
        return replace(self, answers={**self.answers, name: value})

    def seen(self) -> Self:
        return replace(self, checking=True)


def seal(secret: bytes, code: str, draft: Draft) -> str:
    """The hidden field of the next page."""
    content = json.dumps({"answers": dict(draft.answers), "checking": draft.checking})
    return _key(secret, code).encrypt(content.encode()).decode()


def unseal(secret: bytes, code: str, text: str) -> Draft:
    """What the page before carried; raises DraftLost."""
    try:
        lasts = int(DRAFT_LASTS.span.total_seconds())
        content = _key(secret, code).decrypt(text.encode(), ttl=lasts)
    except InvalidToken as error:
        raise DraftLost from error
    said = json.loads(content)
    return Draft(said["answers"], said["checking"])


def _key(secret: bytes, code: str) -> Fernet:
    mac = salted_hmac("satisfaction.draft", code, secret=secret, algorithm="sha256")
    return Fernet(urlsafe_b64encode(mac.digest()))
