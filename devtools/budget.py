"""The cost of a test run, compared with the suite's budget on two idle cores.

Each process works by itself, so the times of its tests are added up per process. The browser part
takes as long as the process with most of it. A slow or busy machine fails no run: the report only
says that the budget was exceeded.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from time import monotonic

import pytest

MINUTE = 60
MOST_IN_ALL, MOST_IN_BROWSER, MOST_IN_SETUP = 12 * MINUTE, 6 * MINUTE, 0.40
CORES = 2
# This many processes want a core when nothing else runs.
IDLE = 0.5
BROWSER = "browser"
# The crawl requests most of its pages without a browser.
BROWSER_TESTS = "tests/browser/"

_began = monotonic()


@dataclass
class Cost:
    """Seconds spent on tests: in all, in setup and teardown, and in browser tests."""

    work: float = 0
    setup: float = 0
    browser: dict[str, float] = field(default_factory=dict)

    def add(self, report: pytest.TestReport) -> None:
        """Add one phase of a test."""
        self.work += report.duration
        if report.when != "call":
            self.setup += report.duration
        if BROWSER in report.keywords or report.nodeid.startswith(BROWSER_TESTS):
            process = getattr(report, "worker_id", "main")
            self.browser[process] = self.browser.get(process, 0) + report.duration

    @property
    def share_of_setup(self) -> float:
        return self.setup / self.work if self.work else 0

    @property
    def browser_took(self) -> float:
        return max(self.browser.values(), default=0)


@dataclass(frozen=True)
class Machine:
    """The machine at the start of the run."""

    cores: int
    load: float

    @property
    def is_idle(self) -> bool:
        return self.cores >= CORES and self.load <= IDLE * CORES


def machine() -> Machine:
    """This machine, now."""
    return Machine(os.cpu_count() or 1, os.getloadavg()[0])


def said(cost: Cost, took: float, at: Machine, *, whole: bool) -> Iterator[str]:
    """The report at the end of a run: its cost, and what exceeds the budget."""
    parts = [
        f"suite: {spell(took)}",
        f"setup {cost.share_of_setup:.0%}",
        f"browser {spell(cost.browser_took)}",
    ]
    budget = f"{spell(MOST_IN_ALL)}, {MOST_IN_SETUP:.0%}, {spell(MOST_IN_BROWSER)}"
    yield f"{'; '.join(parts)} (budget {budget})"
    if not whole:
        return
    too_much = [*over(cost, took)]
    if too_much and at.is_idle:
        yield f"warning: over budget: {', '.join(too_much)}"
    elif too_much:
        yield (
            f"over budget in {', '.join(too_much)}, on {at.cores} cores with a load of"
            f" {at.load:.1f} when it began; the budget is for {CORES} idle ones"
        )


def over(cost: Cost, took: float) -> Iterable[str]:
    """What exceeds the budget."""
    if took > MOST_IN_ALL:
        yield "suite"
    if cost.share_of_setup > MOST_IN_SETUP:
        yield "setup"
    if cost.browser_took > MOST_IN_BROWSER:
        yield "browser"


def spell(seconds: float) -> str:
    """In minutes and seconds, as `5 min 50 s`."""
    minutes, rest = divmod(round(seconds), MINUTE)
    return (
        " ".join(
            part for part in (f"{minutes} min" * bool(minutes), f"{rest} s" * bool(rest)) if part
        )
        or "0 s"
    )


class Budget:
    """Add up the cost of a run, in the process that hears of all tests."""

    def __init__(self, config: pytest.Config) -> None:
        option = config.option
        some = [
            option.keyword,
            option.markexpr,
            option.deselect,
            option.ignore,
            getattr(option, "lf", False),
        ]
        self.whole = config.args_source is config.ArgsSource.TESTPATHS and not any(some)
        self.cost, self.machine = Cost(), machine()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.cost.add(report)

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for line in said(self.cost, monotonic() - _began, self.machine, whole=self.whole):
            terminalreporter.write_line(line, yellow=line.startswith("warning"))
