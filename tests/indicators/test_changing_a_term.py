import re
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import Member
from accounts.permissions import Role
from foundation import policies
from foundation.addresses import at
from foundation.models import Agency, PolicyChange
from foundation.policies import Policy, Unit
from indicators import actions, preview
from indicators.engine import evaluate
from indicators.preview import PERIODS, period_ends
from tests.conftest import Enter, Login, assert_budget
from tests.indicators.conftest import LEAST, Trial

TERM = {"area": "membership", "term": "least"}


@pytest.fixture
def clerk(trial: Trial, login: Login, administrator: Member, today: date) -> Client:
    """An administrator's browser; the share was 15%, then 22%."""
    trial.share.shares = {today - timedelta(days=400): 15, today - timedelta(days=75): 22}
    actions.catch_up(administrator.agency)
    return login(administrator)


def key(page: str) -> str:
    found = re.search(r'name="submission" value="([^"]+)"', page)
    assert found
    return found[1]


def post(client: Client, url: str, **data: str) -> object:
    page = client.get(url).content.decode()
    return client.post(url, {"submission": key(page), **data})


def changes(agency: Agency) -> list[PolicyChange]:
    return list(PolicyChange.objects.within(agency))


def test_a_term_is_changed_in_three_pages(clerk: Client, agency: Agency, today: date) -> None:
    url = at(agency, "indicators:setting", **TERM)
    assert "It is 20% today" in clerk.get(url).content.decode()
    second = post(clerk, url, value="25")
    assert second.status_code == 302  # type: ignore[attr-defined]
    page = clerk.get(second.url).content.decode()  # type: ignore[attr-defined]
    assert "What 25% would have said" in page
    assert "would change" in page
    assert changes(agency) == []
    third = at(agency, "indicators:setting_date", **TERM) + "?value=25"
    assert third in page.replace("&amp;", "&")
    done = post(
        clerk, third, since=(today + timedelta(days=10)).isoformat(), reason="The committee asked."
    )
    assert done.status_code == 302  # type: ignore[attr-defined]
    (change,) = changes(agency)
    assert (change.value, change.since) == (25, today + timedelta(days=10))
    listed = clerk.get(done.url).content.decode()  # type: ignore[attr-defined]
    assert "The committee asked." in listed
    assert "Planned" in listed


def test_the_preview_says_how_many_of_the_last_periods_would_change(
    clerk: Client, agency: Agency, today: date
) -> None:
    url = at(agency, "indicators:setting_preview", **TERM)
    expected = sum(on >= today - timedelta(days=75) for on in period_ends(today))
    page = clerk.get(url + "?value=25").content.decode()
    assert f"Of the last 8 periods, {expected} would change." in page
    same = clerk.get(url + "?value=20").content.decode()
    assert "Of the last 8 periods, none would change." in same
    assert "This is the value that counts today." in same


def test_what_the_preview_shows_is_what_then_happens(
    clerk: Client, trial: Trial, agency: Agency, administrator: Member, today: date
) -> None:
    periods = preview.preview(agency, trial.counted, LEAST, 25, today)
    assert [period.on for period in periods] == period_ends(today)
    actions.change_policy(
        "membership.least",
        value=25,
        since=today,
        reason="The committee asked.",
        by=administrator,
    )
    now, *before = periods
    assert evaluate([agency.pk], today)[agency.pk]["membership"] == now.tried
    for period in before:
        # The past stays judged as it was.
        assert evaluate([agency.pk], period.on)[agency.pk]["membership"] == period.then


def test_a_preview_writes_nothing(clerk: Client, agency: Agency) -> None:
    clerk.get(at(agency, "indicators:setting_preview", **TERM) + "?value=25")
    assert changes(agency) == []


def test_the_preview_asks_the_same_number_of_queries_for_every_value(
    clerk: Client, agency: Agency
) -> None:
    url = at(agency, "indicators:setting_preview", **TERM)
    most = 10 + 2 * PERIODS
    assert assert_budget(clerk, url + "?value=25", most) == assert_budget(
        clerk, url + "?value=90", most
    )


def test_the_terms_page_asks_few_queries_and_no_more_with_more_changes(
    clerk: Client, agency: Agency, administrator: Member, today: date
) -> None:
    url = at(agency, "indicators:settings")
    before = assert_budget(clerk, url)
    for days in range(12):
        actions.change_policy(
            "membership.least",
            value=20 + days,
            since=today + timedelta(days=days),
            reason=f"Step {days}",
            by=administrator,
        )
    actions.catch_up(agency)
    assert assert_budget(clerk, url) == before


def test_last_months_and_today_are_the_periods() -> None:
    assert [str(day) for day in period_ends(date(2026, 3, 15))] == [
        "2026-03-15",
        "2026-02-28",
        "2026-01-31",
        "2025-12-31",
        "2025-11-30",
        "2025-10-31",
        "2025-09-30",
        "2025-08-31",
    ]


@pytest.mark.parametrize(
    "value",
    ["", " ", "many", "4", "91", "-1", "20.5", "9" * 400, "\x00", "20; DROP TABLE", "12x"],
)
def test_a_value_that_the_term_does_not_take_is_explained(
    clerk: Client, agency: Agency, value: str
) -> None:
    url = at(agency, "indicators:setting", **TERM)
    response = post(clerk, url, value=value)
    assert response.status_code == 422  # type: ignore[attr-defined]
    page = response.content.decode()  # type: ignore[attr-defined]
    assert "Least share of consumers" in page
    assert "govuk-error-summary" in page
    # The same value in the later pages' addresses leads back to the first page.
    for name in ("setting_preview", "setting_date"):
        later = clerk.get(at(agency, f"indicators:{name}", **TERM), {"value": value})
        assert later.status_code == 302
    assert changes(agency) == []


@pytest.mark.parametrize("setting", ["basis", "peers"])
def test_an_answer_that_is_not_offered_is_explained(
    clerk: Client, agency: Agency, setting: str
) -> None:
    url = at(agency, "indicators:setting", area="membership", term=setting)
    for value in ("", "sideways", "x" * 600):
        assert post(clerk, url, value=value).status_code == 422  # type: ignore[attr-defined]


def test_each_kind_of_term_can_be_changed(clerk: Client, agency: Agency, today: date) -> None:
    for setting, written, held in (
        ("basis", "pooled", "pooled"),
        ("peers", "yes", True),
        ("least", "10 %", 10),
    ):
        first = at(agency, "indicators:setting", area="membership", term=setting)
        response = post(clerk, first, value=written)
        value = response.url.split("?")[1]  # type: ignore[attr-defined]
        last = at(agency, "indicators:setting_date", area="membership", term=setting)
        done = post(clerk, f"{last}?{value}", since=today.isoformat(), reason="Because.")
        assert done.status_code == 302  # type: ignore[attr-defined]
        assert changes(agency)[-1].value == held


@pytest.mark.parametrize(
    ("since", "reason"),
    [
        ("", ""),
        ("", "Because."),
        ("2020-01-01", "Because."),
        ("soon", "Because."),
        ("9999-12-31", "Because."),
        ("today", " "),
        ("today", "x" * 1001),
        ("today", "\x00"),
    ],
)
def test_a_day_and_a_reason_are_needed(
    clerk: Client, agency: Agency, today: date, since: str, reason: str
) -> None:
    url = at(agency, "indicators:setting_date", **TERM) + "?value=25"
    since = today.isoformat() if since == "today" else since
    response = post(clerk, url, since=since, reason=reason)
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert changes(agency) == []


def test_forms_sent_empty_are_shown_again(clerk: Client, agency: Agency) -> None:
    for url in (
        at(agency, "indicators:setting", **TERM),
        at(agency, "indicators:setting_date", **TERM) + "?value=25",
    ):
        assert clerk.post(url, {}).status_code == 422


def test_a_second_click_changes_nothing_twice(clerk: Client, agency: Agency, today: date) -> None:
    url = at(agency, "indicators:setting_date", **TERM) + "?value=25"
    data = {
        "submission": key(clerk.get(url).content.decode()),
        "since": today.isoformat(),
        "reason": "Because.",
    }
    first, second = clerk.post(url, data), clerk.post(url, data)
    assert first.status_code == second.status_code == 302
    assert len(changes(agency)) == 1


def test_terms_that_do_not_exist_are_not_found(clerk: Client, agency: Agency) -> None:
    for code, setting in (("membership", "nothing"), ("nothing", "least"), ("dialogues", "least")):
        for name in ("setting", "setting_preview", "setting_date"):
            url = at(agency, f"indicators:{name}", area=code, term=setting)
            assert clerk.get(url, {"value": "25"}).status_code == 404


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.ADMINISTRATOR)])
def test_others_see_the_terms_but_are_told_why_they_cannot_change_them(
    trial: Trial, agency: Agency, login: Login, enter: Enter, today: date, role: Role | None
) -> None:
    client = login(enter("Somebody", roles=(role,) if role else ()))
    listed = client.get(at(agency, "indicators:settings"))
    assert listed.status_code == 200
    assert "Least share of consumers" in listed.content.decode()
    assert "Change<span" not in listed.content.decode()
    for name in ("setting", "setting_preview", "setting_date"):
        url = at(agency, f"indicators:{name}", **TERM)
        response = client.get(url, {"value": "25"})
        assert response.status_code == 403
        assert "Only an administrator" in response.content.decode()
    answer = client.post(
        at(agency, "indicators:setting_date", **TERM) + "?value=25",
        {"since": today.isoformat(), "reason": "Because."},
    )
    assert answer.status_code == 403
    assert changes(agency) == []


def test_a_setting_that_moves_no_indicator_has_no_preview_and_changes_all_the_same(
    clerk: Client, agency: Agency, today: date
) -> None:
    policies.register(Policy("groups.tried", "Days to try it", Unit.DAYS, 3, 1, 9))
    place = {"area": "groups", "term": "tried"}
    first = post(clerk, at(agency, "indicators:setting", **place), value="5")
    assert "/date/" in first.url  # type: ignore[attr-defined]
    assert clerk.get(at(agency, "indicators:setting_preview", **place)).status_code == 302
    done = post(clerk, first.url, since=today.isoformat(), reason="Because.")  # type: ignore[attr-defined]
    assert done.status_code == 302  # type: ignore[attr-defined]
    assert [(each.code, each.value) for each in changes(agency)] == [("groups.tried", 5)]
    assert "5 days" in clerk.get(at(agency, "indicators:settings")).content.decode()
