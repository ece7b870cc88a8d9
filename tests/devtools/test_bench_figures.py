"""The figures of the bench are told in lines that a program can read, and are true."""

import re
from collections import Counter

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from devtools.bench import files
from devtools.bench.asking import asking_as, counting, links_on, member_of_demo, session_of
from devtools.bench.figures import Bench, Extent, commit, file_line, line, machine, page_line
from devtools.bench.pages import FILES, PAGES, BenchedPage
from devtools.bench.timing import Benched, peak
from devtools.demo.database import DEMO, DemoDatabase, built, looking_at
from foundation.addresses import at
from foundation.models import Agency
from tests.recovery import databases

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


def test_a_file_has_its_size_and_the_memory_that_it_needed(demo: Agency) -> None:
    ask = asking_as(session_of(member_of_demo(demo, "aaron")), keep=False)
    ledger = files.download(at(demo, "compensation:ledger_csv"), ask)
    told = file_line("export", "ledger.csv", ledger)
    assert " streamed " in told
    assert f" kilobytes {ledger.bytes // 1000} " in told
    assert ledger.bytes > 100_000
    assert ledger.peak > 0


def test_a_whole_run_tells_a_figure_of_everything(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    told: list[str] = []
    nowhere = BenchedPage("nowhere", "rosa", ("accounts:people",))
    extent = Extent(3, 1, 1, pages=(*PAGES[:2], nowhere), files=FILES[:1], imports=(20,))
    with django_db_blocker.unblock():
        built()
        name = databases.migrated("figures", copied_from=DEMO)
        with (
            looking_at(DemoDatabase(name, "")),
            override_settings(ROOT_URLCONF="devtools.bench.urls"),
        ):
            Bench(name, extent, told.append).measure()
        databases.drop(name)
    kinds = Counter(line.split(" ")[0] for line in told)
    assert kinds == {
        "rows": 1,
        "nightly": 2,
        "missing": 1,
        "page": 3,
        "export": 2,
        "chart": 2,
        "import": 1,
        "job": 1,
    }
    assert "missing nowhere nowhere: no link to accounts:people." in told
    assert [line for line in told if re.match(r"page bench ratio 1\.00 ", line)]
    (rows,) = (figures(line, 1) for line in told if line.startswith("rows"))
    first, second = (figures(line, 1) for line in told if line.startswith("nightly"))
    assert rows["agencies"] == second["agencies"] == 3 * first["agencies"] == 3
    assert 0.1 < second["growth"] < 10
