"""run.py: one line for anything it can't do, and a Python that really runs."""

import ast
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import run

ROOT = Path(run.__file__).parent


def said(*arguments: str) -> tuple[int, list[str]]:
    """The exit code and the lines of `python3 run.py …`."""
    done = subprocess.run(
        [sys.executable, "run.py", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, (done.stdout + done.stderr).splitlines()


def test_an_old_python_can_read_it() -> None:
    ast.parse((ROOT / "run.py").read_text(), feature_version=(3, 8))


def test_a_taken_port_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert said("demo", "--port", str(port)) == (
            1,
            [f"Port {port} is taken: choose another with --port."],
        )


@pytest.mark.parametrize("port", ["0", "65536", "none", ""])
def test_a_port_that_is_none_is_one_clear_line(port: str) -> None:
    assert said("demo", "--port", port) == (1, ["--port needs a number from 1 to 65535."])


def test_an_unknown_option_of_the_demo_is_one_clear_line() -> None:
    assert said("demo", "--prot=8001") == (
        1,
        ["`demo` knows --port and --fresh, not --prot=8001."],
    )


@pytest.mark.parametrize("count", ["0", "many", "-1"])
def test_a_bench_of_no_agencies_is_one_clear_line(count: str) -> None:
    code, lines = said("bench", f"--agencies={count}")
    assert code != 0
    assert lines[-1].endswith("argument --agencies: needs a number from 1 to 10000.")


@pytest.mark.parametrize("option", ["--people", "--seconds", "--think", "--webs", "--sign-ins"])
def test_a_load_of_nobody_is_one_clear_line(option: str) -> None:
    code, lines = said("load", f"{option}=0")
    assert code != 0
    assert lines[-1].endswith(f"argument {option}: needs a number from 1 to 10000.")


def test_without_a_command_it_tells_which_there_are() -> None:
    code, lines = said()
    assert code == 1
    assert [line.split()[2] for line in lines if line] == [
        "demo",
        "test",
        "bench",
        "load",
        "month",
        "install",
    ]


def test_a_full_disk_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(run.Stop, match=r"^The disk is full: .* are needed\.$"):
        run.room(str(tmp_path), 10**18)


def program(path: Path, text: str) -> str:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def test_a_python_that_lies_is_passed_over(tmp_path: Path) -> None:
    candidates = [
        str(tmp_path / "missing"),
        program(tmp_path / "shim", "echo 'pyenv: python3.13: command not found' >&2; exit 127"),
        program(tmp_path / "chatty", "echo Python 3.13"),
        program(tmp_path / "old", "echo 3 11"),
        sys.executable,
    ]
    assert run.find_python(candidates) == sys.executable


def test_no_usable_python_is_one_clear_line(tmp_path: Path) -> None:
    old = program(tmp_path / "old", "echo 3 11")
    with pytest.raises(run.Stop, match=r"^No Python 3\.12 or newer .*install one\.$"):
        run.find_python([old])
