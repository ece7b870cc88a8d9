"""Excel downloads: of any length, row by row by way of a file on disk, or short ones."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from foundation.spreadsheets import CsvRow

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BOLD = Font(bold=True)
_WIDTH = 18


def workbook(name: str, sheets: Mapping[str, Iterable[CsvRow]]) -> FileResponse:
    """A download of this name with sheets by title; the first row of each is its head.

    Text is always text, never a formula; numbers and days are what they are.
    """
    file = TemporaryFile()  # noqa: SIM115  # The response closes it.
    _book(sheets).save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=_TYPE)


def short_workbook(name: str, sheets: Mapping[str, Iterable[CsvRow]]) -> HttpResponse:
    """The same for few rows, without a file on disk."""
    file = BytesIO()
    _book(sheets).save(file)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file.getvalue(), content_type=_TYPE, headers=headers)


def _book(sheets: Mapping[str, Iterable[CsvRow]]) -> Workbook:
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        head = True
        for row in rows:
            if head:
                for column in range(len(row)):
                    letter = chr(ord("A") + column)
                    sheet.column_dimensions[letter].width = _WIDTH
            sheet.append([_cell(sheet, value, bold=head) for value in row])
            head = False
    return book


def _cell(sheet: Any, value: Any, *, bold: bool) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    # Otherwise text that begins with "=" is a formula.
    cell.data_type = "s"
    if bold:
        cell.font = _BOLD
    return cell
