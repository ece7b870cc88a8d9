"""The meaning of each column of a sheet: guessed, then confirmed by a person."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self, TypedDict

from foundation.sheets.limits import LONGEST_NAME
from measures.definitions.models import Measure
from measures.importing.days import day
from measures.importing.reading import Sheet
from measures.numbers.values import MISSING, has_numbers, number, readings

LOOKED_AT = 200
MOST_FILTERS = 100
_COUNTED = re.compile(r"times|count|number|how many|total", re.IGNORECASE)


class StoredColumns(TypedDict):
    """Columns as a draft stores them."""

    period: int
    numerator: int | None
    denominator: int | None
    where: int | None
    only: str


@dataclass(frozen=True)
class Columns:
    """Column positions, from 0; `only` is the value required in column `where`.

    Without `numerator`, each row is one rare event.
    """

    period: int
    numerator: int | None = None
    denominator: int | None = None
    where: int | None = None
    only: str = ""

    def stored(self) -> StoredColumns:
        return StoredColumns(
            period=self.period,
            numerator=self.numerator,
            denominator=self.denominator,
            where=self.where,
            only=self.only,
        )

    @classmethod
    def of(cls, stored: StoredColumns) -> Self:
        return cls(**stored)

    def renamed(self, before: Sequence[str], now: Sequence[str]) -> "Columns | None":
        """The same columns, by name, in another header; None if one is missing."""
        places = {name.casefold(): at for at, name in reversed(list(enumerate(now)))}

        def moved(at: int | None) -> int | None:
            return None if at is None else places.get(before[at].casefold())

        period, numerator = moved(self.period), moved(self.numerator)
        denominator, where = moved(self.denominator), moved(self.where)
        if period is None:
            return None
        pairs = ((numerator, self.numerator), (denominator, self.denominator))
        if any((here is None) != (there is None) for here, there in pairs):
            return None
        only = self.only if where is not None else ""
        return Columns(period, numerator, denominator, where, only)


def guess(sheet: Sheet, measure: Measure) -> dict[str, int]:
    """Guess the columns of periods and numbers; leave out ambiguous ones."""
    if named := _named(sheet.head, measure.shape.columns):
        return named
    rows = sheet.rows[:LOOKED_AT]
    places = range(len(sheet.head))
    days = [at for at in places if _mostly(day, [row[at] for row in rows])]
    found = {"period": days[0]} if len(days) == 1 else {}
    holds = has_numbers if measure.shape.has_values else number

    def is_number(text: str) -> object:
        return holds(measure.shape.bare(text))

    numeric = [at for at in places if at not in days and _mostly(is_number, [r[at] for r in rows])]
    if not measure.shape.is_periodic:
        # Without a column of counts each row is one event; a room number must not count.
        numeric = [at for at in numeric if _COUNTED.search(sheet.head[at])]
    if len(numeric) == 1:
        found["numerator"] = numeric[0]
    elif measure.shape.has_denominator and len(numeric) == 2:
        found["numerator"], found["denominator"] = _in_order(rows, *numeric)
    return found


def _named(head: Sequence[str], given: Sequence[str]) -> dict[str, int]:
    """The columns of a file that the portal produced; empty for other files."""
    titles = [title.casefold() for title in head]
    wanted = dict(zip(given, ("period", "numerator", "denominator"), strict=False))
    if not set(wanted) <= set(titles):
        return {}
    return {what: titles.index(title) for title, what in wanted.items()}


def _in_order(rows: Sequence[Sequence[str]], first: int, second: int) -> tuple[int, int]:
    """The part before the whole."""
    bigger = Counter(
        a > b
        for row in rows
        if (a := _clear(row[first])) is not None and (b := _clear(row[second])) is not None
    )
    return (second, first) if bigger[True] > bigger[False] else (first, second)


def _clear(text: str) -> Decimal | None:
    """The number, if it is unambiguous."""
    return None if readings(text, 0) else number(text)


def filters(sheet: Sheet) -> list[tuple[int, list[str]]]:
    """Text columns with few distinct values, usable to pick rows, and those values."""
    found = []
    for at in range(len(sheet.head)):
        values = {row[at] for row in sheet.rows if row[at]}
        if any(len(value) > LONGEST_NAME for value in values):
            continue
        if 2 <= len(values) <= MOST_FILTERS and not _mostly(_is_figure, values):
            found.append((at, sorted(values)))
    return found


def _mostly(meaning: Callable[[str], object], values: Iterable[str]) -> bool:
    known = [value for value in values if value not in MISSING]
    hits = sum(_is(meaning(value)) for value in known)
    return bool(known) and hits * 5 >= len(known) * 4


def _is_figure(text: str) -> bool:
    """Whether it is a day, a percentage or numbers, which can't be used to pick rows."""
    return day(text) is not None or has_numbers(text.removesuffix("%").rstrip())


def _is(found: object) -> bool:
    """Whether a cell contained something; 0 is a number."""
    return found is not None and found is not False
