"""`migrate`, by default with the owner's login, followed by the grants."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

import psycopg
from django.core.management import call_command
from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections
from django.db.migrations.state import ProjectState

from foundation.postgresql.base import parameters_of

GRANTS = Path(__file__).parents[2] / "sql" / "grants.sql"

# Any number that nobody else locks.
LOCK = 7_240_261_129
# Seconds.
AGAIN = 0.5

Key = tuple[str, str]


def what_points_at(
    state: ProjectState, app_label: str, model_name: str, delay: bool = False
) -> set[Key]:
    """The model and every model that points at it, directly or through others.

    When a model changes, Django rebuilds all models related to it in any direction. Here everything
    belongs to an agency, so each step would rebuild nearly all of them. Only models that point at
    the changed one hold its former state. The rest is rebuilt before the next Python step that may
    read it (`is_delayed`).
    """
    state.is_delayed = True
    found, waiting = set[Key](), [(app_label, model_name)]
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        found.add(key)
        waiting += [other for other, fields in state.relations[key].items() if fields]
        name = ".".join(key)
        waiting += [
            other
            for other, model in state.models.items()
            if any(isinstance(base, str) and base.lower() == name for base in model.bases)
        ]
    return found


@contextmanager
def building_little_anew() -> Iterator[None]:
    """Rebuild few models while migrations run, which takes a tenth of the time."""
    ordinary = ProjectState._find_reload_model  # type: ignore[attr-defined]
    ProjectState._find_reload_model = what_points_at  # type: ignore[attr-defined]
    try:
        yield
    finally:
        ProjectState._find_reload_model = ordinary  # type: ignore[attr-defined]


@contextmanager
def alone(database: str) -> Iterator[None]:
    """Let one process at a time migrate: several machines may start at once.

    The lock is held by a connection of its own, and so is given back however the process ends.
    """
    with psycopg.connect(**parameters_of(database), autocommit=True) as holding:
        while not _taken(holding):
            sleep(AGAIN)
        yield


def _taken(holding: psycopg.Connection[Any]) -> bool:
    row = holding.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
    return bool(row and row[0])


class Command(Migrate):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        with alone(options["database"]), building_little_anew():
            super().handle(*args, **options)
        call_command("createcachetable", database=options["database"], verbosity=0)
        if not (options["plan"] or options["check_unapplied"]):
            with connections[options["database"]].cursor() as cursor:
                cursor.execute(GRANTS.read_text())
