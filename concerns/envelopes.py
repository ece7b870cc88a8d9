"""A concern's key and what it closes: the words, replies and notes, each as large as any other.

Each concern has one key. It is sealed to the public key of each reader (`foundation.sealing`) and
boxed under the writer's receipt (`concerns.locking`); nothing else opens anything of the concern.
"""

import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from concerns.locking import box, boxed_size, unbox
from foundation.sealing import close, open_with, size

KEY = 32
LONGEST = 4_000
# Four bytes a letter at most, and the marks of those who were named.
ROOM = 4 * LONGEST + 2_000
_LENGTH = 4
MESSAGE = boxed_size(_LENGTH + ROOM)
SEAL = size(KEY)
RECEIPT_BOX = boxed_size(KEY)
_PURPOSE = "concern key"


@dataclass(frozen=True)
class SealedWords:
    """What somebody wrote; `not_readers` are the marks of readers whom the writer named.

    `by` is the mark of the reader who wrote it; empty for the writer of the concern.
    """

    text: str
    not_readers: frozenset[str] = frozenset()
    by: str = ""


def new_key() -> bytes:
    return secrets.token_bytes(KEY)


def seal_key(public: str, key: bytes) -> bytes:
    """The concern's key for one reader, `SEAL` bytes."""
    return close(public, key, room=KEY, purpose=_PURPOSE)


def open_key(private: bytes, public: str, envelope: bytes | memoryview) -> bytes:
    """The concern's key; raises foundation.sealing.NotOurs."""
    return open_with(private, public, bytes(envelope), purpose=_PURPOSE)


def key_for_receipt(receipt_key: bytes, key: bytes) -> bytes:
    """The concern's key for the writer, `RECEIPT_BOX` bytes."""
    return box(receipt_key, key, purpose=b"receipt")


def key_by_receipt(receipt_key: bytes, boxed: bytes | memoryview) -> bytes:
    """The concern's key; raises concerns.locking.WrongCode."""
    return unbox(receipt_key, bytes(boxed), purpose=b"receipt")


def close_words(
    key: bytes, number: int, text: str, *, not_readers: Collection[str] = (), by: str = ""
) -> bytes:
    """One message of a concern, `MESSAGE` bytes; ValueError: it needs more room."""
    head = json.dumps({"not": sorted(not_readers), "by": by})
    content = f"{head}\n{text}".encode()
    if len(content) > ROOM:
        raise ValueError(f"{len(content)} bytes don't fit into {ROOM}.")
    padded = len(content).to_bytes(_LENGTH) + content.ljust(ROOM, b"\0")
    return box(key, padded, purpose=_of(number))


def open_words(key: bytes, number: int, envelope: bytes | memoryview) -> SealedWords:
    """What `close_words` put in; raises concerns.locking.WrongCode."""
    padded = unbox(key, bytes(envelope), purpose=_of(number))
    content = padded[_LENGTH : _LENGTH + int.from_bytes(padded[:_LENGTH])]
    head, _line, text = content.decode().partition("\n")
    told = json.loads(head)
    return SealedWords(text, frozenset(told["not"]), told["by"])


def _of(number: int) -> bytes:
    return f"message {number}".encode()
