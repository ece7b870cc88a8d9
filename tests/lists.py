"""Long lists: many rows by copies, and a walk over all pages of a list."""

import copy
import re
from collections.abc import Callable
from html import unescape
from typing import Any

from django.db.models import Model
from django.test import Client

MORE_THAN_A_PAGE = 130


def copies(row: Any, count: int = MORE_THAN_A_PAGE, **changed: Callable[[int], Any]) -> None:
    """Add so many rows like this one; `changed` says, by field, what differs in the n-th."""
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
    """The total that is named, and what `pattern` finds on all pages, along their links."""
    found: list[str] = []
    total, following = 0, f"{url}{'&' if '?' in url else '?'}{parameter}=1"
    while following:
        page = client.get(following).content.decode()
        # What belongs to another list of the page comes again on each: once is enough.
        found += re.findall(pattern, page)
        said = re.search(r"(\d+) to (\d+) of (\d+)", page)
        assert said, f"no total on {following}"
        total = max(total, int(said[3]))
        links = re.findall(rf'href="(\?[^"]*{parameter}=\d+)" rel="next"', page)
        following = f"{url.partition('?')[0]}{unescape(links[0])}" if links else ""
    return total, found
