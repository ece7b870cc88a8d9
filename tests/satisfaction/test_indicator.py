"""The sixth indicator, day by day."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member, StandingKind
from foundation.models import Agency
from groups.actions import seat
from groups.models import Group
from indicators import engine, registry
from indicators.results import status_of
from satisfaction import actions
from satisfaction.indicators import months_later
from satisfaction.models import SurveyRound
from tests.satisfaction.conftest import Answering


def judged(agency: Agency, on: date) -> dict[str, tuple[str, str]]:
    """By criterion: its status and message."""
    indicator = registry.find("satisfaction")
    assert indicator is not None
    result = engine.evaluate([agency.pk], on, indicators=[indicator])[agency.pk]["satisfaction"]
    return {each.code: (status_of([each]).value, each.outcome.message) for each in result.judged}


@pytest.fixture
def closed(
    round_: SurveyRound,
    consumers: list[Member],
    eighth: Member,
    answer: Answering,
    facilitator: Member,
) -> SurveyRound:
    """Five of eight consumers answered."""
    for member in consumers[:5]:
        answer(round_, member)
    return actions.close_round(round_, by=facilitator)


@pytest.fixture
def eighth(
    council: Group,
    consumers: list[Member],
    enter: Callable[..., Member],
    administrator: Member,
    today: date,
) -> Member:
    member = enter("Hana", StandingKind.PRIMARY_CONSUMER)
    seat(council, member, since=today - timedelta(days=200), by=administrator)
    return member


@pytest.fixture
def round_(agency: Agency, eighth: Member, facilitator: Member, today: date) -> SurveyRound:
    return open_now(agency, facilitator)


def open_now(agency: Agency, by: Member) -> SurveyRound:
    today = agency.today()
    return actions.open_round(
        agency,
        by=by,
        since=today - timedelta(days=180),
        until=today,
        closes=today + timedelta(days=14),
    )


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 22), 6, date(2027, 5, 22)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 3, 15), -6, date(2025, 9, 15)),
        (date(2026, 1, 1), -13, date(2024, 12, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(
    day: date, months: int, expected: date
) -> None:
    assert months_later(day, months) == expected


def test_a_round_counts_for_six_months_and_warns_a_month_before(
    agency: Agency, closed: SurveyRound
) -> None:
    assert closed.closed_on is not None
    last = months_later(closed.closed_on, 6)
    assert judged(agency, closed.closed_on) == {
        "asked": ("met", "asked"),
        "answered": ("met", "enough"),
    }
    assert judged(agency, last - timedelta(days=30))["asked"][0] == "met"
    assert judged(agency, last - timedelta(days=29))["asked"][0] == "at_risk"
    assert judged(agency, last)["asked"][0] == "at_risk"
    gone = judged(agency, last + timedelta(days=1))
    assert gone["asked"] == ("not_met", "long_ago")
    assert gone["answered"] == ("no_data", "none")


def test_before_it_is_closed_a_round_does_not_count(
    agency: Agency, closed: SurveyRound, round_: SurveyRound
) -> None:
    assert judged(agency, round_.opens - timedelta(days=1))["asked"] == ("not_met", "long_ago")


def test_where_no_consumer_took_part_there_is_no_data(agency: Agency, today: date) -> None:
    assert judged(agency, today) == {
        "asked": ("no_data", "nobody"),
        "answered": ("no_data", "none"),
    }


def test_a_consumer_who_took_part_and_was_not_asked_is_missed(
    agency: Agency,
    closed: SurveyRound,
    council: Group,
    enter: Callable[..., Member],
    administrator: Member,
    today: date,
) -> None:
    late = enter("Ines", StandingKind.PRIMARY_CONSUMER)
    seat(council, late, since=today - timedelta(days=50), by=administrator)
    assert judged(agency, today)["asked"] == ("not_met", "missed")


def test_fewer_than_six_in_ten_answers_are_too_few(
    agency: Agency,
    round_: SurveyRound,
    consumers: list[Member],
    council: Group,
    enter: Callable[..., Member],
    administrator: Member,
    facilitator: Member,
    answer: Answering,
    today: date,
) -> None:
    actions.close_round(round_, by=facilitator)
    ninth = enter("Ines", StandingKind.PRIMARY_CONSUMER)
    seat(council, ninth, since=today - timedelta(days=50), by=administrator)
    again = open_now(agency, facilitator)
    for member in consumers[:5]:
        answer(again, member)
    actions.close_round(again, by=facilitator)
    assert judged(agency, today) == {
        "asked": ("met", "asked"),
        "answered": ("not_met", "too_few"),
    }


def test_with_eight_consumers_four_answers_are_too_few_for_a_result(
    agency: Agency,
    round_: SurveyRound,
    consumers: list[Member],
    answer: Answering,
    facilitator: Member,
    today: date,
) -> None:
    for member in consumers[:4]:
        answer(round_, member)
    actions.close_round(round_, by=facilitator)
    assert judged(agency, today)["answered"] == ("not_met", "below")


@pytest.fixture
def few(
    agency: Agency,
    council: Group,
    enter: Callable[..., Member],
    administrator: Member,
    today: date,
) -> list[Member]:
    members = [enter(name, StandingKind.PRIMARY_CONSUMER) for name in ("Jo", "Kim", "Lee", "Mo")]
    for member in members:
        seat(council, member, since=today - timedelta(days=200), by=administrator)
    return members


def test_few_consumers_rounds_of_a_year_count_together_else_there_is_no_data(
    agency: Agency,
    few: list[Member],
    facilitator: Member,
    answer: Answering,
    later: Callable[[int], None],
) -> None:
    for round_number in (1, 2):
        round_ = open_now(agency, facilitator)
        for member in few[:3]:
            answer(round_, member)
        actions.close_round(round_, by=facilitator)
        found = judged(agency, agency.today())["answered"]
        assert found == (("no_data", "small") if round_number == 1 else ("met", "enough"))
        later(150)


def test_many_agencies_cost_no_more_queries_than_one(
    agency: Agency, other_agency: Agency, closed: SurveyRound, today: date
) -> None:
    indicator = registry.find("satisfaction")
    assert indicator is not None
    counts = []
    for agencies in ([agency.pk], [agency.pk, other_agency.pk]):
        with CaptureQueriesContext(connection) as queries:
            engine.evaluate(agencies, today, indicators=[indicator])
        counts.append(len(queries))
    assert counts[0] == counts[1]
