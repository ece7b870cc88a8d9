"""Long lists: pages that name the true total, and short lists that say how many more there are.

Nothing is cut in silence: a list is either whole, or a page of it, or the few first ones with the
number of all and a way to the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 25


class ListPage(Page[Any]):
    """A page of a list: `parameter` names it in the address, `query` is what else stands there."""

    parameter = "page"
    query = ""


class ListPaginator(Paginator[Any]):
    """Counts only when there is more than one page: most lists are short, and each query costs."""

    def __init__(self, rows: Any, per_page: int) -> None:
        super().__init__(rows, per_page)
        self._first: list[Any] | None = None

    @property
    def count(self) -> int:
        if not hasattr(self, "_count"):
            first = list(self.object_list[: self.per_page + 1])
            if len(first) <= self.per_page:
                self._first, self._count = first, len(first)
            else:
                self._first, self._count = first[: self.per_page], self._counted()
        return self._count

    def _counted(self) -> int:
        rows = self.object_list
        return rows.count() if isinstance(rows, QuerySet) else len(rows)

    def page(self, number: Any) -> Page[Any]:
        """A page with its rows read; the first without a second query."""
        found = super().page(number)
        if found.number == 1 and self._first is not None:
            found.object_list = self._first
        return found

    def _get_page(self, *args: Any, **kwargs: Any) -> Page[Any]:
        return ListPage(*args, **kwargs)


def page_of(
    request: HttpRequest, rows: Any, per_page: int = PER_PAGE, *, parameter: str = "page"
) -> ListPage:
    """The page of an ordered query set or sequence that the address asks for.

    One query for a list of one page, two for the first of several, three for the others. Two lists
    on one page have different parameters, and turning the one leaves the other where it is.
    """
    found = ListPaginator(rows, per_page).get_page(request.GET.get(parameter))
    assert isinstance(found, ListPage)
    found.parameter = parameter
    kept = request.GET.copy()
    kept.pop(parameter, None)
    found.query = f"{kept.urlencode()}&" if kept else ""
    if not isinstance(found.object_list, list):
        found.object_list = list(found.object_list)
    return found


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
    """At most so many of a query set or sequence; a second query counts when there are more."""
    first = list(rows[: most + 1])
    if len(first) <= most:
        return Few(first, len(first))
    return Few(first[:most], rows.count() if isinstance(rows, QuerySet) else len(rows))
