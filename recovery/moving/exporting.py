"""Export an agency: one consistent look at all that is its own, encrypted as it is read."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import IO, Any, Self

from django.utils.timezone import now
from psycopg import sql

from recovery import contents, encryption, versions
from recovery.container import Frame, Kind, frame, packed
from recovery.contents import Connection, StoredTable
from recovery.moving import people
from recovery.moving.register import (
    ROWS,
    STAYS,
    KeyPlace,
    agency_tables,
    columns,
    counted,
    register,
)
from recovery.problems import Damaged, NotPossible, OtherVersion
from recovery.versions import FORMAT, VERSION
from recovery.writing import Counted, table_frames

_AGENCY = "foundation_agency"


@dataclass(frozen=True)
class AgencyHead:
    """What the file of an agency says first: whose it is, what it fits, and what it holds."""

    format: int
    version: str
    made_at: str
    migrations: list[str]
    # The agency's slug and name.
    agency: dict[str, str]
    # The first key that it holds: the others follow.
    first_key: int
    # Fingerprints of SECRET_KEY and its fallbacks.
    keys: list[str]
    # Columns by table, in the order in which they come.
    tables: dict[str, list[str]]
    # Reasons by table.
    left_out: dict[str, str]
    # Columns that are left empty.
    forgotten: list[str]

    @classmethod
    def read(cls, found: Frame) -> Self:
        """Damaged: it does not begin as such files do. OtherVersion: of another format."""
        said: Any = found.json()
        if found.kind is not Kind.HEAD or not isinstance(said, dict):
            raise Damaged("The file is damaged: it does not begin with its manifest.")
        if "agency" not in said:
            raise OtherVersion("This is a backup of a whole installation: `restore` reads it.")
        if said.get("format") != FORMAT:
            raise OtherVersion(
                f"The file has format {said.get('format')}, this version reads {FORMAT}."
            )
        try:
            return cls(**said)
        except TypeError:
            raise Damaged("The file is damaged: its manifest is not whole.") from None

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


@dataclass(frozen=True)
class ExportedAgency:
    """A file that was written: its moment, its tables, its rows, its bytes, its checksum."""

    made_at: datetime
    tables: int
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True)
class FileParts:
    """The tables of the file in their order, and where keys stand in those of the agency."""

    tables: dict[str, StoredTable]
    held: dict[str, dict[str, KeyPlace]]

    @classmethod
    def of(cls, connection: Connection) -> Self:
        found, stored = columns(connection), contents.tables(connection)
        held = register(found) | {_AGENCY: {"id": KeyPlace.AGENCY}}
        mine = {name: stored[name] for name in (_AGENCY, *agency_tables(found))}
        for each in counted(found):
            table, _dot, key = each.partition(".")
            if table in mine:
                mine[table] = without(mine[table], key)
        return cls(people.tables_of_accounts(stored) | mine, held)

    @property
    def columns(self) -> dict[str, list[str]]:
        return {name: list(table.columns) for name, table in self.tables.items()}

    def is_accounts(self, name: str) -> bool:
        return name in people.TABLES

    def rows_of(self, name: str, agency: int) -> sql.Composed:
        """Copy out an agency's rows of one of its own tables."""
        whose = "id" if name == _AGENCY else "agency_id"
        mine = sql.SQL("{} = {}").format(sql.Identifier("stored", whose), sql.Literal(agency))
        for column, holds in self.held.get(name, {}).items():
            if holds is KeyPlace.ROW:
                # Rows out of use, of tables that stay behind, stay behind as well.
                mine += sql.SQL(" AND {} <> ALL ({})").format(
                    sql.Identifier("stored", ROWS[f"{name}.{column}"]), sql.Literal(list(STAYS))
                )
        return self.tables[name].reading(mine)


def without(table: StoredTable, column: str) -> StoredTable:
    """The table without one of its columns, which the target fills by itself."""
    kept = tuple(each for each in table.columns if each != column)
    return StoredTable(table.name, kept, table.key)


def export(
    connection: Connection, slug: str, out: IO[bytes], keys: Sequence[Any]
) -> ExportedAgency:
    """Write the file of an agency, as it is at this moment; the portal may go on meanwhile.

    The connection is the owner's, outside a transaction. NotPossible: there is no such agency.
    """
    into = Counted(out)
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        contents.settle(connection)
        migrations = versions.applied_migrations(connection)
        versions.expect_this_version(migrations, "The database")
        query = "SELECT id, slug, name FROM public.foundation_agency WHERE slug = %s"
        found = connection.execute(query, [slug]).fetchone()
        if found is None:
            raise NotPossible(f"There is no agency {slug} here.")
        parts = FileParts.of(connection)
        head = AgencyHead(
            format=FORMAT,
            version=VERSION,
            made_at=now().isoformat(),
            migrations=sorted(migrations),
            agency={"slug": found[1], "name": found[2]},
            first_key=_first_key(connection, parts, found[0]),
            keys=list(versions.fingerprints()),
            tables=parts.columns,
            left_out=dict(STAYS),
            forgotten=list(contents.forgotten()),
        )
        rows: list[int] = []
        pieces = packed(_frames(connection, head, parts, found[0], rows))
        encryption.encrypt(pieces, into, keys)
    return ExportedAgency(head.moment, len(rows), sum(rows), into.size, into.digest.hexdigest())


def _first_key(connection: Connection, parts: FileParts, agency: int) -> int:
    """The lowest key in the agency's rows of tables that a sequence numbers."""
    lowest = agency
    for name, key in sequences_of(connection, parts):
        query = sql.SQL("SELECT min({}) FROM public.{} WHERE {} = {}").format(
            sql.Identifier(key),
            sql.Identifier(name),
            sql.Identifier("id" if name == _AGENCY else "agency_id"),
            sql.Literal(agency),
        )
        ((found,),) = connection.execute(query).fetchall()
        lowest = min(lowest, found or lowest)
    users = sql.SQL("SELECT min(u) FROM ({}) AS found(u)").format(_users(parts, agency))
    ((found,),) = connection.execute(users).fetchall()
    return min(lowest, found or lowest)


_SEQUENCES = """
    SELECT c.relname, a.attname FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace
        AND pg_catalog.pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL
        AND c.relname = ANY (%s)
    ORDER BY c.relname
"""


def sequences_of(connection: Connection, parts: FileParts) -> list[tuple[str, str]]:
    """Tables of the file that a sequence numbers, with the column, without those of accounts."""
    names = [name for name in parts.tables if not parts.is_accounts(name)]
    found = connection.execute(_SEQUENCES, [names]).fetchall()
    return [(table, column) for table, column in found if column in parts.tables[table].columns]


def _users(parts: FileParts, agency: int) -> sql.Composed:
    """All accounts that rows of the agency name: its members', and whoever wrote history."""
    return sql.SQL(" UNION ").join(
        sql.SQL("SELECT {} FROM public.{} WHERE agency_id = {} AND {} IS NOT NULL").format(
            sql.Identifier(column),
            sql.Identifier(table),
            sql.Literal(agency),
            sql.Identifier(column),
        )
        for table, held in parts.held.items()
        for column, holds in held.items()
        if holds is KeyPlace.USER
    )


def _frames(
    connection: Connection, head: AgencyHead, parts: FileParts, agency: int, rows: list[int]
) -> Iterator[Frame]:
    yield frame(Kind.HEAD, asdict(head))
    users = _users(parts, agency)
    for name, table in parts.tables.items():
        is_accounts = parts.is_accounts(name)
        reading = people.reading(table, users) if is_accounts else parts.rows_of(name, agency)
        yield from table_frames(connection, name, reading, rows)
    yield frame(Kind.FOOT, {"tables": len(rows), "rows": sum(rows)})
