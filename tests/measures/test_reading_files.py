"""Files as spreadsheets write them; columns about individuals are rejected."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from measures.definitions.models import Measure
from measures.importing.columns import filters, guess
from measures.importing.days import day
from measures.importing.reading import Sheet
from measures.importing.reading import read as read_sheets
from measures.numbers.values import number


def read(data: bytes) -> Sheet:
    """The only sheet of a file."""
    (sheet,) = read_sheets(data)
    return sheet


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-31", date(2026, 3, 31)),
        ("2026-3-1", date(2026, 3, 1)),
        ("2026-03", date(2026, 3, 1)),
        ("2026-03-31T00:00:00", date(2026, 3, 31)),
        ("2026-03-31 00:00:00", date(2026, 3, 31)),
        ("3/31/2026", date(2026, 3, 31)),
        ("03/31/26", date(2026, 3, 31)),
        ("3/31/2026 0:00", date(2026, 3, 31)),
        ("3/2026", date(2026, 3, 1)),
        ("March 2026", date(2026, 3, 1)),
        ("Mar 31, 2026", date(2026, 3, 31)),
        ("Sept 2026", date(2026, 9, 1)),
        ("Mar-26", date(2026, 3, 1)),
        ("Q2 2026", date(2026, 4, 1)),
        ("2026-Q4", date(2026, 10, 1)),
        ("31/3/2026", None),
        ("2026-02-30", None),
        ("2026-13-01", None),
        ("0001-01-01", None),
        ("yesterday", None),
        ("202603", None),
        ("", None),
        ("13", None),
    ],
)
def test_iso_and_us_dates_are_read(text: str, expected: date | None) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", Decimal(12)),
        ("1,234", Decimal(1234)),
        ("1,234.50", Decimal("1234.50")),
        (".5", Decimal("0.5")),
        ("-3", Decimal(-3)),
        ("1,23", None),
        ("12%", None),
        ("1e5", None),
        ("NaN", None),
        ("Infinity", None),
        ("٣", None),
        ("", None),
        ("-", None),
        ("9" * 30, None),
    ],
)
def test_numbers_are_read(text: str, expected: Decimal | None) -> None:
    assert number(text) == expected


@pytest.mark.parametrize(
    "data",
    [
        b"month,seen,all\n2026-01,3,4\n",
        b"\xef\xbb\xbfmonth,seen,all\r\n2026-01,3,4\r\n",
        b"month;seen;all\n2026-01;3;4\n",
        b"month\tseen\tall\n2026-01\t3\t4\n",
        "month,seen,all\n2026-01,3,4\n".encode("utf-16"),
        b' "month" ,seen,all\n 2026-01, 3 ,4\n\n\n',
        b"month,seen,all\n2026-01,3,4,\n",
    ],
)
def test_the_usual_kinds_of_csv_are_read_alike(data: bytes) -> None:
    sheet = read(data)
    assert sheet.rows == [["2026-01", "3", "4"]]
    assert sheet.head[1:] == ["seen", "all"]


PARTED = pytest.mark.parametrize("delimiter", [",", ";", "\t"])
TITLES = pytest.mark.parametrize(
    "title", ["", "Missed visits\n", "Missed, late and kept visits, by month, all sites\n", "\n;\n"]
)


@PARTED
@TITLES
def test_a_title_never_says_what_parts_the_cells(title: str, delimiter: str) -> None:
    table = [["period", "seen"], ["2026-01", "4"], ["2026-02", "5"]]
    text = title + "\r\n".join(delimiter.join(line) for line in table)
    sheet = read(text.encode())
    assert sheet.head == table[0]
    assert [row[:2] for row in sheet.rows] == table[1:]


@PARTED
@TITLES
def test_people_are_found_below_a_title_too(title: str, delimiter: str) -> None:
    table = [
        ["Client name", "Date of birth", "period", "n"],
        ["Maria Lopez", "4/2/1980", "2026-01", "3"],
        ["John Smith", "5/6/1975", "2026-02", "4"],
    ]
    text = title + "\n".join(delimiter.join(line) for line in table)
    with pytest.raises(ValidationError, match="Client name"):
        read(text.encode())


def test_commas_within_the_cells_part_nothing() -> None:
    lines = ["period;share", "2026-01;4,5", "2026-02;3,5", "2026-03;5,5"]
    assert read("\n".join(lines).encode()).rows == [line.split(";") for line in lines[1:]]
    lines = ["period,values", "2026-01,4;5;6", "2026-02,3;5;8", "2026-03,5;5;9"]
    assert read("\n".join(lines).encode()).rows == [line.split(",") for line in lines[1:]]
    quoted = 'period\tnote\tseen\n2026-01\t,"so\t4\n2026-02\tno\t5\n' + "2026-03\tno\t6\n" * 9000
    assert read(quoted.encode()).head == ["period", "note", "seen"]


@pytest.mark.parametrize("bad", ["31/01/2026,3", "31/01/2026,3\n31/02/2026,4"])
def test_a_first_row_whose_day_cannot_be_read_is_a_row(bad: str) -> None:
    sheet = read(f"period,n\n{bad}\n2026-03,5\n".encode())
    assert sheet.head == ["period", "n"]
    assert sheet.rows[0] == ["31/01/2026", "3"]
    assert sheet.first == 2


def test_columns_of_the_same_name_are_told_apart() -> None:
    assert read(b"period,n,N\n2026-01,3,4\n").head == ["period", "n", "N (column 3)"]


def test_years_may_name_columns() -> None:
    sheet = read(b"Visits\nMonth,2024,2025\n2026-01,4,5\n")
    assert sheet.head == ["Month", "2024", "2025"]


def test_letters_of_windows_are_read() -> None:
    assert read("month,café\n2026-01,3\n".encode("cp1252")).head == ["month", "café"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\n\n ,\n", "is empty"),
        (b"2026-01,3,4\n2026-02,3,4\n", "no first row"),
        (b"%PDF-1.7\n1 0 obj, 3\n", "neither a CSV file nor"),
        (b"<!DOCTYPE html>\n<table><tr><td>2026-01", "neither a CSV file nor"),
        (b"\xef\xbb\xbf<html><table><tr><td>2026-01", "neither a CSV file nor"),
        (b"kind,Jan 2026,Feb 2026,Mar 2026\nseen,3,4,5\nall,9,9,9\n", "stand side by side"),
        (b",1/1/2026,2/1/2026,3/1/2026\nseen,3,4,5\n", "stand side by side"),
        (b"month,seen\n", "no rows of numbers"),
        (b"month,seen\n,\n", "no rows of numbers"),
        (b"PK\x03\x04rest", "can't be read"),
        (b"a\0b,c\n1,2\n", "neither a CSV file nor"),
        (b"m,n\n" + b"1,2\n" * 20_001, "more than 20000 rows"),
        (b",".join([b"x"] * 51) + b"\n1\n", "more than 50 columns"),
        (b'm,n\n"' + b"x" * 140_000 + b'",2\n', "can't be read"),
    ],
)
def test_what_is_no_file_of_numbers_is_refused_in_plain_words(data: bytes, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        read(data)


@pytest.mark.parametrize(
    "name",
    [
        "Name",
        "First Name",
        "lastname",
        "LastName",
        "client_name",
        "Patient's name",
        "Surname",
        "DOB",
        "Date of Birth",
        "birthdate",
        "client dob",
        "MRN",
        "Medical Record Number",
        "record no",
        "Chart #",
        "case id",
        "Client ID",
        "patient number",
        "SSN",
        "Medicaid ID",
        "E-mail",
        "phone number",
        "Street address",
    ],
)
def test_a_column_named_like_something_of_a_person_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="looks like") as caught:
        read(f"month,{name},seen\n2026-01,17,3\n".encode())
    assert f"“{name}”" in str(caught.value)
    assert "17" not in str(caught.value)


@pytest.mark.parametrize(
    "name",
    [
        "provider",
        "Provider name",
        "Site name",
        "clients",
        "Clients seen",
        "Patients",
        "consumers who answered",
        "Phone calls answered",
        "cases",
        "identified",
        "numerator",
        "started_within_2_weeks",
        "members",
    ],
)
def test_columns_about_groups_are_welcome(name: str) -> None:
    assert read(f"month,{name}\n2026-01,17\n".encode()).head == ["month", name]


@pytest.mark.parametrize(
    ("values", "what"),
    [
        (["Rosa Diaz", "Sam O'Neil", "Li Wei", "Ana Paz", "Tom Hill"], "names of people"),
        (["Diaz, Rosa", "Paz, Ana", "Hill, Tom", "Wei, Li", "Ode, Jo"], "names of people"),
        (
            ["1960-03-04", "1988-01-30", "1975-12-01", "2001-07-07", "1944-05-06"],
            "dates of birth",
        ),
        (["5/4/1961", "3/2/1999", "1/1/1950", "2/2/2002", "9/9/1980"], "dates of birth"),
        (["123-45-6789"], "record numbers"),
        (["rosa@example.org"], "ways to reach people"),
        (["(555) 123-4567"], "ways to reach people"),
    ],
)
def test_a_column_whose_values_look_like_those_of_people_is_refused(
    values: list[str], what: str
) -> None:
    rows = "".join(f'2026-{at + 1:02},"{value}",3\n' for at, value in enumerate(values))
    with pytest.raises(ValidationError, match=what):
        read(f"month,what,seen\n{rows}".encode())


def test_long_series_and_a_few_names_of_places_are_not_taken_for_people() -> None:
    rows = [
        f"{year}-01-01,{place},3"
        for year in range(1990, 2026)
        for place in ("North Gate", "South Gate")
    ]
    assert len(read("\n".join(["year,site,seen", *rows]).encode()).rows) == 72


def test_columns_are_guessed_the_part_before_the_whole() -> None:
    sheet = read(b"all,seen,site,month\n9,3,North,2026-01\n8,4,South,2026-02\n")
    assert guess(sheet, Measure(kind="proportion")) == {
        "period": 3,
        "numerator": 1,
        "denominator": 0,
    }
    assert guess(read(b"seen,site,month\n3,North,2026-01\n"), Measure(kind="count")) == {
        "period": 2,
        "numerator": 0,
    }
    assert filters(sheet) == [(2, ["North", "South"])]


def test_a_score_in_percent_is_guessed_and_picks_no_rows() -> None:
    rows = [f"2026-{month:02},{40 + month}%" for month in range(1, 7)]
    sheet = read("\n".join(["month,share", *rows]).encode())
    assert guess(sheet, Measure(kind="score")) == {"period": 0, "numerator": 1}
    assert filters(sheet) == []


@pytest.mark.parametrize(
    ("kind", "head", "row"),
    [
        ("count", "month,seen,all", "2026-01,3,9"),
        ("score", "month,asked,share", "2026-01,12,41%"),
        ("proportion", "month,seen,late,all", "2026-01,3,1,9"),
        ("rate", "month,falls,harm,days", "2026-01,3,1,900"),
    ],
)
def test_where_several_columns_could_be_meant_none_is_chosen(
    kind: str, head: str, row: str
) -> None:
    assert guess(read(f"{head}\n{row}\n".encode()), Measure(kind=kind)) == {"period": 0}


def test_where_two_columns_hold_days_none_is_chosen() -> None:
    sheet = read(b"asked for,seen,people\n2026-01-02,2026-01-09,3\n")
    assert guess(sheet, Measure(kind="count")) == {"numerator": 2}


def test_what_can_be_read_two_ways_does_not_say_which_number_is_bigger() -> None:
    sheet = read("Monat;Stürze;Belegungstage\n2025-01;17;14.768\n".encode())
    assert guess(sheet, Measure(kind="rate")) == {"period": 0, "numerator": 1, "denominator": 2}
