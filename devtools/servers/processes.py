"""Child processes that never outlive their parent, and folders that servers may enter."""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
PRIVATE = 0o700

# Load it here, to do as little as possible in the child between fork and exec.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class ServerError(Exception):
    """A server failed to start or stop; the message is for people."""


def server_user() -> pwd.struct_passwd | None:
    """The user for servers when we are root, which PostgreSQL refuses; None for ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ServerError("PostgreSQL does not run as root, and there is no user postgres or nobody.")


def give(path: Path, user: pwd.struct_passwd | None) -> None:
    """Make `user` the owner of the folder and everything in it."""
    if user is None:
        return
    for entry in (path, *path.rglob("*")):
        os.chown(entry, user.pw_uid, user.pw_gid, follow_symlinks=False)


def can_enter(path: Path, user: pwd.struct_passwd | None) -> bool:
    """Whether `user` may pass every folder on the way to `path`."""
    if user is None:
        return os.access(path, os.X_OK)
    for folder in (path, *path.parents):
        status = folder.stat()
        if status.st_uid == user.pw_uid:
            enter = 0o100
        elif status.st_gid == user.pw_gid:
            enter = 0o010
        else:
            enter = 0o001
        if not status.st_mode & enter:
            return False
    return True


def _dying_with_parent(parent: int, farewell: signal.Signals | None) -> Callable[[], None] | None:
    libc = _libc
    if libc is None or farewell is None:
        return None

    def prepare() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(farewell))
        if os.getppid() != parent:  # the parent died while this process was being created
            os._exit(1)

    return prepare


def start(
    command: Sequence[str | Path],
    *,
    log: Path | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    user: pwd.struct_passwd | None = None,
    farewell: signal.Signals | None = signal.SIGTERM,
    stdin: int | IO[bytes] = subprocess.DEVNULL,
    stdout: int | None = None,
) -> subprocess.Popen[bytes]:
    """Start a command in its own session; it gets `farewell` when we die, however we die.

    Call it from the main thread: to the kernel, the parent is the thread that created the child.
    """
    output: int | IO[bytes] | None = stdout
    with contextlib.ExitStack() as stack:
        if log is not None:
            output = stack.enter_context(log.open("ab"))
        return subprocess.Popen(
            [os.fspath(word) for word in command],
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT if log is not None else None,
            env=None if env is None else dict(env),
            cwd=cwd,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
            start_new_session=True,
            preexec_fn=_dying_with_parent(os.getpid(), farewell),
        )


def stop(
    process: subprocess.Popen[bytes], *, how: signal.Signals = signal.SIGTERM, within: float = 10
) -> None:
    """Stop a process politely; after `within` seconds, kill its whole session."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(how)
        try:
            process.wait(within)
        except subprocess.TimeoutExpired:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that we started, with its whole process group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(
    ready: Callable[[], bool], *, process: subprocess.Popen[bytes], within: float, log: Path
) -> None:
    """Wait until `ready()`; show the log if the process ends or time runs out."""
    end = time.monotonic() + within
    while not ready():
        if process.poll() is not None or time.monotonic() > end:
            name = Path(os.fsdecode(process.args[0] if isinstance(process.args, list) else "")).name
            raise ServerError(f"{name} did not start.\n{tail(log)}".rstrip())
        time.sleep(0.01)


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log, for an error message."""
    with contextlib.suppress(OSError):
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    return ""


def private_folder(path: Path, user: pwd.struct_passwd | None) -> Path:
    """Create a folder that only the server's user (and root) may enter."""
    path.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    path.chmod(PRIVATE)
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)
    return path


def remove(path: Path) -> None:
    """Delete a folder, ignoring what is already gone."""
    shutil.rmtree(path, ignore_errors=True)


def product_environment(**variables: str) -> dict[str, str]:
    """The environment for a product process; it must not think that it is a test."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    return kept | {"DJANGO_SETTINGS_MODULE": "devtools.settings"} | variables
