"""Long lists: pages that name the true total, and short lists that say how many more there are.

Nothing is cut in silence: a list is either whole, or a page of it, or the few first ones with the
number of all and a way to the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.db.models.query import ModelIterable
from django.http import HttpRequest

PER_PAGE = 25
LONG = 7


class ListPage(Page[Any]):
    """A page of a list: `parameter` names it in the address, `query` is what else stands there."""

    parameter = "page"
    query = ""


def page_of(
    request: HttpRequest, rows: Any, per_page: int = PER_PAGE, *, parameter: str = "page"
) -> ListPage:
    """The page of an ordered query set or sequence that the address asks for; its rows are read.

    One query, however long the list: each row brings the total. Two lists on one page have
    different parameters, and turning the one leaves the other where it is.
    """
    number = _number(request.GET.get(parameter))
    found, total = _part(rows, (number - 1) * per_page, per_page)
    if not found and number > 1:  # Beyond the end: the last page.
        total = rows.count() if isinstance(rows, QuerySet) else len(rows)
        number = max(1, -(-total // per_page))
        found, total = _part(rows, (number - 1) * per_page, per_page)
    paginator: Paginator[Any] = Paginator([], per_page)
    paginator.count = total
    page = ListPage(found, number, paginator)
    page.parameter = parameter
    kept = request.GET.copy()
    kept.pop(parameter, None)
    page.query = f"{kept.urlencode()}&" if kept else ""
    return page


def _number(text: str | None) -> int:
    text = text or ""
    is_number = text.isascii() and text.isdecimal() and len(text) < LONG
    return max(1, int(text)) if is_number else 1


def _part(rows: Any, start: int, size: int) -> tuple[list[Any], int]:
    """So many rows from one on, and how many there are in all; 0 in all where there are none."""
    if isinstance(rows, QuerySet) and issubclass(rows._iterable_class, ModelIterable):
        counted = rows.annotate(in_all=Window(Count("*")))
        found = list(counted[start : start + size])
        return found, found[0].in_all if found else 0
    found = list(rows[start : start + size])
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    return found, total


@dataclass(frozen=True)
class Few[T]:
    """The first ones of a list, and how many there are in all."""

    rows: list[T]
    total: int

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def few(rows: Any, most: int) -> Few[Any]:
    """At most so many of a query set or sequence, in one query."""
    return Few(*_part(rows, 0, most))
