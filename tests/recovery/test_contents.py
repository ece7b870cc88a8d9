"""Each table is in the backup or on the list of what is left out; the catalog says which exist."""

import tomllib
from pathlib import Path

import pytest

from accounts.models import Member
from foundation import personal_data
from recovery import contents, versions
from recovery.problems import NotPossible
from tests.owner import look, owner
from tests.recovery import databases

ROOT = Path(__file__).parents[2]
TABLES = """
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind NOT IN ('i', 'I', 'S', 'c')
"""
COLUMNS = """
    SELECT c.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND a.attnum > 0 AND NOT a.attisdropped
"""
# The database makes these out of others.
GENERATED = {"accounts_member.full_name", "accounts_member.shown_name"}


def names(query: str) -> set[str]:
    return {name for (name,) in look(query)}


def stored() -> dict[str, contents.StoredTable]:
    with owner() as connection:
        connection.execute("SET ROLE cqi_owner")
        return contents.tables(connection)


@pytest.mark.django_db
def test_each_table_is_in_the_backup_or_on_the_list_of_what_is_left_out() -> None:
    assert set(stored()) | set(contents.left_out()) == names(TABLES)
    assert not set(stored()) & set(contents.left_out())
    assert {each.table for each in personal_data.tables()} == names(TABLES)


@pytest.mark.django_db
def test_each_column_is_in_the_backup_or_made_by_the_database() -> None:
    found = {f"{table.name}.{column}" for table in stored().values() for column in table.columns}
    left = {name for name in names(COLUMNS) if name.partition(".")[0] in contents.left_out()}
    assert names(COLUMNS) - left - found == GENERATED


@pytest.mark.django_db
def test_a_new_table_comes_into_the_backup_by_itself() -> None:
    with owner() as connection:
        connection.execute("SET ROLE cqi_owner")
        connection.execute("CREATE TABLE public.planted (id bigint PRIMARY KEY, b text, a text)")
        table = contents.tables(connection)["planted"]
        assert (table.columns, table.key) == (("a", "b", "id"), ("id",))
        connection.rollback()


@pytest.mark.django_db(transaction=True)
def test_a_table_of_another_login_is_not_missed() -> None:
    with owner() as connection:
        connection.execute("ALTER TABLE public.groups_seat OWNER TO postgres")
        connection.execute("SET ROLE cqi_owner")
        with pytest.raises(NotPossible):
            contents.tables(connection)
        connection.rollback()


def test_which_tables_have_rows_in_a_new_database_is_known(target: str) -> None:
    rows = databases.everything(target)
    assert {table for table, found in rows.items() if found} == contents.filled_at_birth()


@pytest.mark.django_db
def test_every_table_has_a_key_to_sort_by() -> None:
    assert all(table.key for table in stored().values())


def test_only_text_that_may_be_empty_can_be_left_empty() -> None:
    with pytest.raises(ValueError, match="can't be left empty"):
        contents.forget(Member, "id")
    assert contents.forgotten() == (
        "cells_ballot.code",
        "cells_priorityround.salt",
        "cells_priorityround.seal",
    )


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == versions.VERSION
