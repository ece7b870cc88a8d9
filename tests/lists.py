"""Long lists: many rows by copies, and a walk through all pages of a list."""

import copy
import re
from collections.abc import Callable
from html import unescape
from typing import Any

from django.db.models import Model
from django.test import Client

MORE_THAN_A_PAGE = 130


def copies(row: Any, count: int = MORE_THAN_A_PAGE, **changed: Callable[[int], Any]) -> None:
    """Add this many copies of the row; `changed` computes fields of the n-th."""
    rows: list[Model] = []
    for number in range(count):
        other = copy.copy(row)
        other._state = copy.copy(row._state)
        other._state.adding, other.pk = True, None
        for name, value in changed.items():
            setattr(other, name, value(number))
        rows.append(other)
    type(row).objects.within(row.agency).bulk_create(rows)


def walk(
    client: Client, url: str, pattern: str, *, parameter: str = "page"
) -> tuple[int, list[str]]:
    """The stated total, and what `pattern` finds on all pages, following their links."""
    found: list[str] = []
    total, following = 0, f"{url}{'&' if '?' in url else '?'}{parameter}=1"
    while following:
        page = client.get(following).content.decode()
        # Content outside the list repeats on each page: count it once.
        found += re.findall(pattern, page)
        said = re.search(r"(\d+) to (\d+) of (\d+)", page)
        assert said, f"no total on {following}"
        total = max(total, int(said[3]))
        links = re.findall(rf'href="(\?[^"]*{parameter}=\d+)" rel="next"', page)
        following = f"{url.partition('?')[0]}{unescape(links[0])}" if links else ""
    return total, found
