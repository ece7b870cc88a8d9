"""What an import would do, row by row, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from cells import numbers, periods
from cells.importing.columns import Columns
from cells.importing.reading import row_number
from cells.importing.values import MISSING, day, number
from cells.models import DataPoint, Measure


@dataclass(frozen=True)
class Parsed:
    """A good row: its number in the spreadsheet, its period, its numbers (None: missing)."""

    row: int
    period: date
    numerator: Decimal | None
    denominator: Decimal | None


@dataclass(frozen=True)
class Wrong:
    """A row that can't be imported, and why, in plain words."""

    row: int
    why: str


@dataclass(frozen=True)
class Changed:
    """A row whose period has other numbers by now."""

    parsed: Parsed
    point: DataPoint


@dataclass
class Preview:
    """All rows of a draft, sorted by what would become of them."""

    new: list[Parsed] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    same: int = 0
    wrong: list[Wrong] = field(default_factory=list)
    others: int = 0

    @property
    def missing(self) -> int:
        """How many of the new rows say that there is no number."""
        return sum(parsed.numerator is None for parsed in self.new)


def preview(
    measure: Measure,
    rows: Sequence[Sequence[str]],
    columns: Columns,
    *,
    points: Mapping[date, DataPoint],
    on: date,
) -> Preview:
    """Compare the rows with the numbers that there are, by period."""
    found = Preview()
    seen: dict[date, int] = {}
    for index, row in enumerate(rows):
        if not any(row):
            continue
        if columns.where is not None and row[columns.where] != columns.only:
            found.others += 1
            continue
        parsed = _parsed(measure, row_number(index), row, columns, on)
        if isinstance(parsed, Wrong):
            found.wrong.append(parsed)
        elif parsed.period in seen:
            found.wrong.append(_twice(measure, parsed, seen[parsed.period]))
        else:
            seen[parsed.period] = parsed.row
            _sort(found, parsed, points.get(parsed.period))
    return found


def _sort(found: Preview, parsed: Parsed, point: DataPoint | None) -> None:
    if point is None:
        found.new.append(parsed)
    elif (point.numerator, point.denominator) == (parsed.numerator, parsed.denominator):
        found.same += 1
    else:
        found.changed.append(Changed(parsed, point))


def _twice(measure: Measure, parsed: Parsed, earlier: int) -> Wrong:
    name = periods.named(measure.frequency, parsed.period)
    said = _("%(period)s is there twice; it is also in row %(row)d.")
    return Wrong(parsed.row, said % {"period": _capital(name), "row": earlier})


def _parsed(
    measure: Measure, at: int, row: Sequence[str], columns: Columns, on: date
) -> Parsed | Wrong:
    text = row[columns.period]
    found = day(text)
    if found is None:
        if not text:
            return Wrong(at, _("The date is missing."))
        said = _(
            "“%(text)s” is not a date that we can read. Write it like 2026-03-31 or 3/31/2026."
        )
        return Wrong(at, said % {"text": text})
    period = periods.period_of(measure.frequency, found)
    if why := numbers.wrong_period(measure, period, on):
        return Wrong(at, why)
    values: list[Decimal | None] = []
    for column in (columns.numerator, columns.denominator):
        text = "" if column is None else row[column]
        if text in MISSING:
            values.append(None)
        elif (value := number(text)) is None:
            said = _("“%(text)s” is not a number. Leave it empty if there is none.")
            return Wrong(at, said % {"text": text})
        else:
            values.append(value)
    numerator, denominator = values
    if measure.has_denominator and (numerator is None or denominator is None):
        # One of the two was kept back: there is no number for the period.
        numerator = denominator = None
    if wrong := numbers.wrong(measure, numerator, denominator):
        return Wrong(at, " ".join(wrong.values()))
    return Parsed(at, period, numerator, denominator)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
