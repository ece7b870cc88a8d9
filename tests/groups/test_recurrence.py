"""The days of a rhythm, against a calendar that is read day by day; hours when clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import assume, given
from hypothesis import strategies as st

from groups import recurrence
from groups.models import MeetingSeries, Rhythm
from groups.recurrence import ClockChange

NEW_YORK = ZoneInfo("America/New_York")
SOME_DAY = st.dates(date(2024, 1, 1), date(2032, 12, 31))
DAY = timedelta(days=1)


def read_off(rhythm: str, first: date, number: int) -> list[date]:
    """Look at every day of the calendar, one after the other."""
    found: list[date] = []
    day, weeks = first, 0
    while len(found) < number:
        if day.weekday() == first.weekday():
            same = [
                each
                for each in (day.replace(day=1) + number * DAY for number in range(31))
                if each.month == day.month and each.weekday() == day.weekday()
            ]
            of_first = [
                each
                for each in (first.replace(day=1) + number * DAY for number in range(31))
                if each.month == first.month and each.weekday() == first.weekday()
            ]
            match rhythm:
                case Rhythm.WEEKLY:
                    wanted = True
                case Rhythm.FORTNIGHTLY:
                    wanted = weeks % 2 == 0
                case Rhythm.MONTHLY:
                    wanted = same.index(day) == of_first.index(first)
                case _:
                    wanted = day == same[-1]
            if wanted:
                found.append(day)
            weeks += 1
        day += DAY
    return found


def possible(rhythm: str, first: date) -> bool:
    try:
        recurrence.fits(rhythm, first)
    except ValidationError:
        return False
    return True


@given(rhythm=st.sampled_from(Rhythm.values), first=SOME_DAY)
def test_the_days_are_those_that_a_calendar_shows(rhythm: str, first: date) -> None:
    assume(possible(rhythm, first))
    assert list(islice(recurrence.days(rhythm, first), 14)) == read_off(rhythm, first, 14)


@given(
    rhythm=st.sampled_from(Rhythm.values),
    first=SOME_DAY,
    to=SOME_DAY,
    left_out=st.sets(st.integers(1, 11)),
)
def test_days_that_are_moved_and_moved_back_are_where_they_were(
    rhythm: str, first: date, to: date, left_out: set[int]
) -> None:
    assume(possible(rhythm, first) and possible(rhythm, to))
    whole = list(islice(recurrence.days(rhythm, first), 12))
    old = [each for number, each in enumerate(whole) if number not in left_out]
    there = recurrence.moved(rhythm, old, to)
    assert there[0] == to
    assert recurrence.moved(rhythm, there, first) == old
    ahead = list(islice(recurrence.days(rhythm, to), 12))
    assert there == [each for number, each in enumerate(ahead) if number not in left_out]


@pytest.mark.parametrize(
    ("rhythm", "first", "fine"),
    [
        (Rhythm.MONTHLY, date(2026, 12, 29), False),  # a fifth Tuesday
        (Rhythm.MONTHLY, date(2026, 12, 22), True),
        (Rhythm.MONTHLY_LAST, date(2026, 12, 22), False),  # not the last one
        (Rhythm.MONTHLY_LAST, date(2026, 12, 29), True),
        (Rhythm.WEEKLY, date(2026, 12, 29), True),
    ],
)
def test_a_day_from_which_a_rhythm_can_not_go_on(rhythm: str, first: date, fine: bool) -> None:
    assert possible(rhythm, first) is fine


@pytest.mark.parametrize(
    ("rhythm", "first", "said"),
    [
        (Rhythm.WEEKLY, date(2026, 12, 8), "Every Tuesday"),
        (Rhythm.FORTNIGHTLY, date(2026, 12, 8), "Every second Tuesday"),
        (Rhythm.MONTHLY, date(2026, 12, 8), "On the second Tuesday of each month"),
        (Rhythm.MONTHLY_LAST, date(2026, 12, 29), "On the last Tuesday of each month"),
    ],
)
def test_a_rhythm_in_words(rhythm: str, first: date, said: str) -> None:
    assert recurrence.words(MeetingSeries(rhythm=rhythm, first_on=first)) == said


def test_an_hour_stays_the_same_by_the_clock_when_clocks_change() -> None:
    days = islice(recurrence.days(Rhythm.WEEKLY, date(2026, 10, 20)), 4)
    moments = [recurrence.moment(each, time(14), NEW_YORK) for each in days]
    assert [each.at.hour for each in moments] == [14] * 4
    # Clocks go back on November 1.
    assert [each.at.astimezone(UTC).hour for each in moments] == [18, 18, 19, 19]
    assert {each.clocks for each in moments} == {ClockChange.STEADY}


def test_an_hour_that_is_left_out_becomes_the_one_that_the_clock_shows() -> None:
    found = recurrence.moment(date(2027, 3, 14), time(2, 30), NEW_YORK)
    assert found.clocks is ClockChange.LEFT_OUT
    assert found.at.replace(tzinfo=None) == datetime(2027, 3, 14, 3, 30)  # noqa: DTZ001


def test_an_hour_that_comes_twice_is_the_first_one() -> None:
    found = recurrence.moment(date(2026, 11, 1), time(1, 30), NEW_YORK)
    assert found.clocks is ClockChange.TWICE
    assert found.at.astimezone(UTC).hour == 5
