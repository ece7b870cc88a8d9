"""`run.py demo` starts, keeps its data, stops on request, and dies with its parent."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from devtools import worker
from devtools.demonstration import DATABASE, Demonstration
from devtools.servers import processes, templates
from devtools.servers.postgres import SUPERUSER, address
from devtools.servers.valkey import free_port

ROOT = Path(__file__).parents[2]


@pytest.fixture
def demo(django_db_setup: None) -> Iterator[Demonstration]:
    """One that was started before: its data folder holds a migrated, empty portal."""
    var = processes.private_folder(
        worker.folder() / f"demo-{time.monotonic_ns()}", processes.server_user()
    )
    demo = Demonstration(free_port(), var)
    for folder in (demo.folder, demo.sockets):
        processes.private_folder(folder, demo.user)
    assert templates.copy(templates.home_of(templates.manifest()), demo.cluster)
    demo.cluster.start()
    demo.cluster.run("postgres", f"ALTER DATABASE {templates.DATABASE} RENAME TO {DATABASE}")
    demo.cluster.stop()
    demo.complete.touch()
    yield demo
    processes.remove(demo.sockets)


@contextlib.contextmanager
def running(demo: Demonstration) -> Iterator[subprocess.Popen[str]]:
    """The demo in another process, once it says that it runs."""
    command = [sys.executable, "-m", "devtools.demonstration", "--empty"]
    command += ["--port", str(demo.port), "--folder", str(demo.folder.parent)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, text=True) as process:
        try:
            assert process.stdout is not None
            said = ""
            while f"runs at {demo.url}" not in said:
                line = process.stdout.readline()
                assert line, f"The demo ended: {said}"
                said += line
            yield process
        finally:
            process.kill()


def answers(demo: Demonstration) -> bool:
    with urllib.request.urlopen(f"{demo.url}/healthz", timeout=10) as answer:  # noqa: S310
        return bool(answer.status == 200)


def listens(demo: Demonstration) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", demo.port)) == 0


def execute(demo: Demonstration, statement: str) -> None:
    with psycopg.connect(address(demo.sockets, SUPERUSER, DATABASE)) as connection:
        connection.execute(statement.encode())


def test_it_answers_stops_politely_and_keeps_its_data(demo: Demonstration) -> None:
    with running(demo) as process:
        assert answers(demo)
        # Starting is most of what this costs, so the second demo comes to one that runs anyway.
        two_demos_in_one_folder_are_one_clear_line(demo)
        execute(demo, "CREATE TABLE kept ()")
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    assert not listens(demo)
    assert not demo.sockets.exists()
    with running(demo) as process:
        execute(demo, "SELECT FROM kept")
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def test_nothing_of_a_killed_demo_goes_on(demo: Demonstration) -> None:
    with running(demo) as process:
        servers = int((demo.cluster.data / "postmaster.pid").read_text().split()[0])
        process.kill()
    end = time.monotonic() + 30
    while (listens(demo) or Path(f"/proc/{servers}").exists()) and time.monotonic() < end:
        time.sleep(0.1)
    assert not listens(demo)
    with pytest.raises(ProcessLookupError):
        os.kill(servers, 0)


def two_demos_in_one_folder_are_one_clear_line(demo: Demonstration) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "devtools.demonstration", "--folder", demo.folder.parent],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (second.returncode, second.stderr) == (1, "The demo already runs from this folder.\n")
