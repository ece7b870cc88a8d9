"""Days, months and quarters in spreadsheet formats, never taken for another day."""

from datetime import date

import pytest

from measures.definitions.models import Frequency, Measure
from measures.importing.columns import Columns
from measures.importing.days import day, unreadable
from measures.importing.preview import preview
from measures.kinds.shape import MeasureKind

TODAY = date(2026, 7, 15)


def found(frequency: str, *texts: str) -> tuple[dict[int, date], dict[int, str]]:
    """The periods of the good rows, and the errors of the others, by row."""
    measure = Measure(kind=MeasureKind.SCORE, frequency=frequency)
    rows = [[text, "5"] for text in texts]
    seen = preview(measure, rows, Columns(0, 1), points={}, on=TODAY)
    return {each.row: each.period for each in seen.new}, {e.row: e.why for e in seen.wrong}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1-May-26", date(2026, 5, 1)),
        ("01-JUN-2026", date(2026, 6, 1)),
        ("1 June 2026", date(2026, 6, 1)),
        ("2026/03/31", date(2026, 3, 31)),
        ("3/31/2026 12:00:00 AM", date(2026, 3, 31)),
        ("3/31/26 11:59 pm", date(2026, 3, 31)),
        ("Tuesday, March 31, 2026", date(2026, 3, 31)),
        ("Tue Mar 31, 2026", date(2026, 3, 31)),
        ("q1 2026", date(2026, 1, 1)),
        ("Marketing 26", None),
        ("Janet 2026", None),
        ("2026-03/31", None),
        ("31-Feb-2026", None),
        ("Friendly March 2026", None),
    ],
)
def test_days_as_reports_and_spreadsheets_write_them(text: str, expected: date | None) -> None:
    assert day(text) == expected


@pytest.mark.parametrize("text", ["2026-03", "3/2026", "March 2026", "Q1 2026", "Jun-22"])
@pytest.mark.parametrize("frequency", [Frequency.DAY, Frequency.WEEK])
def test_a_month_or_a_quarter_is_no_day(text: str, frequency: str) -> None:
    good, wrong = found(frequency, text, "2026-06-01")
    assert good == {3: date(2026, 6, 1)}
    assert "does not say which day" in wrong[2]


def test_a_quarter_is_no_month_but_a_month_is_in_a_quarter() -> None:
    good, wrong = found(Frequency.MONTH, "Q1 2026", "Apr 2026", "5/13/2026")
    assert good == {3: date(2026, 4, 1), 4: date(2026, 5, 1)}
    assert "does not say which month" in wrong[2]
    good, wrong = found(Frequency.QUARTER, "Q1 2026", "5/2026")
    assert (good, wrong) == ({2: date(2026, 1, 1), 3: date(2026, 4, 1)}, {})


def test_where_the_day_stands_before_the_month_no_row_is_guessed() -> None:
    good, wrong = found(Frequency.DAY, "01/02/2026", "15/02/2026", "03/03/2026", "2026-03-05")
    assert good == {4: date(2026, 3, 3), 5: date(2026, 3, 5)}
    assert "could be January 2, 2026 or February 1, 2026: in other rows" in wrong[2]
    assert "has the day before the month" in wrong[3]


def test_one_slip_among_days_of_the_usual_order_spoils_only_its_row() -> None:
    good, wrong = found(Frequency.DAY, "1/2/2026", "13/2/2026", "2/28/2026")
    assert good == {2: date(2026, 1, 2), 4: date(2026, 2, 28)}
    assert list(wrong) == [3]


@pytest.mark.parametrize("frequency", [Frequency.DAY, Frequency.WEEK])
def test_where_no_row_says_what_stands_first_each_day_is_refused_with_both_readings(
    frequency: str,
) -> None:
    good, wrong = found(frequency, "01/02/2026", "03/03/2026", "12/05/2025", "2026-01-05")
    assert good.keys() == {3, 5}
    assert "could be January 2, 2026 or February 1, 2026." in wrong[2]
    assert "could be December 5, 2025 or May 12, 2025." in wrong[4]


def test_the_first_days_of_months_are_no_days_of_one_january() -> None:
    good, wrong = found(Frequency.MONTH, *(f"{month}/1/2026" for month in range(1, 7)))
    assert (list(good.values())[-1], wrong) == (date(2026, 6, 1), {})


def test_days_that_would_be_still_to_come_are_meant_the_other_way() -> None:
    good, wrong = found(Frequency.DAY, "3/10/2026", "4/11/2026", "5/12/2026")
    assert (len(good), wrong) == (3, {})
    good, wrong = found(Frequency.DAY, "10/03/2026", "11/04/2026", "12/05/2026")
    assert good == {}
    assert "could be October 3, 2026 or March 10, 2026: in other rows" in wrong[2]


@pytest.mark.parametrize("text", ["Jan 13", "jan. 31", "Tue Jan 13", "January 01"])
@pytest.mark.parametrize("frequency", [Frequency.DAY, Frequency.MONTH])
def test_a_month_with_a_number_may_be_a_day_without_its_year(text: str, frequency: str) -> None:
    good, wrong = found(frequency, text)
    assert good == {}
    assert "could be a month, January 20" in wrong[2]
    assert "or a day without its year" in wrong[2]


@pytest.mark.parametrize("text", ["Jan-13", "Jan 2013", "1/2013"])
def test_as_spreadsheets_show_a_month_it_is_one(text: str) -> None:
    assert found(Frequency.MONTH, text)[0] == {2: date(2013, 1, 1)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("46023", "it would be January 1, 2026. Give the column the format “Date”"),
        ("46054.75", "it would be February 1, 2026"),
        ("########", "The column was too narrow"),
        ("13/1/2026", "has the day before the month"),
        ("22-Jun", "has no year"),
        ("January", "has no year"),
        ("6/22", "has no year"),
        ("", "The date is missing"),
        ("Total", "is not a date that we can read"),
        ("12345", "is not a date that we can read"),
        ("460231", "is not a date that we can read"),
    ],
)
def test_what_is_no_date_says_how_to_mend_it(text: str, said: str) -> None:
    assert said in unreadable(text)
