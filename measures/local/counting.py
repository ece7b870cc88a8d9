"""Records that an indicator of an agency's own can count: what happened, never who was there."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Coalesce

from foundation import prepared
from foundation.models import Agency

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True)
class Countable:
    """A kind of records: which rows, the day each happened, and the day it was written down.

    `rows` leaves out whatever belongs to a hidden group, so that a count leads to none. `on` and
    `known` are columns or expressions; a record counts on a day if both have come by then.
    """

    code: str
    title: "StrPromise"
    one: "StrPromise"
    subject: str
    rows: Callable[[Agency], QuerySet[Any]]
    on: str
    known: str | Coalesce
    key: str = "pk"
    """The column with the key of its subject."""


@dataclass(frozen=True)
class CountedRecord:
    """One of them; `key` is that of its subject."""

    key: int
    on: date
    known: date

    def counts(self, since: date, on: date) -> bool:
        """Whether it happened after `since`, by the day `on`, and was known then."""
        return since < self.on <= on and self.known <= on


_countables: dict[str, Countable] = {}


def register(countable: Countable) -> None:
    _countables[countable.code] = countable


def countable(code: str) -> Countable:
    """The kind of records with this code, which a version keeps for good."""
    return _countables[code]


def choices() -> list[tuple[str, "StrPromise"]]:
    """Codes and titles, as a form offers them."""
    return [(each.code, each.title) for each in _countables.values()]


def records_of(
    agency: Agency, codes: Collection[str], since: date, until: date
) -> dict[str, list[CountedRecord]]:
    """By code the records after `since`, by `until`, the newest first; one query for all codes."""
    found: dict[str, list[CountedRecord]] = {code: [] for code in codes}
    if not found:
        return found
    wanted = tuple(sorted(found))
    asked = prepared.prepared(
        (records_of, wanted),
        lambda: _together(_countables[code] for code in wanted),
        {prepared.AGENCY: "agency", prepared.SINCE: "since", prepared.DAY: "day"},
    )
    rows = asked.tuples({"agency": agency.pk, "since": since, "day": until})
    for code, key, on, known in sorted(rows, key=lambda row: (row[2], row[1]), reverse=True):
        found[code].append(CountedRecord(key, on, known))
    return found


def _together(kinds: Iterable[Countable]) -> QuerySet[Any]:
    agency = prepared.agency()
    parts = [
        each.rows(agency)
        .filter(**{f"{each.on}__gt": prepared.SINCE, f"{each.on}__lte": prepared.DAY})
        .order_by()
        .values_list(Value(each.code, CharField()), each.key, each.on, each.known)
        for each in kinds
    ]
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
