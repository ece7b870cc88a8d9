"""Reads an XLSX workbook's cells as text; rejects anything harmful before unpacking it."""

import io
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import repeat
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.worksheet._reader import WorkSheetParser

from foundation.sheets.limits import (
    LONGEST,
    MOST_BLANK,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_PARTS,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_TAGS,
    MOST_TAGS_BESIDE,
    MOST_UNPACKED,
)

Lines = list[list[str]]

_ZIP = b"PK"
# Workbooks with a password, and those from before 2007, have this signature.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The last row a spreadsheet can have; a file can claim more.
_LAST_ROW = 1_048_576


def is_workbook(data: bytes) -> bool:
    return data.startswith((_ZIP, _COMPOUND))


def read_sheets(data: bytes) -> list[tuple[str, Lines]]:
    """Name and lines of each visible sheet that is not empty.

    ValidationError, in plain words: a password, macros, too big, not a workbook, damaged.
    """
    with_formulas = _inspect(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(_sheets(data, with_formulas))
    except ValidationError:
        raise
    except Exception:
        # The library fails on damaged files in many ways, which all mean the same here.
        raise _unreadable() from None


def _unreadable() -> ValidationError:
    return ValidationError(
        _("This file can't be read. Open it in your spreadsheet and save it once more as “.xlsx”.")
    )


def _inspect(data: bytes) -> bool:
    """Whether it has formulas; ValidationError unless it is safe to unpack."""
    if data.startswith(_COMPOUND):
        raise ValidationError(
            _(
                "This file has a password, or is of an old kind (.xls). Save it as “.xlsx” "
                "without a password, and choose that one."
            )
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _unreadable() from None
    with archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if "xl/workbook.xml" not in names:
            raise ValidationError(
                _("This is neither a CSV file nor an “.xlsx” file. Save it as one of these.")
            )
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise ValidationError(
                _("This file has macros. Save it as “.xlsx” without macros, and choose that one.")
            )
        # Unpacking never yields more than the size declared here.
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise _too_big()
        try:
            # Inspect all of them, even after the first with formulas.
            inspected = [_inspect_part(archive, part) for part in parts]
        except ValidationError:
            raise
        except Exception:
            # Each compression method has errors of its own.
            raise _unreadable() from None
    tags = Counter[bool]()
    for part in inspected:
        tags[part.is_sheet] += part.tags
    if tags[True] > MOST_TAGS or tags[False] > MOST_TAGS_BESIDE:
        raise _too_big()
    return any(part.is_sheet and part.has_formulas for part in inspected)


@dataclass(frozen=True)
class _Part:
    is_sheet: bool
    tags: int
    has_formulas: bool


def _inspect_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> _Part:
    """Inspect a part, whatever its name: any can be declared a sheet.

    Only pictures may have a DTD.
    """
    text = archive.read(part).replace(b"\0", b"")
    if not part.filename.lower().endswith(".svg") and (b"<!DOCTYPE" in text or b"<!ENTITY" in text):
        raise _unreadable()
    is_picture = part.filename.startswith("xl/media/") and b"<?xml" not in text[:100]
    return _Part(
        is_sheet=part.filename.startswith("xl/worksheets/"),
        tags=0 if is_picture else text.count(b"<"),
        has_formulas=b"<f>" in text or b"<f " in text,
    )


def _too_big() -> ValidationError:
    return ValidationError(
        _("This file is too big. Copy the rows and columns that are needed to a new file.")
    )


def _too_wide() -> ValidationError:
    return ValidationError(
        _("The file has more than %(most)d columns. Leave out those that are not needed.")
        % {"most": MOST_COLUMNS}
    )


def _sheets(data: bytes, with_formulas: bool) -> Iterator[tuple[str, Lines]]:
    values = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    formulas = (
        load_workbook(io.BytesIO(data), read_only=True, keep_links=False) if with_formulas else None
    )
    if len(values.worksheets) > MOST_SHEETS:
        raise _too_big()
    left = _Left()
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            continue
        lines = _lines(sheet, formulas[sheet.title] if formulas is not None else None, left)
        if any(any(line) for line in lines):
            yield sheet.title, lines


def _letters(line: list[str]) -> int:
    return sum(map(len, line))


@dataclass
class _Left:
    """How much more of the workbook may be read."""

    cells: int = MOST_CELLS
    letters: int = MOST_LETTERS
    blank: int = MOST_BLANK


def _lines(sheet: Any, formulas: Any, left: _Left) -> Lines:
    """All lines down to the last one with content."""
    lines: Lines = []
    blank = above = 0
    written = repeat((0, ())) if formulas is None else _rows(formulas)
    for (number, row), (_number, beside) in zip(_rows(sheet), written, strict=False):
        # Rows that the file omits, since nothing was ever typed there.
        blank += number - above - 1
        left.blank -= number - above - 1
        above = number
        line = [_text(cell) for cell in row]
        for at, formula in enumerate(beside):
            # A formula that was never calculated looks like an empty cell.
            if not line[at] and formula.data_type == "f":
                line[at] = "=…"
        while line and not line[-1]:
            line.pop()
        if not line:
            blank += 1
            left.blank -= 1
            if left.blank < 0:
                raise _too_big()
            continue
        if len(line) > MOST_COLUMNS:
            raise _too_wide()
        if lines and blank > MOST_ROWS:
            raise ValidationError(
                _("Row %(row)d has something in it, far below the others. Delete it and try again.")
                % {"row": number}
            )
        lines += [[]] * min(blank, MOST_ROWS) + [line]
        blank = 0
        left.cells -= len(line)
        left.letters -= _letters(line)
        if min(left.cells, left.letters) < 0 or len(lines) > MOST_ROWS * 2:
            raise _too_big()
    return lines


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Number and cells of the rows that the file has, skipping those in between.

    The library's own iteration creates cells for each row down to the last one, which may be the
    millionth. The file's declared size is often wrong, so it is ignored.
    """
    book, above = sheet.parent, 0
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=book.data_only,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, cells in parser.parse():
            if number > _LAST_ROW:
                return
            if number > above:
                above = number
                if any(each["column"] > MOST_COLUMNS and each["value"] for each in cells):
                    raise _too_wide()
                yield number, sheet._get_row(cells, 1, MOST_COLUMNS + 1) if cells else ()


def _text(cell: Any) -> str:
    """A cell as people would type it: days as 2026-03-31, shares as 64.4%, no exponents."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        if "%" in cell.number_format:
            return f"{_plain(value * 100)}%"
        return _plain(value)
    if isinstance(value, datetime):
        at_midnight = value.time() == time(0)
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()[:LONGEST]


def _plain(value: float) -> str:
    """With the 15 digits of precision that a spreadsheet has."""
    known = Decimal(format(value, ".15g"))
    return f"{known.normalize():f}" if known.is_finite() else str(known)
