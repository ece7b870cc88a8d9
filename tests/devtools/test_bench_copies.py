"""Agencies and years that the bench makes by SQL are what the register of keys says."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from django.test import override_settings
from psycopg import sql
from pytest_django import DjangoDbBlocker

from devtools import worker
from devtools.bench.asking import asking_as, member_of_demo, session_of
from devtools.bench.key_expressions import FUNCTIONS, shifted
from devtools.bench.multiplying import ONCE, STAYS, YEAR, Multiplier
from devtools.bench.nightly import night
from devtools.bench.timing import PageRequest
from devtools.demo.database import DEMO, DemoDatabase, built, looking_at
from devtools.servers.postgres import SUPERUSER, address
from evidence.checking import check
from evidence.models import RecordSalt
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency
from recovery.contents import Connection
from recovery.moving import register
from recovery.moving.register import KeyPlace, live
from recovery.moving.shifting import Shift, shifter
from tests.owner import owner
from tests.recovery import databases

pytestmark = pytest.mark.xdist_group("demo")

YEARS, AGENCIES = 2, 3
# SQL makes codes of the same form, but not the same ones.
OTHERWISE = (KeyPlace.SEALED, KeyPlace.RENEWED)
ORPHANS = """
    SELECT k.conname, format(
        'SELECT count(*) FROM %s AS a WHERE (%s) IS NOT NULL AND NOT EXISTS (SELECT FROM %s AS b'
        ' WHERE (%s) = (%s))', k.conrelid::regclass, mine.names, k.confrelid::regclass,
        mine.names, theirs.names)
    FROM pg_constraint AS k,
    LATERAL (SELECT string_agg(format('a.%I', attname), ', ' ORDER BY n) FROM
        unnest(k.conkey) WITH ORDINALITY AS u(num, n)
        JOIN pg_attribute ON attrelid = k.conrelid AND attnum = num) AS mine(names),
    LATERAL (SELECT string_agg(format('b.%I', attname), ', ' ORDER BY n) FROM
        unnest(k.confkey) WITH ORDINALITY AS u(num, n)
        JOIN pg_attribute ON attrelid = k.confrelid AND attnum = num) AS theirs(names)
    WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace
"""


@dataclass(frozen=True)
class Copied:
    """A demo of two years among three agencies, and how many rows its tables had before."""

    name: str
    connection: Connection
    multiplier: Multiplier
    before: dict[str, int]


@pytest.fixture(scope="module")
def copied(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Copied]:
    with django_db_blocker.unblock():
        built()
        name = databases.migrated("bench", copied_from=DEMO)
        url = address(worker.folder(), SUPERUSER, name)
        with psycopg.connect(url, autocommit=True) as connection:
            multiplier = Multiplier(connection)
            before = counts(connection, multiplier.tables)
            multiplier.add_years(YEARS - 1)
            multiplier.add_agencies(2)
            multiplier.add_agencies(AGENCIES)
            yield Copied(name, connection, multiplier, before)
        databases.drop(name)


def counts(connection: Connection, tables: list[str]) -> dict[str, int]:
    """How many rows the first agency has, by table."""
    query = sql.SQL(
        "SELECT count(*) FROM {} WHERE agency_id = (SELECT min(id) FROM foundation_agency)"
    )
    found = {}
    for table in tables:
        ((found[table],),) = connection.execute(query.format(sql.Identifier(table))).fetchall()
    return found


def lines(connection: Connection, table: str, names: list[str], agency: int) -> list[bytes]:
    """An agency's rows of a table, as COPY writes them."""
    query = sql.SQL("COPY (SELECT {} FROM {} WHERE agency_id = {}) TO STDOUT").format(
        sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier(table), agency
    )
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        return b"".join(bytes(piece) for piece in copy).splitlines()


def test_another_agency_has_the_rows_that_an_import_would_have_made(copied: Copied) -> None:
    connection, agency = copied.connection, copied.multiplier.agency
    found = register.columns(connection)
    held, left_out = register.register(found), register.counted(found)
    copy = copied.multiplier.copies[-1]
    users = {
        key: copy.shift.number(key)
        for (key,) in connection.execute("SELECT id FROM accounts_user").fetchall()
    }
    shift = Shift(copy.by, copy.by.to_bytes(32), users, turned=True)
    rows = 0
    for table in copied.multiplier.tables:
        names = [
            each.name
            for each in found
            if each.table == table
            and f"{table}.{each.name}" not in left_out
            and held[table].get(each.name) not in OTHERWISE
        ]
        shifts = shifter(table, names, held, shift)
        expected = Counter(map(shifts.row, lines(connection, table, names, agency)))
        assert Counter(lines(connection, table, names, shift.number(agency))) == expected, table
        rows += expected.total()
    assert rows > 20_000


def test_every_row_leads_to_rows_that_are_there(copied: Copied) -> None:
    questions = copied.connection.execute(ORPHANS.encode()).fetchall()
    assert len(questions) > 300
    orphans = {
        name: count
        for name, question in questions
        if (count := copied.connection.execute(question.encode()).fetchone()) != (0,)
    }
    assert orphans == {}


def test_a_year_has_as_many_rows_as_the_one_before_it(copied: Copied) -> None:
    after = counts(copied.connection, copied.multiplier.tables)
    for table in ("accounts_member", "groups_meeting", "compensation_claim", "measures_datapoint"):
        assert after[table] == YEARS * copied.before[table] > 0
    once = {table for table in after if live(table) in ONCE}
    assert {table: after[table] for table in once} == {
        table: copied.before[table] for table in once
    }


def test_a_year_earlier_is_a_year_earlier(copied: Copied) -> None:
    query = (
        'SELECT max("on") - (SELECT max("on") FROM groups_meeting WHERE id < %s)'
        " FROM groups_meeting WHERE agency_id = %s AND id > %s"
    )
    agency = copied.multiplier.agency
    ((highest,),) = copied.connection.execute(
        "SELECT id FROM groups_meeting WHERE agency_id = %s ORDER BY id OFFSET %s LIMIT 1",
        [agency, copied.before["groups_meeting"] - 1],
    ).fetchall()
    values = [highest + 1, agency, highest]
    assert copied.connection.execute(query, values).fetchall() == [(-YEAR,)]


def test_every_table_of_agencies_is_copied_or_named(copied: Copied) -> None:
    tables = register.agency_tables(register.columns(copied.connection))
    assert {*tables} == {*copied.multiplier.tables} | STAYS
    assert {*tables} >= ONCE


def test_the_night_judges_all_of_them(copied: Copied) -> None:
    with (
        looking_at(DemoDatabase(copied.name, "")),
        override_settings(ROOT_URLCONF="devtools.bench.urls"),
    ):
        agency = Agency.objects.get(pk=copied.multiplier.agency)
        ask = asking_as(session_of(member_of_demo(agency, "rosa")))
        found = night(copied.connection, PageRequest(at(agency, "bench_page"), ask))
    assert found.agencies == AGENCIES
    assert found.queries > 10
    assert found.queries_ms > 0
    assert found.ratio > 1
    judged = copied.connection.execute(
        "SELECT count(*), count(DISTINCT day) FROM indicators_recomputation"
        " WHERE finished_at > now() - interval '1 minute'"
    )
    assert judged.fetchall() == [(AGENCIES, 1)]


@pytest.mark.parametrize(
    ("place", "kind", "value", "expected"),
    [
        (KeyPlace.KEY, "bigint", "23", "123"),
        (KeyPlace.KEY, "bigint", "0", "0"),
        (KeyPlace.KEY, "bigint", str(2**53 - 1), "100"),
        (KeyPlace.KEY, "bigint[]", "{1,22}", "{101,122}"),
        (KeyPlace.KEY, "bigint[]", "{}", "{}"),
        (KeyPlace.TEXT, "text", "message 5", "message 105"),
        (KeyPlace.TEXT, "text", "digest 2026-W07", "digest 2026-W07"),
        (KeyPlace.TEXT, "text", "5", "105"),
        (KeyPlace.PATHS, "jsonb", '{"member": 5, "count": 5}', '{"count": 5, "member": 105}'),
        (
            KeyPlace.PATHS,
            "jsonb",
            '{"parts": [1, 2], "ideas": 2}',
            '{"ideas": 2, "parts": [101, 102]}',
        ),
        (KeyPlace.PATHS, "jsonb", '{"to": null, "row": true}', '{"to": null, "row": true}'),
        (
            KeyPlace.PATHS,
            "jsonb",
            '{"of": {"member": 1}, "x_id": 1}',
            '{"of": {"member": 1}, "x_id": 101}',
        ),
        (KeyPlace.PATHS, "jsonb", "{}", "{}"),
    ],
)
@pytest.mark.django_db
def test_keys_are_shifted_wherever_they_stand(
    place: KeyPlace, kind: str, value: str, expected: str
) -> None:
    paths = (("member",), ("parts",), ("parts", "*"), ("*_id",), ("to",), ("row",))
    change = shifted(place, kind, sql.SQL("stored.value"), paths)
    query = sql.SQL(
        "SELECT ({})::text FROM (SELECT {}::{} AS value) AS stored, (SELECT 100 AS by) AS copy"
    ).format(change, sql.Literal(value), sql.SQL(kind))
    with owner() as connection:
        for statement in FUNCTIONS:
            connection.execute(statement)
        assert connection.execute(query).fetchall() == [(expected,)]


def test_the_seals_of_another_agency_fit_its_rows(copied: Copied) -> None:
    """All that is not sealed there are the rows of the other year."""
    with looking_at(DemoDatabase(copied.name, "")):
        agencies = list(Agency.objects.order_by("pk"))
        assert len(agencies) == AGENCIES
        for agency in agencies:
            with tenancy.entering(agency):
                assert {each.code for each in check(agency)} == {"unsealed"}
                assert RecordSalt.objects.within(agency).count() > 500
