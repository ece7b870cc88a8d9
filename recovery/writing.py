"""Write a backup: one consistent look at the database, packed and encrypted as it is read."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import IO, Any, Self

import psycopg
from django.utils.timezone import now
from psycopg import sql

from recovery import contents, encryption, versions
from recovery.container import ROWS_AT_ONCE, Frame, Kind, frame, packed
from recovery.contents import Connection, StoredTable
from recovery.problems import Damaged, OtherVersion
from recovery.versions import FORMAT, VERSION


@dataclass(frozen=True)
class Head:
    """What a backup says first: what it fits, and what it holds."""

    format: int
    version: str
    made_at: str
    postgresql: str
    migrations: list[str]
    # Fingerprints of SECRET_KEY and its fallbacks.
    keys: list[str]
    # Columns by table.
    tables: dict[str, list[str]]
    # Reasons by table.
    left_out: dict[str, str]
    # Columns that are left empty.
    forgotten: list[str]

    @classmethod
    def read(cls, found: Frame) -> Self:
        """Damaged: it does not begin as backups do. OtherVersion: of another format."""
        said: Any = found.json()
        if found.kind is not Kind.HEAD or not isinstance(said, dict):
            raise Damaged("The file is damaged: it does not begin with its manifest.")
        if "agency" in said:
            raise OtherVersion("This file holds one agency: `import_agency` reads it.")
        if said.get("format") != FORMAT:
            raise OtherVersion(
                f"The backup has format {said.get('format')}, this version reads {FORMAT}."
            )
        try:
            return cls(**said)
        except TypeError:
            raise Damaged("The file is damaged: its manifest is not whole.") from None

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


@dataclass(frozen=True)
class Written:
    """A backup that was written: its moment, its rows, its size in bytes, its checksum."""

    made_at: datetime
    tables: int
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True)
class Content:
    """A table's content: the number of its rows, and the checksum of them in order."""

    rows: int
    sha256: str


def write(connection: Connection, out: IO[bytes], keys: Sequence[Any]) -> Written:
    """Write a backup of what the database holds at this moment.

    The connection is the owner's, outside a transaction. OtherVersion: the database is not of this
    version.
    """
    into = Counted(out)
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        contents.settle(connection)
        migrations = versions.applied_migrations(connection)
        versions.expect_this_version(migrations, "The database")
        tables = contents.tables(connection)
        head = Head(
            format=FORMAT,
            version=VERSION,
            made_at=now().isoformat(),
            postgresql=versions.postgresql(connection),
            migrations=sorted(migrations),
            keys=list(versions.fingerprints()),
            tables={name: list(table.columns) for name, table in tables.items()},
            left_out=contents.left_out(),
            forgotten=list(contents.forgotten()),
        )
        rows: list[int] = []
        encryption.encrypt(packed(_frames(connection, head, tables, rows)), into, keys)
    return Written(head.moment, len(tables), sum(rows), into.size, into.digest.hexdigest())


def content_of(connection: Connection, table: StoredTable) -> Content:
    """The content of a table, as a backup would tell it."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for data in copied(cursor, table.reading()):
            digest.update(data)
        return Content(cursor.rowcount, digest.hexdigest())


def _frames(
    connection: Connection, head: Head, tables: dict[str, StoredTable], rows: list[int]
) -> Iterator[Frame]:
    yield frame(Kind.HEAD, asdict(head))
    for name, table in tables.items():
        yield from table_frames(connection, name, table.reading(), rows)
    # Sequences are outside every transaction: read last, they are never behind the rows.
    sequences = contents.sequences(connection)
    yield frame(Kind.FOOT, {"tables": len(tables), "rows": sum(rows), "sequences": sequences})


def table_frames(
    connection: Connection, name: str, reading: sql.Composed, rows: list[int]
) -> Iterator[Frame]:
    """A table's rows, as this statement copies them out; adds their number to `rows`."""
    yield frame(Kind.TABLE, name)
    digest, held = hashlib.sha256(), bytearray()
    with connection.cursor() as cursor:
        for data in copied(cursor, reading):
            digest.update(data)
            held += data
            while len(held) >= ROWS_AT_ONCE:
                yield Frame(Kind.ROWS, bytes(held[:ROWS_AT_ONCE]))
                del held[:ROWS_AT_ONCE]
        if held:
            yield Frame(Kind.ROWS, bytes(held))
        rows.append(cursor.rowcount)
    yield frame(Kind.END, asdict(Content(rows[-1], digest.hexdigest())))


def copied(
    cursor: psycopg.Cursor[tuple[Any, ...]], reading: sql.Composed
) -> Iterator[bytes | bytearray | memoryview]:
    with cursor.copy(reading) as copy:
        yield from copy


class Counted:
    """Passes on what is written, and counts it."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self._out.write(data)
        self.size += len(data)
        self.digest.update(data)
        return len(data)

    def flush(self) -> None:
        self._out.flush()
