"""Migrations rebuild only what points at a changed model; nobody keeps an old one."""

from collections.abc import Iterator
from threading import Event, Thread
from typing import Any

import psycopg
import pytest
from django.db import models
from django.db.migrations import AddField, AlterModelOptions
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from foundation.management.commands import migrate
from foundation.postgresql.base import parameters_of

MODELS = [("foundation", "agency"), ("accounts", "member"), ("cells", "cell")]
STEPS: dict[str, Any] = {
    "an option": lambda name: AlterModelOptions(name, {"verbose_name": "another"}),
    "a key": lambda name: AddField(
        name, "further", models.ForeignKey("accounts.user", models.CASCADE, null=True)
    ),
}


@pytest.fixture(scope="module")
def migrated() -> ProjectState:
    """The whole project, as the last migrations leave it."""
    state = MigrationLoader(None).project_state()
    assert len(state.apps.get_models()) > 100
    return state


@pytest.fixture
def whole(migrated: ProjectState) -> Iterator[ProjectState]:
    with migrate.building_little_anew():
        state = migrated.clone()
        # As in a run of `migrate`, whose steps build on each other.
        del state.apps
        assert state.apps.ready
        yield state


def outdated(state: ProjectState) -> list[str]:
    """Keys that lead to a model which is not the current one."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in state.apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(other := field.related_model, type)
        and state.apps.get_model(other._meta.label_lower) is not other
    ]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("app", "name"), MODELS)
def test_nothing_points_at_a_model_that_is_no_more(
    step: str, app: str, name: str, whole: ProjectState
) -> None:
    before = whole.apps.get_model(app, name)
    operation: Operation = STEPS[step](name)
    operation.state_forwards(app, whole)
    assert whole.apps.get_model(app, name) is not before
    assert outdated(whole) == []
    # A Python step that reads the others gets them all rebuilt.
    assert whole.is_delayed


def test_what_has_nothing_to_do_with_it_stays(whole: ProjectState) -> None:
    kept = whole.apps.get_model("foundation", "agency")
    AlterModelOptions("cell", {"verbose_name": "another"}).state_forwards("cells", whole)
    assert whole.apps.get_model("foundation", "agency") is kept


def test_what_holds_on_to_an_old_model_is_found(
    whole: ProjectState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        ProjectState, "_find_reload_model", lambda state, app, name, delay=False: {(app, name)}
    )
    AlterModelOptions("member", {"verbose_name": "another"}).state_forwards("accounts", whole)
    assert outdated(whole)


def test_one_process_at_a_time_migrates(django_db_setup: None) -> None:
    began = Event()

    def second() -> None:
        with migrate.alone("owner"):
            began.set()

    waiting = Thread(target=second)
    with psycopg.connect(**parameters_of("owner"), autocommit=True) as first:
        assert migrate._taken(first)
        waiting.start()
        assert not began.wait(3 * migrate.AGAIN)
    assert began.wait(10 * migrate.AGAIN)
    waiting.join()
