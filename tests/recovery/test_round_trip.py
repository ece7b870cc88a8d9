"""A backup comes back row by row, with everything that guards the rows."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from pytest_django import DjangoDbBlocker, Settings

from devtools.demo.database import built
from recovery import encryption
from recovery.contents import left_out
from recovery.restoring import Restored, head_of
from tests.recovery import databases
from tests.recovery.conftest import Backup


def differing(one: str, other: str) -> set[str]:
    """The tables whose rows differ between two databases."""
    before, after = databases.everything(one), databases.everything(other)
    assert set(before) == set(after)
    return {table for table in before if before[table] != after[table]}


@pytest.mark.parametrize("made", [databases.migrated, databases.unmigrated])
def test_every_row_comes_back_with_what_guards_it(
    backup: Backup, made: Callable[[str], str], django_db_blocker: DjangoDbBlocker
) -> None:
    name = made("back")
    with django_db_blocker.unblock():
        restored = databases.restored(backup.path, name, backup.private)
    assert differing(backup.database, name) <= set(left_out())
    assert len(databases.everything(name)["foundation_agency"]) == 2
    assert restored.sha256 == backup.written.sha256
    assert restored.rows == backup.written.rows > 100
    assert databases.catalog(name) == databases.catalog(backup.database)
    assert databases.sequences(name) == databases.sequences(backup.database)
    databases.drop(name)


@pytest.fixture(scope="module")
def back(backup: Backup) -> Iterator[str]:
    """A restored database."""
    name = databases.migrated("restored")
    databases.restored(backup.path, name, backup.private)
    yield name
    databases.drop(name)


def test_a_row_that_was_changed_afterward_would_be_seen(backup: Backup, back: str) -> None:
    with databases.owners(back) as connection:
        connection.execute("UPDATE foundation_agency SET timezone = 'UTC' WHERE slug = 'lakeside'")
    assert differing(backup.database, back) - set(left_out()) == {"foundation_agency"}


def test_whoever_restores_with_other_secrets_is_told(backup: Backup, settings: Settings) -> None:
    head = head_of(backup.path, encryption.identities(backup.private))
    restored = Restored(head, backup.written.rows, backup.written.sha256)
    assert restored.keys_missing == 0
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert restored.keys_missing == 0
    settings.SECRET_KEY_FALLBACKS = []
    assert restored.keys_missing == 1


@pytest.mark.xdist_group("demo")
@pytest.mark.django_db
def test_a_demo_with_its_history_comes_back(tmp_path: Path, backup: Backup) -> None:
    source, name = built().name, databases.migrated("demo")
    data, written = databases.backed_up(source, backup.public)
    path = tmp_path / "demo.age"
    path.write_bytes(data)
    databases.restored(path, name, backup.private)
    assert written.rows > 10_000
    # The open vote comes back without what could tell whose each ballot is.
    assert differing(source, name) - set(left_out()) <= {"cells_priorityround", "cells_ballot"}
    assert databases.catalog(name) == databases.catalog(source)
    databases.drop(name)


def test_the_guards_of_a_restored_database_bark(back: str) -> None:
    with databases.owners(back) as connection:
        with pytest.raises(psycopg.errors.RestrictViolation):
            connection.execute("TRUNCATE accounts_accesslog")
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            connection.execute("DELETE FROM foundation_agency")
    with databases.served(back) as connection:
        assert connection.execute("SELECT count(*) FROM accounts_member").fetchone() == (0,)
