"""Late numbers: derived from the due day, marked, and waiting for their collector."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from devtools.states import begins_at
from foundation.addresses import at
from foundation.models import Agency
from measures.definitions import actions as measure_actions
from measures.definitions import periods
from measures.definitions.models import Measure
from measures.numbers import actions as number_actions
from measures.numbers import expected_numbers
from measures.numbers.models import DataPoint
from notifications.waiting import waiting
from tests.cells.conftest import Count, Define, noon
from tests.conftest import Login, assert_budget

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


# Measures are defined on June 15th, 2026.
_summer = begins_at("2026-06-15T12:00:00-04:00")


def record(measure: Measure, by: Member, period: date, on: date) -> DataPoint:
    with time_machine.travel(noon(on)):
        return number_actions.record_point(
            measure, period=period, numerator=Decimal(3), denominator=Decimal(4), by=by
        )


def waits(member: Member, on: date) -> dict[str, date | None]:
    rows = waiting(member, on)
    return {row.title: row.due for row in rows if "umber" in row.title}


@pytest.mark.parametrize(
    ("frequency", "period", "lag", "due"),
    [
        ("day", date(2026, 6, 15), 0, date(2026, 6, 15)),
        ("week", date(2026, 6, 15), 2, date(2026, 6, 23)),
        ("month", JUNE, 7, date(2026, 7, 7)),
        ("quarter", date(2026, 4, 1), 30, date(2026, 7, 30)),
    ],
)
def test_a_number_is_due_some_days_after_the_last_day_of_its_period(
    frequency: str, period: date, lag: int, due: date
) -> None:
    assert periods.due(frequency, period, lag) == due


@pytest.mark.parametrize(("on", "expected"), [(date(2026, 7, 7), False), (date(2026, 7, 8), True)])
def test_a_number_came_late_after_its_due_day(
    on: date, expected: bool, measure: Measure, provider: Member
) -> None:
    point = record(measure, provider, JUNE, on)
    assert expected_numbers.came_late(measure, point) is expected
    marks = expected_numbers.marks(measure, [point], on)
    assert marks == ({JUNE: "Came late"} if expected else {})


def test_a_correction_does_not_change_when_the_number_came(
    measure: Measure, provider: Member
) -> None:
    point = record(measure, provider, JUNE, date(2026, 7, 2))
    with time_machine.travel(noon(date(2026, 9, 1))):
        corrected = number_actions.correct_point(
            point, numerator=Decimal(2), denominator=Decimal(4), reason="Recount.", by=provider
        )
    assert corrected.came_on == date(2026, 7, 2)
    assert not expected_numbers.came_late(measure, corrected)


def test_nothing_is_late_of_the_time_before_the_measure(measure: Measure, provider: Member) -> None:
    old = record(measure, provider, MAY, date(2026, 7, 20))
    assert not expected_numbers.came_late(measure, old)
    assert expected_numbers.awaited(measure, set(), date(2026, 6, 30)) == []


def test_periods_without_a_number_are_awaited_and_late_after_the_due_day(
    measure: Measure,
) -> None:
    on = date(2026, 8, 5)
    assert expected_numbers.awaited(measure, set(), on) == [
        expected_numbers.Awaited(JUNE, date(2026, 7, 7), late=True),
        expected_numbers.Awaited(JULY, date(2026, 8, 7), late=False),
    ]
    assert [each.period for each in expected_numbers.late(measure, {JUNE}, on)] == []
    assert expected_numbers.marks(measure, [], on) == {JUNE: "Late"}


def test_a_retired_measure_waits_for_nothing(measure: Measure, facilitator: Member) -> None:
    measure = measure_actions.retire(measure, by=facilitator)
    assert expected_numbers.awaited(measure, set(), date(2026, 9, 1)) == []


def test_a_late_number_waits_for_its_collector_until_it_is_there(
    measure: Measure, provider: Member, consumer: Member
) -> None:
    title = f"A number is late. Write it down: {measure.name}"
    assert waits(provider, date(2026, 7, 7)) == {}
    assert waits(provider, date(2026, 7, 8)) == {title: date(2026, 7, 7)}
    assert waits(provider, date(2026, 8, 8)) == {title: date(2026, 8, 7)}
    assert waits(consumer, date(2026, 7, 8)) == {}
    record(measure, provider, JUNE, date(2026, 7, 9))
    assert waits(provider, date(2026, 7, 9)) == {}


def test_a_number_of_a_running_plan_waits_once_not_twice(
    active: object, measure: Measure, provider: Member
) -> None:
    early = f"Write down the latest number: {measure.name}"
    late_title = f"A number is late. Write it down: {measure.name}"
    assert list(waits(provider, date(2026, 7, 2))) == [early]
    assert list(waits(provider, date(2026, 7, 20))) == [late_title]


def test_a_word_that_there_is_no_number_ends_the_waiting(
    measure: Measure, provider: Member
) -> None:
    with time_machine.travel(noon(date(2026, 7, 20))):
        number_actions.record_point(
            measure, period=JUNE, numerator=None, missing_because="Nobody counted.", by=provider
        )
    point = measure.points.get()
    assert waits(provider, date(2026, 7, 20)) == {}
    assert expected_numbers.marks(measure, [point], date(2026, 7, 20)) == {
        JUNE: "Nobody counted.; Came late"
    }


def test_what_is_late_is_asked_for_in_one_query(measure: Measure, provider: Member) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert len(waiting(provider, date(2026, 7, 20))) == 1
    assert sum("measures_datapoint" in query["sql"] for query in queries) == 1


def test_the_list_of_measures_says_how_many_numbers_are_late(
    define: Define, agency: Agency, provider: Member, login: Login
) -> None:
    measures = [define(name=f"Measure {n}") for n in range(3)]
    record(measures[0], provider, JUNE, date(2026, 7, 2))
    with time_machine.travel(noon(date(2026, 8, 20))):
        client = login(provider)
        url = at(agency, "measures:measures")
        shown = client.get(url).content.decode()
        assert shown.count("1 number is late") == 1
        assert shown.count("2 numbers are late") == 2
        assert_budget(client, url)


def test_the_oldest_late_number_is_asked_for_first(
    measure: Measure, agency: Agency, provider: Member, login: Login
) -> None:
    url = at(agency, "measures:record", pk=measure.pk)
    with time_machine.travel(noon(date(2026, 8, 20))):
        client = login(provider)
        page = client.get(url)
        assert "Add the number for June 2026" in page.content.decode()
        assert "It was due on July 7, 2026. It still counts." in page.content.decode()
        assert "July 2026 (late)" in page.content.decode()
        record(measure, provider, JUNE, date(2026, 8, 20))
        assert "Add the number for July 2026" in client.get(url).content.decode()


def test_a_corrected_number_says_so_and_why_to_all_who_see_the_chart(
    measure: Measure, agency: Agency, provider: Member, login: Login
) -> None:
    point = record(measure, provider, JUNE, date(2026, 7, 5))
    with time_machine.travel(noon(date(2026, 7, 6))):
        given = {"numerator": Decimal(5), "denominator": Decimal(20)}
        number_actions.correct_point(point, **given, reason="One was counted twice", by=provider)  # type: ignore[arg-type]
        page = login(provider).get(at(agency, "measures:measure", pk=measure.pk)).content.decode()
    assert page.count("Corrected: One was counted twice") == 2
    assert "What is older is corrected by a file" not in page


def test_the_page_says_how_older_numbers_are_corrected(
    measure: Measure, count: Count, agency: Agency, provider: Member, login: Login
) -> None:
    client, url = login(provider), at(agency, "measures:measure", pk=measure.pk)
    count(measure, range(25))
    page = client.get(url)
    assert len(page.context["page"].correcting.links) == 24
    assert "What is older is corrected by a file" in page.content.decode()


def test_the_file_of_numbers_says_when_each_came(
    measure: Measure, agency: Agency, provider: Member, login: Login
) -> None:
    record(measure, provider, MAY, date(2026, 6, 16))
    record(measure, provider, JUNE, date(2026, 7, 20))
    client = login(provider)
    answer = client.get(at(agency, "measures:numbers", pk=measure.pk))
    assert answer.content.decode().splitlines()[1:] == [
        "2026-05-01,3,4,75.0,2026-06-16,,,",
        "2026-06-01,3,4,75.0,2026-07-20,yes,,",
    ]


def test_the_page_of_the_measure_says_which_numbers_were_late_or_missing(
    measure: Measure, agency: Agency, provider: Member, login: Login
) -> None:
    record(measure, provider, JUNE, date(2026, 7, 20))
    with time_machine.travel(noon(date(2026, 9, 20))):
        client = login(provider)
        url = at(agency, "measures:measure", pk=measure.pk)
        shown = client.get(url).context
        assert_budget(client, url)
    noted = list(shown["noted"])
    rows = shown["page"].chart.figure.rows
    assert [(row.period, row.note) for row in rows] == [("June 2026", "Came late")]
    assert noted == [
        {"key": "August 2026", "value": "Late"},
        {"key": "July 2026", "value": "Late"},
        {"key": "June 2026", "value": "Came late"},
    ]


@pytest.mark.parametrize("lag", [-1, 367])
def test_a_measure_is_late_after_at_most_a_year(lag: int, define: Define) -> None:
    with pytest.raises(ValidationError) as caught:
        define(lag=lag)
    assert set(caught.value.message_dict) == {"lag"}


def test_days_are_looked_back_no_further_than_a_dozen(define: Define) -> None:
    daily = define(frequency="day")
    found = expected_numbers.awaited(daily, set(), daily.defined_on + timedelta(days=60))
    assert len(found) == expected_numbers.LOOKED_BACK
