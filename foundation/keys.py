"""Codes that stand for row keys outside the server and reveal neither number nor order.

Keys are sequential: somebody who saw two of them could work out how many rows others wrote in
between. So addresses and forms carry a code for each key: one AES block under a secret derived from
the installation's, a different one for each kind of row, so that one kind's codes reveal nothing
about another's.
"""

import re
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import ECB
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.urls import register_converter
from django.utils.crypto import salted_hmac

# Keys stay below this, which leaves 75 of a block's 128 bits as a check: a decoded value in range
# was issued for this kind under this secret.
KEYS = 1 << 53
BLOCK = 16
# The length of a code in characters.
LENGTH = 36
# Shaped like a UUID, so that a code is easy to recognize in an address.
REGEX = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_CODE = re.compile(REGEX)


def kind_of(row: Model | type[Model]) -> str:
    """The kind of this model's rows (or of this row), as used in addresses."""
    model = row._meta.concrete_model
    assert model is not None, "an abstract model has no rows"
    options = model._meta
    if options.app_config.name not in settings.PORTAL_APPS:
        return str(options.label_lower)
    return getattr(model, "subject_code", "") or str(options.model_name)


def code_of(row: Model) -> str:
    """The code of this row."""
    return code(kind_of(row), row.pk)


def code(kind: str, key: object) -> str:
    """The code of a key of this kind, the same each time."""
    if isinstance(key, bool) or not isinstance(key, int) or not 0 <= key < KEYS:
        raise ValueError(f"{key!r} is no key of a {kind}")
    return _code(kind, key, settings.SECRET_KEY)


def key(kind: str, text: str) -> int | None:
    """The key behind a code; None if it was not issued for this kind.

    Codes made under a secret that is being replaced can still be read.
    """
    if not _CODE.fullmatch(text):
        return None
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        found = _key(kind, text, secret)
        if found is not None:
            return found
    return None


@lru_cache(maxsize=1024)
def _cipher(kind: str, secret: str) -> Cipher[ECB]:
    own = salted_hmac("foundation.keys", kind, secret=secret, algorithm="sha256").digest()
    # ECB is safe for a single block that never repeats within its kind.
    return Cipher(AES256(own), ECB())  # noqa: S305


@lru_cache(maxsize=8192)
def _code(kind: str, key: int, secret: str) -> str:
    block = _cipher(kind, secret).encryptor().update(key.to_bytes(BLOCK)).hex()
    return f"{block[:8]}-{block[8:12]}-{block[12:16]}-{block[16:20]}-{block[20:]}"


@lru_cache(maxsize=8192)
def _key(kind: str, text: str, secret: str) -> int | None:
    block = bytes.fromhex(text.replace("-", ""))
    found = int.from_bytes(_cipher(kind, secret).decryptor().update(block))
    return found if found < KEYS else None


class KeyConverter:
    """`<KIND:pk>` in an address: the code outside, the key for the view; nothing else matches."""

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
    """Register one converter per kind of row, before any URL is read."""
    known: dict[str, type[Model]] = {}
    for model in apps.get_models():
        kind = kind_of(model)
        if kind in known:
            raise ValueError(f"{model} and {known[kind]} would have the same codes")
        known[kind] = model
        register_converter(type("KeyConverter", (KeyConverter,), {"kind": kind}), kind)
