"""A list of people is read as people write it; nothing is guessed that can be read two ways."""

from collections.abc import Sequence

import pytest
from django.core.exceptions import ValidationError

from accounts.lists.reading import (
    ListTable,
    ReadRow,
    in_order,
    phone_of,
    read_rows,
    table_of_file,
    table_of_text,
    wrong_columns,
)
from accounts.lists.words import Column, WhyLeftOut, roles_of, without_standings
from accounts.permissions import Role
from accounts.policies import LIST_LENGTH
from tests.measures.workbooks import changed, workbook

PLAIN = "Name,E-mail,Phone,Role\nAna Ruiz,ana@home.example,503-555-0123,Facilitator\nBen Ott,,,\n"


def people(table: ListTable) -> list[ReadRow]:
    assert not table.asks, table.columns
    return read_rows(table, table.meaning).rows


def names(table: ListTable) -> list[str]:
    return [row.name or row.shown for row in people(table)]


def test_columns_are_known_by_their_headings() -> None:
    first, second = people(table_of_file(PLAIN.encode()))
    assert first == ReadRow(2, "Ana Ruiz", "", "ana@home.example", "503-555-0123", "Facilitator")
    assert second == ReadRow(3, "Ben Ott")


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.replace("Ruiz", "Ruíz").encode("cp1252"),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        b"\r\n\r\n" + PLAIN.replace("\n", "\n\n").encode(),
        ("Our people,,,\nas of November,,,\n" + PLAIN).encode(),
        PLAIN.replace("Ana Ruiz", '"Ana\nRuiz"').encode(),
        PLAIN.replace("Ana Ruiz", '"Ruiz, Ana"').encode(),
        PLAIN.replace("ana@home.example", "Ana <ANA@home.example>").encode(),
        PLAIN.replace("Name,E-mail,Phone,Role", "Nombre,Correo electrónico,Teléfono,Rol").encode(),
    ],
    ids=[
        *("bom", "utf-16", "windows", "semicolons", "tabs", "crlf", "empty lines"),
        *("headings in row 3", "line end in quotes", "last name first", "mail program", "spanish"),
    ],
)
def test_odd_files_give_the_same_people(data: bytes) -> None:
    first, second = people(table_of_file(data))
    assert first.name.replace("í", "i") == "Ana Ruiz"
    assert (first.email, first.phone, first.role) == (
        *("ana@home.example", "503-555-0123"),
        "Facilitator",
    )
    assert second.name == "Ben Ott"


def test_a_workbook_gives_numbers_as_people_write_them() -> None:
    rows = [["Name", "Phone"], ["Ana Ruiz", 5035550123], ["Ben Ott", 5.035550124e9], [None, None]]
    found = people(table_of_file(workbook({"People": rows})))
    assert [row.phone for row in found] == ["5035550123", "5035550124"]


@pytest.mark.parametrize(
    ("typed", "read", "cut"),
    [
        ("5.035550123E9", "5035550123", False),
        ("5,035550123E+09", "5035550123", False),
        ("5.03555E+09", "5.03555E+09", True),
        ("5035550123.0", "5035550123", False),
        ("'503 555 0123", "503 555 0123", False),
        ("leave a note at the front desk", "leave a note at the front desk", False),
    ],
)
def test_a_number_a_spreadsheet_has_changed_is_mended_or_asked_about(
    typed: str, read: str, cut: bool
) -> None:
    assert phone_of(typed) == (read, cut)
    rows = people(table_of_text(f"Name\tPhone\nAna Ruiz\t{typed}\n"))
    assert rows[0].faults == (("cut",) if cut else ())


@pytest.mark.parametrize(
    "data",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"%PDF-1.7 something",
        b"<html><table><tr><td>Ana</td></tr></table></html>",
        b"PK\x03\x04broken",
        b"\n\n",
        b"Name,E-mail\n",
        workbook({"One": [["Name"], ["Ana"]], "Two": [["Name"], ["Ben"]]}),
        changed(workbook({"P": [["Name"], ["Ana"]]}), lambda n, b: b, xl__vbaProject__bin=b"x"),
    ],
    ids=["password or old", "pdf", "web page", "broken", "empty", "nobody", "two sheets", "macros"],
)
def test_other_files_are_refused_in_plain_words(data: bytes) -> None:
    if b"vbaProject" in data:
        data = data.replace(b"vbaProject/bin", b"vbaProject.bin")
    with pytest.raises(ValidationError):
        table_of_file(data)


def test_a_formula_is_a_cell_like_any_other_and_never_run() -> None:
    rows = [["Name", "E-mail"], ['=HYPERLINK("http://x","Ana")', "ana@home.example"]]
    found = people(table_of_file(workbook({"People": rows})))
    assert found[0].name in ("", "=…")
    typed = people(table_of_text('Name,E-mail\n"=1+1",ana@home.example\n'))
    assert typed[0].name == "=1+1"


def test_a_thousand_rows_are_read_and_too_many_refused() -> None:
    line = "Person {0},p{0}@home.example\n"
    text = "Name,E-mail\n" + "".join(line.format(each) for each in range(1000))
    assert len(people(table_of_text(text))) == 1000
    more = "Name\n" + "Ana Ruiz\n" * (LIST_LENGTH.value + 1)
    with pytest.raises(ValidationError):
        table_of_text(more)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz, ana@home.example\nBen Ott, ben@home.example",
        "Ana Ruiz\tana@home.example\nBen Ott\tben@home.example",
        "Ana Ruiz ana@home.example\nBen Ott ben@home.example",
        "Ana Ruiz <ana@home.example>; Ben Ott <ben@home.example>",
        "ana@home.example,Ana Ruiz\nben@home.example,Ben Ott",
    ],
)
def test_without_headings_what_is_clear_is_not_asked(text: str) -> None:
    found = people(table_of_text(text))
    assert [(row.name, row.email) for row in found] == [
        ("Ana Ruiz", "ana@home.example"),
        ("Ben Ott", "ben@home.example"),
    ]


def test_names_alone_are_a_list() -> None:
    assert names(table_of_text("Ana Ruiz\nBen Ott 503-555-0123\n")) == ["Ana Ruiz", "Ben Ott"]
    assert names(table_of_text("Name\nRuiz, Ana\nOtt, Ben\n")) == ["Ana Ruiz", "Ben Ott"]


@pytest.mark.parametrize(
    "text",
    [
        "Ruiz, Ana\nOtt, Ben",
        "Ana,Ruiz,ana@home.example\nBen,Ott,ben@home.example",
        "Name,Work e-mail,E-mail,E-mail address\nAna,x,ana@home.example,a@b.example",
        "Name,Last name\nAna,Ruiz",
        "Name,Cell phone,Phone\nAna,503-555-0123,503-555-0124",
    ],
)
def test_what_can_be_read_two_ways_is_asked(text: str) -> None:
    assert table_of_text(text).asks


def test_first_and_last_names_become_one() -> None:
    text = "First name,Last name,Preferred name\nAna,Ruiz,Annie\n"
    (row,) = people(table_of_text(text))
    assert (row.name, row.shown) == ("Ana Ruiz", "Annie")
    assert names(table_of_text("Nombre;Apellidos\nAna;Ruiz Gil\n")) == ["Ana Ruiz Gil"]


@pytest.mark.parametrize(
    ("heading", "cell", "why"),
    [
        ("Diagnosis", "F20.9", WhyLeftOut.HEALTH),
        ("Consumer (yes/no)", "yes", WhyLeftOut.STANDING),
        ("Client or family", "family", WhyLeftOut.STANDING),
        ("Case number", "A123456", WhyLeftOut.RECORDS),
        ("SSN", "123-45-6789", WhyLeftOut.RECORDS),
        ("Social", "123-45-6789", WhyLeftOut.RECORDS),
        ("DOB", "1/2/1980", WhyLeftOut.BIRTHS),
        ("Fecha de nacimiento", "1/2/1980", WhyLeftOut.BIRTHS),
        ("Diagnóstico", "F20.9", WhyLeftOut.HEALTH),
        ("Shoe size", "42", WhyLeftOut.OTHER),
    ],
)
def test_what_is_not_needed_is_left_behind(heading: str, cell: str, why: WhyLeftOut) -> None:
    table = table_of_text(f"Name,{heading},E-mail\nAna Ruiz,{cell},ana@home.example\n")
    read = read_rows(table, table.meaning)
    assert read.left_out == [(heading, why)]
    assert cell not in repr(read.rows)


@pytest.mark.parametrize(
    "column", [["yes", "no"], ["consumer", "provider"], ["1/2/1980", "3/4/1990"], ["123-45-6789"]]
)
def test_without_headings_private_columns_are_not_even_offered(column: Sequence[str]) -> None:
    text = "".join(f"Ana Ruiz{at},ana{at}@home.example,{each}\n" for at, each in enumerate(column))
    table = table_of_text(text.replace("Ruiz0", "Ruiz").replace("Ruiz1", "Gil"))
    assert not table.asks
    assert not any(each in repr(table.columns) for each in column)


def test_standings_in_a_column_of_roles_are_left_behind_and_counted() -> None:
    table = table_of_text("Name,Role\nAna Ruiz,Consumer\nBen Ott,Provider; Facilitator\nCy Dee,\n")
    read = read_rows(table, table.meaning)
    assert [row.role for row in read.rows] == ["", "Facilitator", ""]
    assert read.standings == 2
    assert without_standings("Usuaria, Facilitadora") == ("Facilitadora", True)


def test_a_social_security_number_in_any_cell_is_not_kept() -> None:
    (row,) = people(table_of_text("Name,Phone\nAna Ruiz,123-45-6789\n"))
    assert row.phone == ""
    assert row.faults == ("private",)


def test_a_row_with_more_cells_than_columns_has_to_be_checked() -> None:
    rows = people(
        table_of_text("Name,E-mail\nRuiz, Ana,ana@home.example\nBen Ott,b@home.example\n")
    )
    assert rows[0].faults == ("wide",)
    assert rows[1].faults == ()


@pytest.mark.parametrize(
    ("said", "roles", "unknown"),
    [
        ("Facilitator", (Role.FACILITATOR,), []),
        ("facilitadora y pagadora", (Role.FACILITATOR, Role.PAYER), []),
        ("none", (), []),
        ("-", (), []),
        ("Manager", (), ["Manager"]),
        ("payer", (Role.PAYER,), []),
        ("Administrador", (Role.ADMINISTRATOR,), []),
    ],
)
def test_roles_are_known_in_two_languages(
    said: str, roles: tuple[Role, ...], unknown: list[str]
) -> None:
    assert roles_of(said) == (roles, unknown)


def test_titles_after_a_comma_are_no_first_names() -> None:
    assert in_order("John Smith, LCSW") == "John Smith, LCSW"
    assert in_order("Smith, John") == "John Smith"


def test_columns_that_make_no_list_are_refused() -> None:
    assert wrong_columns([Column.EMAIL])
    assert wrong_columns([Column.NAME, Column.NAME])
    assert wrong_columns([Column.NAME, Column.FIRST])
    assert not wrong_columns([Column.FIRST, Column.LAST, Column.EMAIL])
