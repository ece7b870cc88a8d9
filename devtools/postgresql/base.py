"""The product's PostgreSQL backend, with a flush that works on append-only tables.

The serving login may not truncate, and append-only tables have triggers against it. So the flush
after a transactional test runs as the cluster's superuser, with triggers off; rows from migrations
stay.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from time import monotonic, sleep
from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.postgresql import operations
from psycopg import sql

from devtools.servers.postgres import SUPERUSER
from foundation.postgresql import base

# How many seconds the flush waits for a test's threads and the portal's jobs.
PATIENCE = 20


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(self, style: Any, tables: Sequence[str], **options: Any) -> list[str]:
        return [*super().sql_flush(style, sorted(empty_at_birth()), **options)]

    def execute_sql_flush(self, sql_list: Iterable[str]) -> None:
        if sql_list:
            empty()


def empty() -> None:
    """Delete what tests have committed.

    Truncating would give each table and index a new file, used or not; few tables have rows.
    """
    end = monotonic() + PATIENCE
    while True:
        try:
            with as_superuser() as connection:
                connection.execute("SET LOCAL session_replication_role = replica")
                # Whoever is still writing has finished then. One who waits for one table while
                # holding others would be in the way of those who finish.
                connection.execute(
                    sql.SQL("LOCK {} IN ACCESS EXCLUSIVE MODE NOWAIT").format(
                        _list(empty_at_birth())
                    )
                )
                used = _filled(connection, empty_at_birth())
                for name in used:
                    connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
        except psycopg.errors.LockNotAvailable:
            if monotonic() > end:
                raise
            sleep(0.05)
        else:
            break
    # The next rows begin at the beginning again, in the order in which they come.
    with as_superuser() as connection:
        connection.autocommit = True
        if used:
            connection.execute(sql.SQL("VACUUM {}").format(_list(used)))


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations


def as_superuser() -> psycopg.Connection[tuple[Any, ...]]:
    """An unrestricted connection to this worker's database.

    A test that waits for a lock of its own connection fails soon, and not by a timeout of minutes.
    """
    database = settings.DATABASES["default"]
    return psycopg.connect(
        host=database["HOST"],
        dbname=database["NAME"],
        user=SUPERUSER,
        options="-c lock_timeout=30s",
    )


@cache
def empty_at_birth() -> frozenset[str]:
    """The tables without rows in an unused database; determined when it is created."""
    with as_superuser() as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        everything = {name for (name,) in names}
        return frozenset(everything - _filled(connection, everything))


def _filled(connection: psycopg.Connection[Any], names: Iterable[str]) -> set[str]:
    """Those of the tables that have rows."""
    questions = [
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(name, sql.Identifier(name))
        for name in names
    ]
    return {name for (name,) in connection.execute(sql.SQL(" UNION ALL ").join(questions))}


def _list(names: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, sorted(names)))
