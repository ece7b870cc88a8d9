"""What a backup holds of the database, and what it leaves out."""

from dataclasses import dataclass
from typing import Any

import psycopg
from django.apps import apps
from django.db import models
from psycopg import sql

from recovery.problems import NotPossible

Connection = psycopg.Connection[tuple[Any, ...]]

# Tables that are left out whole, each with the reason.
_left_out = {
    "django_session": "people sign in again: a stolen backup holds no open session",
    "usersessions_usersession": "it lists the open sessions, with addresses and browsers",
    "accounts_peoplelist": "uploaded lists go within a day: a copy in a backup would stay",
    "portal_cache": "a cache: what it holds lasts for moments",
    "django_migrations": "the manifest names them, and migrate makes them",
}
# Among them, those with rows in a new database.
_made_by_migrations = {"django_migrations"}
_ALL = sql.SQL("true")
# Tables that migrate fills: their rows are replaced by those of the backup.
FILLED_BY_MIGRATE = ("auth_permission", "django_content_type")
_forgotten: dict[str, dict[str, str]] = {}

# Without generated columns: the database makes those itself.
_TABLES = """
    SELECT c.relname,
        array(
            SELECT a.attname::text FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                AND a.attgenerated = ''
            ORDER BY a.attname
        ),
        array(
            SELECT a.attname::text FROM pg_catalog.pg_constraint k
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (k.conkey)
            WHERE k.conrelid = c.oid AND k.contype = 'p' ORDER BY a.attname
        )
    FROM pg_catalog.pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND pg_catalog.pg_get_userbyid(c.relowner) = current_user
    ORDER BY c.relname
"""
_SEQUENCES = """
    SELECT relname FROM pg_catalog.pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
        AND pg_catalog.pg_get_userbyid(relowner) = current_user
    ORDER BY relname
"""
# How values are written, whatever the server's settings are; and an error instead of fewer rows,
# should row-level security ever hold the owner.
_SETTINGS = (
    "SET LOCAL row_security = off",
    "SET LOCAL search_path = public",
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL intervalstyle = 'postgres'",
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL client_encoding = 'UTF8'",
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)


def leave_to_migrations(table: str, reason: str) -> None:
    """Leave out a table that is part of the schema: migrations fill it, and nobody else may."""
    _left_out[table] = reason
    _made_by_migrations.add(table)


def left_out() -> dict[str, str]:
    """The tables that are left out, with the reasons."""
    return dict(_left_out)


def filled_at_birth() -> frozenset[str]:
    """The tables that have rows in a new database."""
    return frozenset((*FILLED_BY_MIGRATE, *_made_by_migrations))


def forget(model: type[models.Model], *names: str) -> None:
    """Leave these text columns empty in backups: kept anywhere, they would break a promise."""
    for name in names:
        column = model._meta.get_field(name)
        if not isinstance(column, models.CharField) or column.null:
            raise ValueError(f"{name} can't be left empty")
        _forgotten.setdefault(model._meta.db_table, {})[column.attname] = "''"


def forgotten() -> tuple[str, ...]:
    """The columns that are left empty, as "table.column"."""
    return tuple(sorted(f"{table}.{name}" for table in _forgotten for name in _forgotten[table]))


@dataclass(frozen=True)
class StoredTable:
    """A table of the backup, with its columns in the order of their names, and its key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def reading(self, only: sql.Composable = _ALL) -> sql.Composed:
        """Copy its rows out, in the order of their keys, which is the same everywhere.

        `only`: a condition on the row `stored`.
        """
        empty = _forgotten.get(self.name, {})
        return sql.SQL(
            "COPY (SELECT {} FROM public.{} AS stored WHERE {} ORDER BY {}) TO STDOUT"
        ).format(
            sql.SQL(", ").join(
                sql.SQL(empty[name]) if name in empty else sql.Identifier("stored", name)
                for name in self.columns
            ),
            sql.Identifier(self.name),
            only,
            sql.SQL(", ").join(sql.Identifier("stored", name) for name in self.key),
        )

    def writing(self) -> sql.Composed:
        return sql.SQL("COPY public.{} ({}) FROM STDIN").format(
            sql.Identifier(self.name), sql.SQL(", ").join(map(sql.Identifier, self.columns))
        )


def settle(connection: Connection) -> None:
    """Make this transaction write and read values the same way on every server."""
    for statement in _SETTINGS:
        connection.execute(statement.encode())


def tables(connection: Connection) -> dict[str, StoredTable]:
    """The tables of the backup by name, from the catalog.

    NotPossible: this login does not own all tables, so it might miss rows.
    """
    found = {
        name: StoredTable(name, tuple(columns), tuple(key))
        for name, columns, key in connection.execute(_TABLES)
    }
    expected = {each._meta.db_table for each in apps.get_models(include_auto_created=True)}
    if not expected <= set(found):
        raise NotPossible(
            "DATABASE_OWNER_URL does not name the login that owns the tables, or there are none."
        )
    return {name: table for name, table in found.items() if name not in _left_out}


def all_tables(connection: Connection) -> list[str]:
    """The names of all tables of the database, those left out too."""
    return [name for name, _columns, _key in connection.execute(_TABLES)]


def sequences(connection: Connection) -> dict[str, list[Any]]:
    """Where each sequence stands: its last value, and whether that was given out."""
    found = {}
    for (name,) in connection.execute(_SEQUENCES).fetchall():
        query = sql.SQL("SELECT last_value, is_called FROM public.{}").format(sql.Identifier(name))
        found[name] = list(connection.execute(query).fetchone() or ())
    return found
