"""Demos in their own databases, built for one test run by the command that people use."""

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import connection

from devtools import worker
from devtools.servers import keeper, processes
from devtools.servers.postgres import address
from devtools.servers.processes import ServerError
from devtools.states import STACK

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "manage.py", "build_demo", "--verbosity", "2"]


# Where row keys begin: so high that a key is noticed anywhere.
KEYS_FROM, SMALL_KEYS_FROM = 731_000_000_001, 2_031_000_001
# These numbers are the constants above.
MARK_KEYS = f"""SELECT setval(
    format('%I.%I', schemaname, sequencename)::regclass,
    CASE data_type WHEN 'integer'::regtype THEN {SMALL_KEYS_FROM} ELSE {KEYS_FROM} END
) FROM pg_sequences WHERE schemaname = 'public'"""  # noqa: S608


# The database that each process's demo is copied from.
DEMO = "demo"


@dataclass(frozen=True)
class DemoDatabase:
    """A demo, and the output of the command that built it."""

    name: str
    said: str

    @property
    def environment(self) -> dict[str, str]:
        return worker.environment() | _addresses(self.name)


def _addresses(name: str) -> dict[str, str]:
    return {
        "DATABASE_URL": address(worker.folder(), "cqi_app", name),
        "DATABASE_OWNER_URL": address(worker.folder(), "cqi_owner", name),
    }


@cache
def built(which: str = DEMO) -> DemoDatabase:
    """This process's demo of that name, shared by several tests.

    The first process to ask for it has it built; the others get copies.
    """
    name, said = f"{which}_{worker.name()}", worker.folder() / f"{which}.said"
    with (worker.folder() / f"{which}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            said.write_text(_build(which))
    worker.make_database(name, copied_from=which)
    return DemoDatabase(name, said.read_text())


def _build(name: str) -> str:
    """Build a demo in a database of that name; return the command's output."""
    worker.make_database(name)
    keeper.cluster_in(worker.folder()).run(name, MARK_KEYS)
    return build_demo_in(name)


def build_demo_in(name: str) -> str:
    """Build a demo in this migrated, empty database; return the command's output."""
    done = subprocess.run(
        COMMAND,
        cwd=ROOT,
        env=processes.product_environment(**worker.environment() | _addresses(name)),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise ServerError(f"The demo could not be built.\n{done.stderr[-3000:]}")
    return done.stdout


@contextmanager
def looking_at(database: DemoDatabase) -> Iterator[None]:
    """Point this process's connection to a demo instead of the tests' own database."""
    own = connection.settings_dict["NAME"]
    STACK.drop()
    connection.close()
    connection.settings_dict["NAME"] = database.name
    try:
        yield
    finally:
        STACK.drop()
        connection.close()
        connection.settings_dict["NAME"] = own
