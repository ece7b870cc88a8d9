"""Every column that can hold a key is in the register of keys, or says why it holds none."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models

from foundation import personal_data
from foundation.personal_data import What
from recovery.moving import register
from recovery.moving.register import KeyColumn, KeyPlace
from recovery.problems import NotPossible
from tests.owner import owner
from tests.sources import modules_below, nodes

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.django_db
# Functions that hand what they are told on to an event's or a message's data.
TELLING = {"record", "record_on", "_record", "tell", "tell_owners", "move"}
# The key of a version; nothing leads to it.
PAST = "history_id"
OWN = {"by", "on_behalf_of", "name", "quiet", "but", "subject", "title", "renews"}


def catalog() -> list[KeyColumn]:
    with owner() as raw:
        return register.columns(raw)


def test_every_column_that_can_hold_a_key_says_whether_it_does() -> None:
    found = catalog()
    assert not register.undeclared(found)
    names = {each.declared_as for each in found}
    declared = {
        *register.KEYS,
        *register.NO_KEYS,
        *register.PATHS,
        *register.ROWS,
        *register.NO_PATHS,
        *register.TEXTS,
        *register.FIXED_TEXTS,
        *register.SEALED,
        *register.renewals(),
    }
    assert not declared - names
    assert set(register.STAYS) <= {each.table for each in found}


def test_what_is_declared_is_what_is_shifted() -> None:
    held = register.register(catalog())
    for names, place in (
        (register.PATHS, KeyPlace.PATHS),
        (register.ROWS, KeyPlace.ROW),
        (register.TEXTS, KeyPlace.TEXT),
        (register.SEALED, KeyPlace.SEALED),
        (register.renewals(), KeyPlace.RENEWED),
        (register.KEYS, KeyPlace.KEY),
    ):
        for name in names:
            table, _dot, column = name.partition(".")
            assert held[table][column] is place, name


@pytest.mark.parametrize("kind", ["bigint", "bigint[]", "uuid", "jsonb"])
def test_a_planted_column_is_found(kind: str) -> None:
    with owner() as raw:
        raw.execute(f"ALTER TABLE groups_meeting ADD COLUMN planted {kind}")
        found = register.columns(raw)
        assert register.undeclared(found) == {"groups_meeting.planted"}
        with pytest.raises(NotPossible, match=r"groups_meeting\.planted"):
            register.register(found)
        raw.rollback()


def test_no_row_leads_to_a_key_that_is_a_smaller_number() -> None:
    found = catalog()
    counted = {each for each in register.counted(found) if "_historical" not in each}
    tables = {*register.agency_tables(found)}
    assert not {each for each in counted if each.partition(".")[0] in tables}
    assert not {
        f"{each.table}.{each.name}"
        for each in found
        if each.table in tables and each.leads_to and each.type not in register.WIDE
    }


def test_what_the_models_call_a_key_is_in_the_register() -> None:
    held = register.register(catalog())
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        for each in model._meta.local_fields:
            if table in held and (each.primary_key or each.is_relation) and each.column != PAST:
                assert each.column in held[table], f"{table}.{each.column}"


def test_what_the_register_of_personal_data_calls_a_key_is_in_this_one() -> None:
    held = register.register(catalog())
    for found in personal_data.tables():
        for name, each in found.fields.items():
            if each.what is not What.KEY or found.table not in held or found.model is None:
                continue
            if name == PAST:
                continue
            field = found.model._meta.get_field(name)
            assert isinstance(field, models.Field)
            codes = name.endswith("_type")
            assert codes or field.column in held[found.table], f"{found.table}.{name}"


def test_what_is_unique_in_the_installation_is_turned_or_made_anew() -> None:
    held = register.register(catalog())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.indrelid::regclass::text, array_agg(a.attname::text) FROM pg_index i"
            " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)"
            " WHERE i.indisunique GROUP BY i.indexrelid, 1"
        )
        unique = cursor.fetchall()
    for table, names in unique:
        if table in held and not {*names} & {"agency_id", PAST}:
            assert {*names} & {*held[table]}, (table, names)
    assert held["dialogues_voice"]["receipt"] is KeyPlace.SEALED


def told() -> set[str]:
    """What data of events and messages is called in the source."""
    found = set()
    for path in modules_below(ROOT, but={"tests", "devtools", ".venv", ".uv", "frontend"}):
        for node in nodes(path.read_text()):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in TELLING:
                    found |= {each.arg for each in node.keywords if each.arg is not None}
    return found - OWN


def test_whatever_events_tell_is_a_key_or_not() -> None:
    known = {*register.IN_EVENTS.split(), *register.NOT_IN_EVENTS.split()}
    found = told()
    assert found == known
