"""A run's cost is added up over its processes, and reported where it exceeds the budget."""

from typing import Literal

import pytest

from devtools.budget import (
    MOST_IN_ALL,
    MOST_IN_BROWSER,
    MOST_IN_SETUP,
    Cost,
    Machine,
    over,
    said,
    spell,
)

IDLE, BUSY, SMALL = Machine(2, 0.2), Machine(2, 3.5), Machine(1, 0.1)


def report(
    duration: float,
    when: Literal["setup", "call", "teardown"] = "call",
    *,
    process: str = "",
    marked: str = "",
    nodeid: str = "tests/cells/test_pages.py::test_it",
) -> pytest.TestReport:
    keywords: dict[str, Literal[1]] = {marked: 1} if marked else {}
    place = (nodeid.partition("::")[0], 0, "test_it")
    told = pytest.TestReport(nodeid, place, keywords, "passed", None, when, duration=duration)
    if process:
        told.__dict__["worker_id"] = process  # As xdist adds it.
    return told


def cost(*reports: pytest.TestReport) -> Cost:
    cost = Cost()
    for each in reports:
        cost.add(each)
    return cost


def test_setup_is_its_share_of_the_work_of_all_processes() -> None:
    both = cost(
        report(20, "setup", process="gw0"),
        report(60, process="gw1"),
        report(10, "teardown", process="gw1"),
        report(10, process="gw0"),
    )
    assert both.share_of_setup == pytest.approx(0.3)
    assert cost().share_of_setup == 0


def test_the_browser_part_takes_as_long_as_the_process_that_has_most_of_it() -> None:
    both = cost(
        report(100, process="gw0", marked="browser"),
        report(30, "setup", process="gw0", marked="browser"),
        report(90, process="gw1", nodeid="tests/browser/test_reached.py::test_it"),
        report(500, process="gw1"),
    )
    assert both.browser_took == 130
    assert cost(report(7, marked="browser")).browser_took == 7
    assert cost(report(7)).browser_took == 0


@pytest.mark.parametrize(
    ("setup", "browser", "took", "too_much"),
    [
        (MOST_IN_SETUP * 100, MOST_IN_BROWSER, MOST_IN_ALL, []),
        (MOST_IN_SETUP * 100, MOST_IN_BROWSER, MOST_IN_ALL + 1, ["suite"]),
        (MOST_IN_SETUP * 100 + 1, MOST_IN_BROWSER, MOST_IN_ALL, ["setup"]),
        (0, MOST_IN_BROWSER + 1, MOST_IN_ALL + 1, ["suite", "browser"]),
    ],
)
def test_what_is_more_than_it_may_be_is_told(
    setup: float, browser: float, took: float, too_much: list[str]
) -> None:
    spent = Cost(work=100, setup=setup, browser={"gw0": browser, "gw1": 1})
    assert [*over(spent, took)] == too_much
    lines = [*said(spent, took, IDLE, whole=True)]
    assert len(lines) == 1 + bool(too_much)
    assert all(line.startswith("warning: over budget: ") for line in lines[1:])
    assert all(each in lines[1] for each in too_much)


@pytest.mark.parametrize("machine", [BUSY, SMALL])
def test_a_busy_or_small_machine_is_not_warned_of_but_told(machine: Machine) -> None:
    lines = [*said(Cost(work=1, setup=1), 1, machine, whole=True)]
    assert len(lines) == 2
    assert not lines[1].startswith("warning")
    assert f"{machine.cores} cores with a load of {machine.load}" in lines[1]


def test_a_part_of_the_suite_is_not_held_against_the_budget_of_the_whole() -> None:
    (line,) = said(Cost(work=1, setup=1), 2 * MOST_IN_ALL, IDLE, whole=False)
    assert line.startswith("suite: 24 min; setup 100%; browser 0 s (budget 12 min, 40%, 6 min)")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "0 s"), (59.6, "1 min"), (61, "1 min 1 s"), (350, "5 min 50 s"), (720, "12 min")],
)
def test_a_time_is_told_in_minutes_and_seconds(seconds: float, words: str) -> None:
    assert spell(seconds) == words
