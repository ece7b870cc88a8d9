"""The worker killed, the broker gone: pages respond, and the dashboard soon recovers."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import psycopg
import pytest
from playwright.sync_api import Page, expect

from accounts.models import Member, StandingKind
from devtools.fixtures import Browse
from devtools.portal import Portal
from devtools.seating import seat
from foundation.addresses import at
from foundation.models import Agency
from groups.actions.seats import open_group
from groups.models import GroupKind
from indicators import actions
from indicators.models import IndicatorSnapshot, StaleMark
from tests.conftest import Login

SOON = 2.0
AGAIN = 60.0
# The goal is 0.7 seconds; other tests run beside this one.
AT_ONCE = 1.5
CHANGES = 6


def wait_until(true: Callable[[], bool], within: float) -> float:
    """The seconds it took; fails after `within`."""
    began = time.monotonic()
    while not true():
        took = time.monotonic() - began
        assert took < within, f"not within {within} s"
        time.sleep(0.05)
    return time.monotonic() - began


@pytest.fixture
def council(
    agency: Agency,
    administrator: Member,
    consumer: Member,
    provider: Member,
    approver: Member,
    long_ago: date,
) -> None:
    """One in three members is a consumer, so the third indicator is met at 20%."""
    group = open_group(
        agency, kind=GroupKind.COUNCIL, name="House council", by=administrator, on=long_ago
    )
    seat(
        group,
        consumer,
        standing=StandingKind.PRIMARY_CONSUMER,
        since=long_ago,
        by=administrator,
    )
    for member in (provider, approver):
        seat(group, member, since=long_ago, by=administrator)
    actions.catch_up(agency)


def status(agency: Agency) -> str:
    rows = IndicatorSnapshot.objects.within(agency).filter(indicator="membership")
    return rows.newest().get().status


def settled(agency: Agency, wanted: str) -> bool:
    return status(agency) == wanted and not StaleMark.objects.within(agency).exists()


def ask_for(page: Page, agency: Agency, share: int) -> None:
    """The administrator sets another share of consumers, from today on."""
    address = at(agency, "indicators:setting_date", area="membership", term="share")
    page.goto(f"{address}?value={share}")
    page.get_by_label("Why does it change?").fill("The committee asked for it.")
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_text("The change counts from")).to_be_visible()


def of_third_sign(page: Page) -> str:
    text = page.locator(".app-sign", has=page.locator("#sign-3")).locator(".app-status")
    return text.inner_text().strip()


def test_a_change_shows_on_an_open_dashboard_without_a_reload(
    portal: Portal,
    browse: Browse,
    login: Login,
    agency: Agency,
    administrator: Member,
    consumer: Member,
    council: None,
) -> None:
    watching, changing = browse(login(consumer)), browse(login(administrator))
    watching.goto(at(agency, "indicators:dashboard"))
    assert of_third_sign(watching) == "On track"
    ask_for(changing, agency, 50)
    wait_until(lambda: settled(agency, "not_met"), within=SOON)
    card = watching.locator(".app-sign", has=watching.locator("#sign-3"))
    expect(card.locator(".app-status")).to_have_text("Act", timeout=10_000)
    expect(watching.locator("#dashboard-news")).to_have_text("The dashboard was updated.")


def test_who_changes_something_sees_it_counted_at_once(
    portal: Portal,
    browse: Browse,
    login: Login,
    agency: Agency,
    administrator: Member,
    council: None,
) -> None:
    page, took = browse(login(administrator)), list[float]()
    for number in range(CHANGES):
        wanted, share = (("Act", 50), ("On track", 20))[number % 2]
        ask_for(page, agency, share)
        page.goto(at(agency, "indicators:dashboard"), wait_until="commit")
        began = time.monotonic()
        card = page.locator(".app-sign", has=page.locator("#sign-3"))
        expect(card.locator(".app-status")).to_have_text(wanted, timeout=10_000)
        took.append(time.monotonic() - began)
    assert sorted(took)[CHANGES // 2] < AT_ONCE


def test_an_open_dashboard_keeps_its_place_for_the_keyboard(
    portal: Portal,
    browse: Browse,
    login: Login,
    agency: Agency,
    administrator: Member,
    consumer: Member,
    council: None,
) -> None:
    watching, changing = browse(login(consumer)), browse(login(administrator))
    watching.goto(at(agency, "indicators:dashboard"))
    watching.locator("#sign-3").focus()
    ask_for(changing, agency, 50)
    card = watching.locator(".app-sign", has=watching.locator("#sign-3"))
    expect(card.locator(".app-status")).to_have_text("Act", timeout=10_000)
    expect(watching.locator("#sign-3")).to_be_focused()


@contextmanager
def snapshots_held_up() -> Iterator[Callable[[], bool]]:
    """Block the writing of snapshots; the result tells whether somebody is waiting to write."""
    table = IndicatorSnapshot._meta.db_table
    address = os.environ["DATABASE_OWNER_URL"]
    with psycopg.connect(address) as holding, psycopg.connect(address, autocommit=True) as looking:
        holding.execute(f"LOCK TABLE {table} IN SHARE MODE")

        def waited_for() -> bool:
            waiting = "SELECT count(*) FROM pg_locks WHERE relation = %s::regclass AND NOT granted"
            row = looking.execute(waiting, [table]).fetchone()
            return row is not None and row[0] > 0

        yield waited_for
        holding.rollback()


def test_a_worker_killed_in_the_middle_of_a_recomputation_loses_nothing(
    portal: Portal,
    browse: Browse,
    login: Login,
    agency: Agency,
    administrator: Member,
    council: None,
) -> None:
    page = browse(login(administrator))
    with snapshots_held_up() as waited_for:
        ask_for(page, agency, 50)
        wait_until(waited_for, within=AGAIN)
        portal.kill_worker()
        assert StaleMark.objects.within(agency).exists()
        page.goto(at(agency, "indicators:dashboard"))
        assert of_third_sign(page) == "On track"
        expect(page.get_by_text("is being counted")).to_be_visible()
    ask_for(page, agency, 45)
    portal.start_worker()
    wait_until(lambda: settled(agency, "not_met"), within=AGAIN)
    page.goto(at(agency, "indicators:dashboard"))
    assert of_third_sign(page) == "Act"


def test_pages_answer_while_the_broker_is_gone_and_all_is_counted_afterwards(
    portal: Portal,
    browse: Browse,
    login: Login,
    agency: Agency,
    administrator: Member,
    council: None,
) -> None:
    page = browse(login(administrator))
    portal.stop_valkey()
    for share in (30, 40, 50):
        began = time.monotonic()
        ask_for(page, agency, share)
        page.goto(at(agency, "indicators:dashboard"))
        assert time.monotonic() - began < 10
        assert of_third_sign(page) == "On track"
    assert StaleMark.objects.within(agency).exists()
    portal.start_valkey()
    wait_until(lambda: settled(agency, "not_met"), within=AGAIN)
    page.goto(at(agency, "indicators:dashboard"))
    assert of_third_sign(page) == "Act"
