"""Web servers as the image starts them, one for each container that compose would start."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from devtools.servers.valkey import free_port
from devtools.stack import ROOT, Program, Stack


def shipped_command() -> list[str]:
    """The words with which the image starts a web server."""
    dockerfile = (ROOT / "Dockerfile").read_text()
    commands = re.findall(r"^CMD (\[.*?\])$", dockerfile, re.MULTILINE | re.DOTALL)
    words: list[str] = json.loads(re.sub(r"\\\n", "", commands[-1]))
    return words


def command_at(port: int) -> tuple[str, ...]:
    """The same for one port of this machine alone, as arguments of Python."""
    words = shipped_command()
    for option, value in {"--host": "127.0.0.1", "--port": str(port)}.items():
        words[words.index(option) + 1] = value
    return ("-m", *words, "--log-level", "warning")


@contextmanager
def serving(
    number: int, environment: Mapping[str, str], logs: Path, *, with_jobs: bool
) -> Iterator[list[str]]:
    """So many web servers, with a worker and beat if wanted; the servers' addresses."""
    stacks = [Stack(environment, logs, free_port()) for _number in range(number)]
    for index, stack in enumerate(stacks):
        stack.web = Program(f"web{index + 1}", command_at(stack.port), environment, logs)
    jobs = [stacks[0].worker, stacks[0].beat] if with_jobs else []
    programs = [*(stack.web for stack in stacks), *jobs]
    try:
        for program in programs:
            program.start()
        for stack in stacks:
            stack.wait_for_pages()
        yield [f"http://127.0.0.1:{stack.port}" for stack in stacks]
    finally:
        for program in programs:
            program.stop()
