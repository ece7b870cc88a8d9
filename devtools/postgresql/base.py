"""Django's PostgreSQL backend, with a flush that works on append-only tables.

The serving login may not truncate, and append-only tables have triggers against it. So the flush
after a transactional test runs as the cluster's superuser, with triggers off; rows from migrations
stay.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base, operations
from psycopg import sql

from devtools.servers.postgres import SUPERUSER

# The flush and one of the portal's jobs may deadlock over rows.
ATTEMPTS = 5


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(self, style: Any, tables: Sequence[str], **options: Any) -> list[str]:
        return [*super().sql_flush(style, sorted(empty_at_birth()), **options)]

    def execute_sql_flush(self, sql_list: Iterable[str]) -> None:
        statements = [statement.encode() for statement in sql_list]
        for attempt in range(ATTEMPTS):
            try:
                with as_superuser() as connection:
                    connection.execute("SET LOCAL session_replication_role = replica")
                    connection.execute("SET LOCAL lock_timeout = '20s'")
                    for statement in statements:
                        connection.execute(statement)
            except psycopg.errors.DeadlockDetected:
                if attempt + 1 == ATTEMPTS:
                    raise
            else:
                return


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations


def as_superuser() -> psycopg.Connection[tuple[Any, ...]]:
    """An unrestricted connection to this worker's database."""
    database = settings.DATABASES["default"]
    return psycopg.connect(host=database["HOST"], dbname=database["NAME"], user=SUPERUSER)


@cache
def empty_at_birth() -> frozenset[str]:
    """The tables without rows in an unused database; determined when it is created."""
    with as_superuser() as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        questions = [
            sql.SQL("SELECT {} WHERE NOT EXISTS (SELECT FROM {})").format(
                name, sql.Identifier(name)
            )
            for (name,) in names
        ]
        empty = connection.execute(sql.SQL(" UNION ALL ").join(questions))
        return frozenset(name for (name,) in empty)
