"""Locks that only a code opens: a slow hash of the code is the key of an AES-256-GCM box.

Whoever has the box, the database and `SECRET_KEY` has to try codes one by one, at half a second and
64 MiB of memory for each. Codes are made here and never chosen, so that there is nothing to guess.
"""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from threading import BoundedSemaphore

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from foundation import codes

# RFC 9106, section 4, second choice, with one lane.
_TIMES, _KIBIBYTES = 3, 64 * 1024
_SALT, _NONCE, _TAG, _KEY = 16, 12, 16, 32
# A code that is typed for years: 53 bits.
DIGITS = 16
# A code that finds and opens: 78 bits.
RECEIPT = 16
# The same everywhere: a receipt has to be found without knowing whose it is.
_FINDING = sha256(b"cqi-portal concern receipt").digest()[:_SALT]
# The other threads of a web process go on meanwhile.
_one = BoundedSemaphore(1)


class WrongCode(Exception):
    """A code that does not open this box."""


@dataclass(frozen=True)
class ReceiptKeys:
    """What a receipt's code becomes: the name under which its row is found, and a key."""

    name: str
    key: bytes


def new_reading_code() -> str:
    """Sixteen digits, to be shown once."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def typed_digits(text: str) -> str:
    """A typed reading code without spaces and dashes."""
    return "".join(each for each in text if each in "0123456789")


def new_receipt() -> str:
    return codes.random_code(RECEIPT)


def locked_size(content: int) -> int:
    """The bytes of a box with a salt of its own around so many bytes."""
    return _SALT + boxed_size(content)


def boxed_size(content: int) -> int:
    return _NONCE + content + _TAG


def lock(code: str, content: bytes) -> bytes:
    """A box of `locked_size` bytes that this code opens."""
    salt = secrets.token_bytes(_SALT)
    return salt + box(_slow(code, salt, _KEY), content, purpose=b"code")


def unlock(code: str, locked: bytes) -> bytes:
    """What is in the box; raises WrongCode, for an empty one as well."""
    if len(locked) <= _SALT:
        raise WrongCode
    return unbox(_slow(code, locked[:_SALT], _KEY), locked[_SALT:], purpose=b"code")


def receipt_keys(code: str) -> ReceiptKeys:
    """Two halves of one slow hash: neither tells the other."""
    made = _slow(code, _FINDING, 2 * _KEY)
    return ReceiptKeys(made[:_KEY].hex(), made[_KEY:])


def box(key: bytes, content: bytes, *, purpose: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, purpose)


def unbox(key: bytes, boxed: bytes, *, purpose: bytes) -> bytes:
    """What `box` put in with this key and purpose; raises WrongCode."""
    try:
        return AESGCM(key).decrypt(boxed[:_NONCE], boxed[_NONCE:], purpose)
    except (InvalidTag, ValueError) as error:
        raise WrongCode from error


def _slow(code: str, salt: bytes, length: int) -> bytes:
    with _one:
        made = Argon2id(
            salt=salt, length=length, iterations=_TIMES, lanes=1, memory_cost=_KIBIBYTES
        )
        return made.derive(code.encode())
