"""What an import would do, row by row, before anything is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from cells import numbers, periods
from cells.importing.columns import Columns
from cells.importing.values import MISSING, day, number
from cells.models import DataPoint, Measure, MeasureKind

Tell = Callable[[int], None]
# After so many rows it is told how far it has come.
STEP = 500


@dataclass(frozen=True)
class Parsed:
    """A good row: its number in the spreadsheet, its period, its numbers (None: missing).

    `unlikely` says why the number is outside of what is expected; empty when it is not.
    """

    row: int
    period: date
    numerator: Decimal | None
    denominator: Decimal | None
    unlikely: str = ""


@dataclass(frozen=True)
class Wrong:
    """A row that can't be imported, and why and how to mend it, in plain words."""

    row: int
    why: str
    index: int = 0


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

    @property
    def unlikely(self) -> list[Parsed]:
        """The new and the changed numbers that are outside of what is expected."""
        rows = [*self.new, *(change.parsed for change in self.changed)]
        return sorted((each for each in rows if each.unlikely), key=lambda each: each.row)


def preview(
    measure: Measure,
    rows: Sequence[Sequence[str]],
    columns: Columns,
    *,
    points: Mapping[date, DataPoint],
    on: date,
    first: int = 2,
    tell: Tell | None = None,
) -> Preview:
    """Compare the rows with the numbers that there are, by period.

    `first` is the number of the first row in the spreadsheet; `tell` is told how many are done.
    """
    found = Preview()
    seen: dict[date, int] = {}
    for index, row in enumerate(rows):
        if tell is not None and index % STEP == 0:
            tell(index)
        if not any(row):
            continue
        if columns.where is not None and row[columns.where] != columns.only:
            found.others += 1
            continue
        parsed = _parsed(measure, first + index, row, columns, on)
        if isinstance(parsed, Wrong):
            found.wrong.append(replace(parsed, index=index))
        elif parsed.period in seen:
            twice = _twice(measure, parsed, seen[parsed.period])
            found.wrong.append(replace(twice, index=index))
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
    said = _("%(period)s is there twice; it is also in row %(row)d. Keep one of the two rows.")
    return Wrong(parsed.row, said % {"period": _capital(name), "row": earlier})


def _parsed(
    measure: Measure, at: int, row: Sequence[str], columns: Columns, on: date
) -> Parsed | Wrong:
    text = row[columns.period]
    found = day(text)
    if found is None:
        if not text:
            return Wrong(at, _("The date is missing. Write the day or the month, like 2026-03."))
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
        if measure.kind == MeasureKind.SCORE:
            text = text.removesuffix("%").rstrip()
        if text in MISSING:
            values.append(None)
        elif (value := number(text)) is None:
            return Wrong(at, _no_number(text))
        else:
            values.append(round(value, numbers.PLACES))
    numerator, denominator = values
    if measure.has_denominator and (numerator is None or denominator is None):
        # One of the two was kept back: there is no number for the period.
        numerator = denominator = None
    if wrong := numbers.wrong(measure, numerator, denominator):
        return Wrong(at, " ".join(wrong.values()))
    unlikely = numbers.unlikely(measure, numerator, denominator)
    return Parsed(at, period, numerator, denominator, unlikely)


def _no_number(text: str) -> str:
    if text.startswith("="):
        return _(
            "This is a formula whose result is not in the file. Open the file in your "
            "spreadsheet, save it there, and choose it again."
        )
    if text.startswith("#"):
        said = _("“%(text)s” is an error of the spreadsheet. Mend the formula, or leave it empty.")
    elif text.endswith("%"):
        said = _("“%(text)s” is a percentage. Write how many it is, and out of how many.")
    else:
        said = _("“%(text)s” is not a number. Write only digits, or leave it empty.")
    return said % {"text": text}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
