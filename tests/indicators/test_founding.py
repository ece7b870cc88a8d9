"""During the founding, some indicators say so instead of being judged."""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import time_machine

from accounts.models import Member, StandingKind
from foundation import founding
from foundation.addresses import at
from foundation.models import Agency
from indicators import actions
from indicators.engine import evaluate
from indicators.founding import shown, since, told_ahead
from indicators.frozen import read
from indicators.models import FOUNDING, IndicatorSnapshot, IndicatorStatus
from indicators.registry import failed, passed, registered
from indicators.results import JudgedCriterion
from tests.conftest import Login
from tests.days import days_on

DAY = timedelta(days=1)
AFTER = (1, 2, 4, 7)
CODES = {"mission", "process", "compensation", "oversight"}


@pytest.fixture
def acted(agency: Agency, enter: Callable[..., Member]) -> Agency:
    """An agency with a consumer, so that a plan, a dialogue and more are missed."""
    enter("Rosa", StandingKind.PRIMARY_CONSUMER)
    actions.catch_up(agency)
    return agency


@pytest.fixture
def day(agency: Agency) -> Iterator[Callable[[int], date]]:
    """`day(20)`: the twentieth day of the founding is today."""
    travels: list[time_machine.travel] = []

    def travel(number: int) -> date:
        travelling = time_machine.travel(days_on(number - 1))
        travelling.start()
        travels.append(travelling)
        actions.catch_up(agency)
        return agency.today()

    yield travel
    for travelling in reversed(travels):
        travelling.stop()


def test_they_are_indicators_1_2_4_and_7() -> None:
    assert tuple(each.number for each in registered() if each.after_founding) == AFTER


@pytest.mark.parametrize(("number", "during"), [(1, True), (20, True), (120, True), (121, False)])
def test_on_the_dashboard_they_are_not_judged_until_the_founding_is_over(
    acted: Agency,
    administrator: Member,
    login: Login,
    day: Callable[[int], date],
    number: int,
    during: bool,
) -> None:
    day(number)
    client = login(administrator)
    page = client.get(at(acted, "indicators:dashboard")).text
    assert page.count("app-sign--founding") == (len(AFTER) if during else 0)
    assert (f"Founding, day {number} of 120" in page) is during
    assert ("Indicators 3, 5 and 6 are judged from the first day" in page) is during
    for code in CODES:
        own = client.get(at(acted, "indicators:indicator", code=code)).text
        assert ("app-answer app-sign--founding" in own) is during
        assert not (during and "app-status--not-met" in own)
    plan = client.get(at(acted, "indicators:indicator", code="compensation")).text
    assert ("app-answer app-sign--not_met" in plan) is not during
    paper = client.get(at(acted, "indicators:print")).text
    assert paper.count("app-status--founding") == ((len(AFTER) + 1) if during else 0)


def test_what_is_evaluated_and_stored_stays_what_it_is(acted: Agency) -> None:
    stored = {row.indicator: row.status for row in IndicatorSnapshot.objects.within(acted)}
    found = evaluate([acted.pk], acted.today())[acted.pk]
    assert stored == {code: result.status for code, result in found.items()}
    assert stored["compensation"] == IndicatorStatus.NOT_MET


def test_a_past_day_of_the_founding_is_shown_as_it_was(
    acted: Agency, administrator: Member, login: Login, day: Callable[[int], date]
) -> None:
    first = acted.today()
    day(200)
    client = login(administrator)
    past = client.get(at(acted, "indicators:dashboard"), {"on": str(first + 19 * DAY)}).text
    assert past.count("app-sign--founding") == len(AFTER)
    assert "Founding, day 20 of 120" in past
    over = client.get(at(acted, "indicators:dashboard"), {"on": str(first + 120 * DAY)}).text
    assert "app-sign--founding" not in over


def test_in_the_file_the_founding_has_rows_of_its_own(
    acted: Agency, administrator: Member, login: Login, day: Callable[[int], date]
) -> None:
    first = acted.today()
    day(200)
    text = login(administrator).get(at(acted, "indicators:csv", code="compensation")).text
    rows = [*csv.reader(text.splitlines())][1:]
    assert {row[1] for row in rows if date.fromisoformat(row[0]) <= first + 119 * DAY} == {FOUNDING}
    last = rows[-1]
    assert (last[1], last[3]) == (IndicatorStatus.NOT_MET, str(first + 120 * DAY))


def test_a_frozen_snapshot_keeps_that_it_was_the_founding(
    acted: Agency, administrator: Member, day: Callable[[int], date]
) -> None:
    day(20)
    snapshot = actions.freeze(acted, by=administrator)
    kept = {each["code"]: each for each in json.loads(snapshot.text)["indicators"]}
    for code, each in kept.items():
        assert each["founding"] == ({"day": 20, "of": 120} if code in CODES else None)
    assert kept["compensation"]["status"] == IndicatorStatus.NOT_MET
    shown_as = {each.code: (each.shown, each.founding) for each in read(snapshot)}
    assert shown_as["compensation"] == (FOUNDING, "Founding, day 20 of 120")
    assert shown_as["dialogues"] == (IndicatorStatus.NOT_MET, "")


def test_a_snapshot_of_the_first_form_is_read_as_it_was_shown(
    acted: Agency, administrator: Member
) -> None:
    snapshot = actions.freeze(acted, by=administrator)
    old = json.loads(snapshot.text)
    for each in old["indicators"]:
        del each["founding"]
        for month in each["history"]:
            del month["founding"]
    snapshot.text = json.dumps({**old, "form": 1})
    assert all(each.shown == each.status and not each.founding for each in read(snapshot))
    assert all(month.status != FOUNDING for each in read(snapshot) for month in each.points)


@pytest.mark.parametrize(
    ("lapses", "told", "says"),
    [(None, True, "On track"), (0, True, "Act"), (1, True, "On track"), (0, False, "")],
)
def test_what_follows_the_founding_is_told_before(
    agency: Agency, lapses: int | None, told: bool, says: str
) -> None:
    """`lapses`: how many days after the founding the only part runs out."""
    days = founding.founding(agency)
    ends = None if lapses is None else days.over + lapses * DAY
    sentence = told_ahead(days, [JudgedCriterion("one", passed("x", lapses=ends))], told=told)
    assert f"“{says}”" in sentence if says else "“" not in sentence
    assert "“Act”" in told_ahead(days, [JudgedCriterion("one", failed("x"))], told=told)


def test_since_when_it_is_like_this_never_reaches_back_into_the_founding(agency: Agency) -> None:
    days = founding.founding(agency)
    after = next(each for each in registered() if each.after_founding)
    other = next(each for each in registered() if not each.after_founding)
    assert since(days, after, days.first, days.first + 9 * DAY) is None
    assert since(days, after, days.first, days.over + 9 * DAY) == days.over
    assert since(days, after, days.over + DAY, days.over + 9 * DAY) == days.over + DAY
    assert since(days, other, days.first, days.over + 9 * DAY) == days.first
    assert shown(other, days, days.first, "not_met") == "not_met"
