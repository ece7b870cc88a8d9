#!/usr/bin/env python3
"""The commands: `python3 run.py demo`, `… test`, `… bench`, `… load` and `… month`.

Any Python from 3.8 on can start this file; it finds a newer one for the project, installs what
`requirements/development.txt` locks into `.venv`, and hands over to that environment's Python.
"""

import contextlib
import glob
import hashlib
import os
import shutil
import socket
import subprocess
import sys
from typing import Callable, Dict, Iterable, Iterator, List, NoReturn, Optional, Tuple

USAGE = """\
python3 run.py demo [--port 8000] [--fresh]   the portal with a demo agency, on this machine
python3 run.py test [arguments of pytest]     the whole test suite, on throw-away servers
python3 run.py bench [--agencies 10] [--years 1]   what pages, nights and files cost
python3 run.py load [--people 200] [--webs 2]      pages while many people are there and sign in
python3 run.py month                          what a month costs each role in minutes
python3 run.py install                        only the environment in .venv
"""

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "installed-lock")
LOCK = os.path.join(ROOT, "requirements", "development.txt")
UV = os.path.join(ROOT, ".uv")

OLDEST = (3, 12)
PREFERRED = ("3.13", "3.12", "3.14", "3.15")
MEGABYTE = 1000 * 1000
ROOM_TO_INSTALL = 1200 * MEGABYTE
ROOM_TO_RUN = 300 * MEGABYTE


class Stop(Exception):
    """Raised when nothing can be done; the message is one line for people."""


def room(folder: str, needed: int) -> None:
    """Stop if the disk with `folder` has less than `needed` bytes left."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Stop(
            "The disk is full: {} has {} MB left, {} MB are needed.".format(
                folder, free // MEGABYTE, needed // MEGABYTE
            )
        )


def port_is_free(port: int) -> None:
    """Stop if something already listens on the port."""
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Stop(
                "Port {} is for root only: choose another with --port.".format(port)
            ) from None
        except OSError:
            raise Stop("Port {} is taken: choose another with --port.".format(port)) from None


def version_of(python: str) -> Optional[Tuple[int, int]]:
    """The version of an interpreter as (3, 13), or None if it does not really run."""
    program = "import sys, ssl, ctypes; print('%d %d' % sys.version_info[:2])"
    try:
        said = subprocess.run(
            [python, "-I", "-c", program],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            timeout=30,
            check=True,
        ).stdout
        major, minor = said.decode().split()
        return int(major), int(minor)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def pythons() -> Iterator[str]:
    """Interpreters this machine may have, preferred versions first."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    folders += ["/usr/local/bin", "/usr/bin", "/opt/homebrew/bin"]
    homes = [os.environ.get("PYENV_ROOT", ""), os.path.expanduser("~/.pyenv")]
    own = "{}.{}".format(*sys.version_info[:2])
    for version in PREFERRED:
        if version == own:
            yield sys.executable
        for folder in folders:
            yield os.path.join(folder, "python" + version)
        for home in homes:
            for path in sorted(glob.glob(home + "/versions/" + version + "*/bin/python")):
                yield path
        managed = "~/.local/share/uv/python/cpython-" + version + ".*/bin/python3"
        for path in sorted(glob.glob(os.path.expanduser(managed))):
            yield path
    for folder in folders:
        yield os.path.join(folder, "python3")


def find_python(candidates: Iterable[str]) -> str:
    """The first Python that really runs and is new enough for the project."""
    tried = set()
    for python in candidates:
        if python and python not in tried and os.access(python, os.X_OK):
            tried.add(python)
            if (version_of(python) or (0, 0)) >= OLDEST:
                return python
    raise Stop("No Python {}.{} or newer is on this machine: install one.".format(*OLDEST))


def environment() -> Dict[str, str]:
    """The environment for child processes, without Python's own misleading variables."""
    astray = ("PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV")
    return {key: value for key, value in os.environ.items() if key not in astray}


def run(what: str, command: List[str], **variables: str) -> None:
    """Run a step of the installation, showing its output."""
    if subprocess.call(command, cwd=ROOT, env={**environment(), **variables}) != 0:
        room(ROOT, ROOM_TO_RUN)
        raise Stop(what + " did not work; the reason is above.")


def find_uv(python: str) -> str:
    """The path of uv, fetched into .uv if the machine has none that runs."""
    for uv in (shutil.which("uv"), os.path.join(UV, "bin", "uv")):
        with contextlib.suppress(OSError):
            if uv and subprocess.call([uv, "--version"], stdout=subprocess.DEVNULL) == 0:
                return uv
    for pip in (python, sys.executable):
        asked = [pip, "-m", "pip", "--version"]
        with open(os.devnull, "w") as nowhere:
            if subprocess.call(asked, stdout=nowhere, stderr=nowhere, env=environment()) == 0:
                quiet = ["--quiet", "--quiet", "--disable-pip-version-check"]
                command = [pip, "-m", "pip", "install", *quiet, "--target", UV, "--upgrade", "uv"]
                run("Fetching uv", command, PIP_ROOT_USER_ACTION="ignore")
                return os.path.join(UV, "bin", "uv")
    raise Stop("Neither uv nor pip is on this machine: install one of them.")


def lock_checksum() -> str:
    """The checksum of what the environment must have been installed from."""
    with open(LOCK, "rb") as lock:
        return hashlib.sha256(lock.read()).hexdigest()


def is_installed() -> bool:
    """Whether .venv runs and matches the lock."""
    try:
        with open(STAMP) as stamp:
            return stamp.read() == lock_checksum() and (version_of(PYTHON) or (0, 0)) >= OLDEST
    except OSError:
        return False


def install() -> None:
    """Bring .venv in line with the lock; does nothing if it already is."""
    if is_installed():
        return
    room(ROOT, ROOM_TO_INSTALL)
    with only_one():
        if is_installed():
            return
        python = find_python(pythons())
        uv = find_uv(python)
        say("Installing what is locked into .venv (once) …")
        if (version_of(PYTHON) or (0, 0)) < OLDEST:
            command = [uv, "venv", "--quiet", "--clear", "--no-project", "--python", python, VENV]
            run("Making the environment", command)
        command = [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, LOCK]
        run("Installing the packages", command, UV_COMPILE_BYTECODE="1", UV_LINK_MODE=link_mode())
        with open(STAMP, "w") as stamp:
            stamp.write(lock_checksum())


def link_mode() -> str:
    """Whether uv may link from its cache: avoids a warning if the cache is on another disk."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    with contextlib.suppress(OSError):
        os.makedirs(cache, exist_ok=True)
        if os.stat(cache).st_dev == os.stat(ROOT).st_dev:
            return "hardlink"
    return "copy"


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Allow only one installation into this folder at a time."""
    import fcntl

    os.makedirs(os.path.join(ROOT, "var"), exist_ok=True)
    with open(os.path.join(ROOT, "var", "install.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def say(line: str) -> None:
    print(line, flush=True)


def hand_over(*arguments: str) -> NoReturn:
    """Become the environment's Python, so that signals and the exit code are its own."""
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execve(PYTHON, [PYTHON, *arguments], environment())


def demo(arguments: List[str]) -> None:
    port = 8000
    fresh: List[str] = []
    words = iter(arguments)
    for word in words:
        name, _, value = word.partition("=")
        if name == "--port":
            value = value or next(words, "")
            if not value.isdigit() or not 0 < int(value) < 65536:
                raise Stop("--port needs a number from 1 to 65535.")
            port = int(value)
        elif word == "--fresh":
            fresh = [word]
        else:
            raise Stop("`demo` knows --port and --fresh, not {}.".format(word))
    port_is_free(port)
    install()
    room(ROOT, ROOM_TO_RUN)
    hand_over("-m", "devtools.demonstration", "--port", str(port), *fresh)


def test(arguments: List[str]) -> None:
    install()
    for folder in (ROOT, "/tmp"):  # throw-away servers live in /tmp or in memory
        room(folder, ROOM_TO_RUN)
    chosen = any(word.startswith(("-n", "--numprocesses", "-p")) for word in arguments)
    workers = [] if chosen else ["-n", "2"]
    hand_over("-m", "pytest", *workers, *arguments)


def bench(arguments: List[str]) -> None:
    measure("devtools.bench", arguments)


def load(arguments: List[str]) -> None:
    measure("devtools.load", arguments)


def month(arguments: List[str]) -> None:
    test(["-q", "-s", "-n", "0", "tests/browser/test_month.py", *arguments])


def measure(module: str, arguments: List[str]) -> None:
    install()
    for folder in (ROOT, "/tmp"):  # throw-away servers live in /tmp or in memory
        room(folder, ROOM_TO_RUN)
    hand_over("-m", module, *arguments)


COMMANDS: Dict[str, Callable[[List[str]], None]] = {
    "demo": demo,
    "test": test,
    "bench": bench,
    "load": load,
    "month": month,
    "install": lambda _arguments: install(),
}


def main() -> None:
    if sys.version_info < (3, 8):
        sys.exit("Start this with Python 3.8 or newer.")
    if os.name != "posix":
        sys.exit("This runs on Linux and macOS (on Windows: inside WSL).")
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.exit(USAGE)
    try:
        COMMANDS[sys.argv[1]](sys.argv[2:])
    except Stop as stop:
        sys.exit(str(stop))
    except PermissionError as error:
        sys.exit("{} may not be written: {}.".format(error.filename, error.strerror))
    except OSError as error:
        sys.exit("{}: {}.".format(error.filename or "The system says", error.strerror))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
