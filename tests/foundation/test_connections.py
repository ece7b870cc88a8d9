"""What stays prepared on a connection: through the pool, savepoints and transactions."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from foundation.postgresql.base import POOL, DatabaseWrapper

ASKED = "SELECT $1::bigint + 1"


@pytest.fixture
def wrapper(
    request: pytest.FixtureRequest, db: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DatabaseWrapper]:
    """Another connection to this test's database, from a pool of one or of its own."""
    monkeypatch.setitem(POOL, "max_size", 1)
    options = {"pool": True} if request.param == "pool" else {}
    other = DatabaseWrapper({**connection.settings_dict, "OPTIONS": options}, connection.alias)
    try:
        yield other
    finally:
        other.close()
        other.close_pool()


def ask(wrapper: DatabaseWrapper, number: int) -> int:
    with wrapper.prepared_cursor() as cursor:
        cursor.execute(ASKED, [number])
        (found,) = cursor.fetchone()
    return int(found)


def told(wrapper: DatabaseWrapper, sql: str) -> list[tuple[Any, ...]]:
    with wrapper.cursor() as cursor:
        cursor.execute(sql)
        return [*cursor.fetchall()]


PREPARED = "SELECT generic_plans, custom_plans FROM pg_prepared_statements"


@pytest.mark.parametrize("wrapper", ["pool"], indirect=True)
def test_it_stays_prepared_in_the_pool(wrapper: DatabaseWrapper) -> None:
    servers = []
    for number in range(3):
        assert ask(wrapper, number) == number + 1
        servers += told(wrapper, "SELECT pg_backend_pid()")
        wrapper.close()
    assert len({*servers}) == 1
    assert told(wrapper, PREPARED) == [(3, 0)]


@pytest.mark.parametrize("wrapper", ["own", "pool"], indirect=True)
def test_how_plans_are_made_is_set_for_each_session(wrapper: DatabaseWrapper) -> None:
    """Whatever the server's own settings; also after the pool has reset the connection."""
    asked = """SELECT name, setting, source FROM pg_settings
        WHERE name IN ('jit', 'plan_cache_mode') ORDER BY name"""
    for _turn in range(2):
        assert told(wrapper, asked) == [
            ("jit", "off", "session"),
            ("plan_cache_mode", "force_generic_plan", "session"),
        ]
        wrapper.close()


@pytest.mark.parametrize("wrapper", ["own"], indirect=True)
def test_only_what_asks_for_it_is_prepared(wrapper: DatabaseWrapper) -> None:
    for _turn in range(10):
        assert told(wrapper, "SELECT 1") == [(1,)]
    assert told(wrapper, PREPARED) == []


@pytest.mark.parametrize("wrapper", ["own"], indirect=True)
def test_a_savepoint_takes_nothing_back(wrapper: DatabaseWrapper) -> None:
    wrapper.set_autocommit(False)
    point = wrapper.savepoint()
    assert point is not None
    assert ask(wrapper, 1) == 2
    wrapper.savepoint_rollback(point)
    assert ask(wrapper, 2) == 3
    assert told(wrapper, PREPARED) == [(2, 0)]


@pytest.mark.parametrize("wrapper", ["own", "pool"], indirect=True)
def test_after_a_transaction_was_taken_back_it_is_prepared_anew(wrapper: DatabaseWrapper) -> None:
    assert ask(wrapper, 1) == 2
    wrapper.set_autocommit(False)
    assert ask(wrapper, 2) == 3
    wrapper.rollback()
    wrapper.set_autocommit(True)
    assert ask(wrapper, 3) == 4
    assert told(wrapper, PREPARED) == [(1, 0)]
