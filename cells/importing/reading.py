"""Reads a CSV file as people's spreadsheets write it."""

import csv
import io
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cells.importing.private import refuse_private

MOST_ROWS = 20_000
MOST_COLUMNS = 50
LONGEST = 200


@dataclass(frozen=True)
class Sheet:
    """The head of a file, and its rows: as long as the head, without spaces around."""

    head: list[str]
    rows: list[list[str]]


def row_number(index: int) -> int:
    """The number by which a spreadsheet calls a row: the head is row 1."""
    return index + 2


def read(data: bytes) -> Sheet:
    """The sheet in a CSV file: UTF-8 or Windows letters; commas, semicolons or tabs.

    ValidationError, in plain words: not such a file, no rows, too many, or columns that look as
    if they told of single people.
    """
    lines = _lines(_text(data))
    if not lines or not any(lines[0]):
        raise ValidationError(_("The file has no first row with the names of its columns."))
    head = [name or _("Column %(number)d") % {"number": at + 1} for at, name in enumerate(lines[0])]
    if len(head) > MOST_COLUMNS:
        raise ValidationError(
            _("The file has more than %(most)d columns. Leave out those that are not needed.")
            % {"most": MOST_COLUMNS}
        )
    if len(lines) - 1 > MOST_ROWS:
        raise ValidationError(
            _("The file has more than %(most)d rows. Split it and import the parts.")
            % {"most": MOST_ROWS}
        )
    rows = [(line + [""] * len(head))[: len(head)] for line in lines[1:]]
    if not any(any(row) for row in rows):
        raise ValidationError(_("The file has no rows of numbers."))
    refuse_private(head, rows)
    return Sheet(head, rows)


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if "\0" in text or data.startswith(b"PK"):
        raise ValidationError(
            _("This is not a CSV file. In your spreadsheet, save it as “CSV” and choose that one.")
        )
    return text


def _lines(text: str) -> list[list[str]]:
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        lines = [[cell.strip()[:LONGEST] for cell in line] for line in reader]
    except csv.Error:
        raise ValidationError(
            _("This file can't be read. In your spreadsheet, save it as “CSV” once more.")
        ) from None
    while lines and not any(lines[-1]):
        lines.pop()
    return lines
