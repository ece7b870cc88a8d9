"""A quiet agency stores nothing, and every reader still tells what holds today."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import Member
from foundation.addresses import at
from foundation.models import Agency
from indicators import actions
from indicators.engine import evaluate
from indicators.history import covered, last_month_end, monthly
from indicators.models import IndicatorSnapshot
from indicators.results import lasting, packed, unpacked
from tests.conftest import Login
from tests.indicators.conftest import Trial

DAY = timedelta(days=1)
# To come, so that the people of the fixtures are members by then.
YEAR = datetime.now(UTC).year + 1


def stored(agency: Agency) -> list[tuple[str, str]]:
    rows = IndicatorSnapshot.objects.within(agency).order_by("pk")
    return [(row.indicator, row.day.isoformat()) for row in rows]


def text(client: Client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


@pytest.fixture
def march(agency: Agency) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(YEAR, 3, 2, 18, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def quiet(trial: Trial, agency: Agency, march: time_machine.Traveller) -> Trial:
    """One was held on March 2, and nothing happens from then on."""
    trial.held.days = [agency.today()]
    trial.share.shares = {agency.today(): 24}
    actions.catch_up(agency)
    return trial


def days(agency: Agency, clock: time_machine.Traveller, count: int) -> None:
    """Let each day be worked out."""
    for _ in range(count):
        clock.shift(DAY)
        assert actions.catch_up(agency) == 1


def test_days_that_only_pass_store_nothing(
    quiet: Trial, agency: Agency, march: time_machine.Traveller
) -> None:
    before = stored(agency)
    days(agency, march, 20)
    assert stored(agency) == before
    assert covered(agency) == date(YEAR, 3, 22)


def test_the_end_of_a_month_is_stored_once(
    quiet: Trial, agency: Agency, march: time_machine.Traveller
) -> None:
    before = stored(agency)
    days(agency, march, 30)
    ends = ("membership", f"{YEAR}-03-31"), ("dialogues", f"{YEAR}-03-31")
    assert sorted(stored(agency)[len(before) :]) == sorted(ends)


def test_a_month_whose_end_was_missed_is_stored_on_the_next_day(
    quiet: Trial, agency: Agency, march: time_machine.Traveller
) -> None:
    march.shift(31 * DAY)
    actions.catch_up(agency)
    march.shift(DAY)
    actions.catch_up(agency)
    assert [day for code, day in stored(agency) if code == "membership"] == [
        f"{YEAR}-03-02",
        f"{YEAR}-04-02",
    ]


def test_what_will_run_out_is_stored_on_the_day_it_does(
    quiet: Trial, agency: Agency, march: time_machine.Traveller
) -> None:
    days(agency, march, 46)
    rows = IndicatorSnapshot.objects.within(agency).filter(indicator="dialogues").order_by("pk")
    assert [(str(row.day), row.status) for row in rows] == [
        (f"{YEAR}-03-02", "met"),
        (f"{YEAR}-03-31", "met"),
        (f"{YEAR}-04-02", "at_risk"),
        (f"{YEAR}-04-17", "not_met"),
    ]


def test_pages_of_a_quiet_agency_count_the_days_and_say_when_they_were_worked_out(
    quiet: Trial,
    agency: Agency,
    march: time_machine.Traveller,
    login: Login,
    administrator: Member,
) -> None:
    days(agency, march, 12)
    client = login(administrator)
    dashboard = text(client, at(agency, "indicators:dashboard"))
    assert f"March 14, {YEAR}." in dashboard
    assert f"Unchanged since March 2, {YEAR}" in dashboard
    sign = text(client, at(agency, "indicators:indicator", code="dialogues"))
    assert f"Unchanged since March 2, {YEAR}" in sign
    table = client.get(at(agency, "indicators:csv", code="membership")).content.decode()
    assert [line.split(",")[0] for line in table.splitlines()] == [
        "day",
        f"{YEAR}-03-02",
        f"{YEAR}-03-14",
    ]


def test_the_table_of_months_ends_with_the_month_that_is_quiet_so_far(
    quiet: Trial,
    agency: Agency,
    march: time_machine.Traveller,
    login: Login,
    administrator: Member,
) -> None:
    days(agency, march, 35)
    sign = text(login(administrator), at(agency, "indicators:indicator", code="membership"))
    assert f">April {YEAR}<" in sign
    assert f">March {YEAR}<" in sign


def test_a_quiet_month_has_its_point_in_the_history(
    quiet: Trial, agency: Agency, march: time_machine.Traveller
) -> None:
    days(agency, march, 75)
    points = monthly(agency, agency.today())["membership"]
    assert [str(point.day) for point in points] == [f"{YEAR}-03-31", f"{YEAR}-04-30"]


def test_days_are_kept_as_the_day_they_count_from(quiet: Trial, agency: Agency) -> None:
    then = agency.today() + 9 * DAY
    now = evaluate([agency.pk], agency.today())[agency.pk]["dialogues"].judged[0]
    later = evaluate([agency.pk], then)[agency.pk]["dialogues"].judged[0]
    assert lasting(now) == lasting(later)
    assert packed(unpacked(lasting(now), then)) == packed(later)
    assert packed(now) != packed(later)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 3, 30), date(2026, 2, 28)),
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 3, 31)),
        (date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_the_last_month_end_is_today_or_before(day: date, end: date) -> None:
    assert last_month_end(day) == end
