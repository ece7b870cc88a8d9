"""What each column of a sheet means: guessed, then chosen by a person."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from cells.importing.reading import Sheet
from cells.importing.values import MISSING, day, number

LOOKED_AT = 200
MOST_FILTERS = 100


@dataclass(frozen=True)
class Columns:
    """The places of the columns, from 0; `only` is the value that a row must have in `where`."""

    period: int
    numerator: int
    denominator: int | None = None
    where: int | None = None
    only: str = ""

    def stored(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        return cls(**stored)


def guess(sheet: Sheet, *, has_denominator: bool) -> dict[str, int]:
    """Which columns are likely the period and the numbers; what is not clear is left out."""
    rows = sheet.rows[:LOOKED_AT]
    places = range(len(sheet.head))
    days = [at for at in places if _mostly(day, [row[at] for row in rows])]
    found = {"period": days[0]} if days else {}
    numeric = [at for at in places if at not in days and _mostly(number, [r[at] for r in rows])]
    if has_denominator and len(numeric) >= 2:
        found["numerator"], found["denominator"] = _in_order(rows, numeric[-2], numeric[-1])
    elif numeric:
        found["numerator"] = numeric[-1]
    return found


def _in_order(rows: Sequence[Sequence[str]], first: int, second: int) -> tuple[int, int]:
    """The part before the whole."""
    bigger = Counter(
        a > b
        for row in rows
        if (a := number(row[first])) is not None and (b := number(row[second])) is not None
    )
    return (second, first) if bigger[True] > bigger[False] else (first, second)


def filters(sheet: Sheet) -> list[tuple[int, list[str]]]:
    """Columns of text with a few values, by one of which rows can be picked, and those values."""
    found = []
    for at in range(len(sheet.head)):
        values = {row[at] for row in sheet.rows if row[at]}
        if (
            2 <= len(values) <= MOST_FILTERS
            and not _mostly(number, values)
            and not _mostly(day, values)
        ):
            found.append((at, sorted(values)))
    return found


def _mostly(meaning: Any, values: Iterable[str]) -> bool:
    known = [value for value in values if value not in MISSING]
    hits = sum(meaning(value) is not None for value in known)
    return bool(known) and hits * 5 >= len(known) * 4
