"""Starts a throw-away PostgreSQL and Valkey for a test run, before the settings are read.

Every run has its own servers, every xdist worker its own database and Valkey number. They start
while pytest collects, and end with the process, however it ends. `POSTGRES_BIN` and `VALKEY_BIN`
name other programs to run (another major version of PostgreSQL, for instance).
"""

import gc
import os
import subprocess
from collections.abc import Generator

import pytest

from devtools import worker
from devtools.servers import keeper
from devtools.servers.processes import ServerError
from foundation.call_stack import with_room

_keeper = pytest.StashKey[subprocess.Popen[bytes]]()
_has_room = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config,
) -> Generator[None, object, object]:
    options = early_config.known_args_namespace
    only_asked = options.help or options.version
    if worker.FOLDER not in os.environ and not only_asked:
        try:
            process, folder, valkey = keeper.begin()
        except ServerError as error:
            raise pytest.UsageError(str(error)) from None
        early_config.stash[_keeper] = process
        os.environ |= {worker.FOLDER: str(folder), worker.VALKEY: valkey}
    if worker.FOLDER in os.environ:
        os.environ |= worker.environment()
    # Playwright's synchronous interface runs an event loop, which Django would reject.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    # Before pytest-django has the models loaded.
    from devtools import counters

    counters.keep_apart()
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> object:
    """Do everything with room on Python's stack: otherwise tests take a quarter longer."""
    if config.stash.get(_has_room, False):
        return None
    config.stash[_has_room] = True
    return with_room(config.hook.pytest_cmdline_main, config=config)


def pytest_configure(config: pytest.Config) -> None:
    # Registered after pytest-django, so that this `django_db_setup` overrides its.
    from devtools import budget, fixtures, sharing, states

    config.pluginmanager.register(fixtures, "devtools.fixtures")
    config.pluginmanager.register(sharing, "devtools.sharing")
    config.pluginmanager.register(states, "devtools.states")
    if worker.name() == "main":  # This process hears of the tests of all workers.
        config.pluginmanager.register(budget.Budget(config), "devtools.budget")


def pytest_collection_finish() -> None:
    """Keep imported objects out of the garbage collector's later passes.

    A test leaves little behind, so it also collects less often than a server.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
