"""Pages cost about what they did when their limits were frozen; twice as much is a failure."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.urls import NoReverseMatch, reverse

from devtools import worker
from devtools.bench import limits
from devtools.bench.asking import Ask, PageAnswer, asking_as, member_of_demo, session_of
from devtools.bench.limits import PageLimit, exceeded, frozen, to_freeze, too_slow
from devtools.bench.pages import FILES, PAGES, BenchedPage, NoWay, address_of
from devtools.bench.timing import Benched, PageRequest, against
from devtools.demo.database import built, looking_at
from devtools.servers import keeper
from foundation.addresses import at
from foundation.models import Agency
from tests.foundation.test_source import ROOT

pytestmark = pytest.mark.xdist_group("demo")

# Few turns are enough for most; what seems slow is measured again, more often.
TURNS, MORE_TURNS = 3, 9
MEASURED = (
    "home.consumer",
    "home.administrator",
    "messages",
    "board",
    "cell",
    "decision",
    "dialogue",
    "measure",
    "dashboard",
    "approvals",
    "log",
)
# What differs each time a page is asked for.
DIFFERENT = re.compile(r'(name="(csrfmiddlewaretoken|submission)" value=|nonce=)"[^"]+"')
BENCH_PAGE = "a5cd335bb2177317d225cca3dea580efa83577202812c90e76d281a7613286bb"


@pytest.fixture(scope="module")
def kept_open(demo: Agency) -> Iterator[Agency]:
    """The demo, with a connection that stays open between requests, as those of a pool do."""
    # Plans are those of a database that knows its rows.
    keeper.cluster_in(worker.folder()).run(built().name, "ANALYZE")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connection.settings_dict, "CONN_MAX_AGE", None)
        with looking_at(built()), override_settings(ROOT_URLCONF="devtools.bench.urls"):
            yield demo


@pytest.fixture(scope="module")
def asks(kept_open: Agency) -> dict[str, Ask]:
    """How each of the people asks for a page."""
    people = {page.person for page in (*PAGES, *FILES)}
    return {key: asking_as(session_of(member_of_demo(kept_open, key))) for key in sorted(people)}


@cache
def look(ask: Ask, url: str) -> PageAnswer:
    """A page on the way to others, asked for once."""
    return ask(url)


def found(page: BenchedPage, agency: Agency, asks: Mapping[str, Ask]) -> PageRequest:
    ask = asks[page.person]
    return PageRequest(address_of(page, at(agency, "home_of"), partial(look, ask)), ask)


def measured(
    pages: Mapping[str, PageRequest],
    agency: Agency,
    asks: Mapping[str, Ask],
    limits: Mapping[str, PageLimit],
    turns: int = TURNS,
) -> dict[str, Benched]:
    """The figures of these pages; those that seem too slow are measured again."""
    yardstick = PageRequest(at(agency, "bench_page"), asks["rosa"])
    _own, figures = against(yardstick, pages, turns=turns)
    if slow := too_slow(limits, figures):
        again = {name: pages[name] for name in slow}
        figures |= against(yardstick, again, turns=MORE_TURNS)[1]
    return figures


def test_links_lead_to_each_page_of_the_bench(kept_open: Agency, asks: dict[str, Ask]) -> None:
    for page in (*PAGES, *FILES):
        assert found(page, kept_open, asks).url.startswith(at(kept_open, "home_of"))


def test_no_page_costs_twice_what_it_did(kept_open: Agency, asks: dict[str, Ask]) -> None:
    pages = {page.name: found(page, kept_open, asks) for page in PAGES if page.name in MEASURED}
    assert {*pages} == {*MEASURED} == {*frozen()}
    figures = measured(pages, kept_open, asks, frozen())
    problems = [*exceeded(frozen(), figures)]
    assert not problems, "\n".join(
        [*problems, f"If it has to be so, write this to {limits.FROZEN}:", to_freeze(figures)]
    )


@pytest.mark.parametrize(
    ("planted", "said"), [("slow", "times the bench page"), ("often", "queries")]
)
def test_a_planted_page_that_costs_more_is_told(
    planted: str, said: str, kept_open: Agency, asks: dict[str, Ask]
) -> None:
    home, name = at(kept_open, "home_of"), "home.consumer"
    now = measured(
        {name: PageRequest(home, asks["rosa"])}, kept_open, asks, frozen(), turns=MORE_TURNS
    )
    limit = {name: PageLimit(now[name].at_least, now[name].queries)}
    assert [*exceeded(limit, now)] == []
    with override_settings(ROOT_URLCONF="tests.devtools.planted_pages"):
        page = PageRequest(f"{home}{planted}/", asks["rosa"])
        figures = measured({name: page}, kept_open, asks, limit, turns=MORE_TURNS)
    assert any(said in problem for problem in exceeded(limit, figures))


@pytest.mark.parametrize("name", ["dialogue", "log", "messages", "people", "to_pay"])
def test_a_first_page_is_the_same_if_no_query_is_kept(
    name: str, kept_open: Agency, asks: dict[str, Ask], settings: Any
) -> None:
    """And the same again, when its queries were kept."""
    page = found(next(page for page in PAGES if page.name == name), kept_open, asks)

    def shown() -> str:
        return DIFFERENT.sub("", page.ask(page.url).body.decode())

    kept = [shown(), shown()]
    settings.PREPARED = False
    assert kept == [shown()] * 2
    assert "<main" in kept[0]


def test_a_step_that_no_link_leads_to_is_told(kept_open: Agency, asks: dict[str, Ask]) -> None:
    nowhere = BenchedPage("nowhere", "rosa", ("help", "accounts:people"))
    with pytest.raises(NoWay, match=r"^nowhere: no link to accounts:people\.$"):
        found(nowhere, kept_open, asks)


def test_the_bench_page_is_never_edited() -> None:
    files = ("devtools/bench/views.py", "devtools/templates/bench/page.html")
    content = b"".join((ROOT / name).read_bytes() for name in files)
    assert hashlib.sha256(content).hexdigest() == BENCH_PAGE


@pytest.mark.parametrize("urls", ["cqi_portal.urls", "devtools.urls"])
def test_the_bench_page_exists_only_in_the_bench(urls: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("bench_page", urlconf=urls, kwargs={"agency": "riverside"})
