"""A preview of an import, row by row, before anything is written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.sheets.limits import LONGEST
from measures.definitions import periods
from measures.definitions.models import Measure
from measures.importing.columns import Columns
from measures.importing.days import First, stands_first, too_long, unclear, unreadable, when
from measures.numbers import validation
from measures.numbers.models import DataPoint
from measures.numbers.values import MISSING, grouped, number, readings, several, unmistakable

Tell = Callable[[int], None]
# The number of rows between two reports of progress.
STEP = 500


@dataclass(frozen=True)
class Parsed:
    """A good row: its number in the spreadsheet, its period, its numbers (None: missing).

    Rows of one day of rare events are merged, and so are those of one period's single values; `row`
    is the first of them. `unlikely` says why the number is implausible; empty if it isn't.
    """

    row: int
    period: date
    numerator: Decimal | None
    denominator: Decimal | None = None
    values: tuple[Decimal, ...] = ()
    unlikely: str = ""


@dataclass(frozen=True)
class Wrong:
    """A row that can't be imported, with the reason and how to fix it, in plain words."""

    row: int
    why: str
    index: int = 0


@dataclass(frozen=True)
class ChangedRow:
    """A row whose period already has other numbers."""

    parsed: Parsed
    point: DataPoint


@dataclass
class Preview:
    """All rows of a draft, sorted by what would happen to them.

    `others` are about something else; `nothing` say that nothing happened on a day.
    """

    new: list[Parsed] = field(default_factory=list)
    changed: list[ChangedRow] = field(default_factory=list)
    same: int = 0
    wrong: list[Wrong] = field(default_factory=list)
    others: int = 0
    nothing: int = 0

    @property
    def missing(self) -> int:
        """How many of the new rows are marked as missing."""
        return sum(parsed.numerator is None for parsed in self.new)

    @property
    def unlikely(self) -> list[Parsed]:
        """New and changed numbers outside the plausible range."""
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
    """Compare the rows with the existing numbers, by period.

    `first` is the spreadsheet's number of the first row; `tell` receives the number of finished
    rows.
    """
    found = Preview()
    seen: dict[date, Parsed] = {}
    first_is = _what_stands_first(measure, rows, columns, on)
    for index, row in enumerate(rows):
        if tell is not None and index % STEP == 0:
            tell(index)
        if not any(row):
            continue
        if not _is_meant(row, columns):
            found.others += 1
            continue
        parsed = _parsed(measure, first + index, row, columns, on, first_is)
        if isinstance(parsed, Wrong):
            found.wrong.append(parsed)
        elif not measure.shape.is_periodic and parsed.numerator == 0:
            found.nothing += 1
        elif (earlier := seen.get(parsed.period)) is None:
            seen[parsed.period] = parsed
        elif measure.shape.gathers:
            seen[parsed.period] = _together(earlier, parsed)
        else:
            found.wrong.append(_twice(measure, parsed, earlier.row))
    for parsed in _settled(measure, seen.values(), found):
        _sort(found, parsed, points.get(parsed.period))
    found.wrong = sorted(
        (replace(each, index=each.row - first) for each in found.wrong), key=lambda each: each.row
    )
    return found


def _is_meant(row: Sequence[str], columns: Columns) -> bool:
    return columns.where is None or row[columns.where] == columns.only


def _what_stands_first(
    measure: Measure, rows: Sequence[Sequence[str]], columns: Columns, on: date
) -> First:
    """Decide whether month or day comes first.

    A reading of the column is impossible if half of its days lie in the future, or in periods that
    get their number from another row.
    """
    one_each = not measure.shape.gathers

    def period(day: date) -> date:
        return periods.period_of(measure.frequency, day)

    def possible(days: Sequence[date], others: Sequence[date]) -> bool:
        good = [period(day) for day in days if day <= on]
        if one_each:
            good = [*(set(good) - set(map(period, others)))]
        return len(good) * 2 > len(days)

    texts = [row[columns.period] for row in rows if _is_meant(row, columns)]
    return stands_first(texts, possible)


def _together(earlier: Parsed, later: Parsed) -> Parsed:
    """Add up events of one day; collect single values of one period."""
    numbers = [each.numerator for each in (earlier, later) if each.numerator is not None]
    return replace(
        earlier,
        numerator=sum(numbers, Decimal(0)) if numbers else None,
        values=earlier.values + later.values,
    )


def _settled(measure: Measure, rows: Iterable[Parsed], found: Preview) -> Iterable[Parsed]:
    """The rows with what follows from all their numbers; impossible ones are wrong."""
    for parsed in rows:
        given = (parsed.numerator, parsed.denominator, parsed.values)
        if wrong := validation.wrong(measure, *given):
            found.wrong.append(Wrong(parsed.row, " ".join(wrong.values())))
            continue
        values = tuple(sorted(parsed.values))
        numerator = validation.average(values) if measure.shape.has_values else parsed.numerator
        unlikely = validation.unlikely(measure, numerator, parsed.denominator, values)
        yield replace(parsed, numerator=numerator, values=values, unlikely=unlikely)


def _sort(found: Preview, parsed: Parsed, point: DataPoint | None) -> None:
    if point is None:
        found.new.append(parsed)
    elif _held(point) == (parsed.numerator, parsed.denominator, parsed.values):
        found.same += 1
    else:
        found.changed.append(ChangedRow(parsed, point))


def _held(point: DataPoint) -> tuple[Decimal | None, Decimal | None, tuple[Decimal, ...]]:
    return point.numerator, point.denominator, tuple(point.values or ())


def _twice(measure: Measure, parsed: Parsed, earlier: int) -> Wrong:
    name = periods.named(measure.frequency, parsed.period)
    said = _("%(period)s is there twice; it is also in row %(row)d. Keep one of the two rows.")
    return Wrong(parsed.row, said % {"period": _capital(name), "row": earlier})


def _parsed(
    measure: Measure,
    at: int,
    row: Sequence[str],
    columns: Columns,
    on: date,
    first_is: First,
) -> Parsed | Wrong:
    text = row[columns.period]
    said = when(text)
    if said is None:
        return Wrong(at, unreadable(text))
    if why := unclear(text, first_is):
        return Wrong(at, why)
    if said.is_too_long_for(measure.frequency):
        return Wrong(at, too_long(text, measure.frequency))
    period = periods.period_of(measure.frequency, said.first)
    if why := validation.wrong_period(measure, period, on):
        return Wrong(at, why)
    if measure.shape.has_values:
        return _with_values(at, period, row[columns.numerator or 0])
    if columns.numerator is None:
        return Parsed(at, period, Decimal(1))
    return _with_numbers(measure, at, period, row, columns)


def _with_values(at: int, period: date, text: str) -> Parsed | Wrong:
    """One value, or several in one cell."""
    if text in MISSING:
        return Parsed(at, period, None)
    if len(text) >= LONGEST:
        said = _("There is too much in one cell. Give each value a row of its own, with its date.")
        return Wrong(at, said)
    values, wrong = several(text)
    if wrong:
        # If one of several is no number, name it.
        alone = not values and "," not in text and not text.endswith("%")
        is_one = alone or text.startswith(("=", "#"))
        return Wrong(at, _no_number(text) if is_one else validation.wrong_entry(wrong[0]))
    if said := next((said for each in values if (said := validation.wrong_value(each))), ""):
        return Wrong(at, said)
    return Parsed(at, period, None, values=tuple(round(each, validation.PLACES) for each in values))


def _with_numbers(
    measure: Measure, at: int, period: date, row: Sequence[str], columns: Columns
) -> Parsed | Wrong:
    values: list[Decimal | None] = []
    for column in (columns.numerator, columns.denominator):
        text = "" if column is None else measure.shape.bare(row[column])
        if text in MISSING:
            values.append(None)
        elif ways := readings(text, _places(measure)):
            return Wrong(at, _two_ways(text, ways, _places(measure)))
        elif (value := number(text)) is None:
            return Wrong(at, _no_number(text))
        else:
            values.append(round(value, validation.PLACES))
    numerator, denominator = values
    if measure.shape.has_denominator and (numerator is None or denominator is None):
        # One of the two was withheld, so the period has no number.
        numerator = denominator = None
    if numerator is None and (said := measure.shape.words.row_without):
        return Wrong(at, str(said))
    if not measure.shape.is_periodic and numerator == 0:
        return Parsed(at, period, numerator)
    if wrong := validation.wrong(measure, numerator, denominator):
        return Wrong(at, " ".join(wrong.values()))
    return Parsed(at, period, numerator, denominator)


def _places(measure: Measure) -> int:
    """The usual number of decimals for such numbers."""
    return validation.PLACES if measure.shape.percent_signs else 0


def _two_ways(text: str, ways: Sequence[Decimal], places: int) -> str:
    said = _("“%(text)s” could be %(first)s or %(last)s. Write %(one)s or %(other)s.")
    first, last = ways[0], ways[-1]
    named = {"first": grouped(first), "last": grouped(last)}
    named |= {"one": unmistakable(first, places), "other": unmistakable(last, places)}
    return said % (named | {"text": validation.short(text)})


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
    return said % {"text": validation.short(text)}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
