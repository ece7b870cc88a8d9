"""An agency exported and imported beside another answers every page the same."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
import time_machine
from django.utils import timezone
from psycopg import sql
from pytest_django import DjangoDbBlocker

from devtools import worker
from devtools.demo import people
from devtools.demo.database import DEMO, built
from devtools.servers.postgres import SUPERUSER, address
from foundation.keys import REGEX
from recovery.moving.exporting import ExportedAgency
from recovery.moving.importing import ImportedAgency
from recovery.moving.people import ALL, PROVEN, AboutPeople
from recovery.moving.register import FIXED_TEXTS, STAYS
from recovery.problems import Taken
from tests.browser.running import KEY
from tests.recovery import databases, moving
from tests.recovery.conftest import Backup

pytestmark = pytest.mark.xdist_group("demo")

# Keys, and digests that are made anew.
ANEW = re.compile(rf"{REGEX}|\b[0-9a-f]{{64}}\b|{KEY.pattern}|\b\d{{13,16}}\b")
# The copy has open addresses of its own.
CODES = {"dialogues_voicedoor"}
# An open vote comes without its secrets.
VOTE = {"cells_priorityround", "cells_ballot"}
# Not everybody has an account.
PEOPLE = {"accounts_member", "accounts_historicalmember"}
OK = 200


@dataclass(frozen=True)
class Moved:
    """The demo's agency: where it was, its file, and where it is beside others."""

    source: str
    path: Path
    written: ExportedAgency
    target: str
    imported: ImportedAgency


OUT_OF_USE = (
    "INSERT INTO privacy_retentionrun (agency_id, code, day, destroy_on, taken)"
    " SELECT id, 'logs', current_date, current_date + 30, 3 FROM foundation_agency",
    "INSERT INTO privacy_archivedrow"
    ' (agency_id, run_id, place, "row", day, people, groups, destroy_on)'
    " SELECT e.agency_id, r.id, 'foundation_event', to_jsonb(e), r.day, ARRAY[e.actor_id], '{}',"
    " r.destroy_on FROM foundation_event e JOIN privacy_retentionrun r USING (agency_id)"
    " WHERE e.actor_id IS NOT NULL AND e.data::text LIKE '%member%' ORDER BY e.id LIMIT 3",
)


def shared_demo() -> str:
    """The name of the demo that others are copied from."""
    built()
    return DEMO


def with_rows_out_of_use(name: str) -> str:
    """Let the schedule have taken some events."""
    with databases.owners(name) as connection:
        for statement in OUT_OF_USE:
            connection.execute(statement.encode())
    return name


@pytest.fixture(scope="module")
def moved(
    backup: Backup, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Moved]:
    with django_db_blocker.unblock():
        source = with_rows_out_of_use(databases.migrated("whole", copied_from=shared_demo()))
        target = databases.migrated("beside", copied_from=backup.database)
        path = tmp_path_factory.mktemp("agency") / "riverside.age"
        data, written = moving.exported(source, people.AGENCY, backup.public)
        path.write_bytes(data)
        before = databases.everything(target)
        imported = moving.imported(path, target, backup.private)
        after = databases.everything(target)
        # Whoever was there before is as before.
        assert all(set(before[table]) <= set(after[table]) for table in before)
        yield Moved(source, path, written, target, imported)
    databases.drop(source)
    databases.drop(target)


@pytest.fixture(scope="module")
def compared() -> Counter[str]:
    """How often each kind of page was looked at, by anybody."""
    return Counter()


@pytest.mark.parametrize("person", ["rosa", "june", "ada"])
def test_every_page_is_the_same(moved: Moved, person: str, compared: Counter[str]) -> None:
    # Some pages tell the time: the clock stands while they are compared.
    with time_machine.travel(timezone.now(), tick=False):
        before = moving.walked(moved.source, people.AGENCY, person, compared)
        after = moving.followed(moved.target, people.AGENCY, person, before)
    assert len(before) > 10
    assert {each.status for each in (*before, *after)} == {OK}
    for one, two in zip(before, after, strict=True):
        assert two.text == one.text, one.url


def test_a_page_that_differs_is_found(moved: Moved) -> None:
    way = moving.walked(moved.source, people.AGENCY, "rosa", Counter(), most=1)
    rename = "UPDATE foundation_agency SET name = %s WHERE slug = %s RETURNING name"
    with databases.owners(moved.target) as connection:
        connection.execute(rename, ["Lakeside", people.AGENCY])
        after = moving.followed(moved.target, people.AGENCY, "rosa", way)
        connection.execute(rename, [people.NAME, people.AGENCY])
    assert [each.text for each in after] != [each.text for each in way]


def rows(name: str, slug: str) -> dict[str, Counter[str]]:
    """All rows of an agency by table, read without the code under test."""
    with psycopg.connect(address(worker.folder(), SUPERUSER, name)) as connection:
        found = connection.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE a.attname = 'agency_id' AND c.relkind = 'r'"
            " AND c.relnamespace = 'public'::regnamespace"
        ).fetchall()
        query = (
            "SELECT t::text FROM {} t WHERE agency_id ="
            " (SELECT id FROM foundation_agency WHERE slug = {})"
        )
        return {
            table: Counter(
                row
                for (row,) in connection.execute(
                    sql.SQL(query).format(sql.Identifier(table), sql.Literal(slug))
                )
            )
            for (table,) in found
        }


def test_no_key_keeps_its_number(moved: Moved) -> None:
    fixed = {each.partition(".")[0] for each in FIXED_TEXTS}
    stray = {
        table: row
        for table, found in rows(moved.target, people.AGENCY).items()
        for row in found
        if table not in fixed and KEY.search(row)
    }
    assert not stray
    assert len(rows(moved.target, people.AGENCY)["privacy_archivedrow"]) == 3
    assert any(KEY.search(row) for row in rows(moved.source, people.AGENCY)["foundation_event"])


def test_the_copy_beside_its_original_holds_the_same_rows(moved: Moved, backup: Backup) -> None:
    name = with_rows_out_of_use(databases.migrated("twice", copied_from=shared_demo()))
    with pytest.raises(Taken, match="--slug"):
        moving.imported(moved.path, name, backup.private)
    with pytest.raises(Taken, match="--same proven"):
        moving.imported(moved.path, name, backup.private, slug="copy")
    before = databases.everything(name)
    done = moving.imported(
        moved.path,
        name,
        backup.private,
        slug="copy",
        answers=AboutPeople(same=(PROVEN,), apart=("walter.brandt", ALL)),
    )
    after = databases.everything(name)
    assert all(set(before[table]) <= set(after[table]) for table in before)
    assert done.new_accounts == 0
    assert done.joined > 30 > done.without_account > 0
    assert done.turned
    own, copies = rows(name, people.AGENCY), rows(name, "copy")
    for table, found in own.items():
        if table in STAYS:
            assert not copies[table]
        elif table not in CODES | VOTE | PEOPLE:
            plain = (
                Counter(ANEW.sub("…", row) for row in each.elements())
                for each in (found, copies[table])
            )
            one, two = plain
            assert one == two, table
        else:
            assert found.total() == copies[table].total()
    # The portal goes on with keys that nobody has.
    with databases.owners(name) as connection:
        connection.execute(
            "INSERT INTO foundation_event (agency_id, name, subject_type, subject_id, at, data)"
            " SELECT id, 'planted', 'agency', id, now(), '{}' FROM foundation_agency"
        )
    databases.drop(name)


def test_every_constraint_and_trigger_is_on_again(moved: Moved, backup: Backup) -> None:
    assert databases.catalog(moved.target) == databases.catalog(backup.database)
    with databases.owners(moved.target) as connection:
        with pytest.raises(psycopg.errors.RestrictViolation):
            connection.execute("DELETE FROM foundation_event")
        kept = connection.execute("SELECT text, checksum FROM indicators_frozensnapshot").fetchall()
    with databases.owners(moved.source) as connection:
        original = "SELECT text, checksum FROM indicators_frozensnapshot"
        assert sorted(kept) == sorted(connection.execute(original).fetchall())
    assert kept


def test_the_file_holds_nothing_that_tells_whose_a_vote_is(moved: Moved, backup: Backup) -> None:
    plain = databases.plain(moved.path.read_bytes(), backup.private)
    with databases.owners(moved.source) as connection:
        salts = connection.execute(
            "SELECT salt, seal FROM cells_priorityround WHERE salt <> ''"
        ).fetchall()
        names = connection.execute("SELECT session_key FROM django_session").fetchall()
    assert salts
    for secret in (each for row in (*salts, *names) for each in row):
        assert secret.encode() not in plain
