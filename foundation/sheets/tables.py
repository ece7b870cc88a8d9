"""Reads uploaded bytes as lines of text cells: a CSV file, or a workbook's sheets."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.sheets.limits import HEAD_WITHIN, LONGEST, MOST_COLUMNS, MOST_ROWS
from foundation.sheets.workbook import Lines, is_workbook, read_sheets

# This many first lines decide the delimiter.
TELLING = 200
# Documents, and web pages, which some programs export as “.xls”.
_OTHER_KINDS = ("<!", "<?", "<html", "<table", "%pdf-", "{\\rtf")


def tables_of(data: bytes) -> list[tuple[str, Lines]]:
    """Name and lines of each sheet of an XLSX workbook with content, or those of a CSV file.

    CSV: UTF-8, UTF-16 or Windows encoding; commas, semicolons or tabs. ValidationError, in plain
    words: another kind of file, damaged, or too big.
    """
    return read_sheets(data) if is_workbook(data) else [("", lines_of(_text(data)))]


def too_wide() -> ValidationError:
    said = _("The file has more than %(most)d columns. Leave out those that are not needed.")
    return ValidationError(said % {"most": MOST_COLUMNS})


def too_long() -> ValidationError:
    said = _("The file has more than %(most)d rows. Split it and import the parts.")
    return ValidationError(said % {"most": MOST_ROWS})


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if "\0" in text or text[:100].lstrip().lower().startswith(_OTHER_KINDS):
        raise ValidationError(
            _("This is neither a CSV file nor an “.xlsx” file. Save it as one of these.")
        )
    return text


def lines_of(text: str) -> Lines:
    """The cells of delimited text; ValidationError, in plain words."""
    try:
        return _filled(_cells(text, _delimiter(text)))
    except csv.Error:
        raise ValidationError(
            _("This file can't be read. In your spreadsheet, save it as “CSV” once more.")
        ) from None


def _cells(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(text: str) -> str:
    """The delimiter that gives the most lines the same number of cells.

    The first line alone can mislead: if it is a title, everything would become a single column, in
    which nobody would notice people's names.
    """
    first = text.lstrip().split("\n", 1)[0]

    def fits(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(len(line) for line in islice(_cells(text, delimiter), TELLING))
        except csv.Error:  # It may still be a table with another delimiter.
            return 0, 0
        widths[0] = widths[1] = 0
        return max(widths.values()), first.count(delimiter)

    return max(",;\t", key=fits)


def _filled(reader: Iterable[list[str]]) -> Lines:
    """The lines down to the last with content.

    Raises early if there are too many, and before one very long line makes all the others as long.
    """
    lines: Lines = []
    blank = 0
    for each in reader:
        line = [cell.strip()[:LONGEST] for cell in each]
        while line and not line[-1]:
            line.pop()
        if not line:
            blank += 1
            continue
        if len(line) > MOST_COLUMNS:
            raise too_wide()
        if len(lines) + blank > MOST_ROWS + HEAD_WITHIN:
            raise too_long()
        lines += [[]] * blank + [line]
        blank = 0
    return lines
