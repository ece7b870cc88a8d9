"""The commands of the guide, and what stands for the container engine when they run here."""

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from devtools import worker
from devtools.servers import templates
from devtools.servers.postgres import binaries

ROOT = Path(__file__).parents[2]

# Stands for the container engine: the services' programs run here, on this run's servers.
ENGINE = """#!{python}
import os, subprocess, sys
words = sys.argv[1:]
with open({log!r}, "a") as log:
    print(*words, file=log)
assert words.pop(0) == "compose", words
verb, folder = words.pop(0), ""
while words and words[0].startswith("--") or words and words[0] == "-T":
    if words.pop(0) == "--volume":
        here, _colon, there = words.pop(0).removesuffix(":ro").partition(":")
        assert there == "/backups", there
        folder = here
if verb in ("stop", "up"):
    sys.exit(0)
service, program, *rest = words
if program == "createdb":  # With the tables, which take long to make, and no rows.
    rest = ["--template", {template!r}, *rest]
if verb == "exec":
    assert service == "postgres", service
    rest = [{roles!r} if word == "/roles.sql" else word for word in rest]
    sys.exit(subprocess.call([{binaries!r} + "/" + program, "--host", {host!r}, *rest]))
assert (verb, service, program) == ("run", "migrate", "python"), words
for number, word in enumerate(rest):
    if word.startswith("/backups/"):
        rest[number] = folder + word.removeprefix("/backups")
sys.exit(subprocess.call([{python!r}, "-W", "ignore", *rest], cwd={root!r}))
"""


@dataclass(frozen=True)
class Engine:
    """A folder with a program called docker, and what that was told."""

    folder: Path
    log: Path

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}"}


def made_in(folder: Path) -> Engine:
    made = Engine(folder / "bin", folder / "log")
    made.folder.mkdir()
    words = {
        "python": sys.executable,
        "log": str(made.log),
        "roles": str(ROOT / "foundation" / "sql" / "roles.sql"),
        "binaries": str(binaries()),
        "host": str(worker.folder()),
        "root": str(ROOT),
        "template": templates.DATABASE,
    }
    program = made.folder / "docker"
    program.write_text(
        re.sub(r"\{(\w+)(!r)?\}", lambda m: repr(words[m[1]]) if m[2] else words[m[1]], ENGINE)
    )
    program.chmod(0o755)
    return made


def commands(guide: Path) -> list[str]:
    """The commands of a guide that deal with files of rows, in their order."""
    found, block = [], ""
    language: str | None = None
    for line in guide.read_text().splitlines():
        fence = line.strip().startswith("```")
        if fence and language is None:
            language, block = line.strip().removeprefix("```"), ""
        elif fence:
            if not language:
                found.append(block)
            language = None
        elif language is not None:
            block += f"{line.strip()}\n"
    if guide.name == "running.md":
        return [block for block in found if "manage.py backup" in block]
    return found


def on_that_day(block: str) -> str:
    """The commands, as if today were the day of which the guide speaks."""
    return block.replace("$(date +%F)", "2026-11-29")
