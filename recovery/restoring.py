"""Put a backup into an empty database, in one transaction, and compare what is there then."""

import hashlib
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from psycopg import sql

from recovery import contents, encryption, versions
from recovery.container import Frame, Kind, Unpacking
from recovery.contents import FILLED_BY_MIGRATE, Connection, StoredTable
from recovery.problems import Damaged, NotEmpty, OtherVersion
from recovery.writing import Content, Head, content_of

_PEOPLE_AT_WORK = """
    SELECT count(*) FROM pg_catalog.pg_stat_activity
    WHERE datname = current_database() AND usename = %s AND pid <> pg_backend_pid()
"""
_TRIGGERS = """
    SELECT c.relname, t.tgname FROM pg_catalog.pg_trigger t
    JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal AND t.tgenabled = 'O'
    ORDER BY 1, 2
"""
_NAMED = 3


@dataclass(frozen=True)
class Restored:
    """What was restored: the backup's manifest, the number of its rows, and the file's checksum."""

    head: Head
    rows: int
    sha256: str

    @property
    def keys_missing(self) -> int:
        """How many secrets of the portal that was backed up are not among those of this one."""
        return len(set(self.head.keys) - set(versions.fingerprints()))


def head_of(path: Path, keys: Sequence[Any]) -> Head:
    """The manifest of a backup, without reading on. WrongKey, Damaged, OtherVersion."""
    return Head.read(first_frame(path, keys))


def first_frame(path: Path, keys: Sequence[Any]) -> Frame:
    """The frame that a file begins with. WrongKey, Damaged."""
    with path.open("rb") as source:
        try:
            encryption.decrypt(source, Unpacking(_stop_at), keys)
        except _HeadSeen as seen:
            return seen.frame
    raise Damaged("The file is damaged: it is not whole.")


def restore(
    path: Path,
    connection: Connection,
    keys: Sequence[Any],
    *,
    serving: str,
    migrate: Callable[[], None],
) -> Restored:
    """Restore a backup into the connection's database.

    The connection is the owner's, outside a transaction. `serving` is the login of a running
    portal; `migrate` brings the database to this version. Problem: nothing was restored.
    """
    head = head_of(path, keys)
    versions.expect_this_version(head.migrations, "The backup", head.version)
    _expect_empty(connection, serving)
    if versions.applied_migrations(connection) != versions.known_migrations():
        migrate()
    versions.expect_this_version(versions.applied_migrations(connection), "The database")
    with connection.transaction():
        contents.settle(connection)
        tables = contents.tables(connection)
        if head.tables != {name: list(table.columns) for name, table in tables.items()}:
            raise OtherVersion("The backup’s tables are not those of this version.")
        _lock(connection)
        _expect_empty(connection, serving)
        loaded = _loaded(path, connection, keys, tables)
        _compare(connection, tables, loaded.told)
    return Restored(head, loaded.rows, loaded.sha256)


@dataclass(frozen=True)
class _Loaded:
    told: dict[str, Content]
    rows: int
    sha256: str


class _HeadSeen(Exception):
    def __init__(self, frame: Frame) -> None:
        self.frame = frame


def _stop_at(frame: Frame) -> None:
    raise _HeadSeen(frame)


def _expect_empty(connection: Connection, serving: str) -> None:
    """NotEmpty: a portal runs on it, or it has rows that migrate does not make."""
    ((at_work,),) = connection.execute(_PEOPLE_AT_WORK, [serving]).fetchall()
    if at_work:
        raise NotEmpty(
            f"A portal is running on this database ({at_work} connections of {serving}). Stop web, "
            "worker and beat first. Restoring never happens under a running portal."
        )
    filled = [
        name
        for name in contents.all_tables(connection)
        if name not in contents.filled_at_birth() and _has_rows(connection, name)
    ]
    if filled:
        named = ", ".join(filled[:_NAMED])
        raise NotEmpty(
            f"The database already has rows, in {len(filled)} tables ({named}). A backup is "
            "restored into an empty database."
        )


def _has_rows(connection: Connection, name: str) -> bool:
    query = sql.SQL("SELECT EXISTS (SELECT FROM public.{})").format(sql.Identifier(name))
    return connection.execute(query).fetchone() == (True,)


def _lock(connection: Connection) -> None:
    """Let nobody read or write until the end: a portal that starts now waits."""
    names = map(sql.Identifier, contents.all_tables(connection))
    connection.execute(
        sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.SQL(", ").join(names))
    )


def _loaded(
    path: Path, connection: Connection, keys: Sequence[Any], tables: dict[str, StoredTable]
) -> _Loaded:
    digest, foot = hashlib.sha256(), dict[str, Any]()
    told = dict[str, Content]()
    taking = _taking(connection, tables, told, foot)
    next(taking)
    unpacking = Unpacking(taking.send)
    with without_triggers(connection):
        for name in FILLED_BY_MIGRATE:
            connection.execute(sql.SQL("DELETE FROM public.{}").format(sql.Identifier(name)))
        with path.open("rb") as source:
            try:
                encryption.decrypt(Digested(source, digest), unpacking, keys)
            finally:
                taking.close()
        unpacking.close()
        rows = sum(each.rows for each in told.values())
        if (foot.get("tables"), foot.get("rows")) != (len(told), rows) or set(told) != set(tables):
            raise Damaged("The file is damaged: it is not whole.")
        # Check every foreign key now, since nothing waits for the commit any more.
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _set_sequences(connection, foot["sequences"])
    return _Loaded(told, rows, digest.hexdigest())


def _taking(
    connection: Connection,
    tables: dict[str, StoredTable],
    told: dict[str, Content],
    foot: dict[str, Any],
) -> Generator[None, Frame, None]:
    """Write the rows of each table as its frames come."""
    yield  # The manifest was read before.
    frame = yield
    while frame.kind is Kind.TABLE:
        table = tables.get(frame.json())
        if table is None or table.name in told:
            raise Damaged("The file is damaged: it holds a table that does not belong there.")
        with connection.cursor() as cursor:
            with cursor.copy(table.writing()) as copy:
                while (frame := (yield)).kind is Kind.ROWS:
                    copy.write(frame.content)
            rows = cursor.rowcount
        if frame.kind is not Kind.END or frame.json().get("rows") != rows:
            raise Damaged(f"The file is damaged: rows of {table.name} are missing.")
        told[table.name] = Content(**frame.json())
        frame = yield
    if frame.kind is not Kind.FOOT:
        raise Damaged("The file is damaged: its parts are in disorder.")
    foot.update(frame.json())
    yield
    raise Damaged("The file is damaged: it goes on after its end.")


@contextmanager
def without_triggers(
    connection: Connection, tables: Collection[str] | None = None
) -> Iterator[None]:
    """Load rows as they are: each was judged when it was first written.

    Foreign keys, unique keys and checks hold all the same. `tables`: only those.
    """
    found = [
        each
        for each in connection.execute(_TRIGGERS).fetchall()
        if tables is None or each[0] in tables
    ]
    change = sql.SQL("ALTER TABLE public.{} {} TRIGGER {}")
    for table, name in found:
        connection.execute(
            change.format(sql.Identifier(table), sql.SQL("DISABLE"), sql.Identifier(name))
        )
    yield
    for table, name in found:
        connection.execute(
            change.format(sql.Identifier(table), sql.SQL("ENABLE"), sql.Identifier(name))
        )


def _set_sequences(connection: Connection, found: dict[str, list[Any]]) -> None:
    if set(found) != set(contents.sequences(connection)):
        raise OtherVersion("The backup’s sequences are not those of this version.")
    for name, (value, is_called) in found.items():
        query = sql.SQL("SELECT setval({}::regclass, %s, %s)").format(
            sql.Literal(f'public."{name}"')
        )
        connection.execute(query, [value, is_called])


def _compare(
    connection: Connection, tables: dict[str, StoredTable], told: dict[str, Content]
) -> None:
    """Damaged: a table does not hold what the manifest says."""
    for name, table in tables.items():
        found = content_of(connection, table)
        if found != told[name]:
            raise Damaged(f"{name} came out different: {asdict(found)}, not {asdict(told[name])}.")


class Digested:
    """Passes on what is read, and counts it into a checksum."""

    def __init__(self, source: Any, digest: "hashlib._Hash") -> None:
        self._source, self._digest = source, digest

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._source.read(size)
        self._digest.update(data)
        return data
