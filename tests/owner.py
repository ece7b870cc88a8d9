"""The database as its owner sees it: no row-level security, system columns and all."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import sleep
from typing import Any

import psycopg
from django.db import transaction

from devtools.postgresql.base import as_superuser
from foundation import tenancy
from foundation.models import Agency
from indicators.actions import catch_up
from indicators.models import StaleMark

Rows = list[tuple[Any, ...]]


@contextmanager
def owner() -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    with as_superuser() as raw:
        yield raw


def look(query: str) -> Rows:
    with owner() as raw:
        return raw.execute(query.encode()).fetchall()


def now_in_transactions() -> int:
    """The number that the next transaction is higher than, once all before it is counted."""
    count_all()
    ((number,),) = look("SELECT pg_current_xact_id()::text::bigint")
    return int(number)


def count_all() -> None:
    """Count what the preparation marked: a worker that does it later writes beside the act."""
    for agency in Agency.objects.all():
        with tenancy.entering(agency):
            while StaleMark.objects.within(agency).exists():
                if not catch_up(agency):
                    # The worker has the agency's row: it is counting.
                    sleep(0.05)


def tables_written_since(moment: int) -> set[str]:
    """The tables with a row that a later transaction wrote."""
    names = look("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {
        name
        for (name,) in names
        if look(f'SELECT FROM "{name}" WHERE xmin::text::bigint >= {moment} LIMIT 1')
    }


def in_one_transaction(steps: Iterable[Callable[[], object]]) -> None:
    """Each in a part of the transaction, which has a number of its own on the rows it writes."""
    with transaction.atomic():
        for step in steps:
            with transaction.atomic():
                step()
