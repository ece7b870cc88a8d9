"""The process that keeps a test run's servers, and cleans up even after a killed run.

`python -m devtools.servers.keeper FOLDER` reads Valkey's port and password from its first line of
input, writes `ready` (or `failed`, with the reason) into the folder, and exits at end of input: a
run that dies in any way closes that pipe.
"""

import contextlib
import fcntl
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from devtools.servers import processes, templates, valkey
from devtools.servers.postgres import Cluster
from devtools.servers.processes import ServerError

PREFIX = "cqi-test-"
SETTLED = 60
ROOT = Path(__file__).parents[2]
# macOS's own temporary folder has too long a path for a socket.
TEMPORARY = Path("/tmp") if Path("/tmp").is_dir() else Path(tempfile.gettempdir())  # noqa: S108
# A copy of a database is 2,000 files, which a disk's file system takes seconds to make.
MEMORY = Path("/dev/shm")  # noqa: S108
# Three times what a whole run needs at most.
MEMORY_NEEDED = 4 * 2**30


def begin() -> tuple[subprocess.Popen[bytes], Path, str]:
    """Start a keeper; return it, its servers' folder, and Valkey's address without the number."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=home(MEMORY, Path("/proc/meminfo"))))
    # No signal when we die: end of input tells it, and nothing must disturb its cleanup.
    keeper = processes.start(
        [sys.executable, "-m", __name__, folder], cwd=ROOT, stdin=subprocess.PIPE, farewell=None
    )
    if keeper.stdin is None:
        raise ServerError("The keeper has no input.")
    port, password = valkey.free_port(), secrets.token_urlsafe(24)
    keeper.stdin.write(f"{port} {password}\n".encode())
    keeper.stdin.flush()
    return keeper, folder, valkey.address(port, password, 0).rpartition("/")[0]


def home(memory: Path, known: Path) -> Path:
    """Where a run's servers keep their files: in memory if there is plenty of it."""
    try:
        file_system, available = os.statvfs(memory), known.read_text()
    except FileNotFoundError:
        return TEMPORARY
    free = re.search(r"^MemAvailable: +(\d+) kB$", available, re.MULTILINE)
    rooms = (file_system.f_bavail * file_system.f_frsize, int(free[1]) * 1024 if free else 0)
    # The programs may have to be copied there, too.
    runs_programs = not file_system.f_flag & os.ST_NOEXEC
    return memory if runs_programs and min(rooms) >= MEMORY_NEEDED else TEMPORARY


def wait(folder: Path, within: float = 600) -> None:
    """Wait until PostgreSQL with its migrated template runs; used by every process of a run."""
    end = time.monotonic() + within
    while not (folder / "ready").exists():
        if reason := _reason(folder):
            raise ServerError(reason)
        if time.monotonic() > end or not folder.exists():
            raise ServerError("PostgreSQL did not start.")
        time.sleep(0.01)


def cluster_in(folder: Path) -> Cluster:
    """The cluster in a keeper's folder."""
    return Cluster(folder, folder, durable=False)


def _reason(folder: Path) -> str:
    with contextlib.suppress(FileNotFoundError):
        return (folder / "failed").read_text()
    return ""


def _sweep() -> None:
    """Remove folders whose keeper was killed (a new one may not hold its lock yet)."""
    for folder in [*TEMPORARY.glob(f"{PREFIX}*"), *MEMORY.glob(f"{PREFIX}*")]:
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime < SETTLED:
                continue
            with (folder / "lock").open("ab") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            processes.remove(folder)


def _keep(folder: Path, port: int, password: str) -> None:
    processes.private_folder(folder, processes.server_user())
    cluster = cluster_in(folder)
    broker = valkey.Valkey(folder / "valkey", durable=False, port=port, password=password)
    try:
        broker.start()
        templates.prepare(cluster)
        (folder / "ready").touch()
    except (ServerError, OSError) as error:
        # Write it atomically: others poll for it.
        (folder / "failed.new").write_text(str(error) or repr(error))
        (folder / "failed.new").rename(folder / "failed")
    try:
        sys.stdin.read()
    finally:
        cluster.abandon()
        broker.stop()


def main() -> None:
    """Keep servers in the folder given on the command line until standard input ends."""
    folder = Path(sys.argv[1])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with (folder / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            port, password = sys.stdin.readline().split()
            _sweep()
            _keep(folder, int(port), password)
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            processes.remove(folder)


if __name__ == "__main__":
    main()
