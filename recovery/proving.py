"""Prove a backup: restore it into a scratch database, compare, drop the scratch database."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

import dj_database_url
import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from foundation.postgresql.base import parameters_of
from recovery.contents import Connection
from recovery.problems import NotEmpty, NotPossible
from recovery.restoring import Restored, restore

# In this database of the server the scratch database is made and dropped.
MAINTENANCE = "postgres"
_EXTENSIONS = ("btree_gist", "pg_trgm")
Parameters = Mapping[str, Any]


def connect(parameters: Parameters) -> Connection:
    """A connection outside a transaction."""
    return psycopg.connect(**{**parameters, "autocommit": True})


def migrate(database: Mapping[str, Any]) -> None:
    """Bring a database to this version; `database` is what the settings would say of it."""
    alias = f"recovery_{token_hex(4)}"
    connections.settings[alias] = {**connections.settings["owner"], **database}
    try:
        call_command("migrate", database=alias, interactive=False, verbosity=0)
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def restore_here(path: Path, keys: Sequence[Any]) -> Restored:
    """Restore a backup into the database of the settings. Problem: nothing was restored."""
    with connect(parameters_of("owner")) as connection:
        return restore(path, connection, keys, serving=_serving(), migrate=lambda: migrate({}))


def prove(path: Path, keys: Sequence[Any], scratch: str = "") -> Restored:
    """Restore into a scratch database, compare, and drop it.

    `scratch`: an empty database that the owner's login owns, as a name on the same server or as an
    address; without it one is made. Problem: the backup is not proved, or there is no such place.
    """
    database = _database(scratch or f"cqi_scratch_{token_hex(4)}")
    parameters = parameters_of("owner") | _reached_by(database)
    if _same(parameters, parameters_of("owner")):
        raise NotEmpty("That is the portal’s own database. A backup is proved in a scratch one.")
    with _dropped_afterward(parameters, made=not scratch), connect(parameters) as connection:
        return restore(
            path, connection, keys, serving=_serving(), migrate=lambda: migrate(database)
        )


def _serving() -> str:
    return str(connections["default"].settings_dict["USER"])


def _database(scratch: str) -> dict[str, Any]:
    """What the settings would say of it: only the name, or all of an address."""
    if "://" not in scratch:
        return {"NAME": scratch}
    parsed: Mapping[str, Any] = dj_database_url.parse(scratch)
    return {name: parsed[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}


def _reached_by(database: Mapping[str, Any]) -> dict[str, Any]:
    names = {
        "NAME": "dbname",
        "USER": "user",
        "PASSWORD": "password",
        "HOST": "host",
        "PORT": "port",
    }
    return {names[key]: value for key, value in database.items() if value}


def _same(one: Parameters, other: Parameters) -> bool:
    return all(one.get(name) == other.get(name) for name in ("dbname", "host", "port"))


@contextmanager
def _dropped_afterward(parameters: Parameters, *, made: bool) -> Iterator[None]:
    """Make the scratch database if asked to, and drop it at the end.

    One that was given is dropped only if it was empty: otherwise it is somebody's.
    """
    name = sql.Identifier(str(parameters["dbname"]))
    if made:
        _maintain(parameters, sql.SQL("CREATE DATABASE {}").format(name))
    drop = True
    try:
        with connect(parameters) as connection:
            for extension in _EXTENSIONS:
                connection.execute(
                    sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
                )
        yield
    except NotEmpty:
        drop = made
        raise
    finally:
        if drop:
            _maintain(parameters, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def _maintain(parameters: Parameters, statement: sql.Composed) -> None:
    with connect({**parameters, "dbname": MAINTENANCE}) as connection:
        try:
            connection.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            raise NotPossible(
                "The owner’s login may not make or drop that database. Make an empty one that it "
                "owns, and name it with --scratch. The guide has the commands."
            ) from None
