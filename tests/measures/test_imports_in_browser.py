"""Files of numbers in a browser: a slow or killed worker, a phone, no scripts."""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import psycopg
import pytest
from playwright.sync_api import FilePayload, Page, expect

from accounts.models import Member
from devtools.browser import arrived
from devtools.fixtures import Axe, Browse
from devtools.portal import Portal
from foundation.addresses import at
from foundation.models import Agency
from measures.definitions.models import Measure
from measures.numbers.models import DataPoint
from tests.cells.conftest import Define
from tests.conftest import Login
from tests.measures.workbooks import workbook

ROWS = 5_200
SLOW = 90_000


def days(agency: Agency, count: int) -> list[list[object]]:
    last = agency.today() - timedelta(days=1)
    return [[last - timedelta(days=count - n), n % 50] for n in range(count)]


@pytest.fixture
def daily(define: Define) -> Measure:
    return define(
        name="Calls a day", kind="count", numerator="Calls", denominator="", frequency="day"
    )


def choose(page: Page, measure: Measure, data: bytes, name: str = "numbers.xlsx") -> None:
    page.goto(at(measure.agency, "measures:upload", pk=measure.pk))
    file: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.set_input_files("input[type=file]", files=[file])
    page.get_by_role("button", name="Go on").click()


def big(agency: Agency) -> bytes:
    return workbook({"Calls": [["day", "calls"], *days(agency, ROWS)]})


@contextmanager
def numbers_held_up() -> Iterator[Callable[[], bool]]:
    """Block the writing of numbers; the result tells whether somebody is waiting to write."""
    table = DataPoint._meta.db_table
    address = os.environ["DATABASE_OWNER_URL"]
    with psycopg.connect(address) as holding, psycopg.connect(address, autocommit=True) as looking:
        holding.execute(f"LOCK TABLE {table} IN SHARE MODE")

        def waited_for() -> bool:
            waiting = "SELECT count(*) FROM pg_locks WHERE relation = %s::regclass AND NOT granted"
            row = looking.execute(waiting, [table]).fetchone()
            return row is not None and row[0] > 0

        yield waited_for
        holding.rollback()


def test_a_big_file_shows_how_far_it_is_and_then_what_was_done(
    portal: Portal, browse: Browse, login: Login, axe: Axe, daily: Measure, provider: Member
) -> None:
    page = browse(login(provider))
    choose(page, daily, big(daily.agency))
    axe(page)
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_text("5200 new numbers")).to_be_visible()
    with numbers_held_up() as waited_for:
        page.get_by_role("button", name="Save these numbers").click()
        began = time.monotonic()
        while not waited_for():
            assert time.monotonic() - began < 60
            time.sleep(0.05)
        expect(page.get_by_text(re.compile("[1-9][0-9]% done"))).to_be_visible()
        axe(page)
    expect(page.get_by_role("heading", name="Your numbers are saved")).to_be_focused(timeout=SLOW)
    expect(page.get_by_text("5200 numbers are on the chart")).to_be_visible()
    axe(page)
    assert daily.points.count() == ROWS


def test_a_worker_killed_in_the_middle_loses_nothing_and_writes_nothing_twice(
    portal: Portal, browse: Browse, login: Login, daily: Measure, provider: Member
) -> None:
    page = browse(login(provider), javascript=False)
    choose(page, daily, big(daily.agency))
    page.get_by_role("button", name="Show what would happen").click()
    with numbers_held_up() as waited_for:
        page.get_by_role("button", name="Save these numbers").click()
        began = time.monotonic()
        while not waited_for():
            assert time.monotonic() - began < 60
            time.sleep(0.05)
        portal.kill_worker()
    assert daily.points.count() == 0
    portal.start_worker()
    began = time.monotonic()
    while not page.get_by_role("heading", name="Your numbers are saved").count():
        assert time.monotonic() - began < 90
        time.sleep(0.5)
        page.get_by_role("link", name="See how far it is now").click()
        arrived(page)
    assert daily.points.count() == ROWS
    assert [point.history.count() for point in daily.points.order_by("period")[:3]] == [1, 1, 1]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_file_is_brought_in_on_a_phone_also_without_script(
    javascript: bool,
    browse: Browse,
    login: Login,
    axe: Axe,
    measure: Measure,
    provider: Member,
) -> None:
    page = browse(login(provider), javascript=javascript)
    look = axe if javascript else Page.title
    page.set_viewport_size({"width": 320, "height": 640})
    head = ["Month", "Seen", "All"]
    rows = [head, [date(2026, 1, 1), 3, 4], ["2/1/2026", 50, 40], ["Mar 2026", "*", None]]
    choose(page, measure, workbook({"North": rows, "South": rows}))
    look(page)
    page.get_by_label("South").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_text("Row 3: 50 out of 40 can't be")).to_be_visible()
    look(page)
    page.get_by_label("Save the good rows, and leave these out").check()
    page.get_by_role("button", name="Save these numbers").click()
    expect(page.get_by_text("1 row was left out")).to_be_visible()
    look(page)
    assert measure.points.count() == 2


def test_a_number_that_is_not_expected_is_confirmed_on_a_phone(
    browse: Browse, login: Login, axe: Axe, define: Define, provider: Member
) -> None:
    measure = define(lowest=20, highest=90)
    page = browse(login(provider))
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(at(measure.agency, "measures:record", pk=measure.pk))
    axe(page)
    page.get_by_label(measure.numerator).fill("95")
    page.get_by_label(measure.denominator).fill("100")
    page.get_by_role("button", name="Save the number").click()
    expect(page.get_by_label("I checked it:")).to_be_visible()
    axe(page)
    page.get_by_label("I checked it:").check()
    page.get_by_role("button", name="Save the number").click()
    expect(page.get_by_text("Thank you. The number is on the chart.")).to_be_visible()
    page.goto(at(measure.agency, "measures:no_number", pk=measure.pk))
    axe(page)
