"""The container of a backup: gzip over a mark and frames; `docs/guide/backups.md` describes it.

A frame is one letter, the length of its content as four bytes (big-endian), and the content. Rows
come as PostgreSQL's COPY text, cut anywhere; all other frames are JSON.
"""

import json
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from recovery.problems import Damaged

MARK = b"CQI PORTAL BACKUP\n"
_GZIP = 31
_HEADER = struct.Struct(">cI")
# Bytes: of one frame of rows, of the longest frame that is read, and of one step of unpacking.
ROWS_AT_ONCE = 64 * 1024
_LONGEST = 16 * 1024 * 1024
_STEP = 256 * 1024


class Kind(Enum):
    HEAD = b"H"
    TABLE = b"T"
    ROWS = b"R"
    END = b"E"
    FOOT = b"F"


@dataclass(frozen=True)
class Frame:
    kind: Kind
    content: bytes

    def json(self) -> Any:
        try:
            return json.loads(self.content)
        except ValueError:
            raise Damaged("The file is damaged: a part of it can't be read.") from None


def frame(kind: Kind, content: object) -> Frame:
    """A frame of JSON."""
    return Frame(kind, json.dumps(content, sort_keys=True).encode())


def packed(frames: Iterable[Frame]) -> Iterator[bytes]:
    """The container's bytes, compressed, in pieces."""
    packer = zlib.compressobj(level=6, wbits=_GZIP)
    yield packer.compress(MARK)
    for each in frames:
        yield packer.compress(_HEADER.pack(each.kind.value, len(each.content)) + each.content)
    yield packer.flush()


class Unpacking:
    """Takes the container's bytes in any pieces, and hands each whole frame on."""

    def __init__(self, take: Callable[[Frame], None]) -> None:
        self._take = take
        self._unpacker = zlib.decompressobj(wbits=_GZIP)
        self._held = bytearray()
        self._marked = False

    def write(self, data: bytes) -> int:
        left = data
        while left:
            try:
                self._held += self._unpacker.decompress(left, _STEP)
            except zlib.error:
                raise Damaged("This is no backup of the portal, or it is damaged.") from None
            left = self._unpacker.unconsumed_tail
            self._hand_on()
        return len(data)

    def flush(self) -> None:
        """Do nothing: whole frames are handed on at once."""

    def close(self) -> None:
        """Damaged: the file ended before the container did, or goes on after it."""
        while not self._unpacker.eof and (more := self._unpacker.decompress(b"", _STEP)):
            self._held += more
            self._hand_on()
        if not self._unpacker.eof or self._unpacker.unused_data or self._held:
            raise Damaged("The file is damaged: it is not whole.")

    def _hand_on(self) -> None:
        if not self._marked:
            if len(self._held) < len(MARK):
                return
            if not self._held.startswith(MARK):
                raise Damaged("This is no backup of the portal.")
            del self._held[: len(MARK)]
            self._marked = True
        while len(self._held) >= _HEADER.size:
            letter, length = _HEADER.unpack_from(self._held)
            if length > _LONGEST:
                raise Damaged("The file is damaged: a part of it is too long.")
            end = _HEADER.size + length
            if len(self._held) < end:
                return
            content = bytes(self._held[_HEADER.size : end])
            del self._held[:end]
            try:
                kind = Kind(letter)
            except ValueError:
                raise Damaged("The file is damaged: it has an unknown part.") from None
            self._take(Frame(kind, content))
