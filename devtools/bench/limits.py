"""What pages cost when their limits were frozen, and which of them cost far more now."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from devtools.bench.timing import Benched

FROZEN = Path(__file__).with_name("limits.toml")
# Room for other machines and busy ones; twice the time or twice the queries exceed it.
RATIO_ROOM, QUERIES_ROOM = 1.7, 1.5


@dataclass(frozen=True)
class PageLimit:
    """A page's figures when they were frozen."""

    ratio: float
    queries: int

    @property
    def most(self) -> float:
        return self.ratio * RATIO_ROOM

    @property
    def most_queries(self) -> float:
        return self.queries * QUERIES_ROOM


def frozen() -> dict[str, PageLimit]:
    """The limits by the name of the page."""
    return {name: PageLimit(**told) for name, told in tomllib.loads(FROZEN.read_text()).items()}


def too_slow(limits: Mapping[str, PageLimit], figures: Mapping[str, Benched]) -> list[str]:
    """Pages that take too long as a multiple of the bench page."""
    return [name for name, figure in figures.items() if figure.at_least > limits[name].most]


def exceeded(limits: Mapping[str, PageLimit], figures: Mapping[str, Benched]) -> Iterator[str]:
    """One sentence for each limit that a page exceeds."""
    for name, figure in figures.items():
        limit = limits[name]
        if figure.queries > limit.most_queries:
            yield f"{name}: {figure.queries} queries instead of {limit.queries}"
        if figure.at_least > limit.most:
            yield f"{name}: {figure.at_least:.1f} times the bench page instead of {limit.ratio}"


def to_freeze(figures: Mapping[str, Benched]) -> str:
    """The text of the file for these figures."""
    return "".join(
        f'"{name}" = {{ ratio = {figure.at_least:.1f}, queries = {figure.queries} }}\n'
        for name, figure in figures.items()
    )
