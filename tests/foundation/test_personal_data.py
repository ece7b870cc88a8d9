"""Every column of the database is classed: whose, what, how long kept, how erased."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import psycopg
import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import PrintedCode
from accounts.policies import LONGEST
from dialogues.policies import QUESTIONS
from foundation import personal_data, reach, retention
from foundation.kept import always, since, within
from foundation.personal_data import (
    AGENCYS,
    FORMER,
    HISTORY,
    ClassedTable,
    InExport,
    OnErasing,
    What,
    by_type,
    of,
)
from foundation.reach import ReachedColumn
from foundation.retention import (
    ACCOUNTS,
    IRS,
    LOGS,
    MACHINE,
    PAY,
    KeptFor,
    RetentionClass,
    days,
    declare,
    years,
)
from tests.foundation.test_source import APPS, sources
from tests.owner import owner

Catalog = set[tuple[str, str]]

# From the system catalog: information_schema hides from a login what it may not read.
COLUMNS = """
    SELECT c.relname, a.attname FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
    JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
    WHERE a.attnum > 0 AND NOT a.attisdropped
"""
# Tables whose rows the serving login may not change.
UNCHANGEABLE = """
    SELECT c.relname FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
    WHERE c.relkind IN ('r', 'p') AND NOT has_table_privilege('cqi_app', c.oid, 'UPDATE')
"""
# What erasure would have to change there, by table, and no function of the owner does. May only
# shrink.
OUT_OF_REACH: dict[str, str] = {}
FORGETS = "retention_forget"
ERASERS = """
    SELECT proname FROM pg_proc
    WHERE proname LIKE 'erase_history_of_%' OR proname = 'retention_forget'
"""


def catalog(raw: psycopg.Connection[tuple[Any, ...]]) -> Catalog:
    return {(str(table), str(column)) for table, column in raw.execute(COLUMNS).fetchall()}


def columns(found: ClassedTable) -> set[str]:
    """The database names of its fields."""
    return column_names(found, found.fields)


def column_names(found: ClassedTable, fields: Iterable[str]) -> set[str]:
    if found.model is None:
        return set(fields)
    named = {each.name: str(each.column) for each in found.model._meta.local_concrete_fields}
    return {named[name] for name in fields}


def classed(tables: Iterable[ClassedTable]) -> Catalog:
    return {(each.table, column) for each in tables for column in columns(each)}


@pytest.mark.django_db
def test_every_column_is_classed_and_every_class_has_a_column() -> None:
    known = classed(personal_data.tables())
    with owner() as raw:
        there = catalog(raw)
    assert there - known == set(), "classed nowhere"
    assert known - there == set(), "a class without a column"


@pytest.mark.django_db
def test_a_column_a_table_and_a_class_too_many_are_found() -> None:
    known = classed(personal_data.tables())
    with owner() as raw, raw.transaction(force_rollback=True):
        raw.execute("ALTER TABLE accounts_printedcode ADD COLUMN diagnosis text")
        raw.execute("CREATE TABLE accounts_planted (id bigint)")
        raw.execute("ALTER TABLE accounts_printedcode DROP COLUMN used_at")
        there = catalog(raw)
    assert there - known == {("accounts_printedcode", "diagnosis"), ("accounts_planted", "id")}
    assert known - there == {("accounts_printedcode", "used_at")}


def test_histories_are_classed_as_their_models_are() -> None:
    tables = {each.table: each for each in personal_data.tables()}
    past = tables["accounts_historicalmember"]
    assert past.fields["name"] == tables["accounts_member"].fields["name"]
    assert {*HISTORY} <= set(past.fields)
    assert "shown_name" not in past.fields


@pytest.mark.django_db
def test_the_history_that_is_written_over_is_what_the_register_says() -> None:
    """The serving login overwrites history with a function of the owner that names the columns."""
    for found in personal_data.registered():
        if found.model not in personal_data.people() or personal_data.history_of(found) is None:
            continue
        assert found.model is not None
        past = personal_data.history_of(found)
        assert past is not None
        written_over = column_names(past, [each.name for each in past.overwritten()])
        assert erased(found.table) == written_over


def erased(table: str) -> set[str]:
    """The columns that the eraser of a table's history overwrites."""
    with owner() as raw:
        source = "SELECT prosrc FROM pg_proc WHERE proname = %s"
        row = raw.execute(source, [f"erase_history_of_{table}"]).fetchone()
    assert row is not None, f"nothing erases the history of {table}"
    (values,) = re.findall(r"SET (.*)\n", str(row[0]))
    assert FORMER in values
    return set(re.findall(r"(\w+) =", values))


@pytest.mark.parametrize(
    "column",
    [
        models.CharField(max_length=9),
        models.CharField(max_length=9, choices=[("a", "A")]),
        models.CharField(max_length=9, primary_key=True),
        models.TextField(),
        models.EmailField(),
        models.JSONField(),
        models.BinaryField(),
        models.GenericIPAddressField(),
        models.UUIDField(),
        models.BooleanField(),
        models.DecimalField(max_digits=9, decimal_places=2),
        models.BigIntegerField(),
        ArrayField(models.TextField()),
    ],
    ids=[str(number) for number in range(13)],
)
def test_what_could_be_anything_is_never_classed_by_its_type(
    column: "models.Field[Any, Any]",
) -> None:
    column.set_attributes_from_name("planted")
    assert by_type(column, AGENCYS) is None
    assert by_type(column, of("member")) is None


def test_days_tell_of_the_person_whose_row_it_is() -> None:
    column: models.DateField[date, date] = models.DateField()
    column.set_attributes_from_name("since")
    assert by_type(column, of("member")) is What.FACT
    assert by_type(column, AGENCYS) is What.NOTHING


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({}, "what is salt, digest"),
        ({"lets_in": "salt digest", "fact": "salt"}, "salt is named twice"),
        ({"lets_in": "salt digest name"}, "has no name"),
        ({"lets_in": "salt digest", "goes": False}, "what becomes of salt"),
        ({"lets_in": "salt digest", "blanked": "name"}, "has no name"),
        ({"lets_in": "salt digest", "subject": "code"}, "has no code"),
        ({"lets_in": "salt digest"}, "classed twice"),
    ],
)
def test_a_class_that_is_not_whole_is_refused(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        personal_data.register(
            PrintedCode,
            "Planted",
            **{"whose": of("user"), "kept": within("user"), "goes": True, **wrong},
        )


def test_a_class_without_a_time_has_no_date_and_one_with_a_time_has_one() -> None:
    with pytest.raises(ValueError, match="no time"):
        since(ACCOUNTS, "date_joined")
    with pytest.raises(ValueError, match="from when"):
        always(LOGS)
    with pytest.raises(ValueError, match="of whom"):
        of()
    assert always(MACHINE).term is MACHINE


@pytest.mark.promise("looks")
def test_who_looked_is_told_and_the_other_of_two_is_not() -> None:
    log, leave = (
        personal_data.of_table("accounts_accesslog"),
        personal_data.of_table("accounts_leave"),
    )
    assert log is not None
    assert leave is not None
    assert log.fields["reader"].export is InExport.YES
    assert log.fields["about"].export is InExport.SELF
    assert leave.fields["by"].export is InExport.OTHERS


REACHED = "SELECT place, history, field FROM privacy_reach"


def unreachable(raw: psycopg.Connection[tuple[Any, ...]]) -> dict[str, str]:
    """By table, what erasure has to change and the serving login can't."""
    kept = {str(table) for (table,) in raw.execute(UNCHANGEABLE).fetchall()}
    erasers = {str(name) for (name,) in raw.execute(ERASERS).fetchall()}
    by_eraser = {
        past.table
        for each in personal_data.registered()
        if f"erase_history_of_{each.table}" in erasers
        and (past := personal_data.history_of(each)) is not None
    }
    if FORGETS in erasers:
        by_eraser |= {each.table for each in personal_data.registered() if each.whose.listed}
    listed = {
        (table, str(field))
        for live, past, field in raw.execute(REACHED).fetchall()
        for table in (str(live), str(past))
    }
    changes = {OnErasing.GOES, OnErasing.BLANKED, OnErasing.REPLACED, OnErasing.REDACTED}
    found = {
        each.table: sorted(
            field.name
            for field in each.fields.values()
            if field.erasing in changes and (each.table, field.name) not in listed
        )
        for each in personal_data.tables()
        if each.table in kept - by_eraser
    }
    return {table: " ".join(names) for table, names in found.items() if names}


@pytest.mark.django_db
def test_erasing_reaches_what_the_register_says_and_nothing_else() -> None:
    """The list is written by migrations, so a changed class needs one with `Reach`."""
    with owner() as raw:
        rows = raw.execute("SELECT * FROM privacy_reach ORDER BY place, field").fetchall()
    listed = {ReachedColumn(*row) for row in rows}
    wanted = set(reach.wanted())
    assert wanted - listed == set(), "not in the list"
    assert listed - wanted == set(), "in the list, but the register says otherwise"


@pytest.mark.django_db
def test_what_erasing_cannot_reach_is_known() -> None:
    with owner() as raw:
        assert unreachable(raw) == OUT_OF_REACH


@pytest.mark.django_db
def test_a_table_that_takes_no_change_any_more_is_found() -> None:
    with owner() as raw, raw.transaction(force_rollback=True):
        raw.execute("REVOKE UPDATE ON accounts_printedcode FROM cqi_app")
        raw.execute("DROP FUNCTION erase_history_of_accounts_member(bigint)")
        raw.execute("DELETE FROM privacy_reach WHERE place IN ('cells_touched')")
        raw.execute("DELETE FROM privacy_reach WHERE place = 'groups_meeting' AND field = 'agenda'")
        found = unreachable(raw)
    assert found == {
        "cells_touched": "before",
        "groups_historicalmeeting": "agenda",
        "accounts_printedcode": "digest id printed_at salt used_at user",
        "accounts_historicalmember": (
            "addition contact display_name full_number name shown_number user"
        ),
    }


def test_nothing_writes_why_a_version_of_a_history_was_made() -> None:
    written = [
        str(path)
        for path in sources(*APPS, "foundation")
        if "change_reason" in path.read_text() and path.name != "personal_data.py"
    ]
    assert written == []


def test_time_counts_from_the_day_or_from_when_the_tax_is_due() -> None:
    assert LOGS.over(date(2026, 2, 28)) == date(2032, 2, 28)
    assert LOGS.over(date(2024, 2, 29)) == date(2030, 2, 28)
    # Paid in 2026, due by April 15, 2027.
    assert PAY.over(date(2026, 1, 2)) == PAY.over(date(2026, 12, 31)) == date(2034, 4, 15)
    assert MACHINE.over(date(2026, 1, 2)) is None
    assert KeptFor(hours=25).after(date(2026, 1, 1)) == date(2026, 1, 3)
    assert KeptFor(months=18).after(date(2026, 8, 31)) == date(2028, 2, 29)


def test_how_long_is_said_in_plain_words() -> None:
    spans = [years(6), KeptFor(months=18), days(1), days(0), KeptFor(hours=24)]
    assert [each.words for each in spans] == [
        "6 years",
        "18 months",
        "1 day",
        "at once",
        "24 hours",
    ]
    assert MACHINE.words == "as long as it is used"


def test_a_number_that_another_rule_goes_by_is_not_written_twice() -> None:
    assert KeptFor.of(QUESTIONS) == KeptFor(days=QUESTIONS.default)
    assert KeptFor.of(LONGEST) == KeptFor(hours=LONGEST.value)


def test_nothing_is_kept_for_less_than_its_rule_asks() -> None:
    for each in retention.schedule():
        assert each.least is None or each.usual is not None, each.code
    with pytest.raises(ValueError, match="less than its least"):
        declare(RetentionClass("planted", "Planted", years(1), (IRS,), least=years(2)))
    with pytest.raises(ValueError, match="a class logs already"):
        declare(RetentionClass("logs", "Logs", None, (IRS,)))
