"""Every column of the database is classed: whose it is, what it is, how it is kept and erased."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts import access
from accounts.models import Member, PrintedCode, User
from cells.ideas.models import Opportunity
from foundation import personal_data
from foundation.anonymity import AnonymousModel
from foundation.personal_data import (
    AGENCYS,
    FORMER,
    HISTORY,
    UNNAMED,
    ClassedTable,
    InExport,
    OnErasing,
    What,
    always,
    by_type,
    of,
    since,
    within,
)
from foundation.retention import ACCOUNTS, LOGS, MACHINE
from tests.owner import owner

Catalog = set[tuple[str, str]]

# From the system's own catalog: information_schema hides from a login what it may not read.
COLUMNS = """
    SELECT c.relname, a.attname FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
    JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
    WHERE a.attnum > 0 AND NOT a.attisdropped
"""
# What leads from rows that tell of people to unnamed ones: each row has one of two, never both.
EITHER = {"dialogues_words.voice", "dialogues_silencing.voice"}
# Signed words have an author, and so has what is said against setting them aside.
SIGNED_OR_NOT = {"dialogues_appeal"}
# A key of this name says whose the row is, unless it is listed with the reason.
OWNERS = {"member", "author", "about", "rater", "user"}
NOT_OWNERS = {
    "safety_chosen.member": "whom the person chose; the row is of who asks to be contacted",
    "accounts_member.user": "the row is the person’s own",
}
# Apps whose tables nobody has classed yet. Only to shrink, and then to go.
NOT_YET = {
    "cells", "compensation", "dialogues", "documents", "groups", "indicators", "measures",
    "notifications", "oversight", "safety", "satisfaction",
}  # fmt: skip

TABLES = list(personal_data.registered())
names = pytest.mark.parametrize("found", TABLES, ids=lambda found: found.table)


def catalog(raw: psycopg.Connection[tuple[Any, ...]]) -> Catalog:
    found = {(str(table), str(column)) for table, column in raw.execute(COLUMNS).fetchall()}
    return {each for each in found if each[0].partition("_")[0] not in NOT_YET}


def columns(found: ClassedTable) -> set[str]:
    """What its fields are called in the database."""
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


def walked(model: type[models.Model], path: str) -> Iterator["models.Field[Any, Any]"]:
    """The fields of a path from a model, one after the other."""
    for step in path.split("__"):
        found = model._meta.pk if step == "pk" else model._meta.get_field(step)
        assert isinstance(found, models.Field), path
        yield found
        if found.remote_field is not None:
            model = found.related_model  # type: ignore[assignment]


def person_at(model: type[models.Model], path: str) -> bool:
    """Whether a path leads from a row to a person."""
    *_before, last = walked(model, path)
    if path == "pk":
        return model in personal_data.people()
    return personal_data.leads_to_person(last)


@names
def test_the_ways_to_a_person_lead_to_a_person(found: ClassedTable) -> None:
    for path in found.whose.paths:
        assert found.model is not None
        assert person_at(found.model, path), path
    if found.whose.beside:
        other = apps.get_model(found.whose.beside)
        assert found.model is not None
        assert {found.whose.named_by} <= {each.name for each in found.model._meta.local_fields}
        assert {found.whose.named_by} <= {each.name for each in other._meta.local_fields}
        beside = personal_data.of_table(other._meta.db_table)
        assert beside is not None
        assert beside.whose.paths


def test_a_way_to_no_person_is_found() -> None:
    assert person_at(PrintedCode, "user")
    assert not person_at(PrintedCode, "pk")
    assert not person_at(Member, "agency")
    with pytest.raises(Exception, match="nobody"):
        person_at(Member, "nobody")


@names
def test_the_time_counts_from_a_date_that_is_there(found: ClassedTable) -> None:
    assert (found.kept.term is None) == bool(found.kept.within)
    if found.kept.since:
        assert found.model is not None
        *_before, last = walked(found.model, found.kept.since)
        assert isinstance(last, models.DateField)


@names
def test_what_is_kept_with_another_row_ends_with_a_class_of_the_schedule(
    found: ClassedTable,
) -> None:
    assert ends(found)


def ends(found: ClassedTable) -> bool:
    """Whether the rows within which it is kept have a time of their own in the end."""
    passed = {found.table}
    while path := found.kept.within:
        assert found.model is not None
        (step,) = walked(found.model, path)
        assert isinstance(step.related_model, type)
        following = personal_data.of_table(step.related_model._meta.db_table)
        if following is None or following.table in passed:
            return False
        passed.add(following.table)
        found = following
    return found.kept.term is not None


def test_a_ring_of_rows_that_wait_for_each_other_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = ClassedTable("cells_opportunity", AGENCYS, within("merged_into"), model=Opportunity)
    monkeypatch.setitem(personal_data._by_table, ring.table, ring)
    assert not ends(ring)
    codes = personal_data.of_table("accounts_printedcode")
    assert codes is not None
    assert ends(codes)
    monkeypatch.delitem(personal_data._by_table, "accounts_user")
    assert not ends(codes)


@names
def test_words_are_of_those_whose_row_it_is(found: ClassedTable) -> None:
    for each in found.fields.values():
        assert set(each.said_by) <= set(found.whose.paths)
        if each.what is What.WORDS:
            assert bool(each.said_by) != found.whose.unnamed


@names
def test_free_text_is_text(found: ClassedTable) -> None:
    for each in found.texts():
        assert found.model is not None
        column = found.model._meta.get_field(each.name)
        assert isinstance(column, models.CharField | models.TextField | models.JSONField), each.name
        assert not column.choices, each.name


@names
def test_every_key_to_a_person_is_classed_as_one(found: ClassedTable) -> None:
    if found.model is None:
        return
    for column in found.model._meta.local_concrete_fields:
        person = personal_data.leads_to_person(column)
        assert (found.fields[column.name].what is What.PERSON) == person


def owned_by_nobody(found: ClassedTable) -> set[str]:
    """Keys that by their name say whose the row is, and are no way to a person there."""
    return {
        f"{found.table}.{each.name}"
        for each in found.fields.values()
        if each.what is What.PERSON
        and each.name in OWNERS
        and each.name not in found.whose.paths
        and f"{found.table}.{each.name}" not in NOT_OWNERS
    }


@names
def test_the_member_of_a_row_is_whose_it_is(found: ClassedTable) -> None:
    assert owned_by_nobody(found) == set()


def test_a_row_with_a_member_that_is_said_to_be_the_agency_s_is_found() -> None:
    classed_so = personal_data.of_table("accounts_standing")
    assert classed_so is not None
    wrong = ClassedTable(classed_so.table, AGENCYS, classed_so.kept, classed_so.fields)
    assert owned_by_nobody(wrong) == {"accounts_standing.member"}


@names
def test_what_names_or_lets_in_does_not_outlive_the_person(found: ClassedTable) -> None:
    if found.whose.of_people:
        gone = (OnErasing.GOES, OnErasing.BLANKED, OnErasing.REPLACED)
        for each in found.fields.values():
            if each.what in (What.IDENTITY, What.CONTACT, What.TRACE, What.SECRET):
                assert each.erasing in gone, each.name


@names
def test_what_is_emptied_may_be_empty(found: ClassedTable) -> None:
    for each in found.fields.values():
        if each.erasing is OnErasing.BLANKED:
            assert found.model is not None
            assert may_be_empty(found.model, each.name), each.name
        if each.erasing is OnErasing.REPLACED:
            assert found.model is not None
            column = found.model._meta.get_field(each.name)
            assert not getattr(column, "unique", False) or "{pk}" in each.value, each.name


def may_be_empty(model: type[models.Model], name: str) -> bool:
    """Whether the database takes the row with nothing in the field."""
    column = model._meta.get_field(name)
    assert isinstance(column, models.Field)
    if column.null:
        return True
    checks = [
        each.condition
        for each in model._meta.constraints
        if isinstance(each, models.CheckConstraint)
    ]
    required = f"(NOT (AND: ('{name}', '')))"
    return column.blank and not any(
        required in str(check) and "OR" not in str(check) for check in checks
    )


def test_what_the_database_wants_filled_is_found() -> None:
    assert may_be_empty(Member, "contact")
    assert may_be_empty(User, "email")
    assert not may_be_empty(Member, "display_name")
    assert not may_be_empty(Member, "name")


@names
def test_anonymous_rows_lead_to_nobody_and_have_no_time(found: ClassedTable) -> None:
    assert traces(found) == set()


def traces(found: ClassedTable) -> set[str]:
    """What of an unnamed row leads to a person or tells the moment."""
    model = found.model
    anonymous = model is not None and issubclass(model, AnonymousModel)
    if anonymous and not found.whose.unnamed and found.table not in SIGNED_OR_NOT:
        return {"of somebody"}
    if model is None or not (anonymous or found.whose.unnamed):
        return set()
    wrong = {
        column.name
        for column in model._meta.local_concrete_fields
        if personal_data.leads_to_person(column) or isinstance(column, models.DateTimeField)
    }
    return wrong | ({"history"} if personal_data.history_of(found) else set())


def test_a_trace_of_an_unnamed_row_is_found() -> None:
    wrong = ClassedTable("accounts_member", UNNAMED, within("agency"), model=Member)
    assert traces(wrong) == {"user", "onboarded_at", "erased_at", "history"}


def test_nothing_leads_from_people_to_what_they_said_without_a_name() -> None:
    unnamed = {each.model for each in TABLES if each.whose.unnamed}
    keys = {
        f"{found.table}.{column.name}"
        for found in TABLES
        if found.model is not None and found.whose.of_people
        for column in found.model._meta.local_concrete_fields
        if column.related_model in unnamed
    }
    assert keys == (EITHER if not NOT_YET else keys)


@pytest.mark.django_db
def test_the_history_that_is_written_over_is_what_the_register_says() -> None:
    """The serving login writes over history by a function of the owner, which names the columns."""
    for found in TABLES:
        if personal_data.history_of(found) is None or not found.overwritten():
            continue
        assert found.model is not None
        past = personal_data.history_of(found)
        assert past is not None
        written_over = column_names(past, [each.name for each in past.overwritten()])
        assert erased(found.table) == written_over


def erased(table: str) -> set[str]:
    """The columns that the eraser of a table's history writes over."""
    with owner() as raw:
        source = "SELECT prosrc FROM pg_proc WHERE proname = %s"
        row = raw.execute(source, [f"erase_history_of_{table}"]).fetchone()
    assert row is not None, f"nothing erases the history of {table}"
    (values,) = re.findall(r"SET (.*)\n", str(row[0]))
    assert FORMER in values
    return set(re.findall(r"(\w+) =", values))


@names
def test_reading_is_logged_by_a_word_that_people_understand(found: ClassedTable) -> None:
    assert not found.read_as or access.words(found.read_as) != found.read_as


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
        ({"lets_in": "salt digest"}, "classed twice"),
    ],
)
def test_a_class_that_is_not_whole_is_refused(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        personal_data.register(
            PrintedCode, **{"whose": of("user"), "kept": within("user"), "goes": True, **wrong}
        )


def test_a_class_without_a_time_has_no_date_and_one_with_a_time_has_one() -> None:
    with pytest.raises(ValueError, match="no time"):
        since(ACCOUNTS, "date_joined")
    with pytest.raises(ValueError, match="from when"):
        always(LOGS)
    with pytest.raises(ValueError, match="of whom"):
        of()
    assert always(MACHINE).term is MACHINE


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
