"""Envelopes that anybody can close and only the holder of a private key can open.

HPKE (RFC 9180) as the library `cryptography` has it, with the hybrid of ML-KEM-768 and X25519 for
the key: a copy of the database that somebody keeps for decades should not open either. Envelopes of
one kind have one size, so that their length says nothing.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

_SUITE = Suite(KEM.MLKEM768_X25519, KDF.SHAKE256, AEAD.AES_256_GCM)
# Bytes of the first half of each key, and of a private key in all.
_SEED, _PUBLIC = 64, 1184
PRIVATE = _SEED + 32
# What an envelope is longer than what is in it.
OVERHEAD = 1120 + 16
# Bytes before the content that say how long it is.
_LENGTH = 4


class NotOurs(Exception):
    """An envelope that this key does not open: another key's, or changed since it was closed."""


@dataclass(frozen=True)
class KeyPair:
    """A public key as text (base64), and the private one as bytes, to be kept elsewhere."""

    public: str
    private: bytes

    @classmethod
    def new(cls) -> "KeyPair":
        seed, scalar = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
        public = seed.public_key().public_bytes_raw() + scalar.public_key().public_bytes_raw()
        private = seed.private_bytes_raw() + scalar.private_bytes_raw()
        return cls(b64encode(public).decode(), private)


def name_of(public: str) -> str:
    """The name under which the private half is kept: hexadecimal, and different for each pair."""
    return sha256(public.encode()).hexdigest()


def size(room: int) -> int:
    """The bytes of an envelope with room for so many bytes."""
    return room + _LENGTH + OVERHEAD


def close(public: str, content: bytes, *, room: int, purpose: str) -> bytes:
    """An envelope of `size(room)` bytes; ValueError: the content needs more room.

    `purpose` has to be named again to open it.
    """
    if len(content) > room:
        raise ValueError(f"{len(content)} bytes don't fit into {room}.")
    padded = len(content).to_bytes(_LENGTH) + content.ljust(room, b"\0")
    return _SUITE.encrypt(padded, _public(public), info=_info(public, purpose))


def open_with(private: bytes, public: str, envelope: bytes, *, purpose: str) -> bytes:
    """What is in an envelope closed with this public key; raises NotOurs."""
    halves = MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(private[:_SEED]),
        X25519PrivateKey.from_private_bytes(private[_SEED:PRIVATE]),
    )
    try:
        padded = _SUITE.decrypt(envelope, halves, info=_info(public, purpose))
    except (InvalidTag, ValueError) as error:
        raise NotOurs from error
    return padded[_LENGTH : _LENGTH + int.from_bytes(padded[:_LENGTH])]


def _public(text: str) -> MLKEM768X25519PublicKey:
    raw = b64decode(text)
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(raw[:_PUBLIC]),
        X25519PublicKey.from_public_bytes(raw[_PUBLIC:]),
    )


def _info(public: str, purpose: str) -> bytes:
    return f"cqi-portal {purpose} {name_of(public)}".encode()
