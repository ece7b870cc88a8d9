"""`python3 run.py load`: its servers and its demo, then the figures, one line each.

It ends with 1 if anything went wrong, or if more than 5 of 100 pages took a second or longer.
"""

import argparse
import os
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from devtools import throwaway, worker
from devtools.servers import keeper, processes
from devtools.throwaway import count, print_line
from foundation.call_stack import with_room

DATABASE = "load"
SETTINGS = "devtools.load.settings"
# Each visitor says from which network they come.
PROXIES = {"TRUSTED_PROXIES": "1"}


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 run.py load", description=__doc__)
    parser.add_argument("--people", type=count, default=200, help="how many at once (200)")
    parser.add_argument("--seconds", type=count, default=60, help="how long each phase (60)")
    parser.add_argument("--think", type=count, default=5, help="seconds between pages (5)")
    parser.add_argument("--webs", type=count, default=2, help="how many web services (2)")
    parser.add_argument(
        "--sign-ins", type=count, default=20, help="sign-ins a second in the storm (20)"
    )
    return parser.parse_args(words)


def run(words: Sequence[str]) -> int:
    """Start the servers, build the demo, and print the figures."""
    measure = partial(_figures, _arguments(words))
    return throwaway.with_servers(measure, database=DATABASE, settings=SETTINGS, more=PROXIES)


def _figures(arguments: argparse.Namespace) -> int:
    from devtools.bench.figures import line, machine
    from devtools.demo.database import build_demo_in
    from devtools.load.measuring import Crowd, measure

    build_demo_in(DATABASE)
    keeper.cluster_in(worker.folder()).run(DATABASE, "ANALYZE")
    crowd = Crowd(
        people=arguments.people,
        seconds=arguments.seconds,
        think=arguments.think,
        webs=arguments.webs,
        sign_ins=arguments.sign_ins,
        warm_up=20,
    )
    print_line(line("run", **machine(), **vars(arguments)))
    environment = processes.product_environment(**worker.environment()) | {
        name: os.environ[name]
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DJANGO_SETTINGS_MODULE")
    }
    with tempfile.TemporaryDirectory(prefix="cqi-load-") as logs:
        good = with_room(measure, crowd, environment, Path(logs), print_line)
    return 0 if good else 1


if __name__ == "__main__":
    throwaway.run(run)
