"""The people of the tests: each a member with a user, reached through the product's actions."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from math import inf
from time import sleep
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from hypothesis import HealthCheck
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker

from accounts.actions import enter_member, found_agency
from accounts.models import Member, StandingKind, User
from accounts.permissions import Role
from concerns import locking
from devtools.agreed import agree
from devtools.browser import Profile, Profiles, Watch
from devtools.demo import people
from devtools.demo.database import built, looking_at
from devtools.established import establish
from devtools.parts import new_to_axe, parts_of
from devtools.personas import sign_in
from devtools.states import state
from foundation import prepared, tenancy
from foundation.models import Agency
from indicators import engine, promptly
from tests.browser.looks import wrong
from tests.browser.shelf import POLICY, Answer, Shelf, opened
from tests.days import ZONE
from tests.keeping import Both, as_built

Login = Callable[[Member], Client]
# A busy machine is slow at everything, so no example has a time. Fixtures of a function are one
# world to all examples of a test, which says itself what it puts back.
hypothesis.settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis.settings.load_profile("house")

# Longer than any single test takes.
BEFORE_MIDNIGHT = timedelta(minutes=2)
Enter = Callable[..., Member]
Look = Callable[[Client, str], None]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Wait until midnight has passed: a test's "today" would be yesterday at its end."""
    here = now().astimezone(ZoneInfo(ZONE))
    if (here + BEFORE_MIDNIGHT).date() != here.date():
        midnight = datetime.combine(here.date() + timedelta(days=1), time.min, here.tzinfo)
        sleep((midnight - here).total_seconds() + 1)


# The product's in-process caches by key. Keys recur here, since states are rolled back to.
REMEMBERED: dict[str, dict[int, Any]] = {
    "indicators/engine.py:_opened": engine._opened,
    "indicators/promptly.py:_covered_until": promptly._covered_until,
}


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    for memory in REMEMBERED.values():
        memory.clear()


@pytest.fixture(autouse=True)
def indicators_are_counted_when_asked_for(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recompute indicators only on request: here jobs run at once, so every commit would."""
    if "tests/indicators/" not in request.node.nodeid:
        monkeypatch.setattr(promptly, "_broker_rests_until", inf)


# What trying one code costs, as the product has it.
COST_OF_A_CODE = locking._TIMES, locking._KIBIBYTES


@pytest.fixture(autouse=True)
def codes_are_tried_at_once(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lock with the least that the algorithm allows, as passwords are hashed in tests.

    The running portal's processes lock as ever, so a test with it does too.
    """
    if "running_portal" not in request.fixturenames:
        monkeypatch.setattr(locking, "_TIMES", 1)
        monkeypatch.setattr(locking, "_KIBIBYTES", 8)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Agency]:
    """The demo's agency; for this module's tests the connection leads to the demo."""
    with django_db_blocker.unblock(), looking_at(built()):
        yield Agency.objects.get(slug=people.AGENCY)


@state
def founder(db: None) -> Member:
    """The agency's first administrator."""
    _, member = found_agency(
        slug="riverside",
        name="Riverside Behavioral Health",
        timezone=ZONE,
        administrator="Ada Flores",
        email="ada@riverside.example",
        part2=False,
    )
    with tenancy.entering(member.agency):
        return agree(member)


@pytest.fixture
def agency(founder: Member) -> Iterator[Agency]:
    with tenancy.entering(founder.agency):
        yield founder.agency


@state
def established(founder: Member) -> None:
    """Let the agency begin long before the days in question; days before its start have no data."""
    establish(founder.agency)


@pytest.fixture
def long_ago(agency: Agency) -> date:
    return agency.today() - timedelta(days=400)


@pytest.fixture
def administrator(agency: Agency, founder: Member) -> Member:
    return founder


@pytest.fixture
def enter(agency: Agency, founder: Member, long_ago: date) -> Enter:
    """Enter another person: `enter("Rosa", StandingKind.PRIMARY_CONSUMER)`."""

    def enter(name: str, *standings: StandingKind, roles: tuple[Role, ...] = ()) -> Member:
        user = User.objects.create(email=f"{name.lower().replace(' ', '.')}@riverside.example")
        return enter_member(
            by=founder,
            name=f"{name} Example",
            display_name=name,
            since=long_ago,
            standings=standings,
            roles=roles,
            user=user,
        )

    return enter


@state
def consumer(enter: Enter) -> Member:
    return enter("Rosa", StandingKind.PRIMARY_CONSUMER)


@state
def second_consumer(enter: Enter) -> Member:
    return enter("Sam", StandingKind.PRIMARY_CONSUMER)


@state
def provider(enter: Enter) -> Member:
    return enter("Priya", StandingKind.PROVIDER)


@state
def facilitator(enter: Enter) -> Member:
    return enter("Femi", StandingKind.PROVIDER, roles=(Role.FACILITATOR,))


@state
def approver(enter: Enter) -> Member:
    return enter("Aaron", StandingKind.MANAGER, roles=(Role.APPROVER,))


@state
def payer(enter: Enter) -> Member:
    return enter("Paula", StandingKind.OTHER, roles=(Role.PAYER,))


@state
def committee_chair(enter: Enter) -> Member:
    return enter("Chidi", StandingKind.PRIMARY_CONSUMER, roles=(Role.COMMITTEE,))


@state
def manager(enter: Enter) -> Member:
    return enter("Mona", StandingKind.MANAGER, roles=(Role.MANAGEMENT,))


@state
def outsider(db: None) -> Member:
    """The administrator of another agency."""
    _, member = found_agency(
        slug="hillside",
        name="Hillside Center",
        timezone="America/Chicago",
        administrator="Otto Outside",
        email="otto@hillside.example",
        part2=False,
    )
    with tenancy.entering(member.agency):
        return agree(member)


@pytest.fixture
def other_agency(outsider: Member) -> Agency:
    return outsider.agency


@pytest.fixture
def login() -> Login:
    """A test client signed in as this member, with a second factor if their roles require one."""

    def login(member: Member) -> Client:
        client = Client()
        request = HttpRequest()
        request.session = SessionStore()
        with tenancy.entering(member.agency):
            sign_in(request, member)
        request.session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
        return client

    return login


def assert_budget(client: Client, url: str, limit: int = 15) -> int:
    """Assert that a warm GET takes at most `limit` queries, besides the one of the navigation.

    Return how many it takes.
    """
    client.get(url)
    with tenancy.entering(None), CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, response.status_code
    # Entering and leaving the agency inside `tenancy.entering(None)` is part of the page.
    asked = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
    asked = [sql for sql in asked if not _of_navigation(sql)]
    assert len(asked) <= limit, f"{len(asked)} queries:\n" + "\n".join(asked)
    return len(asked)


def _of_navigation(sql: str) -> bool:
    """Whether this is the query of a person's own cells and dialogues."""
    return "QUERY" in sql and "cells_cell" in sql and "dialogues_dialogue" in sql


@pytest.fixture(scope="session")
def shelf() -> Iterator[Shelf]:
    """Serves this process's responses to the browser."""
    with opened() as shelf:
        yield shelf


@pytest.fixture(scope="session")
def profiles_of_shelf(shelf: Shelf, chromium: Browser) -> Iterator[Profiles]:
    profiles = Profiles(chromium, shelf.url)
    yield profiles
    profiles.close()


@pytest.fixture
def before_shelf(profiles_of_shelf: Profiles) -> Iterator[Profile]:
    profile = profiles_of_shelf.take()
    yield profile
    profiles_of_shelf.give_back(profile)


@pytest.fixture
def on_shelf(before_shelf: Profile) -> Page:
    """A page in front of the shelf."""
    return before_shelf.page


@pytest.fixture
def watch(before_shelf: Profile) -> Watch:
    """The browser's complaints; a test that reads them handles them itself."""
    return before_shelf.watch


@pytest.fixture
def look(shelf: Shelf, on_shelf: Page, watch: Watch) -> Look:
    """`look(client, url)`: nothing is wrong with the page, on phone and desktop."""

    def look(client: Client, url: str) -> None:
        answer = client.get(url)
        assert answer.status_code == 200, answer.status_code
        html = answer.content.decode()
        on_shelf.goto(shelf.put(url, Answer(html, answer.headers.get(POLICY, ""))))
        known = not new_to_axe(parts_of(html), unfolded=True)
        assert wrong(on_shelf, watch, but_axe=known) == []

    return look


@pytest.fixture
def inside(demo: Agency) -> Iterator[Agency]:
    """The demo's agency, entered."""
    with tenancy.entering(demo):
        yield demo


@pytest.fixture
def nothing_kept() -> None:
    prepared._kept.clear()


@pytest.fixture
def both(settings: Any) -> Both:
    def same(ask: Callable[[], Any]) -> Any:
        kept = ask()
        assert as_built(settings, ask) == kept
        return kept

    return same
