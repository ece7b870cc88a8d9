"""What is set on each connection, how the pool hands one out, and whether sessions stay apart.

Timeouts belong to the logins (`foundation/sql/roles.sql`), so they hold for every client.
"""

from collections.abc import Callable
from secrets import token_hex
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper
from psycopg_pool import ConnectionPool

# Row-level security shows the rows of the agency whose key this session setting holds.
SETTING = "cqi.agency"
# How many connections a pooler must hold while another one reads its own setting.
HELD = 3


def show_rows_of(cursor: CursorWrapper, agency: int | None) -> None:
    """Show this session one agency's rows (None: no agency's) until it is set otherwise."""
    cursor.execute("SELECT set_config(%s, %s, false)", [SETTING, str(agency or "")])


# Plan a prepared statement once for all values. By default PostgreSQL plans each of the first five
# runs, then compares; planning our largest takes ten times as long as running it.
# And never compile one into machine code: that is done anew at each run, for hundreds of nodes.
PLANNING = "SET plan_cache_mode = force_generic_plan; SET jit = off"
# How many statements stay prepared on a connection; the one unused the longest makes room. All that
# pages need fit in, or whoever goes round the pages would find each one gone and planned anew. Most
# take 200 kB in the connection's server process, what waits takes 10 MB for each set of roles.
PREPARED_MAX = 256


def forget(raw: psycopg.Connection[Any]) -> None:
    """Reset a psycopg connection that is returned to the pool; its statements stay prepared."""
    raw.execute(f"RESET ROLE; RESET ALL; {PLANNING}")
    raw.commit()


# The pool puts itself on each of its connections, which psycopg does not declare.
def alive(raw: Any) -> None:
    """Check a psycopg connection before the pool hands it out.

    A dead connection died with the server, and so did the others in the pool: replace all of them
    at once. The pool alone would find them one by one, waiting longer after each.
    """
    try:
        ConnectionPool.check_connection(raw)
    except psycopg.Error:
        raw._pool.drain()
        raise


# A pooled connection keeps its session settings, so reset the agency when it is returned. Check it
# before use, since it may have died with the server.
POOL = {"min_size": 1, "max_size": 8, "reset": forget, "check": alive, "timeout": 10}


class PreparedCursor(base.CursorMixin, psycopg.RawCursor[Any]):
    """A cursor for SQL with `$1`, `$2`, …, which the server prepares once for each connection."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "PreparedCursor":
        # Only for this statement: psycopg would keep account of all others, too, and forget what is
        # prepared whenever one returns to a savepoint.
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, params, **options)
        finally:
            self.connection.prepare_threshold = None


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, settings_dict: dict[str, Any], *arguments: Any, **more: Any) -> None:
        options = settings_dict.get("OPTIONS", {})
        if options.get("pool"):
            settings_dict = {**settings_dict, "OPTIONS": {**options, "pool": POOL}}
        super().__init__(settings_dict, *arguments, **more)

    # Django calls it for each new connection, with a pool and without.
    def _configure_connection(self, connection: psycopg.Connection[Any]) -> bool:
        super()._configure_connection(connection)  # type: ignore[misc] # not in Django's types
        connection.execute(PLANNING)
        connection.prepared_max = PREPARED_MAX
        return True

    def prepared_cursor(self) -> CursorWrapper:
        """As `cursor()`, for a statement that the server prepares."""
        self.ensure_connection()
        with self.wrap_database_errors:
            # Django's own wrapping, as in cursor(); its types don't declare it.
            found: CursorWrapper = self._prepare_cursor(  # type: ignore[attr-defined]
                PreparedCursor(self.connection)
            )
            return found


def prepared_cursor() -> CursorWrapper:
    """A cursor for a statement that the server prepares, with `$1` for its first value."""
    wrapper = connections[DEFAULT_DB_ALIAS]
    assert isinstance(wrapper, DatabaseWrapper)
    return wrapper.prepared_cursor()


def parameters_of(alias: str) -> dict[str, Any]:
    """How psycopg reaches a database of the settings with its login, without the pool."""
    parameters = dict(connections[alias].get_connection_params())
    for name in ("pool", "cursor_factory"):
        parameters.pop(name, None)
    return parameters


def outside_the_pool() -> psycopg.Connection[Any]:
    """A connection of one's own with the serving login, which commits each statement."""
    return psycopg.connect(**{**parameters_of("default"), "autocommit": True})


def mixes_sessions(connect: Callable[[], Any] = outside_the_pool) -> bool:
    """Whether a session loses its settings once other connections open transactions.

    A transaction pooler passes the server connection on after each transaction.
    """
    mark = token_hex(8)
    connections = [connect() for _number in range(HELD + 1)]
    reader, *others = connections
    try:
        reader.execute(f"SELECT set_config('cqi.probe', '{mark}', false)")
        for other in others:
            other.execute("BEGIN")
            other.execute("SELECT 1")
        read = reader.execute("SELECT current_setting('cqi.probe', true)").fetchone()
        return read is None or read[0] != mark
    finally:
        for each in connections:
            each.close()
