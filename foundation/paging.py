"""Long lists: pages that show the true total, and short lists that say how many are left.

No list is cut silently: it is whole, or one page, or its first rows with the total and a link to
the rest.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.db.models.query import ModelIterable
from django.http import HttpRequest

PER_PAGE = 25
LONG = 7


class ListPage(Page[Any]):
    """A page of a list.

    `parameter` is its name in the address, `query` the rest of the query string.
    """

    parameter = "page"
    query = ""


def page_of(
    request: HttpRequest,
    rows: Any,
    per_page: int = PER_PAGE,
    *,
    parameter: str = "page",
    first: Callable[[], list[Any]] | None = None,
) -> ListPage:
    """The page of an ordered query set or sequence that the address asks for, already read.

    One query, however long the list: each row carries the total. Two lists on one page have
    different parameters, and paging through one leaves the other in place. `first` reads the first
    page, by a kept query of `first_of`.
    """
    number = _number(request.GET.get(parameter))
    if first is not None and number == 1:
        found = first()
        total = _total(found)
    else:
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
    """This many rows from `start`, and the total; a total of 0 if there are none."""
    if isinstance(rows, QuerySet) and issubclass(rows._iterable_class, ModelIterable):
        found = list(_counting(rows)[start : start + size])
        return found, _total(found)
    found = list(rows[start : start + size])
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    return found, total


@dataclass(frozen=True)
class Few[T]:
    """The first rows of a list, and the total."""

    rows: list[T]
    total: int

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def first_of[Q: QuerySet[Any]](rows: Q, most: int) -> Q:
    """The query of `few`, for one that is kept."""
    return _counting(rows)[:most]


def few_of[T](found: list[T]) -> Few[T]:
    """The first rows, as read from `first_of`."""
    return Few(found, _total(found))


def _counting[Q: QuerySet[Any]](rows: Q) -> Q:
    return rows.annotate(in_all=Window(Count("*")))


def _total(found: list[Any]) -> int:
    return found[0].in_all if found else 0


def few(rows: Any, most: int) -> Few[Any]:
    """At most this many rows of a query set or sequence, in one query."""
    return Few(*_part(rows, 0, most))
