"""What leaves the server instead of a row's key: a code that tells neither number nor order.

Keys run. Who saw two of them at two moments would know how many rows were written in between, by
others. So addresses and forms carry the code of a key: a permutation under a secret of the
installation, another for each kind of row, so that no kind is the code book of another.
"""

from functools import lru_cache
from hashlib import blake2b
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.urls import register_converter
from django.utils.crypto import salted_hmac

from foundation.codes import ALPHABET

# Small letters only: whether an address keeps its capitals is then of no account.
LETTERS = ALPHABET.lower()
LENGTH = 13
# Two halves of so many bits are what fits into the letters.
HALF = 31
ROUNDS = 8
# Keys are below: what decodes to more was never given out, or under another secret.
KEYS = 1 << 53
REGEX = f"[{LETTERS}]{{{LENGTH}}}"

_MASK = (1 << HALF) - 1
_PLACES = {letter: place for place, letter in enumerate(LETTERS)}


def kind_of(row: Any) -> str:
    """What rows of this model (or of a row's) are called in an address."""
    options = row._meta.concrete_model._meta
    ours = options.app_config.name in settings.PORTAL_APPS
    return str(options.model_name if ours else options.label_lower)


def code_of(row: Model) -> str:
    """The code of this row."""
    return code(kind_of(row), row.pk)


def code(kind: str, key: Any) -> str:
    """The code of a key of this kind; the same each time."""
    if isinstance(key, bool) or not isinstance(key, int) or not 0 <= key < KEYS:
        raise ValueError(f"{key!r} is no key of a {kind}")
    return _code(kind, key, settings.SECRET_KEY)


def key(kind: str, text: str) -> int | None:
    """The key that this code stands for; None when it was given out for none of this kind.

    A code of a secret that is being replaced is still read.
    """
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        found = _key(kind, text, secret)
        if found is not None:
            return found
    return None


@lru_cache(maxsize=1024)
def _rounds(kind: str, secret: str) -> tuple[Any, ...]:
    own = salted_hmac("foundation.keys", kind, secret=secret, algorithm="sha256").digest()
    return tuple(blake2b(bytes([turn]), key=own, digest_size=4) for turn in range(ROUNDS))


def _mixed(turn: Any, half: int) -> int:
    mixed = turn.copy()
    mixed.update(half.to_bytes(4))
    return int.from_bytes(mixed.digest()) & _MASK


@lru_cache(maxsize=8192)
def _code(kind: str, key: int, secret: str) -> str:
    left, right = key >> HALF, key & _MASK
    for turn in _rounds(kind, secret):
        left, right = right, left ^ _mixed(turn, right)
    number, letters = (left << HALF) | right, []
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


@lru_cache(maxsize=8192)
def _key(kind: str, text: str, secret: str) -> int | None:
    if len(text) != LENGTH or not _PLACES.keys() >= set(text):
        return None
    number = 0
    for letter in reversed(text):
        number = number * len(LETTERS) + _PLACES[letter]
    left, right = number >> HALF, number & _MASK
    if left > _MASK:
        return None
    for turn in reversed(_rounds(kind, secret)):
        left, right = right ^ _mixed(turn, left), left
    found = (left << HALF) | right
    return found if found < KEYS else None


class KeyConverter:
    """`<KIND:pk>` in an address: the code outside, the key for the view. Nothing else matches."""

    kind: str
    regex = REGEX

    def to_python(self, value: str) -> int:
        found = key(self.kind, value)
        if found is None:
            raise ValueError(f"no code of a {self.kind}")
        return found

    def to_url(self, value: int) -> str:
        return code(self.kind, value)


def register_converters() -> None:
    """One for each kind of row; before any address is read."""
    known: dict[str, type[Model]] = {}
    for model in apps.get_models():
        kind = kind_of(model)
        if kind in known:
            raise ValueError(f"{model} and {known[kind]} would have the same codes")
        known[kind] = model
        register_converter(type("KeyConverter", (KeyConverter,), {"kind": kind}), kind)
