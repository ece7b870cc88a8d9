"""Times of pages as multiples of the bench page's, taken in turns within one run."""

import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from devtools.bench.asking import Ask, Spent, counting
from devtools.bench.pages import OK

MS = 1000
KILOBYTE = 1000
COUNTS = 2


@dataclass(frozen=True)
class Benched:
    """A page's figures: its time as a multiple of the bench page's, and what it consists of.

    `ratio` is that of a usual turn; `fastest` compares the fastest turns, which a busy machine
    changes less.
    """

    ratio: float
    fastest: float
    queries: int
    ms: float
    queries_ms: float

    @property
    def at_least(self) -> float:
        """A multiple that no busy moment explains: a page that is slower is so in both."""
        return min(self.ratio, self.fastest)


@dataclass(frozen=True)
class PageRequest:
    """A page as somebody asks for it."""

    url: str
    ask: Ask

    def __call__(self) -> None:
        answer = self.ask(self.url)
        if answer.status != OK:
            raise RuntimeError(f"{self.url} responds with {answer.status}.")


def seconds(job: Callable[[], object]) -> float:
    """How long it took."""
    began = perf_counter()
    job()
    return perf_counter() - began


def counted(job: Callable[[], object]) -> Spent:
    """Its queries, when everything that a process keeps is kept; the fastest of some times."""
    job()
    found = []
    for _ in range(COUNTS):
        with counting() as spent:
            job()
        found.append(spent)
    return min(found, key=lambda spent: spent.seconds)


def peak(job: Callable[[], object]) -> int:
    """The most bytes that Python held for it at any moment."""
    tracemalloc.start()
    try:
        before, _most = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        job()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def against(
    yardstick: PageRequest, pages: Mapping[str, PageRequest], *, turns: int
) -> tuple[Benched, dict[str, Benched]]:
    """The figures of the yardstick, and of the pages by name.

    Each turn asks for every page once, between two of the yardstick. A ratio is the median over the
    turns, so that a moment at which the machine was busy counts at most once.
    """
    spent = {name: counted(page) for name, page in pages.items()}
    own = counted(yardstick)
    took: dict[str, list[float]] = {name: [] for name in pages}
    ratios: dict[str, list[float]] = {name: [] for name in pages}
    yards: list[float] = []
    for _turn in range(turns):
        before = seconds(yardstick)
        for name, page in pages.items():
            took[name].append(seconds(page))
            after = seconds(yardstick)
            ratios[name].append(2 * took[name][-1] / (before + after))
            yards.append(after)
            before = after
    # The yardstick has many more turns, so its very fastest one would be faster than any page's.
    fastest = sorted(yards)[len(yards) // 10]

    figures = {
        name: Benched(
            ratio=median(ratios[name]),
            fastest=min(took[name]) / fastest,
            queries=spent[name].queries,
            ms=MS * median(took[name]),
            queries_ms=MS * spent[name].seconds,
        )
        for name in pages
    }
    return Benched(1.0, 1.0, own.queries, MS * median(yards), MS * own.seconds), figures
