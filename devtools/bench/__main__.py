"""`python3 run.py bench`: its servers and its database, then the figures, one line each."""

import argparse
from collections.abc import Sequence
from functools import partial

from devtools import throwaway
from devtools.throwaway import count, print_line
from foundation.call_stack import with_room

DATABASE = "bench"
SETTINGS = "devtools.bench.settings"


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 run.py bench", description=__doc__)
    parser.add_argument("--agencies", type=count, default=10, help="how many agencies (10)")
    parser.add_argument("--years", type=count, default=1, help="how many years each (1)")
    parser.add_argument("--turns", type=count, default=7, help="how often each page (7)")
    return parser.parse_args(words)


def run(words: Sequence[str]) -> int:
    """Start the servers, build the demo, and print the figures. 1: something was not found."""
    measure = partial(_figures, _arguments(words))
    return throwaway.with_servers(measure, database=DATABASE, settings=SETTINGS, more={})


def _figures(arguments: argparse.Namespace) -> int:
    from devtools.bench.figures import Bench, Extent

    extent = Extent(arguments.agencies, arguments.years, arguments.turns)
    bench = Bench(DATABASE, extent, print_line)
    try:
        return with_room(bench.run)
    finally:
        bench.close()


if __name__ == "__main__":
    throwaway.run(run)
