"""Django's PostgreSQL backend with a flush that append-only tables let through.

The serving login may not truncate, and append-only tables have triggers against it. So the flush
after a transactional test runs on a connection of the owner, with triggers switched off.
"""

from collections.abc import Iterable

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    def execute_sql_flush(self, sql_list: Iterable[str]) -> None:
        owner = settings.DATABASES["owner"]
        with psycopg.connect(
            host=owner["HOST"], dbname=owner["NAME"], user=owner["USER"], password=owner["PASSWORD"]
        ) as connection:
            connection.execute("SET LOCAL session_replication_role = replica")
            connection.execute("SET LOCAL lock_timeout = '20s'")
            for statement in sql_list:
                connection.execute(statement.encode())


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
