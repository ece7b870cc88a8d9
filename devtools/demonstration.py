"""`python3 run.py demo`: the whole portal on this machine, with a demo agency; data is kept."""

import argparse
import contextlib
import errno
import fcntl
import hashlib
import os
import pwd
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from devtools import waiting_page
from devtools.demo.personas import PERSONAS
from devtools.servers import processes
from devtools.servers.keeper import TEMPORARY
from devtools.servers.postgres import Cluster
from devtools.servers.processes import ServerError
from devtools.servers.valkey import Valkey
from devtools.stack import ROOT, Stack

DATABASE = "cqi"


class Demonstration:
    """The servers and processes of one demo, and the folder with its data."""

    def __init__(self, port: int, var: Path) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.user = processes.server_user()
        self.folder = _home(var, self.user)
        self.sockets = _socket_folder(var)
        self.logs = var / "log"
        self.mails = var / "mail"
        self.texts = var / "texts"
        # Created when everything is in the database: an interrupted build starts over.
        self.complete = self.folder / "complete"
        # How many percent of that are done.
        self.progress = self.folder / "progress"
        self.cluster = Cluster(self.folder, self.sockets, durable=True)
        self.valkey = Valkey(self.folder / "valkey", durable=True)
        self.environment = processes.product_environment(
            DATABASE_URL=self.cluster.url("cqi_app", DATABASE),
            DATABASE_OWNER_URL=self.cluster.url("cqi_owner", DATABASE),
            REDIS_URL=self.valkey.url(),
            BASE_URL=self.url,
            MAIL_FOLDER=str(self.mails),
            TEXT_FOLDER=str(self.texts),
            KEY_STORE=str(self.folder / "keys"),
        )
        self.stack = Stack(self.environment, self.logs, port)

    def start(self, *, fresh: bool, empty: bool) -> None:
        """Start everything and wait until pages are served."""
        processes.private_folder(self.sockets, self.user)
        self.logs.mkdir(parents=True, exist_ok=True)
        if fresh or not self.complete.exists():
            self.cluster.end_orphan()
            processes.remove(self.folder)
        processes.private_folder(self.folder, self.user)
        self.valkey.start()
        if self.cluster.data.exists():
            self.cluster.start()
            self.cluster.set_roles(DATABASE)
        else:
            say("Making the database and what is in it (once) …")
            say(f"How far it is, you see at {self.url}")
            self.cluster.initialise()
            self.cluster.start()
            self.cluster.create(DATABASE)
        what = "empty" if empty else "demo"
        if self.complete.exists():
            self._prepare(what)
        else:
            with waiting_page.shown(self.port, waiting_page.DemoProgress(self.progress)):
                self._prepare(what)
        self.complete.touch()
        self.stack.start()

    def stop(self) -> None:
        """Stop everything: work in progress is finished, stored data stays."""
        self.stack.stop()
        self.valkey.stop()
        self.cluster.stop()
        with contextlib.suppress(OSError):
            self.sockets.rmdir()

    def watch(self) -> None:
        """Wait while all parts run; a part that ends by itself is an error."""
        while (ended := self.stack.ended()) is None:
            if not self.cluster.alive() or not self.valkey.alive():
                log = self.valkey.log if self.cluster.alive() else self.cluster.log
                raise ServerError(f"A server has ended.\n{processes.tail(log)}")
            time.sleep(0.3)
        raise ServerError(f"The {ended.name} has ended.\n{processes.tail(ended.log)}")

    def _prepare(self, what: str) -> None:
        process = processes.start(
            [sys.executable, "-m", "devtools.prepare", what, str(self.progress)],
            cwd=ROOT,
            env=self.environment,
        )
        try:
            if process.wait() != 0:
                raise ServerError(
                    "The demo could not be prepared; the reason is above. --fresh starts over."
                )
        finally:
            processes.stop(process)


def _home(var: Path, user: pwd.struct_passwd | None) -> Path:
    """The data folder: under var/, unless the server's user may not go there."""
    var.mkdir(parents=True, exist_ok=True)
    if processes.can_enter(var, user):
        return var / "demo"
    return Path("/var/tmp") / f"cqi-demo-{_fingerprint(var)}"  # noqa: S108


def _fingerprint(var: Path) -> str:
    return hashlib.sha256(os.fsencode(var)).hexdigest()[:8]


def _socket_folder(var: Path) -> Path:
    """A short, stable path that nobody else may own."""
    folder = TEMPORARY / f"cqi-demo-{os.getuid()}-{_fingerprint(var)}"
    user = processes.server_user()
    owners = {os.getuid(), user.pw_uid if user else os.getuid()}
    if folder.is_symlink() or (folder.exists() and folder.stat().st_uid not in owners):
        raise ServerError(f"The folder {folder} belongs to somebody else.")
    return folder


@contextlib.contextmanager
def _only_one(var: Path) -> Iterator[None]:
    var.mkdir(parents=True, exist_ok=True)
    with (var / "demo.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServerError("The demo already runs from this folder.") from None
        yield


def _end(_number: int, _frame: FrameType | None) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def say(line: str) -> None:
    print(line, flush=True)


def show(demonstration: Demonstration) -> None:
    """Print where the portal is and who can sign in."""
    say(f"\nCQI Portal runs at {demonstration.url}")
    say(f"Sign in with one click at {demonstration.url}/demo/ as:")
    for persona in PERSONAS:
        say(f"  {persona.shown:10} {persona.role}")
    say(f"Mail is written to {demonstration.mails}, texts to {demonstration.texts}.")
    say(f"Logs are in {demonstration.logs}.")
    say("Ctrl+C stops it; the data stays for the next start (--fresh starts over).")


def run(arguments: argparse.Namespace) -> None:
    var = arguments.folder.resolve()
    with _only_one(var):
        demonstration = Demonstration(arguments.port, var)
        try:
            demonstration.start(fresh=arguments.fresh, empty=arguments.empty)
            show(demonstration)
            demonstration.watch()
        except KeyboardInterrupt:
            say("\nStopping …")
        finally:
            demonstration.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python3 run.py demo")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--fresh", action="store_true", help="start over")
    parser.add_argument("--empty", action="store_true", help="without the demo agency")
    parser.add_argument("--folder", type=Path, default=ROOT / "var", help="where its data is kept")
    arguments = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    try:
        run(arguments)
    except ServerError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            sys.exit(f"The disk is full: nothing more can be written to {error.filename or ROOT}.")
        raise


if __name__ == "__main__":
    main()
