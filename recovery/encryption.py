"""Encryption in the age format: for public keys, read with a private one that is elsewhere."""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

import pyrage

from recovery.problems import Damaged, NotPossible, WrongKey


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Writable(Protocol):
    def write(self, data: bytes, /) -> int: ...

    def flush(self) -> None: ...


def recipients(keys: Iterable[str]) -> list[Any]:
    """Public keys as age reads them. NotPossible: there is none, or one is none."""
    found = []
    for key in keys:
        try:
            found.append(pyrage.x25519.Recipient.from_str(key.strip()))
        except pyrage.RecipientError:
            raise NotPossible(f"{key} is no public key of age: those begin with “age1”.") from None
    if not found:
        raise NotPossible(
            "Nobody could read this backup: name a public key of age in BACKUP_RECIPIENTS, or "
            "with --recipient. The guide says how to make one."
        )
    return found


def identities(text: str) -> list[Any]:
    """The private keys in a key file. NotPossible: there is none, or one is none."""
    lines = [line.strip() for line in text.splitlines()]
    keys = [line for line in lines if line and not line.startswith("#")]
    if not keys:
        raise NotPossible("The key file holds no private key.")
    try:
        return [pyrage.x25519.Identity.from_str(key) for key in keys]
    except pyrage.IdentityError:
        raise NotPossible(
            "The key file holds something else than private keys of age: those begin with "
            "“AGE-SECRET-KEY-1”."
        ) from None


def new_key() -> tuple[str, str]:
    """A new private key and its public one."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def encrypt(pieces: Iterator[bytes], into: Writable, keys: Sequence[Any]) -> None:
    """Encrypt as the pieces come; nothing is held but the piece at hand."""
    source = _Pieces(pieces)
    try:
        pyrage.encrypt_io(source, into, list(keys))
    except (pyrage.EncryptError, OSError):
        # Reading the pieces went wrong, which age tells only as a text.
        if source.trouble is not None:
            raise source.trouble from None
        raise


def decrypt(source: Readable, into: Writable, keys: Sequence[Any]) -> None:
    """Decrypt piece by piece; each was authenticated before `into` gets it.

    WrongKey, Damaged: some pieces may have been handed on before.
    """
    sink = _Careful(into)
    try:
        pyrage.decrypt_io(source, sink, list(keys))
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise WrongKey(
                "This private key does not open the file: it was written for another one."
            ) from None
        raise Damaged("This is no encrypted backup, or its beginning is damaged.") from None
    except OSError:
        if sink.trouble is not None:
            raise sink.trouble from None
        raise Damaged(
            "The file is damaged: what it holds is not what was encrypted. Use another backup."
        ) from None


class _Pieces(io.RawIOBase):
    """A readable file of pieces; keeps what went wrong while reading them."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = memoryview(b"")
        self.trouble: Exception | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._held:
            try:
                piece = next(self._pieces, None)
            except Exception as trouble:
                self.trouble = trouble
                raise
            if piece is None:
                return b""
            self._held = memoryview(piece)
        now, self._held = self._held[:size], self._held[size:]
        return bytes(now)


class _Careful:
    """A writable file; keeps what went wrong while writing."""

    def __init__(self, into: Writable) -> None:
        self._into = into
        self.trouble: Exception | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._into.write(data)
        except Exception as trouble:
            self.trouble = trouble
            raise

    def flush(self) -> None:
        """Do nothing: it keeps nothing back."""
