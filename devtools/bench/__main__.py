"""`python3 run.py bench`: its servers and its database, then the figures, one line each."""

import argparse
import os
import sys
from collections.abc import Sequence

from devtools import worker
from devtools.servers import keeper
from devtools.servers.postgres import address
from devtools.servers.processes import ServerError
from foundation.call_stack import with_room

DATABASE = "bench"
SETTINGS = "devtools.bench.settings"
MOST = 10_000


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 run.py bench", description=__doc__)
    parser.add_argument("--agencies", type=_count, default=10, help="how many agencies (10)")
    parser.add_argument("--years", type=_count, default=1, help="how many years each (1)")
    parser.add_argument("--turns", type=_count, default=7, help="how often each page (7)")
    return parser.parse_args(words)


def _count(word: str) -> int:
    if not word.isdecimal() or not 0 < int(word) <= MOST:
        raise argparse.ArgumentTypeError(f"needs a number from 1 to {MOST}.")
    return int(word)


def run(arguments: argparse.Namespace) -> int:
    """Start the servers, build the demo, and print the figures. 1: something was not found."""
    process, folder, valkey = keeper.begin()
    try:
        os.environ |= {worker.FOLDER: str(folder), worker.VALKEY: valkey}
        os.environ |= worker.environment() | {
            "DATABASE_URL": address(folder, "cqi_app", DATABASE),
            "DATABASE_OWNER_URL": address(folder, "cqi_owner", DATABASE),
            "DJANGO_SETTINGS_MODULE": SETTINGS,
        }
        worker.make_database(DATABASE)
        return _figures(arguments)
    finally:
        if process.stdin is not None:
            process.stdin.close()
        process.wait()


def _figures(arguments: argparse.Namespace) -> int:
    import django  # Its settings read the environment.

    django.setup()
    from devtools.bench.figures import Bench, Extent

    extent = Extent(arguments.agencies, arguments.years, arguments.turns)
    bench = Bench(DATABASE, extent, print_line)
    try:
        return with_room(bench.run)
    finally:
        bench.close()


def print_line(line: str) -> None:
    print(line, flush=True)


def main() -> None:
    arguments = _arguments(sys.argv[1:])
    try:
        sys.exit(run(arguments))
    except ServerError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
