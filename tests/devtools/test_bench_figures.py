"""The figures of the bench are told in lines that a program can read, and are true."""

import pytest

from devtools.bench import files
from devtools.bench.asking import asking_as, counting, links_on, member_of_demo, session_of
from devtools.bench.figures import commit, file_line, line, machine, page_line
from devtools.bench.timing import Benched, peak
from foundation.addresses import at
from foundation.models import Agency

pytestmark = pytest.mark.xdist_group("demo")
MEGABYTE = 10**6


def figures(told: str, words: int) -> dict[str, float]:
    """What a program reads: some words, then names and numbers in turns."""
    rest = told.split(" ")[words:]
    return {name: float(value) for name, value in zip(rest[::2], rest[1::2], strict=True)}


def test_a_line_has_words_and_then_each_figure_after_its_name() -> None:
    assert line("page", "home", ratio=2.0, queries=7) == "page home ratio 2.00 queries 7"
    told = page_line("home", Benched(2.5, 2.4, 7, 12.0, 3.0))
    assert figures(told, 2) == {
        "ratio": 2.5,
        "fastest": 2.4,
        "queries": 7,
        "ms": 12,
        "queries_ms": 3,
    }


def test_the_machine_is_told() -> None:
    told = machine()
    assert int(told["cores"]) > 0
    assert int(told["memory_gb"]) > 0
    assert told["commit"] == commit() != ""


def test_memory_that_was_needed_only_for_a_moment_is_told() -> None:
    assert 10 * MEGABYTE <= peak(lambda: len(bytes(10 * MEGABYTE))) < 11 * MEGABYTE
    assert peak(lambda: None) < MEGABYTE


def test_queries_and_their_time_are_counted(demo: Agency) -> None:
    with counting() as spent:
        assert Agency.objects.count() == 1
        list(Agency.objects.all())
    assert spent.queries == 2
    assert spent.seconds > 0


def test_links_are_read_with_their_words() -> None:
    page = b'<a href="x/"> One\n <b>and</b> two </a><a>none</a><a href="/y">Three</a>'
    assert links_on("/a/b/", page) == [("/a/b/x/", "One and two"), ("/y", "Three")]


def test_files_of_all_kinds_have_figures(demo: Agency) -> None:
    ask = asking_as(session_of(member_of_demo(demo, "aaron")), keep=False)
    ledger = files.download(at(demo, "compensation:ledger_csv"), ask)
    assert ledger.bytes > 100_000
    assert ledger.peak > 0
    assert files.csv_import(demo, 20).ms > 0
    copy = files.own_copy(demo, member_of_demo(demo, "rosa"))
    told = file_line("job", "own_copy", copy)
    assert figures(told, 2) == {
        "ms": pytest.approx(copy.ms, abs=0.01),
        "peak_kilobytes": copy.peak // 1000,
    }
    assert figures(file_line("chart", "run", files.chart(24)), 2)["ms"] > 0
    assert " streamed " in file_line("export", "ledger.csv", ledger)
