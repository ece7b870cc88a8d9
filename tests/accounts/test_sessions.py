"""Idle sessions end; pages keep what was typed, and people return to it after signing in."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from foundation.addresses import at
from foundation.models import Agency
from tests.conftest import Login

Wait = Callable[..., None]


@pytest.fixture
def wait() -> Iterator[Wait]:
    """Let time pass: `wait(minutes=3)`."""
    with time_machine.travel(timezone.now(), tick=False) as clock:

        def wait(**units: float) -> None:
            clock.shift(timedelta(**units))

        yield wait


@pytest.fixture
def home(agency: Agency) -> str:
    return at(agency, "home_of")


def test_twenty_minutes_without_a_page_end_a_session(
    consumer: Member, home: str, wait: Wait, login: Login
) -> None:
    client = login(consumer)
    client.get(home)
    wait(minutes=19)
    assert client.get(home).status_code == 200
    wait(minutes=20)
    answer = client.get(home)
    assert answer["Location"] == f"/account/login/?next={home}"
    page = client.get(answer["Location"]).content.decode()
    assert "We signed you out to keep your information safe." in page
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("who", ["administrator", "approver", "payer"])
def test_fifteen_minutes_end_the_session_of_those_with_power(
    who: str, home: str, wait: Wait, login: Login, request: pytest.FixtureRequest
) -> None:
    client = login(request.getfixturevalue(who))
    client.get(home)
    wait(minutes=14)
    assert client.get(home).status_code == 200
    wait(minutes=15)
    assert client.get(home).status_code == 302


def test_saying_that_one_is_still_there_keeps_the_session(
    consumer: Member, home: str, wait: Wait, login: Login
) -> None:
    client = login(consumer)
    client.get(home)
    for _time in range(5):
        wait(minutes=18)
        answer = client.post("/account/stay/")
        assert answer.status_code == 204
        left = datetime.fromisoformat(answer["X-Session-Ends"]) - timezone.now()
        assert timedelta(minutes=19, seconds=58) < left <= timedelta(minutes=20)
    assert client.get(home).status_code == 200


def test_a_page_that_asks_by_itself_is_not_somebody_there(
    consumer: Member, home: str, wait: Wait, login: Login
) -> None:
    client = login(consumer)
    client.get(home)
    polling = {"HX-Request": "true", "HX-Polling": "true"}
    for _poll in range(3):
        wait(minutes=6)
        assert client.get(home, headers=polling).status_code == 200
    wait(minutes=3)
    answer = client.get(
        home, headers={**polling, "HX-Current-URL": f"http://testserver{home}?page=2"}
    )
    assert answer["HX-Redirect"] == f"/account/login/?next={home}%3Fpage%3D2"


def test_a_day_and_a_night_end_every_session(
    consumer: Member, agency: Agency, wait: Wait, login: Login
) -> None:
    # Not home: its many queries would take half a minute for a day of polling.
    client, page = login(consumer), at(agency, "accounts:edit_me")
    for _time in range(96):
        assert client.get(page).status_code == 200
        wait(minutes=15)
    assert client.get(page).status_code == 302


def test_a_form_that_is_sent_too_late_leads_back_to_its_page(
    consumer: Member, agency: Agency, wait: Wait, login: Login
) -> None:
    client = login(consumer)
    form = at(agency, "accounts:edit_me")
    client.get(form)
    wait(minutes=21)
    answer = client.post(
        at(agency, "accounts:my_standing"), headers={"Referer": f"http://testserver{form}"}
    )
    assert answer["Location"] == f"/account/login/?next={form}"


def test_an_address_elsewhere_is_never_led_back_to(home: str, agency: Agency) -> None:
    answer = Client().post(home, headers={"Referer": "https://evil.example/x"})
    assert answer["Location"] == "/account/login/?next=/"


def test_the_layout_knows_how_long_a_session_lives(
    consumer: Member, administrator: Member, home: str, login: Login
) -> None:
    assert 'data-idle-seconds="1200"' in login(consumer).get(home).content.decode()
    assert 'data-idle-seconds="900"' in login(administrator).get(home).content.decode()
    assert 'data-stay-url="/account/stay/"' in login(consumer).get(home).content.decode()


def test_reading_on_seldom_writes_the_session(
    consumer: Member, home: str, login: Login, wait: Wait
) -> None:
    client = login(consumer)
    client.get(home)
    before = client.session["session_seen"]
    wait(seconds=20)
    client.get(home)
    assert client.session["session_seen"] == before
    wait(seconds=20)
    client.get(home)
    assert client.session["session_seen"] > before
