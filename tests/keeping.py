"""Whether kept queries bring what queries built anew do."""

from collections.abc import Callable
from typing import Any

import pytest

# Asks for something twice, with kept queries and without; the answers are the same.
Both = Callable[[Callable[[], Any]], Any]

# In the process that has the demo; at the beginning of each test nothing is kept.
WITH_DEMO = [pytest.mark.xdist_group("demo"), pytest.mark.usefixtures("nothing_kept")]


def as_built[T](settings: Any, ask: Callable[[], T]) -> T:
    """The answer if no query is kept."""
    settings.PREPARED = False
    try:
        return ask()
    finally:
        settings.PREPARED = True


def columns(row: Any) -> dict[str, Any]:
    """A row's columns and annotations."""
    return {name: each for name, each in vars(row).items() if name != "_state"}
