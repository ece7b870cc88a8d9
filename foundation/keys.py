"""What leaves the server instead of a row's key: a code that tells neither number nor order.

Keys run. Who saw two of them at two moments would know how many rows were written in between, by
others. So addresses and forms carry the code of a key: one block of AES under a secret of the
installation, another for each kind of row, so that no kind is the code book of another.
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

# Keys are below. Of the 128 bits of a block 75 are left over: what decodes to less was given out,
# for this kind and under this secret.
KEYS = 1 << 53
BLOCK = 16
# So many characters a code has.
LENGTH = 36
# Written like a UUID, so that whoever looks at an address knows what is a name in it.
REGEX = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_CODE = re.compile(REGEX)


def kind_of(row: Model | type[Model]) -> str:
    """What rows of this model (or of a row's) are called in an address."""
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
    """The code of a key of this kind; the same each time."""
    if isinstance(key, bool) or not isinstance(key, int) or not 0 <= key < KEYS:
        raise ValueError(f"{key!r} is no key of a {kind}")
    return _code(kind, key, settings.SECRET_KEY)


def key(kind: str, text: str) -> int | None:
    """The key that this code stands for; None when it was given out for none of this kind.

    A code of a secret that is being replaced is still read.
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
    # One block that never repeats within its kind is what this mode is safe for.
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
