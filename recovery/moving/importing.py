"""Import an agency beside others, in one transaction, and compare what is there then."""

import hashlib
import os
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from recovery import contents, encryption, versions
from recovery.container import Frame, Kind, Unpacking
from recovery.contents import Connection
from recovery.moving import people
from recovery.moving.exporting import AgencyHead, FileParts, sequences_of
from recovery.moving.people import AboutPeople, Accounts
from recovery.moving.register import SEALED
from recovery.moving.shifting import Shift, Shifter, Sum, WholeLines, shifter
from recovery.problems import Damaged, InUse, OtherVersion, Taken
from recovery.restoring import Digested, first_frame, without_triggers
from recovery.versions import VERSION
from recovery.writing import copied

_AGENCY = "foundation_agency"
_PATIENCE = "10s"


@dataclass(frozen=True)
class ImportedAgency:
    """An agency that was imported: the file's manifest, what was written, and for whom."""

    head: AgencyHead
    slug: str
    agency: int
    shifted_by: int
    rows: int
    new_accounts: int
    joined: int
    without_account: int
    turned: bool
    sha256: str

    @property
    def keys_missing(self) -> int:
        """How many secrets of the installation that it comes from are not among those of this."""
        return len(set(self.head.keys) - set(versions.fingerprints()))


def head_of(path: Path, keys: Sequence[Any]) -> AgencyHead:
    """The manifest of a file, without reading on. WrongKey, Damaged, OtherVersion."""
    return AgencyHead.read(first_frame(path, keys))


def import_agency(
    path: Path, connection: Connection, keys: Sequence[Any], *, slug: str = "", answers: AboutPeople
) -> ImportedAgency:
    """Import the agency of a file beside those of the connection's database.

    The connection is the owner's, outside a transaction. `slug`: another one than the file's.
    Problem: nothing was imported.
    """
    head = head_of(path, keys)
    versions.expect_this_version(head.migrations, "The file", head.version)
    if head.version != VERSION:
        raise OtherVersion(
            f"The file is of version {head.version}, this is {VERSION}. Export and import with the "
            "same version, and upgrade afterward."
        )
    versions.expect_this_version(versions.applied_migrations(connection), "The database")
    try:
        with connection.transaction():
            return _Import(path, connection, keys, head, slug or head.agency["slug"], answers).run()
    except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
        raise InUse("Others are writing here just now. Try again in a moment.") from None
    except psycopg.errors.IntegrityError as error:
        raise Damaged(
            f"The rows don’t fit together ({error.diag.constraint_name} of "
            f"{error.diag.table_name}): the file was changed, or is not of this version."
        ) from None
    except psycopg.errors.DataError:
        raise Damaged("The file is damaged: a value can’t be read.") from None


class _Import:
    """One import, inside its transaction."""

    def __init__(
        self,
        path: Path,
        connection: Connection,
        keys: Sequence[Any],
        head: AgencyHead,
        slug: str,
        answers: AboutPeople,
    ) -> None:
        self._path, self._connection, self._keys = path, connection, keys
        self._head, self._slug, self._answers = head, slug, answers

    def run(self) -> ImportedAgency:
        contents.settle(self._connection)
        self._parts = FileParts.of(self._connection)
        if self._head.tables != self._parts.columns:
            raise OtherVersion("The file’s tables are not those of this version.")
        self._expect_free_slug()
        self._lock()
        by = self._highest_key() - self._head.first_key + 1
        secret = os.urandom(32)
        with without_triggers(self._connection, set(self._parts.tables)):
            try:
                with self._connection.transaction():
                    loaded = _Loading(self, Shift(by, secret)).load()
            except psycopg.errors.UniqueViolation as error:
                if not _is_sealed(error):
                    raise
                # The agency is still here, so its codes lead there, and the copy gets others.
                loaded = _Loading(self, Shift(by, secret, turned=True)).load()
            # Check every foreign key now, since nothing waits for the commit any more.
            self._connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        agency = loaded.shift.number(loaded.agency)
        self._compare(agency, loaded.sums)
        self._move_sequences()
        found = loaded.matched
        return ImportedAgency(
            head=self._head,
            slug=self._slug,
            agency=agency,
            shifted_by=by,
            rows=sum(each.rows for each in loaded.sums.values()),
            new_accounts=loaded.new_accounts,
            joined=sum(each is not None for each in found.values()),
            without_account=sum(each is None for each in found.values()),
            turned=loaded.shift.turned,
            sha256=loaded.sha256,
        )

    @property
    def connection(self) -> Connection:
        return self._connection

    @property
    def parts(self) -> FileParts:
        return self._parts

    @property
    def answers(self) -> AboutPeople:
        return self._answers

    def shifter(self, name: str, shift: Shift) -> Shifter:
        slug = self._slug if name == _AGENCY else ""
        columns = self._parts.tables[name].columns
        return shifter(name, columns, self._parts.held, shift, slug)

    def read(self, unpacking: Unpacking) -> str:
        """Read the whole file; return its checksum."""
        digest = hashlib.sha256()
        with self._path.open("rb") as source:
            encryption.decrypt(Digested(source, digest), unpacking, self._keys)
        unpacking.close()
        return digest.hexdigest()

    def _expect_free_slug(self) -> None:
        query = "SELECT name FROM public.foundation_agency WHERE slug = %s"
        found = self._connection.execute(query, [self._slug]).fetchone()
        if found is not None:
            raise Taken(
                f"There is an agency {self._slug} here already ({found[0]}). Give this one another "
                "address with --slug."
            )

    def _lock(self) -> None:
        """Let nobody else write until the end; everybody can read."""
        names = map(sql.Identifier, self._parts.tables)
        self._connection.execute(
            sql.SQL("SET LOCAL lock_timeout = {}").format(sql.Literal(_PATIENCE))
        )
        self._connection.execute(
            sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(sql.SQL(", ").join(names))
        )

    def _highest_key(self) -> int:
        """The highest key that a sequence of this database gave out."""
        highest = 0
        for name, column in self._sequences():
            place = sql.SQL("pg_get_serial_sequence({}, {})::regclass").format(
                sql.Literal(f"public.{name}"), sql.Literal(column)
            )
            query = sql.SQL("SELECT pg_sequence_last_value({})").format(place)
            ((last,),) = self._connection.execute(query).fetchall()
            highest = max(highest, last or 0)
        return highest

    def _sequences(self) -> list[tuple[str, str]]:
        return [*sequences_of(self._connection, self._parts), (people.USERS, "id")]

    def _compare(self, agency: int, sums: dict[str, Sum]) -> None:
        """Damaged: a table does not hold what was in the file, with its keys shifted."""
        for name, told in sums.items():
            found, lines = Sum(), WholeLines()
            with self._connection.cursor() as cursor:
                for data in copied(cursor, self._parts.rows_of(name, agency)):
                    for line in lines.of(bytes(data)):
                        found.add(line)
            if found != told:
                raise Damaged(f"{name} came out different from what the file says.")

    def _move_sequences(self) -> None:
        """Let the next keys come after those of the agency."""
        query = sql.SQL("""
            SELECT setval(place, greatest(highest, pg_sequence_last_value(place))) FROM (
                SELECT pg_get_serial_sequence({name}, {key})::regclass AS place,
                    (SELECT max({column}) FROM public.{table}) AS highest
            ) AS found WHERE highest IS NOT NULL
        """)
        for name, column in self._sequences():
            self._connection.execute(
                query.format(
                    name=sql.Literal(f"public.{name}"),
                    key=sql.Literal(column),
                    column=sql.Identifier(column),
                    table=sql.Identifier(name),
                )
            )


class _Loading:
    """Loads the rows as their frames come, with shifted keys."""

    def __init__(self, whole: _Import, shift: Shift) -> None:
        self._whole, self.shift = whole, shift
        self._accounts = Accounts(whole.parts.tables)
        self._foot: dict[str, Any] = {}
        self._counts: dict[str, int] = {}
        self.sums: dict[str, Sum] = {}
        self.matched: dict[int, int | None] = {}
        self.new_accounts, self.agency, self.sha256 = 0, 0, ""

    def load(self) -> "_Loading":
        taking = self._taking()
        next(taking)
        try:
            self.sha256 = self._whole.read(Unpacking(taking.send))
        finally:
            taking.close()
        told = (self._foot.get("tables"), self._foot.get("rows"))
        if told != (len(self._counts), sum(self._counts.values())) or list(self._counts) != list(
            self._whole.parts.tables
        ):
            raise Damaged("The file is damaged: it is not whole.")
        return self

    def _taking(self) -> Generator[None, Frame, None]:
        yield  # The manifest was read before.
        frame = yield
        while frame.kind is Kind.TABLE:
            name = frame.json()
            if name not in self._whole.parts.tables or name in self._counts:
                raise Damaged("The file is damaged: it holds a table that does not belong there.")
            if self._whole.parts.is_accounts(name):
                frame = yield from self._take_accounts(name)
            else:
                frame = yield from self._take_rows(name)
        if frame.kind is not Kind.FOOT:
            raise Damaged("The file is damaged: its parts are in disorder.")
        self._foot.update(frame.json())
        yield
        raise Damaged("The file is damaged: it goes on after its end.")

    def _take_accounts(self, name: str) -> Generator[None, Frame, Frame]:
        lines, digest = WholeLines(), hashlib.sha256()
        rows = 0
        while (frame := (yield)).kind is Kind.ROWS:
            digest.update(frame.content)
            for line in lines.of(frame.content):
                self._accounts.add(name, line)
                rows += 1
        lines.close()
        self._end(name, frame, rows, digest.hexdigest())
        return (yield)

    def _take_rows(self, name: str) -> Generator[None, Frame, Frame]:
        if not self.agency:
            self._settle_accounts()
        shifts = self._whole.shifter(name, self.shift)
        lines, digest, told = WholeLines(), hashlib.sha256(), Sum()
        writing = self._whole.parts.tables[name].writing()
        whose = shifts.columns.index("id" if name == _AGENCY else "agency_id")
        with self._whole.connection.cursor() as cursor, cursor.copy(writing) as copy:
            while (frame := (yield)).kind is Kind.ROWS:
                digest.update(frame.content)
                for line in lines.of(frame.content):
                    self._expect_own(name, line.split(b"\t")[whose])
                    shifted = shifts.row(line)
                    told.add(shifted)
                    copy.write(shifted + b"\n")
            lines.close()
        self._end(name, frame, told.rows, digest.hexdigest())
        self.sums[name] = told
        return (yield)

    def _expect_own(self, name: str, agency: bytes) -> None:
        """Damaged: a row is of another agency than the file is."""
        if name == _AGENCY and not self.agency:
            self.agency = int(agency)
        if agency != b"%d" % self.agency:
            raise Damaged(f"The file was changed: it holds a row of another agency in {name}.")

    def _settle_accounts(self) -> None:
        """Decide whose accounts these are, and add the new ones."""
        found = self._accounts.all()
        self.matched = people.matched(self._whole.connection, found, self._whole.answers)
        new = {each.key for each in found if each.key not in self.matched}
        users = {key: self.shift.number(key) for key in new} | self.matched
        self.shift = Shift(self.shift.by, self.shift.secret, users, self.shift.turned)
        self._accounts.write(self._whole.connection, self.shift, new)
        self.new_accounts = len(new)

    def _end(self, name: str, frame: Frame, rows: int, sha256: str) -> None:
        if frame.kind is not Kind.END or frame.json() != {"rows": rows, "sha256": sha256}:
            raise Damaged(f"The file is damaged: rows of {name} are missing or were changed.")
        self._counts[name] = rows


def _is_sealed(error: psycopg.errors.UniqueViolation) -> bool:
    """Whether the value that somebody else has is a code or digest that may be turned."""
    told = str(error.diag.message_detail)
    return any(
        f"{error.diag.table_name}.{name}" in SEALED
        for name in told.partition("(")[2].partition(")")[0].split(", ")
    )
