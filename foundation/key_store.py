"""Keys that lie outside the database and its backups, each used until a day and then destroyed.

One file for each, in the folder `settings.KEY_STORE`, which all web and worker processes share and
no backup reads. Nothing else is kept there. A key that is gone can't be made again: what it opened
stays closed for good, in every copy of the database.
"""

import os
import re
import secrets
import stat
from pathlib import Path

from django.conf import settings

_NAME = re.compile(r"[0-9a-f]{16,64}")
_OTHERS_NOTHING = stat.S_IRWXU
_OWNER_ONLY = stat.S_IRUSR | stat.S_IWUSR


def keep(name: str, key: bytes) -> None:
    """Store a key under a new name, hexadecimal; it is on the disk when this returns.

    FileExistsError: there is one of that name.
    """
    folder().mkdir(mode=_OTHERS_NOTHING, parents=True, exist_ok=True)
    # Complete before it has its name, so that nobody ever reads a part.
    draft = _path(name).with_suffix(f".{secrets.token_hex(8)}")
    try:
        with open(draft, "xb", opener=_private) as file:  # Path.open has no opener.
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, _path(name))
    finally:
        draft.unlink(missing_ok=True)
    _settle()


def read(name: str) -> bytes | None:
    """The key of this name; None if there is none (any more)."""
    try:
        return _path(name).read_bytes()
    except FileNotFoundError:
        return None


def destroy(name: str) -> None:
    """Overwrite the key and remove it. Destroying one that is gone does nothing."""
    try:
        with _path(name).open("r+b") as file:
            file.write(secrets.token_bytes(os.fstat(file.fileno()).st_size))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return
    _path(name).unlink(missing_ok=True)
    _settle()


def names() -> set[str]:
    """The names of all keys that are there."""
    if not folder().exists():
        return set()
    return {each.name for each in folder().iterdir() if _NAME.fullmatch(each.name)}


def usable() -> bool:
    """Whether this process can keep and destroy keys there."""
    try:
        folder().mkdir(mode=_OTHERS_NOTHING, parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder(), os.R_OK | os.W_OK | os.X_OK)


def folder() -> Path:
    return Path(settings.KEY_STORE)


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} does not name a key.")
    return folder() / name


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, _OWNER_ONLY)


def _settle() -> None:
    """Let the folder's list of names reach the disk."""
    number = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
