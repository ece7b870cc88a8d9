"""Servers and a database of their own for a command that measures, gone when it ends."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence

from devtools import worker
from devtools.servers import keeper
from devtools.servers.postgres import address
from devtools.servers.processes import ServerError

MOST = 10_000


def count(word: str) -> int:
    """A number on the command line."""
    if not word.isdecimal() or not 0 < int(word) <= MOST:
        raise argparse.ArgumentTypeError(f"needs a number from 1 to {MOST}.")
    return int(word)


def print_line(line: str) -> None:
    print(line, flush=True)


def with_servers(
    measure: Callable[[], int], *, database: str, settings: str, more: Mapping[str, str]
) -> int:
    """What `measure` returns, with Django set up on an empty database on throw-away servers.

    `more`: further variables of the environment, which the settings read.
    """
    process, folder, valkey = keeper.begin()
    try:
        os.environ |= {worker.FOLDER: str(folder), worker.VALKEY: valkey}
        os.environ |= worker.environment() | {
            "DATABASE_URL": address(folder, "cqi_app", database),
            "DATABASE_OWNER_URL": address(folder, "cqi_owner", database),
            "DJANGO_SETTINGS_MODULE": settings,
            **more,
        }
        worker.make_database(database)
        import django  # Its settings read the environment.

        django.setup()
        return measure()
    finally:
        if process.stdin is not None:
            process.stdin.close()
        process.wait()


def run(command: Callable[[Sequence[str]], int]) -> None:
    """Run the command with its words; exit with what it returns, or say why it could not."""
    try:
        sys.exit(command(sys.argv[1:]))
    except ServerError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
