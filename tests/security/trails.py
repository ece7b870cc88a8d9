"""Anything in any table that could link a person to an anonymous act.

It compares two states of the whole database, as its owner sees it: what was written or deleted
between them, by which transaction, who locked what, and how far sequences advanced. `Row.written`
and `Row.locked` are PostgreSQL's `xmin` and `xmax`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Any

import psycopg
from django.apps import apps
from psycopg import sql

from accounts.models import Member, User
from tests.owner import owner


class Why(StrEnum):
    """How a row gives somebody away."""

    NAMES = "names a person"
    MOMENT = "holds the moment"
    BESIDE = "was written beside the act"
    TOGETHER = "was written by the same transaction"
    GONE = "was taken away"
    LOCKED = "a person's row was locked"
    COUNTED = "a sequence went on"
    ALONE = "has a transaction of its own among its like"
    ORDER = "lies in the order of the acts"


@dataclass(frozen=True)
class Trail:
    table: str
    why: Why
    column: str = ""


@dataclass(frozen=True)
class Row:
    place: tuple[int, int]
    written: int
    locked: int
    values: dict[str, Any]


@dataclass(frozen=True)
class Table:
    keys: tuple[str, ...]
    times: frozenset[str]
    people: frozenset[str]
    rows: dict[tuple[Any, ...], Row]


@dataclass(frozen=True)
class State:
    at: datetime
    tables: dict[str, Table]
    sequences: dict[str, int | None] = field(default_factory=dict)


PEOPLE = {Member._meta.db_table, User._meta.db_table}
_COLUMNS = """
    SELECT c.relname, a.attname, t.typname,
           EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary
                   AND a.attnum = ANY (i.indkey)),
           EXISTS (SELECT FROM pg_constraint k JOIN pg_class p ON p.oid = k.confrelid
                   WHERE k.conrelid = c.oid AND k.contype = 'f' AND p.relname = ANY (%s)
                   AND a.attnum = ANY (k.conkey) AND a.attname <> 'agency_id'),
           pg_relation_size(c.oid) > 0
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    WHERE c.relkind = 'r' AND n.nspname = 'public'
    ORDER BY c.relname, a.attnum
"""


def state() -> State:
    """Everything in the database now."""
    with owner() as raw, raw.transaction():
        columns: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        filled = set()
        for table, *column, has_pages in raw.execute(_COLUMNS, [list(PEOPLE)]):
            columns[table].append(tuple(column))
            filled |= {table} if has_pages else set()
        tables = {
            name: _table(raw, name, of_it, empty=name not in filled)
            for name, of_it in columns.items()
        }
        asked = raw.execute("SELECT sequencename, last_value FROM pg_sequences")
        return State(datetime.now(UTC), tables, dict(asked.fetchall()))


def _table(
    raw: psycopg.Connection[Any], name: str, columns: list[tuple[Any, ...]], *, empty: bool
) -> Table:
    keys = tuple(column for column, _type, primary, _person in columns if primary)
    told = _of_models().get(name, set())
    people = {
        column
        for column, _type, _primary, person in columns
        if person or column in told or re.search(r"(^|_)(member|user)_id$", column)
    }
    question = sql.SQL(
        "SELECT ctid::text, xmin::text::bigint, xmax::text::bigint, to_jsonb(t) FROM {} AS t"
    )
    rows = {}
    for place, written, locked, values in (
        () if empty else raw.execute(question.format(sql.Identifier(name)))
    ):
        page, item = place.strip("()").split(",")
        row = Row((int(page), int(item)), written, locked, values)
        rows[tuple(values[key] for key in keys) or row.place] = row
    times = {column for column, kind, *_rest in columns if kind in {"timestamptz", "timestamp"}}
    times |= {column for column, kind, *_rest in columns if kind in {"time", "timetz"}}
    return Table(keys, frozenset(times), frozenset(people), rows)


@cache
def _of_models() -> dict[str, set[str]]:
    """Columns that lead to a person without a constraint, such as in histories."""
    found: dict[str, set[str]] = defaultdict(set)
    for model in apps.get_models(include_auto_created=True):
        for each in model._meta.concrete_fields:
            if each.related_model in {Member, User} and each.column:
                found[model._meta.db_table].add(each.column)
    return found


def trails(
    before: State, after: State, *, act: Collection[str], words: Collection[str] = ()
) -> set[Trail]:
    """Trails in any table of the act, which itself writes to the tables `act`.

    `words`: anything that identifies the person, such as their session key.
    """
    nameless = {row.written for name in act for row in _nameless(before, after, name)}
    found = {
        Trail(name, Why.COUNTED)
        for name, reached in after.sequences.items()
        if reached != before.sequences.get(name)
    }
    for name, table in after.tables.items():
        was = before.tables.get(name) or Table((), frozenset(), frozenset(), {})
        for key, row in table.rows.items():
            old = was.rows.get(key)
            if old and old.written == row.written:
                if old.locked != row.locked and _persons(name, table, row):
                    together = name in PEOPLE and row.locked in nameless
                    found |= {Trail(name, Why.TOGETHER)} if together else set()
                    found.add(Trail(name, Why.LOCKED))
                continue
            found |= set(_beside(name, table, row, act, nameless))
            found |= set(_told(name, table, old, row, (before.at, after.at), words))
        if _gone(was, table, of_the_act=name in act):
            found.add(Trail(name, Why.GONE))
    gone = {Trail(name, Why.GONE) for name in before.tables.keys() - after.tables.keys()}
    return found | gone


def _beside(
    name: str, table: Table, row: Row, act: Collection[str], nameless: set[int]
) -> Iterator[Trail]:
    if name not in act:
        yield Trail(name, Why.BESIDE)
    if row.written in nameless and (name not in act or _persons(name, table, row)):
        yield Trail(name, Why.TOGETHER)


def _gone(was: Table, table: Table, *, of_the_act: bool) -> bool:
    """Whether a row was deleted; those of the act may be rewritten under new keys."""
    if not was.rows.keys() - table.rows.keys():
        return False
    return not of_the_act or bool(_contents(was) - _contents(table))


def _nameless(before: State, after: State, name: str) -> Iterator[Row]:
    """Rows of an act that name nobody."""
    table, was = after.tables[name], before.tables[name]
    for key, row in table.rows.items():
        old = was.rows.get(key)
        if (not old or old.written != row.written) and not _persons(name, table, row):
            yield row


def _persons(name: str, table: Table, row: Row) -> bool:
    return name in PEOPLE or any(row.values[column] is not None for column in table.people)


def _contents(table: Table) -> Counter[str]:
    """The rows' contents apart from keys, which change when all are rewritten."""
    return Counter(
        str(sorted((name, str(value)) for name, value in row.values.items() if name not in keys))
        for keys in [table.keys]
        for row in table.rows.values()
    )


def _told(
    name: str,
    table: Table,
    old: Row | None,
    row: Row,
    between: tuple[datetime, datetime],
    words: Collection[str],
) -> Iterator[Trail]:
    if name in PEOPLE:
        yield Trail(name, Why.NAMES)
    for column, value in row.values.items():
        if value is None:
            continue
        # Rows of the act rewritten unchanged say nothing new about anybody.
        if column in table.people and (not old or old.values != row.values):
            yield Trail(name, Why.NAMES, column)
        if any(word in str(value) for word in words):
            yield Trail(name, Why.NAMES, column)
        if old and old.values.get(column) == value:
            continue
        if column in table.times or _near(value, between):
            yield Trail(name, Why.MOMENT, column)


_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
_NUMBER = re.compile(r"(?<![\w.-])\d{10,16}(?![\w-])")
_HOUR = timedelta(hours=1)


def _near(value: Any, between: tuple[datetime, datetime]) -> bool:
    """Whether a text, number or structure contains a time within an hour of the act."""
    start, end = (between[0] - _HOUR).timestamp(), (between[1] + _HOUR).timestamp()
    said = str(value)
    for text in _MOMENT.findall(said):
        moment = datetime.fromisoformat(text)
        if start <= moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() <= end:
            return True
    numbers = [int(text) for text in _NUMBER.findall(said)]
    return any(
        start <= number / scale <= end for number in numbers for scale in (1, 1_000, 1_000_000)
    )


def order(states: Sequence[State], table: str) -> set[Trail]:
    """What positions, transactions and keys reveal about the order of rows.

    `states`: before the first act and after each; every act adds one row to the table.
    """
    found: set[Trail] = set()
    ends: list[dict[str, bool]] = []
    for before, after in pairwise(states):
        rows, was = after.tables[table].rows, before.tables[table]
        known = Counter(_contents(was))
        newest = []
        for key, row in rows.items():
            content = next(iter(_contents(_alone(after.tables[table], key))))
            if known[content]:
                known[content] -= 1
            else:
                newest.append((key, row))
        assert len(newest) == 1, f"{len(newest)} new rows in {table}"
        ((key, row),) = newest
        if len(rows) == 1:
            continue
        others = [(k, each) for k, each in rows.items() if k != key]
        if row.written not in {each.written for _k, each in others}:
            found.add(Trail(table, Why.ALONE))
        places = [each.place for _k, each in others]
        ends.append(
            {
                "the first place": row.place < min(places),
                "the last place": row.place > max(places),
                "the first key": key < min(k for k, _row in others),
                "the last key": key > max(k for k, _row in others),
            }
        )
    for end in ends[0]:
        if all(each[end] for each in ends):
            found.add(Trail(table, Why.ORDER, end))
    return found


def _alone(table: Table, key: tuple[Any, ...]) -> Table:
    return Table(table.keys, table.times, table.people, {key: table.rows[key]})
