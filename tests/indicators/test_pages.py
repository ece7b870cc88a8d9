import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from foundation import events, links
from foundation.addresses import at
from foundation.links import Link
from foundation.models import Agency
from indicators import actions, registry
from indicators.models import IndicatorSnapshot, StaleMark
from indicators.registry import Indicator
from tests.conftest import Login, assert_budget
from tests.indicators.conftest import Held, Share, Trial

pytestmark = pytest.mark.usefixtures("established")


@pytest.fixture
def found(trial: Trial, agency: Agency, today: date) -> Trial:
    """24% of 20%, and a dialogue that lapses soon."""
    trial.share.shares = {today: 24}
    trial.held.days = [today - timedelta(days=33)]
    actions.catch_up(agency)
    return trial


@pytest.fixture
def visitor(login: Login, consumer: Member, agency: Agency) -> Client:
    client = login(consumer)
    actions.catch_up(agency)
    return client


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_dashboard_says_where_each_stands_and_what_to_do_next(
    found: Trial, agency: Agency, visitor: Client
) -> None:
    page = text(visitor, at(agency, "indicators:dashboard"))
    for words in (
        "1 On track",
        "1 Watch",
        "24%",
        "Goal: at least 20%",
        "What to do next",
        "Hold one.",
        "Unchanged since",
    ):
        assert words in page
    assert "Invite more consumers." not in page
    assert page.index("Consumers are a fair share") < page.index("Dialogues go on")


def test_before_the_first_result_the_dashboard_says_that_it_is_being_worked_out(
    trial: Trial, agency: Agency, login: Login, consumer: Member
) -> None:
    page = text(login(consumer), at(agency, "indicators:dashboard"))
    assert "for the first time" in page
    assert "hx-trigger" in page


def asking(page: str) -> tuple[str, int]:
    """Where an open page asks next, and after how many milliseconds."""
    found = re.search(r'id="asking" hidden hx-get="([^"]*)" hx-trigger="load delay:(\d+)ms', page)
    assert found is not None
    return found[1].replace("&amp;", "&"), int(found[2])


def test_a_poll_brings_nothing_but_the_next_until_something_is_new(
    found: Trial, agency: Agency, visitor: Client, administrator: Member, today: date
) -> None:
    poll, after = asking(text(visitor, at(agency, "indicators:dashboard")))
    assert after == 250
    unchanged = text(visitor, poll)
    assert asking(unchanged)[1] == 500
    assert 'id="results"' not in unchanged

    found.share.shares = {today: 12}
    events.record("anything.happened", administrator, by=administrator)
    waiting = text(visitor, poll)
    assert "is being counted. It has waited since" in waiting

    actions.catch_up(agency)
    part = text(visitor, asking(waiting)[0])
    assert "Invite more consumers." in part
    assert "<html" not in part
    assert "The dashboard was updated." in part


def test_an_open_page_asks_soon_and_then_less_often(
    found: Trial, agency: Agency, visitor: Client
) -> None:
    page, waited = text(visitor, at(agency, "indicators:dashboard")), []
    for _ in range(5):
        poll, after = asking(page)
        waited.append(after)
        page = text(visitor, poll)
    assert waited == [250, 500, 1000, 2000, 2000]
    assert asking(text(visitor, poll.replace("asked=3", "asked=x")))[1] == 250


def test_a_page_says_since_when_the_oldest_change_waits(
    found: Trial, agency: Agency, visitor: Client
) -> None:
    moment = datetime(2026, 3, 2, 20, 5, tzinfo=UTC)
    for later in (timedelta(hours=1), timedelta()):
        StaleMark.objects.within(agency).create(at=moment + later)
    page = text(visitor, at(agency, "indicators:dashboard"))
    assert "It has waited since 3:05 p.m. on March 2, 2026." in page


def test_the_dashboard_asks_few_queries_and_no_more_with_more_history(
    found: Trial, agency: Agency, visitor: Client, today: date
) -> None:
    url = at(agency, "indicators:dashboard")
    before = assert_budget(visitor, url)
    for code in ("membership", "dialogues"):
        for back in range(60):
            day = today - timedelta(days=back * 6)
            IndicatorSnapshot.objects.within(agency).create(
                indicator=code,
                day=day,
                status="met",
                status_since=day,
                value=20,
                goal=20,
                engine=1,
            )
    assert assert_budget(visitor, url) == before


def test_a_poll_costs_little(found: Trial, agency: Agency, visitor: Client) -> None:
    poll, _after = asking(text(visitor, at(agency, "indicators:dashboard")))
    with CaptureQueriesContext(connection) as queries:
        assert visitor.get(poll).status_code == 200
    # Session, agency, member, state, and the leaving of the agency.
    assert len(queries) <= 7


def test_a_past_day_is_shown_as_it_is_known_now(
    found: Trial, agency: Agency, visitor: Client, today: date
) -> None:
    then = today - timedelta(days=40)
    found.share.shares[then] = 12
    page = text(visitor, at(agency, "indicators:dashboard") + f"?on={then}")
    assert "12%" in page
    assert "24%" not in page
    assert "Facts from later days do not count" in page
    assert "hx-trigger" not in page
    assert "12%" in text(
        visitor, at(agency, "indicators:indicator", code="membership") + f"?on={then}"
    )


@pytest.mark.parametrize("on", ["", "tomorrow", "2999-01-01", "0001-01-01", "x" * 5000, "\x00"])
def test_a_day_that_cannot_be_shown_is_explained(
    found: Trial, agency: Agency, visitor: Client, on: str
) -> None:
    for name, kwargs in (("dashboard", {}), ("indicator", {"code": "membership"}), ("print", {})):
        response = visitor.get(at(agency, f"indicators:{name}", **kwargs), {"on": on})
        assert response.status_code == (200 if name == "print" else 422)
        if name != "print":
            assert "govuk-error-summary" in response.content.decode()


def test_one_sign_shows_its_parts_and_only_the_evidence_that_the_reader_may_see(
    found: Trial,
    agency: Agency,
    visitor: Client,
    login: Login,
    administrator: Member,
    consumer: Member,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def resolve(key: int, reader: Member) -> Link | None:
        return Link("The change", "/somewhere/") if reader.pk == administrator.pk else None

    monkeypatch.setitem(links._resolvers, "policy_change", resolve)
    url = at(agency, "indicators:indicator", code="membership")
    page = text(visitor, url)
    for words in ("In place", "24% are consumers.", "Least share of consumers", "20%"):
        assert words in page
    assert "The change" not in page
    assert "Change<span" not in page
    for_administrator = text(login(administrator), url)
    assert "/somewhere/" in for_administrator
    assert "Change<span" in for_administrator


def test_a_part_that_runs_out_says_when(found: Trial, agency: Agency, visitor: Client) -> None:
    page = text(visitor, at(agency, "indicators:indicator", code="dialogues"))
    assert "Runs out soon" in page
    assert "Unless renewed, this expires on" in page


def test_a_sign_that_does_not_exist_is_not_found(
    found: Trial, agency: Agency, visitor: Client
) -> None:
    assert visitor.get(at(agency, "indicators:indicator", code="nothing")).status_code == 404
    assert visitor.get(at(agency, "indicators:csv", code="nothing")).status_code == 404


def test_the_table_has_one_row_a_day(found: Trial, agency: Agency, visitor: Client) -> None:
    response = visitor.get(at(agency, "indicators:csv", code="membership"))
    lines = response.content.decode().splitlines()
    assert lines[0] == "day,status,status in words,since,value,goal"
    assert lines[1].endswith("24.00,20.00")
    assert len(lines) == 2


def test_the_paper_shows_every_part(found: Trial, agency: Agency, visitor: Client) -> None:
    page = text(visitor, at(agency, "indicators:print"))
    for words in ("Enough of them are consumers", "One was held lately", "What to do next:"):
        assert words in page


def test_with_history_the_sign_shows_a_chart(
    trial: Trial, agency: Agency, visitor: Client, today: date
) -> None:
    trial.share.shares = {today: 24}
    for back in (5, 4, 3, 2, 1):
        day = today - timedelta(days=31 * back)
        IndicatorSnapshot.objects.within(agency).create(
            indicator="membership",
            day=day,
            status="not_met",
            status_since=day,
            value=10 + back,
            goal=20,
            engine=1,
        )
    actions.catch_up(agency)
    page = text(visitor, at(agency, "indicators:indicator", code="membership"))
    assert 'class="app-chart"' in page
    assert "Show how it stood each month" in page


def test_a_kept_sign_that_no_app_declares_any_more_is_left_out(
    found: Trial, agency: Agency, visitor: Client
) -> None:
    IndicatorSnapshot.objects.within(agency).create(
        indicator="gone", day=agency.today(), status="met", status_since=agency.today(), engine=1
    )
    assert "gone" not in text(visitor, at(agency, "indicators:dashboard"))


def test_parts_that_were_taken_out_of_a_sign_do_not_break_its_page(
    found: Trial, agency: Agency, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = Indicator(3, "membership", "Title", "Why", (Held(), Share()), headline="held")
    monkeypatch.setitem(registry._registered, "membership", changed)
    assert visitor.get(at(agency, "indicators:dashboard")).status_code == 200
    assert visitor.get(at(agency, "indicators:indicator", code="membership")).status_code == 200


def test_another_agency_sees_none_of_it(
    found: Trial, agency: Agency, login: Login, outsider: Member
) -> None:
    client = login(outsider)
    for name, kwargs in (("dashboard", {}), ("indicator", {"code": "membership"})):
        assert client.get(at(agency, f"indicators:{name}", **kwargs)).status_code == 404
