"""Reads a CSV file or workbook as people's spreadsheets write it: its sheets, as text."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.sheets.limits import HEAD_WITHIN, LONGEST_NAME, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from foundation.sheets.tables import tables_of, too_long, too_wide
from measures.importing.days import day
from measures.importing.private import refuse_private
from measures.numbers.values import MISSING, has_numbers, number

# This many first lines decide the delimiter.
TELLING = 200
# This many days side by side are no accident.
DAYS_IN_HEAD = 3


@dataclass(frozen=True)
class Sheet:
    """The header of a table, and its rows: as long as the header, stripped.

    `first` is the spreadsheet's number of the first row.
    """

    head: list[str]
    rows: list[list[str]]
    name: str = ""
    first: int = 2


def read(data: bytes) -> list[Sheet]:
    """The sheets of an XLSX workbook with content, or the single one of a CSV file.

    CSV: UTF-8 or Windows encoding; commas, semicolons or tabs. Titles may stand above the header.
    ValidationError, in plain words: another kind of file, no rows, too many, or columns that seem
    to describe individuals, on any sheet.
    """
    found = tables_of(data)
    if not found:
        raise ValidationError(
            _("The file has no rows of numbers. Sheets that are hidden are not read.")
        )
    for name, lines in found:
        _refuse_private(name, lines)
    if len(found) == 1:
        name, lines = found[0]
        return [_sheet(name, lines)]
    sheets, said = [], []
    for name, lines in found:
        try:
            sheets.append(_sheet(name, lines))
        except ValidationError as error:
            said.append(f"“{name}”: {error.message}")
    if not sheets:
        raise ValidationError(" ".join(said))
    return sheets


def _refuse_private(name: str, lines: Sequence[Sequence[str]]) -> None:
    """Check every sheet, even one that nobody would choose."""
    at = _head_at(lines)
    width = max((len(line) for line in lines), default=0)
    rows = [[*line, *[""] * (width - len(line))] for line in lines]
    head = [""] * width if at is None else rows[at]
    names = [title[:LONGEST_NAME] or _column(place) for place, title in enumerate(head)]
    try:
        below = rows if at is None else rows[at + 1 :]
        words = [line for line in below[:HEAD_WITHIN] if not _has_figures(line)]
        refuse_private(names, below, others=rows[: at or 0] + words)
    except ValidationError as error:
        if name:
            said = _("On the sheet “%(name)s”: %(why)s") % {"name": name, "why": error.message}
            raise ValidationError(said) from None
        raise


def _sheet(name: str, lines: Sequence[Sequence[str]]) -> Sheet:
    if not any(map(any, lines)):
        raise ValidationError(_("This file is empty. Choose another one."))
    at = _head_at(lines)
    if at is None:
        raise ValidationError(
            _("The file has no first row with the names of its columns. Add one above the numbers.")
        )
    head = _told_apart(
        [title[:LONGEST_NAME] or _column(place) for place, title in enumerate(lines[at])]
    )
    if len(head) > MOST_COLUMNS:
        raise too_wide()
    if len(lines) - at - 1 > MOST_ROWS:
        raise too_long()
    if len(head) * (len(lines) - at) > MOST_CELLS:
        raise ValidationError(
            _("The file is too big. Leave out the columns that are not needed, or split it.")
        )
    rows = [[*line, *[""] * (len(head) - len(line))][: len(head)] for line in lines[at + 1 :]]
    if not any(any(row) for row in rows):
        raise ValidationError(_("The file has no rows of numbers."))
    if _lie_side_by_side(head, rows):
        raise ValidationError(
            _(
                "In this file the dates stand side by side, one column for each. Turn the table: "
                "one row for each date. A spreadsheet does so with “Paste special”, “Transpose”."
            )
        )
    return Sheet(head, rows, name, at + 2)


def _lie_side_by_side(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the days are in the header, and none is below it."""
    days = sum(day(title) is not None for title in head)
    below = (cell for row in rows[:TELLING] for cell in row)
    return days >= DAYS_IN_HEAD and not any(day(cell) for cell in below)


def _column(place: int) -> str:
    return _("Column %(number)d") % {"number": place + 1}


def _told_apart(names: Sequence[str]) -> list[str]:
    """Append its position to a repeated column name."""
    seen: set[str] = set()
    found = []
    for place, name in enumerate(names, start=1):
        again = name.casefold() in seen
        seen.add(name.casefold())
        words = {"name": name, "number": place}
        found.append(_("%(name)s (column %(number)d)") % words if again else name)
    return found


def _head_at(lines: Sequence[Sequence[str]]) -> int | None:
    """The header's line: the one above the first line with a day and a number.

    Right below at least two names, the numbers may still be missing. If no line fits, the first
    that is not empty; None if there is none.
    """
    filled = [at for at, line in enumerate(lines[:HEAD_WITHIN]) if any(line)]
    for place, at in enumerate(filled):
        above = lines[filled[place - 1]] if place else []
        if _has_numbers(lines[at]) or (_has_only_days(lines[at]) and _has_names(above)):
            return _names_above(lines, filled[:place])
    return filled[0] if filled else None


def _names_above(lines: Sequence[Sequence[str]], filled: Sequence[int]) -> int | None:
    """The last of these lines; if it is a row with an unreadable day, the names above it."""
    for at in reversed(filled):
        if len(lines[at]) != len(lines[filled[-1]]):
            break
        if not _has_figures(lines[at]):
            return at if _has_names(lines[at]) else filled[-1]
    return filled[-1] if filled else None


def _has_numbers(line: Sequence[str]) -> bool:
    days = [at for at, text in enumerate(line) if day(text)]
    return bool(days) and any(
        has_numbers(text) or number(text) is not None or (text and text in MISSING)
        for at, text in enumerate(line)
        if at not in days
    )


def _has_figures(line: Sequence[str]) -> bool:
    return any(day(text) or number(text) is not None for text in line)


def _has_only_days(line: Sequence[str]) -> bool:
    return all(day(text) for text in line if text)


def _has_names(line: Sequence[str]) -> bool:
    return sum(1 for text in line if text and not day(text)) >= 2
