"""What could reveal a person when two days are compared takes a right to see standings."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import Member
from accounts.permissions import Role
from foundation.addresses import at
from foundation.models import Agency
from indicators import actions, registry
from indicators.cards import frozen_card
from indicators.frozen import read
from indicators.models import IndicatorSnapshot
from tests.conftest import Enter, Login
from tests.indicators.conftest import Trial

pytestmark = pytest.mark.usefixtures("established")

SEEING = [Role.ADMINISTRATOR, Role.FACILITATOR]


@pytest.fixture
def discreet(trial: Trial, agency: Agency, today: date, monkeypatch: pytest.MonkeyPatch) -> Trial:
    """The share is discreet: 12% last month, 24% now."""
    monkeypatch.setitem(registry._registered, "membership", replace(trial.counted, discreet=True))
    before = today - timedelta(days=40)
    trial.share.shares = {before: 12, today: 24}
    IndicatorSnapshot.objects.within(agency).create(
        indicator="membership",
        day=before,
        status="not_met",
        status_since=before,
        value=12,
        goal=20,
        engine=1,
    )
    actions.catch_up(agency)
    return trial


def shown(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_most_readers_see_how_it_is_today_without_number_or_past(
    discreet: Trial, agency: Agency, login: Login, consumer: Member
) -> None:
    client = login(consumer)
    page = shown(client, at(agency, "indicators:dashboard"))
    card = page.partition('id="sign-3"')[2].partition("</li>")[0]
    assert "On track" in card
    for hidden in ("24%", "12%", "Unchanged since", '<svg class="app-trail', "No number"):
        assert hidden not in card
    sign = shown(client, at(agency, "indicators:indicator", code="membership"))
    assert "could point at a person" in sign
    for hidden in ("12%", "Show how it stood each month", "CSV", "Show that day"):
        assert hidden not in sign


def test_most_readers_are_told_why_they_do_not_see_other_days(
    discreet: Trial, agency: Agency, login: Login, consumer: Member, today: date
) -> None:
    client, then = login(consumer), today - timedelta(days=40)
    sign = at(agency, "indicators:indicator", code="membership")
    for url in (f"{sign}?on={then}", at(agency, "indicators:csv", code="membership")):
        response = client.get(url)
        assert response.status_code == 403
        assert "could point at a person" in response.content.decode()
    for name in ("dashboard", "print"):
        page = shown(client, at(agency, f"indicators:{name}") + f"?on={then}")
        assert "Some indicators are missing here" in page
        assert "Consumers are a fair share" not in page


@pytest.mark.parametrize("role", SEEING)
def test_those_who_may_see_standings_see_all_of_it(
    discreet: Trial, agency: Agency, login: Login, enter: Enter, today: date, role: Role
) -> None:
    client, then = login(enter("Somebody", roles=(role,))), today - timedelta(days=40)
    assert "24%" in shown(client, at(agency, "indicators:dashboard"))
    page = shown(client, at(agency, "indicators:dashboard") + f"?on={then}")
    assert "12%" in page
    assert "Some indicators are missing here" not in page
    assert shown(client, at(agency, "indicators:csv", code="membership")).count("\n") == 3


@pytest.mark.parametrize("role", [role for role in Role if role not in SEEING])
def test_no_other_role_compares_days(
    discreet: Trial, agency: Agency, login: Login, enter: Enter, role: Role
) -> None:
    client = login(enter("Somebody", roles=(role,)))
    assert client.get(at(agency, "indicators:csv", code="membership")).status_code == 403


def test_what_is_not_discreet_is_seen_by_all(
    discreet: Trial, agency: Agency, login: Login, consumer: Member, today: date
) -> None:
    client = login(consumer)
    assert client.get(at(agency, "indicators:csv", code="dialogues")).status_code == 200
    sign = at(agency, "indicators:indicator", code="dialogues")
    assert client.get(f"{sign}?on={today - timedelta(days=40)}").status_code == 200


@pytest.fixture
def number_hidden(discreet: Trial, monkeypatch: pytest.MonkeyPatch) -> Trial:
    """Only the number depends on who is a consumer; the status of other days is shown."""
    monkeypatch.setattr(type(discreet.share), "discreet", True)
    monkeypatch.setitem(registry._registered, "membership", discreet.counted)
    return discreet


def test_of_a_number_that_depends_on_standings_most_readers_see_how_it_stood(
    number_hidden: Trial, agency: Agency, login: Login, consumer: Member, today: date
) -> None:
    client, sign = login(consumer), at(agency, "indicators:indicator", code="membership")
    then = today - timedelta(days=40)
    pages = [
        shown(client, url)
        for url in (
            *(at(agency, f"indicators:{name}") for name in ("dashboard", "print")),
            at(agency, "indicators:dashboard") + f"?on={then}",
            *(sign, f"{sign}?on={then}"),
        )
    ]
    assert all("12%" not in page and "24%" not in page for page in pages)
    assert "Show how it stood each month" in pages[-1]
    assert "could point at a person" in pages[-1]


def test_the_table_of_days_leaves_out_hidden_numbers_and_the_days_on_which_only_they_changed(
    number_hidden: Trial, agency: Agency, login: Login, consumer: Member, administrator: Member
) -> None:
    number_hidden.share.shares[agency.today()] = 25
    actions.catch_up(agency)
    url = at(agency, "indicators:csv", code="membership")
    whole = shown(login(administrator), url).splitlines()
    told = shown(login(consumer), url).splitlines()
    assert len(told) == 3 <= len(whole)
    assert any(line.endswith("12.00,20.00") for line in whole)
    assert not any("12.00" in line or "25.00" in line for line in told)


def test_a_review_shows_a_number_that_depends_on_standings_to_the_committee_only(
    number_hidden: Trial, agency: Agency, administrator: Member, enter: Enter
) -> None:
    (sign, _other) = read(actions.freeze(agency, by=administrator))
    assert sign.hides_number
    for role in Role:
        reader = enter(f"Somebody {role}", roles=(role,))
        seen = frozen_card(sign, "", reader)
        told = role in (*SEEING, Role.COMMITTEE)
        assert (seen.value, seen.counted) == (("24%", True) if told else ("", False))
        small = frozen_card(replace(sign, small=True), "", reader)
        assert small.counted == (role in SEEING)
