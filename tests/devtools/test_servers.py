"""The embedded servers: a killed run leaves nothing behind, and a demo's data stays."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from devtools import worker
from devtools.servers import keeper, processes, templates
from devtools.servers.keeper import MEMORY_NEEDED, SETTLED, TEMPORARY
from devtools.servers.postgres import SUPERUSER, Cluster
from devtools.servers.processes import ServerError
from devtools.servers.valkey import Valkey

ROOT = Path(__file__).parents[2]
RUN = """
import sys
from devtools.servers import keeper
process, folder, valkey = keeper.begin()
keeper.wait(folder)
print(process.pid, folder, valkey.rpartition(":")[2], flush=True)
sys.stdin.read()
"""


class Run:
    """A test run in another process, with the servers that it started."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        self.process = process
        keeper, folder, port = process.stdout.readline().decode().split()
        self.keeper, self.folder, self.port = int(keeper), Path(folder), int(port)
        self.postgres = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def valkey_listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def runs(pid: int) -> bool:
    """Whether a process is alive (a zombie is not)."""
    shown = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, check=False)
    return shown.returncode == 0 and not shown.stdout.startswith(b"Z")


def soon(true: Callable[[], bool], within: float = 20) -> bool:
    end = time.monotonic() + within
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@contextlib.contextmanager
def another_run() -> Iterator[Run]:
    """Killed at the end, unless the test has already done so."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", RUN]
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe) as process:
        try:
            yield Run(process)
        finally:
            process.kill()


def test_a_killed_run_leaves_neither_servers_nor_files() -> None:
    with another_run() as run:
        assert runs(run.postgres)
        assert run.valkey_listens()
    assert soon(lambda: not run.folder.exists())
    assert not runs(run.postgres)
    assert not run.valkey_listens()


def test_servers_die_with_a_killed_keeper_and_the_next_run_removes_the_files() -> None:
    with another_run() as run:
        os.kill(run.keeper, signal.SIGKILL)
        assert soon(lambda: not runs(run.postgres) and not run.valkey_listens())
    past = time.time() - 2 * SETTLED
    os.utime(run.folder, (past, past))
    with another_run() as next_run:
        assert not run.folder.exists()
    assert soon(lambda: not next_run.folder.exists())


@pytest.fixture
def home() -> Path:
    """A folder with a short path that the servers' user may enter."""
    return processes.private_folder(
        worker.folder() / f"home-{time.monotonic_ns()}", processes.server_user()
    )


@pytest.mark.parametrize(("available", "in_memory"), [(2 * MEMORY_NEEDED, True), (0, False)])
def test_servers_keep_their_files_in_memory_if_there_is_plenty(
    available: int, in_memory: bool, tmp_path: Path
) -> None:
    known = tmp_path / "meminfo"
    known.write_text(f"MemTotal:  1 kB\nMemAvailable:   {available // 1024} kB\n")
    room = shutil.disk_usage(tmp_path).free >= MEMORY_NEEDED
    assert keeper.home(tmp_path, known) == (tmp_path if in_memory and room else TEMPORARY)


def test_servers_keep_their_files_on_disk_where_memory_is_no_folder(tmp_path: Path) -> None:
    assert keeper.home(tmp_path / "shm", Path("/proc/meminfo")) == TEMPORARY


def test_a_durable_cluster_keeps_its_data_and_takes_over_from_an_orphan(home: Path) -> None:
    first, second = (Cluster(home, home, durable=True) for _ in range(2))
    first.initialise()
    first.start()
    try:
        first.run("postgres", "CREATE TABLE kept AS SELECT 1 AS number")
        second.start()
        assert not first.alive()
        with psycopg.connect(second.url(SUPERUSER, "postgres")) as connection:
            assert connection.execute("SELECT number FROM kept").fetchall() == [(1,)]
    finally:
        first.stop()
        second.stop()


def test_a_broker_has_the_same_address_after_a_restart(home: Path) -> None:
    valkey = Valkey(home, durable=False)
    address = valkey.url()
    for _attempt in range(2):
        valkey.start()
        assert valkey.alive()
        valkey.stop()
        assert not valkey.alive()
    assert valkey.url() == address


def test_a_server_that_can_t_start_says_why(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        valkey = Valkey(home, durable=False, port=taken.getsockname()[1])
        with pytest.raises(ServerError, match=r"(?s)valkey-server did not start.*in use"):
            valkey.start()


def test_a_long_path_for_the_socket_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match="too long a path"):
        Cluster(tmp_path, tmp_path / ("x" * 100), durable=False)


def manifest(**migrations: str) -> templates.Manifest:
    return {"ground": {"roles.sql": "1"}, "migrations": migrations}


def test_a_new_migration_builds_on_the_template_before_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "STORE", home)
    cluster = Cluster(home, home, durable=False)
    cluster.data.mkdir()
    had = manifest(first="a")
    templates.keep(cluster, had)
    assert templates.forerunner(manifest(first="a", second="b")) == templates.home_of(had)
    assert templates.forerunner(manifest(first="edited", second="b")) is None
    assert templates.forerunner({**had, "ground": {"roles.sql": "2"}}) is None


def test_only_the_newest_templates_are_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "STORE", home / "store")
    templates.STORE.mkdir()
    cluster = Cluster(home, home, durable=False)
    cluster.data.mkdir()
    for number in range(5):
        templates.keep(cluster, manifest(first=str(number)))
    kept = {path.name for path in templates.STORE.iterdir()}
    assert kept == {templates.home_of(manifest(first=str(n))).name for n in (2, 3, 4)}
