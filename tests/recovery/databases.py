"""Databases of these tests: what is backed up, and what it is restored into."""

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from accounts.actions import enter_member, found_agency
from accounts.models import StandingKind, User
from devtools import worker
from devtools.demo.database import DemoDatabase, looking_at
from devtools.servers import keeper
from devtools.servers.postgres import address
from foundation import tenancy
from recovery import encryption, proving, writing
from recovery.contents import Connection
from recovery.restoring import Restored, restore
from recovery.writing import Written

SERVING = "cqi_app"
# So many rows, hardly compressible, that a backup has several parts that are each authenticated.
LARGE = """
    INSERT INTO foundation_event (agency_id, name, subject_type, subject_id, at, data)
    SELECT agency.id, 'planted', 'agency', agency.id, now(), jsonb_build_object('of', (
        SELECT string_agg(md5(random()::text || number || part), '')
        FROM generate_series(1, 10) AS part
    )) FROM foundation_agency AS agency, generate_series(1, 1000) AS number
"""


def named(what: str) -> str:
    """The name of a database of this process."""
    return f"recovery_{what}_{worker.name()}"


def migrated(what: str, copied_from: str = "") -> str:
    """A database of this process: migrated and empty, or a copy. Its name."""
    name = named(what)
    if copied_from:
        worker.make_database(name, copied_from)
    else:
        worker.make_database(name)
    return name


def unmigrated(what: str) -> str:
    """An empty database that was never migrated, of the owner's login. Its name."""
    name = named(what)
    cluster = keeper.cluster_in(worker.folder())
    cluster.run("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    cluster.create(name)
    return name


def drop(name: str) -> None:
    keeper.cluster_in(worker.folder()).run(
        "postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    )


def exists(name: str) -> bool:
    return name in keeper.cluster_in(worker.folder()).databases()


def with_two_agencies(name: str) -> None:
    """Found two agencies with people in this database, as the product does."""
    with looking_at(DemoDatabase(name, "")):
        for slug, words in (("lakeside", "Zoë’s\tlake\\side"), ("hillside", "Hill “side”\r\n…")):
            agency, first = found_agency(
                slug=slug,
                name=words,
                timezone="America/Denver",
                administrator="Lee Lake",
                email=f"lee@{slug}.example",
                sandbox=True,
            )
            with tenancy.entering(agency):
                for number in range(3):
                    enter_member(
                        by=first,
                        name=f"Person {number} of {words}",
                        display_name=f"P{number}",
                        since=agency.today(),
                        standings=(StandingKind.PRIMARY_CONSUMER,),
                        roles=(),
                        user=User.objects.create(email=f"p{number}@{slug}.example"),
                    )
    with owners(name) as connection:
        connection.execute(LARGE.encode())


@contextmanager
def owners(name: str) -> Iterator[Connection]:
    """The owner's connection to a database."""
    url = address(worker.folder(), "cqi_owner", name)
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


@contextmanager
def served(name: str) -> Iterator[Connection]:
    """A connection such as the web server holds."""
    url = address(worker.folder(), SERVING, name)
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def backed_up(name: str, public: str) -> tuple[bytes, Written]:
    """A backup of a database, in memory."""
    with owners(name) as connection:
        return written_by(connection, public)


def written_by(connection: Connection, public: str) -> tuple[bytes, Written]:
    out = io.BytesIO()
    written = writing.write(connection, out, encryption.recipients([public]))
    return out.getvalue(), written


def plain(data: bytes, private: str) -> bytes:
    """What is inside the encryption and the compression."""
    out = io.BytesIO()
    encryption.decrypt(io.BytesIO(data), out, encryption.identities(private))
    return gzip.decompress(out.getvalue())


def restored(path: Path, name: str, private: str) -> Restored:
    """Restore a backup into a database."""
    with owners(name) as connection:
        return restore(
            path,
            connection,
            encryption.identities(private),
            serving=SERVING,
            migrate=lambda: proving.migrate({"NAME": name}),
        )


def everything(name: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, read without the code under test."""
    with psycopg.connect(address(worker.folder(), "postgres", name)) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {
            table: connection.execute(
                f'SELECT t::text FROM "{table}" t ORDER BY 1'.encode()  # noqa: S608
            ).fetchall()
            for (table,) in names.fetchall()
        }


CATALOG = (
    "SELECT tgrelid::regclass::text, CASE WHEN tgisinternal THEN '' ELSE tgname END, tgenabled,"
    " count(*) FROM pg_trigger GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
    "SELECT polrelid::regclass::text, polname, pg_get_expr(polqual, polrelid) FROM pg_policy"
    " ORDER BY 1, 2",
    "SELECT relname, relrowsecurity, relacl::text, relowner::regrole::text FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace ORDER BY 1",
    "SELECT oid::regprocedure::text, proacl::text FROM pg_proc"
    " WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
)


def catalog(name: str) -> list[list[tuple[Any, ...]]]:
    """Triggers, constraints, policies, grants."""
    with psycopg.connect(address(worker.folder(), "postgres", name)) as connection:
        return [connection.execute(query.encode()).fetchall() for query in CATALOG]


def sequences(name: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(address(worker.folder(), "postgres", name)) as connection:
        return connection.execute(
            "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"
        ).fetchall()


# A row of tables that are empty in a new database.
ROWS = {
    "django_session": "INSERT INTO django_session VALUES ('key', '', now())",
    "portal_cache": "INSERT INTO portal_cache VALUES ('key', '', now())",
    "recovery_fact": "INSERT INTO recovery_fact (kind, at, of, rows, sha256)"
    " VALUES ('backed_up', now(), now(), 0, '')",
}
