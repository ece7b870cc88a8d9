"""The database as its owner sees it: without row-level security, with system columns."""

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
    """A number below that of the next transaction, once all earlier ones are counted."""
    count_all()
    ((number,),) = look("SELECT pg_current_xact_id()::text::bigint")
    return int(number)


def count_all() -> None:
    """Recompute what the setup marked: otherwise a worker would write beside the act."""
    for agency in Agency.objects.all():
        with tenancy.entering(agency):
            while StaleMark.objects.within(agency).exists():
                if not catch_up(agency):
                    # The worker holds the agency's row: it is recomputing.
                    sleep(0.05)


def tables_written_since(moment: int) -> set[str]:
    """The tables with a row written by a later transaction."""
    # A table without a page has no rows, and most have none.
    names = look(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND pg_relation_size(oid) > 0"
    )
    questions = [
        f"SELECT '{name}' WHERE EXISTS"  # noqa: S608 (names of the catalog)
        f' (SELECT FROM "{name}" WHERE xmin::text::bigint >= {moment})'
        for (name,) in names
    ]
    return {name for (name,) in look(" UNION ALL ".join(questions))}


def in_one_transaction(steps: Iterable[Callable[[], object]]) -> None:
    """Run each in a part of one transaction, with a number of its own on the rows it writes."""
    with transaction.atomic():
        for step in steps:
            with transaction.atomic():
                step()
