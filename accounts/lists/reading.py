"""Reads a list of people from a file or pasted text: which column is what, and the rows.

Columns that are none of `Column` are never kept. A column that can be read two ways is asked about.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.lists.words import (
    Column,
    WhyLeftOut,
    column_of,
    is_role,
    is_standing,
    left_out_by,
    without_standings,
)
from accounts.policies import LIST_LENGTH
from foundation.sheets.headings import SOCIAL_SECURITY
from foundation.sheets.limits import HEAD_WITHIN
from foundation.sheets.tables import lines_of, tables_of
from foundation.sheets.workbook import Lines

# A column is of a kind if this share of its cells is.
MOSTLY = 0.8
# Fewest digits of a number that can be called; ten of them in a row are one without signs, too.
FEWEST_DIGITS = 7
CELL_LONGEST = 200
_EMAIL = re.compile(r"[^\s<>(),;:\"]+@[^\s<>(),;:\"]+\.[^\s<>(),;:\"]+")
_CALLABLE = re.compile(r"[\d\s().+x#-]{7,}")
_PHONE = re.compile(r"(?<!\d)(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?!\d)")
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_EXPONENT = re.compile(r"(\d)[.,](\d+)[eE]\+?(\d{1,2})")
_WHOLE = re.compile(r"(\d{7,15})[.,]0+")
_SUFFIX = re.compile(r"(jr|sr|ii|iii|iv|md|phd|rn|lcsw|lpc|msw|cps|do|np|esq)\.?", re.IGNORECASE)
_YES_NO = {"yes", "no", "y", "n", "x", "true", "false", "si", "sí", ""}


@dataclass(frozen=True)
class ListColumn:
    """A column: its heading (empty without one), what it holds if that is clear, and examples.

    `left_out` says why it is not offered.
    """

    at: int
    heading: str
    is_what: Column | None
    left_out: WhyLeftOut | None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListTable:
    """The lines below the headings; `first` is the number of the first of them."""

    lines: Lines
    first: int
    columns: tuple[ListColumn, ...]

    @property
    def meaning(self) -> dict[int, Column]:
        return {each.at: each.is_what for each in self.columns if each.is_what is not None}

    @property
    def asks(self) -> bool:
        """Whether somebody has to say which column is which."""
        held = list(self.meaning.values())
        open_ = any(each.is_what is None and each.left_out is None for each in self.columns)
        return open_ or wrong_columns(held) != ""


@dataclass(frozen=True)
class ReadRow:
    """A person as the list names them; `faults` say what was wrong with their cells."""

    row: int
    name: str
    shown: str = ""
    email: str = ""
    phone: str = ""
    role: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadList:
    """`left_out`: headings that were not kept, and why; `standings`: cells that named one."""

    rows: list[ReadRow]
    left_out: list[tuple[str, WhyLeftOut]]
    standings: int


def wrong_columns(held: Sequence[Column]) -> str:
    """Why these columns don't make a list of people; empty if they do."""
    for each in Column:
        if held.count(each) > 1:
            return _("Choose only one column for: %(what)s.") % {"what": each.label}
    names = {Column.NAME, Column.SHOWN, Column.FIRST} & set(held)
    if not names:
        return _("Choose the column with the names.")
    if Column.NAME in held and {Column.FIRST, Column.LAST} & set(held):
        return _("Choose either the full name, or first and last name.")
    if Column.CONTACT in held and {Column.EMAIL, Column.PHONE} & set(held):
        return _("Choose either “E-mail or phone”, or a column for each.")
    return ""


def table_of_file(data: bytes) -> ListTable:
    """Read a CSV file or a workbook; ValidationError, in plain words."""
    found = tables_of(data)
    if not found:
        raise ValidationError(_("The file is empty. Sheets that are hidden are not read."))
    if len(found) > 1:
        names = ", ".join(f"“{name}”" for name, _lines in found)
        said = _("The file has several sheets: %(names)s. Keep only the one with the people.")
        raise ValidationError(said % {"names": names})
    return table_of(found[0][1])


def table_of_text(text: str) -> ListTable:
    """Read what was pasted: cells of a spreadsheet, or a line for each person."""
    return table_of(lines_of(text))


def table_of(lines: Lines) -> ListTable:
    """Find the headings, if there are any, and what each column holds."""
    lines = [[_clean(cell) for cell in line] for line in lines]
    if not any(map(any, lines)):
        raise ValidationError(_("There is nobody on this list. Paste a line for each person."))
    at = _headings_at(lines)
    body = lines if at is None else lines[at + 1 :]
    head = [] if at is None else lines[at]
    if not any(map(any, body)):
        raise ValidationError(_("There is nobody below the headings."))
    if sum(any(line) for line in body) > LIST_LENGTH.value:
        said = _("The list has more than %(most)d people. Split it and send the parts.")
        raise ValidationError(said % {"most": LIST_LENGTH.value})
    body = _taken_apart(head, body)
    first = 1 if at is None else at + 2
    width = max([len(head), *map(len, body)]) if at is None or _is_loose(head, body) else len(head)
    if (at is None and width == 1) or _is_loose(head, body):
        return ListTable([_loose(line) for line in body], first, _LOOSE)
    return ListTable(body, first, _columns(head, body, width))


def _clean(cell: str) -> str:
    """Without line ends, doubled spaces and invisible characters."""
    seen = "".join(each for each in cell if unicodedata.category(each) != "Cf")
    return " ".join(seen.split())


def _headings_at(lines: Lines) -> int | None:
    """The first line that names columns; titles may stand above it."""
    for at, line in enumerate(lines[:HEAD_WITHIN]):
        filled = [cell for cell in line if cell]
        known = sum(column_of(cell) is not None for cell in filled)
        data = any("@" in cell or _digits(cell) >= FEWEST_DIGITS for cell in filled)
        if not data and known and (known > 1 or len(filled) == 1):
            return at
    return None


def _digits(text: str) -> int:
    return sum(each.isdigit() for each in text)


def _taken_apart(head: Sequence[str], body: Lines) -> Lines:
    """Under one heading, commas belong to the names; addresses of a mail program are apart."""
    if len([cell for cell in head if cell]) == 1:
        return [[", ".join(cell for cell in line if cell)] if any(line) else [] for line in body]
    if head or not any(map(any, body)):
        return body
    cells = [cell for line in body for cell in line if cell]
    one_each = all(_EMAIL.search(cell) and len(_EMAIL.findall(cell)) == 1 for cell in cells)
    if one_each and any("<" in cell for cell in cells):
        return [[cell] for cell in cells]
    return body


# Lines that hold a name and perhaps an address or a number, with nothing between them.
_LOOSE = (
    ListColumn(0, "", Column.NAME, None),
    ListColumn(1, "", Column.EMAIL, None),
    ListColumn(2, "", Column.PHONE, None),
)


def _is_loose(head: Sequence[str], body: Lines) -> bool:
    only = [column_of(cell) for cell in head if cell]
    return only == [Column.NAME] and all(len(line) <= 1 for line in body)


def _loose(line: Sequence[str]) -> list[str]:
    text = line[0] if line else ""
    email = _EMAIL.search(text)
    rest = text.replace(email[0], " ") if email else text
    phone = _PHONE.search(rest)
    rest = rest.replace(phone[0], " ") if phone else rest
    name = " ".join(rest.replace("<", " ").replace(">", " ").split()).strip(" ,;:\"'()-\u2013")
    return [name, email[0] if email else "", phone[0] if phone else ""]


def _columns(head: Sequence[str], body: Lines, width: int) -> tuple[ListColumn, ...]:
    found = []
    for at in range(width):
        heading = head[at] if at < len(head) else ""
        cells = [line[at] for line in body if at < len(line) and line[at]]
        if not cells and not heading:
            continue
        found.append(_column(at, heading, cells, named=bool(head)))
    return _settled(found, named=bool(head))


def _column(at: int, heading: str, cells: Sequence[str], *, named: bool) -> ListColumn:
    examples = tuple(dict.fromkeys(cells))[:3]
    known = column_of(heading) if heading else None
    if known is not None:
        return ListColumn(at, heading, known, None, examples)
    if heading:
        return ListColumn(at, heading, None, left_out_by(heading))
    if why := _private(cells):
        return ListColumn(at, "", None, why)
    if named:
        return ListColumn(at, "", None, WhyLeftOut.OTHER)
    return ListColumn(at, "", _by_cells(cells), None, examples)


def _settled(columns: Sequence[ListColumn], *, named: bool) -> tuple[ListColumn, ...]:
    """What is clear from all columns together: the only one left can only be the names."""
    kinds = [each.is_what for each in columns]
    if named and Column.LAST in kinds and Column.FIRST not in kinds and Column.NAME in kinds:
        # “Nombre” beside “Apellidos” is the first name; “Name” beside “Last name” is asked about.
        spanish = {"nombre"}
        columns = [
            replace(each, is_what=Column.FIRST)
            if each.is_what == Column.NAME and each.heading.casefold() in spanish
            else each
            for each in columns
        ]
    open_ = [each for each in columns if each.is_what is None and each.left_out is None]
    if not named and len(open_) == 1 and all(map(_name_like, open_[0].examples)):
        columns = [
            replace(each, is_what=Column.NAME) if each == open_[0] else each for each in columns
        ]
    twice = {kind for kind in kinds if kind is not None and kinds.count(kind) > 1}
    return tuple(replace(each, is_what=None) if each.is_what in twice else each for each in columns)


def _name_like(text: str) -> bool:
    return not _digits(text) and any(map(str.isalpha, text))


def _mostly(cells: Sequence[str], hits: int) -> bool:
    return bool(cells) and hits >= MOSTLY * len(cells)


def _private(cells: Sequence[str]) -> WhyLeftOut | None:
    """Why a column without heading may not be kept, by what its cells look like."""
    if any(SOCIAL_SECURITY.search(cell) for cell in cells):
        return WhyLeftOut.RECORDS
    if _mostly(cells, sum(bool(_DAY.fullmatch(cell)) for cell in cells)):
        return WhyLeftOut.BIRTHS
    if all(is_standing(cell) or cell.casefold() in _YES_NO for cell in cells):
        return WhyLeftOut.STANDING
    records = sum(_digits(cell) > 0 and not _is_phone(cell) and "@" not in cell for cell in cells)
    return WhyLeftOut.RECORDS if _mostly(cells, records) else None


def _is_phone(cell: str) -> bool:
    number, _fault = phone_of(cell)
    digits = _digits(number)
    signs = any(sign in number for sign in "()-. +")
    return bool(_CALLABLE.fullmatch(number)) and (
        digits in (10, 11) or (signs and digits >= FEWEST_DIGITS)
    )


def _by_cells(cells: Sequence[str]) -> Column | None:
    mails = sum("@" in cell for cell in cells)
    phones = sum(_is_phone(cell) for cell in cells)
    if _mostly(cells, mails):
        return Column.EMAIL
    if _mostly(cells, phones):
        return Column.PHONE
    if mails and _mostly(cells, mails + phones):
        return Column.CONTACT
    return Column.ROLE if all(is_role(cell) or is_standing(cell) for cell in cells) else None


def read_rows(table: ListTable, meaning: Mapping[int, Column]) -> ReadList:
    """The people of a table whose columns are known; everything else is left behind."""
    standings = 0
    rows = []
    for index, line in enumerate(table.lines):
        if not any(line):
            continue
        cells = {what: line[at] if at < len(line) else "" for at, what in meaning.items()}
        role, had = without_standings(cells.get(Column.ROLE, ""))
        standings += had
        row = _row(table.first + index, {**cells, Column.ROLE: role})
        if _is_wide(table, line):
            row = replace(row, faults=(*row.faults, "wide"))
        if row.name or row.shown or row.email or row.phone or role:
            rows.append(row)
    left_out = [
        (each.heading, each.left_out or WhyLeftOut.OTHER)
        for each in table.columns
        if each.at not in meaning
    ]
    if not rows:
        raise ValidationError(_("There is nobody on this list. Paste a line for each person."))
    return ReadList(rows, left_out, standings)


def _is_wide(table: ListTable, line: Sequence[str]) -> bool:
    return table.columns is not _LOOSE and any(line[table.columns[-1].at + 1 :])


def _row(number: int, cells: Mapping[Column, str]) -> ReadRow:
    faults: list[str] = []
    kept = {}
    for what, cell in cells.items():
        if SOCIAL_SECURITY.search(cell):
            # Not kept, not even to be mended.
            faults.append("private")
            cell = ""
        kept[what] = cell[:CELL_LONGEST]
    email, phone = kept.get(Column.EMAIL, ""), kept.get(Column.PHONE, "")
    if contact := kept.get(Column.CONTACT, ""):
        email, phone = (contact, "") if "@" in contact else ("", contact)
    phone, cut = phone_of(phone)
    name, shown = _names(kept)
    return ReadRow(
        number,
        name,
        shown,
        email_of(email),
        phone,
        kept.get(Column.ROLE, ""),
        (*faults, *(["cut"] if cut else [])),
    )


def _names(cells: Mapping[Column, str]) -> tuple[str, str]:
    first, last = cells.get(Column.FIRST, ""), cells.get(Column.LAST, "")
    full = in_order(cells.get(Column.NAME, "")) or f"{first} {last}".strip()
    return full, cells.get(Column.SHOWN, "")


def in_order(name: str) -> str:
    """“Ruiz, Ana” as “Ana Ruiz”; titles after a comma stay."""
    last, comma, first = name.partition(",")
    last, first = last.strip(), first.strip()
    if not comma or not last or not first or "," in first or _SUFFIX.fullmatch(first):
        return name
    return f"{first} {last}"


def email_of(text: str) -> str:
    """The address in small letters, out of “Ana <ana@…>” or “mailto:ana@…”."""
    bare = text.strip().removeprefix("mailto:").strip()
    found = re.fullmatch(r".*<(.+)>", bare)
    return (found[1] if found else bare).strip().lower()


def phone_of(text: str) -> tuple[str, bool]:
    """A number as people write it, and whether a spreadsheet has cut its last digits."""
    text = text.strip().removeprefix("tel:").lstrip("'").strip()
    if whole := _WHOLE.fullmatch(text):
        return whole[1], False
    if found := _EXPONENT.fullmatch(text):
        lead, rest, power = found[1], found[2], int(found[3])
        if len(rest) < power:
            return text, len(rest) < power and power >= FEWEST_DIGITS - 1
        return lead + rest[:power], False
    return text, False


def stripped(table: ListTable) -> Lines:
    """The table with its headings as lines again, private columns emptied, to be sent back."""
    open_ = {each.at for each in table.columns if each.left_out is None}
    body = [[cell if at in open_ else "" for at, cell in enumerate(line)] for line in table.lines]
    width = max((each.at for each in table.columns), default=-1) + 1
    headings = {each.at: each.heading for each in table.columns}
    head = [headings.get(at, "") for at in range(width)]
    above: Lines = [[] for _line in range(table.first - 2)]
    return [*above, head, *body] if any(head) else body
