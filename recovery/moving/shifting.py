"""Shift the keys in rows by a constant: rows come and go in the text format of COPY."""

import hashlib
import hmac
import json
import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import partial
from typing import Any

from foundation import codes
from foundation.keys import KEYS
from recovery.moving.register import (
    PATHS,
    ROWS,
    KeyPlace,
    Path,
    Renewal,
    live,
    renewals,
)
from recovery.problems import Damaged

NULL = b"\\N"
# Keys are numbers from 1 to this; shifted ones stay within by going around.
_MOST = KEYS - 1
# The last group of a UUID: changing only these bits keeps the order of random ones.
_LAST = (1 << 48) - 1
_NUMBER = re.compile(rb"\d+")
_LAST_NUMBER = re.compile(rb"(?<![^ ])\d+$")
_WEEK = b"digest "
_HEX = re.compile(r"[0-9a-f]{64}")
_FLOAT = re.compile(r'"\\u0000([^"]*)"')
Change = Callable[[bytes], bytes]
Register = Mapping[str, Mapping[str, KeyPlace]]


@dataclass(frozen=True)
class Shift:
    """One constant for all keys of numbers, and one for UUIDs.

    `users` maps each account to that of the target, or to None for a person without one. With
    `turned`, codes and digests that are unique in the installation change, too: then the agency is
    still here beside its copy, to whom those codes belong.
    """

    by: int
    secret: bytes
    users: Mapping[int, int | None] = field(default_factory=dict)
    turned: bool = False

    def number(self, key: int) -> int:
        if not 1 <= key <= _MOST:
            return key
        return (key - 1 + self.by) % _MOST + 1

    def uuid(self, key: uuid.UUID) -> uuid.UUID:
        return uuid.UUID(int=key.int ^ (int.from_bytes(self._mixed(b"uuid")) & _LAST))

    def sealed(self, text: str) -> str:
        """A code or digest that nobody has, of the same form; the same one each time."""
        if not self.turned:
            return text
        mixed = self._mixed(text.encode())
        return mixed.hex() if _HEX.fullmatch(text) else codes.from_bytes(mixed, len(text))

    def user(self, key: int) -> int | None:
        return self.users[key]

    def _mixed(self, what: bytes) -> bytes:
        return hmac.digest(self.secret, what, "sha256")


@dataclass(frozen=True)
class Shifter:
    """Shifts rows of one table."""

    columns: tuple[str, ...]
    changes: tuple[tuple[int, Change], ...]
    renewals: tuple[tuple[int, Renewal], ...]
    # Columns with whole rows, each with the column that names the table, and what shifts one.
    rows: tuple[tuple[int, int, Callable[[bytes, str], bytes]], ...]

    def row(self, line: bytes) -> bytes:
        """A row, without the end of its line. Damaged: it is none of this table."""
        try:
            return self._shifted(line)
        except (KeyError, ValueError):
            raise Damaged("The file is damaged: a key in it is none.") from None

    def _shifted(self, line: bytes) -> bytes:
        fields = line.split(b"\t")
        if len(fields) != len(self.columns):
            raise Damaged("The file is damaged: a row has too few columns or too many.")
        for place, change in self.changes:
            if fields[place] != NULL:
                fields[place] = change(fields[place])
        for place, table, change_row in self.rows:
            fields[place] = change_row(fields[place], fields[table].decode())
        if self.renewals:
            said = {name: value.decode() for name, value in zip(self.columns, fields, strict=True)}
            for place, make in self.renewals:
                fields[place] = make(said).encode()
        return b"\t".join(fields)


def shifter(
    table: str, columns: Sequence[str], held: Register, shift: Shift, slug: str = ""
) -> Shifter:
    """What shifts rows of this table; `slug` replaces that of the agency in its own row."""
    changes, renewed, rows = [], [], []
    for place, name in enumerate(columns):
        holds = held.get(table, {}).get(name)
        if holds is KeyPlace.RENEWED:
            renewed.append((place, renewals()[f"{table}.{name}"]))
        elif holds is KeyPlace.ROW:
            named = columns.index(ROWS[f"{table}.{name}"])
            rows.append((place, named, partial(_whole_row, shift, held)))
        elif holds is not None:
            changes.append((place, _change(holds, shift, PATHS.get(f"{live(table)}.{name}", ()))))
        elif slug and name == "slug":
            changes.append((place, lambda _was: slug.encode()))
    return Shifter(tuple(columns), tuple(changes), tuple(renewed), tuple(rows))


def _change(holds: KeyPlace, shift: Shift, paths: tuple[Path, ...]) -> Change:
    return {
        KeyPlace.KEY: partial(_key, shift),
        KeyPlace.AGENCY: partial(_key, shift),
        KeyPlace.USER: partial(_user, shift),
        KeyPlace.TEXT: partial(_text, shift),
        KeyPlace.SEALED: partial(_sealed, shift),
        KeyPlace.PATHS: partial(_at_paths, shift, paths),
    }[holds]


def _key(shift: Shift, value: bytes) -> bytes:
    if value.startswith(b"{"):
        return _NUMBER.sub(lambda found: b"%d" % shift.number(int(found[0])), value)
    if b"-" in value[1:]:
        return str(shift.uuid(uuid.UUID(value.decode()))).encode()
    return b"%d" % shift.number(int(value))


def _user(shift: Shift, value: bytes) -> bytes:
    found = shift.user(int(value))
    return NULL if found is None else b"%d" % found


def _text(shift: Shift, value: bytes) -> bytes:
    if value.startswith(_WEEK):
        return value
    if b" " not in value:
        return _key(shift, value)
    return _LAST_NUMBER.sub(lambda found: b"%d" % shift.number(int(found[0])), value)


def _sealed(shift: Shift, value: bytes) -> bytes:
    return shift.sealed(value.decode()).encode()


def _at_paths(shift: Shift, paths: tuple[Path, ...], value: bytes) -> bytes:
    read = _read(value)
    for path in paths:
        read = _walked(read, path, shift)
    return _written(read)


def _whole_row(shift: Shift, held: Register, value: bytes, table: str) -> bytes:
    row = _read(value)
    for name, holds in held[table].items():
        if row.get(name) is not None:
            paths = PATHS.get(f"{live(table)}.{name}", ())
            row[name] = _in_row(shift, holds, paths, row[name])
    return _written(row)


def _in_row(shift: Shift, holds: KeyPlace, paths: tuple[Path, ...], value: Any) -> Any:
    if holds is KeyPlace.PATHS:
        for path in paths:
            value = _walked(value, path, shift)
        return value
    if isinstance(value, list):
        return [_in_row(shift, holds, paths, each) for each in value]
    if holds in (KeyPlace.ROW, KeyPlace.RENEWED):
        return value
    changed = _change(holds, shift, paths)(str(value).encode())
    if changed == NULL:
        return None
    return int(changed) if isinstance(value, int) else changed.decode()


def _read(value: bytes) -> Any:
    # In JSON, all that COPY escapes is the backslash.
    return json.loads(value.replace(b"\\\\", b"\\"), parse_float=lambda text: f"\0{text}")


def _written(value: Any) -> bytes:
    written = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return _FLOAT.sub(r"\1", written).encode().replace(b"\\", b"\\\\")


def _walked(value: Any, path: Path, shift: Shift) -> Any:
    """The value with the keys at the end of the path shifted."""
    if not path:
        is_key = isinstance(value, int) and not isinstance(value, bool)
        return shift.number(value) if is_key else value
    first, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {
            name: _walked(each, rest, shift) if fnmatchcase(name, first) else each
            for name, each in value.items()
        }
    if isinstance(value, list):
        return [
            _walked(each, rest, shift) if first in ("*", str(place)) else each
            for place, each in enumerate(value)
        ]
    return value


class Sum:
    """A checksum of rows in any order: the sum of their own, and how many."""

    def __init__(self) -> None:
        self.rows, self._sum = 0, 0

    def add(self, line: bytes) -> None:
        self.rows += 1
        self._sum += int.from_bytes(hashlib.sha256(line).digest())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sum) and (self.rows, self._sum) == (other.rows, other._sum)

    __hash__ = None  # type: ignore[assignment]


class WholeLines:
    """Cuts pieces into lines."""

    def __init__(self) -> None:
        self._held = b""

    def of(self, piece: bytes) -> list[bytes]:
        *whole, self._held = (self._held + piece).split(b"\n")
        return whole

    def close(self) -> None:
        """Damaged: the last line has no end."""
        if self._held:
            raise Damaged("The file is damaged: a row has no end.")
