"""Malicious files: small ones that unpack to a lot, and people hidden in plain columns."""

import io
import zipfile
from collections.abc import Callable
from time import process_time

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from accounts.models import Member
from foundation.sheets.limits import MOST_TAGS
from measures.definitions.models import Measure
from measures.importing import actions
from measures.importing.models import ImportDraft
from measures.importing.reading import read
from tests.measures.workbooks import changed, saved, workbook

GOOD = {"N": [["month", "seen"], ["2026-01", 3], ["2026-02", 4]]}
LINES = "month,seen\n2026-01,3\n"


def within(seconds: float, act: Callable[[], object]) -> None:
    began = process_time()
    act()
    assert process_time() - began < seconds


def refused(data: bytes, said: str) -> str:
    with pytest.raises(ValidationError, match=said) as caught:
        read(data)
    return str(caught.value)


def test_one_very_long_line_does_not_make_all_others_as_long() -> None:
    """Two megabytes would become many gigabytes if each line were padded to the longest."""
    data = f"{LINES}{',' * 200_000}x\n{'2026-01,3\n' * 20_000}".encode()
    within(2, lambda: refused(data, "more than 50 columns"))


def test_empty_columns_beside_the_table_are_left_out() -> None:
    (sheet,) = read(f"month,seen{',' * 500}\n2026-01,3{',' * 500}\n".encode())
    assert sheet.head == ["month", "seen"]
    assert sheet.rows == [["2026-01", "3"]]


def test_reading_stops_at_the_first_row_too_many() -> None:
    within(2, lambda: refused(b"m,s\n" + b"1\n" * 2_400_000, "more than 20000 rows"))


def test_empty_lines_at_the_end_are_no_rows() -> None:
    (sheet,) = read((LINES + ",\n" * 50_000).encode())
    assert len(sheet.rows) == 1


def with_part(name: str, content: str) -> bytes:
    """A workbook with this part, replacing its own if it has one."""
    book = changed(workbook(GOOD), lambda part, own: content.encode() if part == name else own)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        there = name in archive.namelist()
    added = {} if there else {name.replace("/", "__"): content.encode()}
    return changed(book, lambda part, own: own, **added)


SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.mark.parametrize(
    ("part", "begin", "many", "end"),
    [
        ("xl/sharedStrings.xml", f"<sst {SPACE}>", "<si><t/></si>", "</sst>"),
        ("xl/styles.xml", f"<styleSheet {SPACE}><cellXfs>", "<xf/>", "</cellXfs></styleSheet>"),
        (
            "xl/styles.xml",
            f"<styleSheet {SPACE}><fonts>",
            "<font><b/></font>",
            "</fonts></styleSheet>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            f"<worksheet {SPACE}><sheetData>",
            "<row/>",
            "</sheetData></worksheet>",
        ),
    ],
)
def test_a_small_archive_of_very_many_tags_is_refused_before_they_are_read(
    part: str, begin: str, many: str, end: str
) -> None:
    data = with_part(part, f"{begin}{many * (MOST_TAGS + 1)}{end}")
    assert len(data) < 400_000
    within(3, lambda: refused(data, "too big"))


def test_many_sheets_that_are_empty_down_to_the_last_row_are_refused() -> None:
    sheets = {f"N{at}": GOOD["N"] for at in range(20)}

    def long(name: str, content: bytes) -> bytes:
        return content.replace(b"</sheetData>", b'<row r="1048576"/></sheetData>')

    within(25, lambda: refused(changed(workbook(sheets), long), "too big"))


def with_cells(*places: tuple[int, int]) -> bytes:
    """A workbook with content in these rows and columns only."""
    book = Workbook()
    sheet = book.create_sheet("N", 0)
    for row, column in places:
        sheet.cell(row=row, column=column, value=1)
    return saved(book)


def test_a_cell_in_the_last_row_costs_nothing_for_the_rows_above() -> None:
    data = with_cells((1, 1), (2, 1), (1_048_576, 1))
    assert len(data) < 10_000
    within(0.5, lambda: refused(data, "Row 1048576 has something in it"))


def test_a_table_far_to_the_right_and_below_is_not_filled_up_cell_by_cell() -> None:
    data = with_cells(*((row, place) for row in range(1, 1_000_000, 500) for place in (1, 16_384)))
    within(2, lambda: refused(data, "more than 50 columns"))


def test_a_sheet_is_looked_into_whatever_it_is_called() -> None:
    """Entities of a part not named .xml would be expanded."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(GOOD))) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            content = before.read(part)
            name = part.filename
            if name == "xl/worksheets/sheet1.xml":
                name = "xl/worksheets/sheet1.dat"
                content = b'<!DOCTYPE x [<!ENTITY a "month">]>' + content
            after.writestr(name, content.replace(b"sheet1.xml", b"sheet1.dat"))
    refused(stream.getvalue(), "can't be read")


@pytest.mark.parametrize(
    "head",
    [
        "Nombre",
        "Apellidos",
        "Nombre del cliente",
        "Prénom",
        "Nachname",
        "Fecha de nacimiento",
        "Date de naissance",
        "Geburtsdatum",
        "Expediente",
        "Número de Seguro Social",
        "Correo electrónico",
        "N\u200bame",
        "\uff2e\uff41\uff4d\uff45",
        "Name:",
    ],
)
def test_a_column_of_people_is_known_in_other_languages_and_disguises(head: str) -> None:
    refused(f"month,{head},seen\n2026-01,17,3\n".encode(), "looks like")


@pytest.mark.parametrize(
    "lines",
    [
        "month,what,seen\n,Client name,\n2026-01,Rosa,3\n2026-02,Sam,4\n",
        ",Date of birth,\nmonth,what,seen\n2026-01,1960-01-02,3\n2026-02,1961-03-04,4\n",
        "x,MRN,y\nmonth,what,seen\n2026-01,8812,3\n2026-02,9231,4\n",
    ],
)
def test_a_column_is_known_by_its_name_in_another_line(lines: str) -> None:
    refused(lines.encode(), "looks like")


@pytest.mark.parametrize(
    "lines",
    [
        "Name,Waiting times\nID,M-3\n\nmonth,site,seen\n2026-01,North,3\n2026-02,South,4\n",
        "month,asked by,seen\n2026-01,Phone,3\n2026-02,E-mail,4\n2026-03,Paper,4\n",
        "month,cost,seen\n2026-01,104233,3\n2026-02,98231,4\n",
    ],
)
def test_titles_and_words_about_groups_are_not_taken_for_names_of_columns(lines: str) -> None:
    assert len(read(lines.encode())) == 1


@pytest.mark.parametrize(
    ("values", "what"),
    [
        (["none", "see 123-45-6789 there"], "record numbers"),
        (["123 45 6789"], "record numbers"),
        (["Rosa <rosa@example.org>"], "ways to reach people"),
        (["call 555-123-4567 first"], "ways to reach people"),
        (["483920117", "391820443", "120394857", "984736251", "564738291"], "record numbers"),
        (
            ["04.03.1960", "30.01.1988", "01.12.1975", "07.07.2001", "06.05.1944"],
            "dates of birth",
        ),
        (
            ["1960/03/04", "1988/01/30", "1975/12/01", "2001/07/07", "1944/05/06"],
            "dates of birth",
        ),
    ],
)
def test_values_of_people_are_known_among_other_words_and_in_other_forms(
    values: list[str], what: str
) -> None:
    rows = "".join(f"2026-{at:02},{value},3\n" for at, value in enumerate(values, 1))
    refused(f"month,what,seen\n{rows}".encode(), what)


def test_what_stands_in_the_head_itself_is_refused_and_not_repeated() -> None:
    said = refused(b"month,123-45-6789,rosa@example.org\n2026-01,3,4\n", "looks like")
    assert "6789" not in said
    assert "rosa" not in said


@pytest.mark.django_db
def test_of_a_refused_file_nothing_is_kept(measure: Measure, provider: Member) -> None:
    with pytest.raises(ValidationError):
        actions.upload(measure, data=b"month,Nombre\n2026-01,Rosa\n", by=provider)
    assert not ImportDraft.objects.within(measure.agency).exists()


def test_long_cells_are_looked_through_in_a_moment() -> None:
    """Letters that could begin an address, over and over."""
    cells = ["a" * 4_000, "a@" * 2_000, "555-" * 1_000, "@a." * 1_300, "A b" * 1_300]
    rows = "".join(f"2026-01,{cells[at % 5]}\n" for at in range(1_000))
    within(4, lambda: read(f"month,what\n{rows}".encode()))
