"""`python3 run.py load`: its servers and its demo, then the figures, one line each.

It ends with 1 if anything went wrong, or if more than 5 of 100 pages took a second or longer.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from devtools import worker
from devtools.servers import keeper, processes
from devtools.servers.postgres import address
from devtools.servers.processes import ServerError
from foundation.call_stack import with_room

DATABASE = "load"
SETTINGS = "devtools.load.settings"
MOST = 10_000


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 run.py load", description=__doc__)
    parser.add_argument("--people", type=_count, default=200, help="how many at once (200)")
    parser.add_argument("--seconds", type=_count, default=60, help="how long each phase (60)")
    parser.add_argument("--think", type=_count, default=5, help="seconds between pages (5)")
    parser.add_argument("--webs", type=_count, default=2, help="how many web services (2)")
    parser.add_argument(
        "--sign-ins", type=_count, default=20, help="sign-ins a second in the storm (20)"
    )
    return parser.parse_args(words)


def _count(word: str) -> int:
    if not word.isdecimal() or not 0 < int(word) <= MOST:
        raise argparse.ArgumentTypeError(f"needs a number from 1 to {MOST}.")
    return int(word)


def run(arguments: argparse.Namespace) -> int:
    """Start the servers, build the demo, and print the figures."""
    process, folder, valkey = keeper.begin()
    try:
        os.environ |= {worker.FOLDER: str(folder), worker.VALKEY: valkey}
        os.environ |= worker.environment() | {
            "DATABASE_URL": address(folder, "cqi_app", DATABASE),
            "DATABASE_OWNER_URL": address(folder, "cqi_owner", DATABASE),
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            # Each visitor says from which network they come.
            "TRUSTED_PROXIES": "1",
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
