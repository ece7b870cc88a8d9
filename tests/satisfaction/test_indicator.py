"""The sixth indicator, day by day."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member, StandingKind
from devtools.seating import seat
from foundation.models import Agency
from foundation.months import months_later
from groups.models import Group
from indicators import engine, registry
from indicators.results import status_of
from satisfaction.models import AnswerSide, SurveyRound
from tests.satisfaction.conftest import Answering, Finishing, open_now

pytestmark = pytest.mark.usefixtures("established")


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
    finish: Finishing,
) -> SurveyRound:
    """Five of eight consumers answered."""
    for member in consumers[:5]:
        answer(round_, member)
    return finish(round_)


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
def round_(agency: Agency, eighth: Member, facilitator: Member) -> SurveyRound:
    return open_now(agency, facilitator)


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
    # It does not fail then: there is no data, and the other criterion says so.
    assert judged(agency, last)["answered"][0] == "met"


def test_before_it_is_closed_a_round_does_not_count(
    agency: Agency, closed: SurveyRound, round_: SurveyRound
) -> None:
    assert judged(agency, round_.opens - timedelta(days=1))["asked"] == ("not_met", "long_ago")


def test_where_no_consumer_took_part_there_is_no_data(agency: Agency, today: date) -> None:
    assert judged(agency, today) == {
        "asked": ("no_data", "nobody"),
        "answered": ("no_data", "none"),
    }


@pytest.mark.parametrize("standing", [StandingKind.PRIMARY_CONSUMER, StandingKind.PROVIDER])
def test_whoever_took_part_and_was_not_asked_is_missed_whatever_their_standing(
    agency: Agency,
    closed: SurveyRound,
    council: Group,
    enter: Callable[..., Member],
    administrator: Member,
    today: date,
    standing: StandingKind,
) -> None:
    # With consumers only, a seat entered late would reveal whether its holder is one.
    late = enter("Ines", standing)
    seat(council, late, since=today - timedelta(days=50), by=administrator)
    assert judged(agency, agency.today())["asked"] == ("not_met", "missed")


def test_of_several_rounds_the_best_counts_and_not_only_the_newest(
    agency: Agency,
    closed: SurveyRound,
    facilitator: Member,
    finish: Finishing,
) -> None:
    assert judged(agency, agency.today())["answered"] == ("met", "enough")
    finish(open_now(agency, facilitator))
    assert judged(agency, agency.today())["answered"] == ("met", "enough")


def test_who_would_rather_not_say_does_not_count_as_a_consumer(
    agency: Agency,
    round_: SurveyRound,
    consumers: list[Member],
    answer: Answering,
    finish: Finishing,
) -> None:
    for number, member in enumerate(consumers):
        answer(round_, member, side=AnswerSide.CONSUMER if number < 4 else AnswerSide.UNSAID)
    finish(round_)
    assert judged(agency, agency.today())["answered"] == ("not_met", "below")


def test_typed_sheets_do_not_fill_up_the_least_number_of_answers(
    agency: Agency,
    round_: SurveyRound,
    consumers: list[Member],
    answer: Answering,
    on_paper: Callable[..., None],
    finish: Finishing,
) -> None:
    for member in consumers[:4]:
        answer(round_, member)
    on_paper(round_, 4)
    finish(round_)
    assert judged(agency, agency.today())["answered"] == ("not_met", "below")


def test_what_is_told_of_the_response_does_not_tell_one_person_from_the_others(
    agency: Agency, closed: SurveyRound
) -> None:
    indicator = registry.find("satisfaction")
    assert indicator is not None
    result = engine.evaluate([agency.pk], agency.today(), indicators=[indicator])
    (answered,) = (
        each.outcome for each in result[agency.pk]["satisfaction"].judged if each.code == "answered"
    )
    # Five of eight are 62 percent.
    assert (answered.value, answered.params) == (60, {"percent": 60})


def test_fewer_than_six_in_ten_answers_are_too_few(
    agency: Agency,
    consumers: list[Member],
    eighth: Member,
    council: Group,
    enter: Callable[..., Member],
    administrator: Member,
    facilitator: Member,
    answer: Answering,
    finish: Finishing,
    today: date,
) -> None:
    ninth = enter("Ines", StandingKind.PRIMARY_CONSUMER)
    seat(council, ninth, since=today - timedelta(days=50), by=administrator)
    round_ = open_now(agency, facilitator)
    for member in consumers[:5]:
        answer(round_, member)
    finish(round_)
    assert judged(agency, agency.today()) == {
        "asked": ("met", "asked"),
        "answered": ("not_met", "too_few"),
    }


def test_with_eight_consumers_four_answers_are_too_few_for_a_result(
    agency: Agency,
    round_: SurveyRound,
    consumers: list[Member],
    answer: Answering,
    finish: Finishing,
) -> None:
    for member in consumers[:4]:
        answer(round_, member)
    finish(round_)
    assert judged(agency, agency.today())["answered"] == ("not_met", "below")


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
    finish: Finishing,
    later: Callable[[int], None],
) -> None:
    for round_number in (1, 2):
        round_ = open_now(agency, facilitator)
        for member in few[:3]:
            answer(round_, member)
        finish(round_)
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
