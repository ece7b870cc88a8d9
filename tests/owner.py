"""The database as its owner sees it: no row-level security, system columns and all."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from devtools.postgresql.base import as_superuser

Rows = list[tuple[Any, ...]]


@contextmanager
def owner() -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    with as_superuser() as raw:
        yield raw


def look(query: str) -> Rows:
    with owner() as raw:
        return raw.execute(query.encode()).fetchall()


def now_in_transactions() -> int:
    """The number that the next transaction is higher than."""
    ((number,),) = look("SELECT pg_current_xact_id()::text::bigint")
    return int(number)


def tables_written_since(moment: int) -> set[str]:
    """The tables with a row that a later transaction wrote."""
    names = look("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {
        name
        for (name,) in names
        if look(f'SELECT FROM "{name}" WHERE xmin::text::bigint >= {moment} LIMIT 1')
    }
