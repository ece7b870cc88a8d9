"""New files whose name only ever stands for a whole one."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

from recovery.problems import NotPossible


def written[T](path: Path, write: Callable[[IO[bytes]], T]) -> T:
    """Write beside the file first, readable by its owner only. NotPossible: there is one."""
    if path.exists():
        raise NotPossible(f"There is a file {path} already.")
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            done = write(out)
            os.fsync(out.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return done
