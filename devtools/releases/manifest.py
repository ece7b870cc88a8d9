"""The list of what a release contains and nobody may edit afterward: its migrations."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOME = Path(__file__).parent / "frozen"
NAME = "manifest.json"

Checksums = dict[str, str]


def migrations(root: Path = ROOT) -> Checksums:
    """The SHA-256 of every migration of the product, by its path in the project."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.glob("*/migrations/[0-9]*.py"))
    }


def releases() -> list[Path]:
    """The folders of all releases, the oldest first."""
    return sorted(
        (path.parent for path in HOME.glob(f"*/{NAME}")),
        key=lambda folder: [int(part) for part in folder.name.split(".")],
    )


def contents(release: Path) -> Checksums:
    """What a release froze."""
    found: dict[str, Checksums] = json.loads((release / NAME).read_text())
    return found["migrations"]


def freeze(release: Path, root: Path = ROOT) -> None:
    """Write down today's migrations as those of a release."""
    release.mkdir(parents=True)
    text = json.dumps({"migrations": migrations(root)}, indent=1, sort_keys=True)
    (release / NAME).write_text(text + "\n")


def broken(frozen: Checksums, today: Checksums) -> Iterator[str]:
    """Migrations of a release that are no longer as they were, each with what happened to it."""
    for path, checksum in frozen.items():
        if path not in today:
            yield f"{path} is gone"
        elif today[path] != checksum:
            yield f"{path} was edited"
