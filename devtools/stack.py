"""The portal's real processes: web server, Celery worker, Celery beat."""

import contextlib
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from devtools.servers import processes
from devtools.servers.processes import ServerError

ROOT = Path(__file__).parents[1]
CELERY = ("-m", "celery", "--app", "cqi_portal.celery:app", "--quiet")


class Program:
    """One process of the portal; its output goes to its own log."""

    def __init__(
        self, name: str, arguments: tuple[str, ...], environment: Mapping[str, str], logs: Path
    ) -> None:
        self.name = name
        self.log = logs / f"{name}.log"
        self._arguments = arguments
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it without waiting until it is ready."""
        self._process = processes.start(
            [sys.executable, *self._arguments], log=self.log, cwd=ROOT, env=self._environment
        )

    def wait_for(self, word: str, *, since: int, within: float = 60) -> None:
        """Wait until the log contains this word, from byte `since` on."""
        end = time.monotonic() + within
        while word.encode() not in self._logged()[since:]:
            if not self.alive() or time.monotonic() > end:
                raise ServerError(f"The {self.name} did not start.\n{processes.tail(self.log)}")
            time.sleep(0.02)

    def alive(self) -> bool:
        """Whether it is running."""
        return self._process is not None and self._process.poll() is None

    def stop(self, within: float = 10) -> None:
        """Let it finish what it is doing, and exit; after so many seconds it is killed."""
        if self._process is not None:
            processes.stop(self._process, within=within)

    def signal(self, what: signal.Signals) -> None:
        """Send a signal without waiting for its effect."""
        if self._process is not None and self.alive():
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(what)

    def kill(self) -> None:
        """Kill it and its children at once, in the middle of whatever they do (SIGKILL)."""
        if self._process is not None:
            processes.kill(self._process)

    def logged(self) -> int:
        """The size of the log in bytes."""
        return len(self._logged())

    def _logged(self) -> bytes:
        return self.log.read_bytes() if self.log.exists() else b""


class Stack:
    """All three processes, on the database and broker that the environment names."""

    def __init__(self, environment: Mapping[str, str], logs: Path, port: int) -> None:
        self.port = port
        self.web = Program(
            "web",
            (
                *("-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
                *("--port", str(port), "--workers", "1", "--blocking-threads", "8"),
                *("--no-ws", "--log-level", "warning", "cqi_portal.wsgi:application"),
            ),
            environment,
            logs,
        )
        self.worker = Program(
            "worker",
            (
                *(*CELERY, "worker", "--loglevel", "INFO", "--concurrency", "2"),
                *("--without-gossip", "--without-mingle"),
            ),
            environment,
            logs,
        )
        self.beat = Program(
            "beat",
            (*CELERY, "beat", "--loglevel", "INFO", "--schedule", str(logs / "beat-schedule")),
            environment,
            logs,
        )

    @property
    def programs(self) -> tuple[Program, ...]:
        return (self.web, self.worker, self.beat)

    def start(self) -> None:
        """Start all and wait until pages are served and jobs accepted."""
        since = self.worker.logged()
        for program in self.programs:
            program.start()
        self.wait_for_pages()
        self.worker.wait_for(" ready.", since=since)

    def wait_for_pages(self, within: float = 60) -> None:
        """Wait until the health check responds."""
        end = time.monotonic() + within
        while not self._answers():
            if not self.web.alive() or time.monotonic() > end:
                raise ServerError(
                    f"The web server did not start.\n{processes.tail(self.web.log, 30)}"
                )
            time.sleep(0.03)

    def start_worker(self) -> None:
        """Start the worker (again) and wait until it accepts jobs."""
        since = self.worker.logged()
        self.worker.start()
        self.worker.wait_for(" ready.", since=since)

    def ended(self) -> Program | None:
        """A process that should be running and isn't."""
        return next((program for program in self.programs if not program.alive()), None)

    def stop(self) -> None:
        """Stop all, politely and together."""
        for program in self.programs:
            program.signal(signal.SIGTERM)
        for program in self.programs:
            program.stop()

    def _answers(self) -> bool:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/healthz")
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False
