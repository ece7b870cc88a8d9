"""XLSX workbooks as people make them, and those rejected before unpacking."""

import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from accounts.models import Member
from measures.definitions.models import Measure
from measures.importing import actions
from measures.importing.actions import compare
from measures.importing.columns import Columns
from measures.importing.models import ImportDraft
from measures.importing.reading import read
from tests.cells.conftest import Define
from tests.measures.workbooks import changed, saved, workbook

HEAD = ["Month", "Seen", "All"]
GOOD = [HEAD, [date(2026, 1, 1), 3, 4], ["2/1/2026", 5, 10], ["Mar 2026", "*", None]]


def unchanged(_name: str, content: bytes) -> bytes:
    return content


def test_days_numbers_and_text_are_read_as_people_see_them() -> None:
    rows = [
        ["day", "what"],
        [datetime.combine(date(2026, 3, 31), time(0)), 3],
        [datetime.combine(date(2026, 3, 31), time(14, 30)), 3.0],
        [date(2026, 3, 31), 1234567.25],
        ["Q1 2026", 0.1 + 0.2],
        ["2026-03", 1e-05],
        [None, True],
        ["  x  ", 12345678901],
    ]
    (sheet,) = read(workbook({"Numbers": rows}))
    assert sheet.rows == [
        ["2026-03-31", "3"],
        ["2026-03-31 14:30:00", "3"],
        ["2026-03-31", "1234567.25"],
        ["Q1 2026", "0.3"],
        ["2026-03", "0.00001"],
        ["", "TRUE"],
        ["x", "12345678901"],
    ]
    assert (sheet.name, sheet.first) == ("Numbers", 2)


def test_a_cell_that_is_shown_in_percent_is_read_in_percent() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["month", "share"])
    sheet.append(["2026-01", 0.6436])
    sheet["B2"].number_format = "0.0%"
    assert read(saved(book))[0].rows == [["2026-01", "64.36%"]]


def test_the_names_of_the_columns_are_found_below_titles_and_notes() -> None:
    rows = [["Front desk, 2026"], [], ["Counted by Priya's team", "", "v2"], *GOOD]
    (sheet,) = read(workbook({"Numbers": rows}))
    assert (sheet.head, sheet.first) == (HEAD, 5)
    assert sheet.rows[0] == ["2026-01-01", "3", "4"]
    text = b"Front desk\n\nmonth,seen,all\n2026-01,3,4\n"
    assert (read(text)[0].head, read(text)[0].first) == (["month", "seen", "all"], 4)


def test_a_table_without_names_of_its_columns_is_refused() -> None:
    for data in (workbook({"Numbers": GOOD[1:]}), b"2026-01,3,4\n2026-02,3,4\n"):
        with pytest.raises(ValidationError, match="no first row with the names"):
            read(data)


def test_sheets_that_are_empty_or_hidden_are_not_asked_about() -> None:
    book = Workbook()
    book.worksheets[0].title = "Empty"
    for name in ("North", "South", "Secret"):
        sheet = book.create_sheet(name)
        for row in GOOD:
            sheet.append(row)
    sheet.sheet_state = "hidden"
    assert [sheet.name for sheet in read(saved(book))] == ["North", "South"]


def test_where_all_is_hidden_that_is_said() -> None:
    book = Workbook()
    book.worksheets[0].title = "Blank"
    sheet = book.create_sheet("Numbers")
    for row in GOOD:
        sheet.append(row)
    sheet.sheet_state = "hidden"
    with pytest.raises(ValidationError, match="hidden are not read"):
        read(saved(book))


def test_a_sheet_of_notes_beside_the_numbers_is_left_alone() -> None:
    data = workbook({"Numbers": GOOD, "Notes": [["Read me first"]]})
    assert [sheet.name for sheet in read(data)] == ["Numbers"]


def test_a_sheet_that_tells_of_people_refuses_the_whole_workbook() -> None:
    people = [["Client name", "Visits"], ["Rosa Diaz", 3]]
    with pytest.raises(ValidationError) as caught:
        read(workbook({"Numbers": GOOD, "Raw": people}))
    said = " ".join(caught.value.messages)
    assert "On the sheet “Raw”: The column “Client name” looks like names of people." in said
    assert "Diaz" not in said


@pytest.mark.parametrize(
    ("values", "what"),
    [
        (["DIAZ, ROSA", "PAZ, ANA", "HILL, TOM", "WEI, LI", "ODE, JO"], "names of people"),
        (["Ángel Núñez", "Zoë Åberg", "Ian Ó Néill", "Ana Paz", "Li Wei"], "names of people"),
        (["A104223", "A104224", "B104225", "A104226", "C104227"], "record numbers"),
        (["00123451", "00123452", "00123453", "00123454", "00123455"], "record numbers"),
    ],
)
def test_columns_that_look_like_people_are_refused_by_what_is_in_them(
    values: list[str], what: str
) -> None:
    rows = [["month", "who", "n"], *([f"2026-{n + 1:02}", v, 1] for n, v in enumerate(values))]
    with pytest.raises(ValidationError, match=what):
        read(workbook({"Numbers": rows}))


@pytest.mark.parametrize("name", ["ID", "Id number", "identifier", "UUID"])
def test_a_column_of_identifiers_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(ValidationError, match="record numbers"):
        read(workbook({"Numbers": [["month", name, "n"], ["2026-01", 7, 1]]}))


def test_a_name_is_never_repeated_when_columns_have_no_names() -> None:
    rows = [["2026-01", "rosa@example.org", 3]]
    with pytest.raises(ValidationError) as caught:
        read(workbook({"Numbers": rows}))
    assert "rosa" not in " ".join(caught.value.messages)
    assert "Column 2" in " ".join(caught.value.messages)


def formulas() -> bytes:
    """A file with formulas that were never calculated, as openpyxl writes them."""
    return workbook({"Numbers": [*GOOD[:2], ["2026-02", "=B2+1", "=C2+1"]]})


def test_a_formula_without_its_result_is_said_plainly(measure: Measure, provider: Member) -> None:
    draft = actions.upload(measure, data=formulas(), by=provider)
    draft = actions.choose_columns(draft, columns=Columns(0, 1, 2), by=provider)
    found = compare(draft, date(2026, 7, 15))
    assert [(wrong.row, wrong.why) for wrong in found.wrong] == [
        (
            3,
            "This is a formula whose result is not in the file. Open the file in your "
            "spreadsheet, save it there, and choose it again.",
        )
    ]
    assert [each.row for each in found.new] == [2]


def test_the_saved_result_of_a_formula_is_read() -> None:
    def with_results(name: str, content: bytes) -> bytes:
        return content.replace(b"<v />", b"<v>9</v>").replace(b"<v></v>", b"<v>9</v>")

    assert read(changed(formulas(), with_results))[0].rows[1] == ["2026-02", "9", "9"]


def test_an_error_of_the_spreadsheet_is_said_plainly(measure: Measure, provider: Member) -> None:
    data = workbook({"Numbers": [HEAD, ["2026-01", 1, 2], ["2026-02", "#DIV/0!", 4]]})
    draft = actions.upload(measure, data=data, by=provider)
    draft = actions.choose_columns(draft, columns=Columns(0, 1, 2), by=provider)
    (wrong,) = compare(draft, date(2026, 7, 15)).wrong
    assert "“#DIV/0!” is an error of the spreadsheet" in wrong.why


def with_doctype(name: str, content: bytes) -> bytes:
    if name != "xl/worksheets/sheet1.xml":
        return content
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
    return content.replace(b"?>", b"?>" + bomb, 1) if b"?>" in content else bomb + content


def bomb() -> bytes:
    """A few kilobytes that would unpack to many megabytes."""
    stream = BytesIO(workbook({"Numbers": GOOD}))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/large.xml", b"0" * (41 * 1024 * 1024))
    return stream.getvalue()


def many_parts() -> bytes:
    stream = BytesIO(workbook({"Numbers": GOOD}))
    with zipfile.ZipFile(stream, "a") as archive:
        for n in range(1_001):
            archive.writestr(f"xl/media/{n}.txt", b"")
    return stream.getvalue()


def other_archive() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("notes.txt", b"hello")
    return stream.getvalue()


def letters() -> bytes:
    """The same long text in many cells: small on disk, large in memory."""
    return workbook({"N": [HEAD, *([["2026-01", "1 " * 1999]] * 2600)]})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "has a password, or is of an old kind"),
        (changed(workbook({"N": GOOD}), unchanged, xl__vbaProject__bin=b"x"), "N"),
        (bomb(), "too big"),
        (many_parts(), "too big"),
        (letters(), "too big"),
        (other_archive(), "neither a CSV file nor"),
        (workbook({"N": GOOD})[:-200], "can't be read"),
        (changed(workbook({"N": GOOD}), with_doctype), "can't be read"),
        (
            changed(workbook({"N": GOOD}), lambda n, c: c[:50] if "sheet1" in n else c),
            "can't be read",
        ),
        (workbook({"N": [["m", *range(60)], ["2026-01", *range(60)]]}), "more than 50 columns"),
        (workbook({"N": []}), "no rows of numbers"),
        (workbook({"N": [HEAD]}), "no rows of numbers"),
    ],
)
def test_a_workbook_that_can_not_be_used_is_refused_in_plain_words(data: bytes, said: str) -> None:
    if said == "N":
        assert read(data)
        data = data.replace(b"vbaProject/bin", b"vbaProject.bin")
        said = "has macros"
    with pytest.raises(ValidationError, match=said):
        read(data)


def test_a_row_that_claims_to_be_far_below_does_not_hang() -> None:
    def moved(name: str, content: bytes) -> bytes:
        if "sheet1" not in name:
            return content
        return content.replace(b'r="4"', b'r="99999999999"').replace(b'"A4"', b'"A99999999999"')

    data = changed(workbook({"N": GOOD}), moved)
    try:
        (sheet,) = read(data)
    except ValidationError:
        return
    assert len(sheet.rows) == 2


def test_a_workbook_is_imported_like_a_file_of_text(measure: Measure, provider: Member) -> None:
    draft = actions.upload(measure, data=workbook({"Numbers": GOOD}), by=provider)
    draft = actions.choose_columns(draft, columns=Columns(0, 1, 2), by=provider)
    assert actions.import_numbers(draft, by=provider).new == 3
    rows = measure.points.order_by("period").values_list("period", "numerator", "denominator")
    assert list(rows) == [
        (date(2026, 1, 1), Decimal(3), Decimal(4)),
        (date(2026, 2, 1), Decimal(5), Decimal(10)),
        (date(2026, 3, 1), None, None),
    ]


def test_of_several_sheets_one_is_chosen_and_the_others_are_gone_when_it_is_saved(
    measure: Measure, provider: Member
) -> None:
    south = [HEAD, ["2026-01", 9, 10]]
    draft = actions.upload(measure, data=workbook({"North": GOOD, "South": south}), by=provider)
    assert (draft.head, [each["name"] for each in draft.sheets]) == ([], ["North", "South"])
    with pytest.raises(ValidationError) as caught:
        actions.choose_sheet(draft, place=2, by=provider)
    assert set(caught.value.message_dict) == {"sheet"}
    draft = actions.choose_sheet(draft, place=1, by=provider)
    draft = actions.choose_columns(draft, columns=Columns(0, 1, 2), by=provider)
    assert actions.import_numbers(draft, by=provider).new == 1
    kept = ImportDraft.objects.within(measure.agency).get()
    assert (kept.rows, kept.sheets, kept.left_out) == ([], [], [])


def test_percentages_are_numbers_of_a_score_and_refused_for_a_share(
    define: Define, measure: Measure, provider: Member
) -> None:
    data = b"month,share,all\n2026-01,64.4%,3\n"
    score = define(name="Share from a report", kind="score", denominator="")
    for into, columns in ((score, Columns(0, 1)), (measure, Columns(0, 1, 2))):
        draft = actions.upload(into, data=data, by=provider)
        draft = actions.choose_columns(draft, columns=columns, by=provider)
        found = compare(draft, date(2026, 7, 15))
        if into is score:
            assert [each.numerator for each in found.new] == [Decimal("64.4")]
        else:
            assert "is a percentage. Write how many it is" in found.wrong[0].why


def test_long_fractions_of_a_spreadsheet_are_rounded_to_four_digits(
    define: Define, provider: Member
) -> None:
    score = define(kind="score", denominator="")
    data = workbook({"N": [["month", "days"], ["2026-01", 34 / 3]]})
    draft = actions.upload(score, data=data, by=provider)
    draft = actions.choose_columns(draft, columns=Columns(0, 1), by=provider)
    actions.import_numbers(draft, by=provider)
    assert score.points.get().numerator == Decimal("11.3333")
