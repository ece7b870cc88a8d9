"""The lengths of lists on pages reachable from a home by links only."""

from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

# Open this many pages that differ only in their subject.
ALIKE = 2
# The longest list; except those as long as the settings, or folded away.
MOST = 40
LONGER = {
    "indicators:settings": "each term that can be set has a line",
    "measures:measure": "the numbers of the chart, folded away below it",
}
LISTS, ITEMS = ("ul", "ol", "tbody", "dl"), ("li", "tr", "dt", "div")


class _Lists(HTMLParser):
    """The lengths of lists in a page's main part, and its links."""

    def __init__(self) -> None:
        super().__init__()
        self.lengths: list[int] = []
        self.links: list[str] = []
        self._open: list[int] = []
        self._within: list[str] = []
        self._main = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._main = self._main or tag == "main"
        if tag == "a" and told.get("href"):
            self.links.append(str(told["href"]))
        if not self._main:
            return
        if tag in ITEMS and self._within and self._within[-1] in LISTS:
            self.lengths[self._open[-1]] += 1
        if tag in (*LISTS, *ITEMS):
            self._within.append(tag)
        if tag in LISTS:
            self._open.append(len(self.lengths))
            self.lengths.append(0)

    def handle_endtag(self, tag: str) -> None:
        self._main = self._main and tag != "main"
        if self._within and self._within[-1] == tag:
            self._within.pop()
            if tag in LISTS:
                self._open.pop()


def lists_of(html: str) -> tuple[list[int], list[str]]:
    page = _Lists()
    page.feed(html)
    return page.lengths, page.links


def lengths(client: Client, home: str) -> Iterator[tuple[str, str, int]]:
    """Name and address of each reachable page, with the length of its longest list."""
    waiting, seen, alike = deque([home]), {home}, Counter[str]()
    while waiting:
        url = waiting.popleft()
        answer = client.get(url)
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            continue
        found, links = lists_of(answer.content.decode())
        yield resolve(urlsplit(url).path).view_name, url, max(found, default=0)
        for link in links:
            address = urljoin(url, link).partition("#")[0]
            try:
                name = resolve(urlsplit(address).path).view_name
            except Resolver404:
                continue
            kind = f"{name}?{urlsplit(address).query.partition('=')[0]}"
            if address in seen or alike[kind] >= ALIKE or urlsplit(address).netloc:
                continue
            alike[kind] += 1
            seen.add(address)
            waiting.append(address)


def too_long(client: Client, home: str) -> dict[str, int]:
    """By page, the length of a list that grows with the data and is neither cut nor paged."""
    return {
        name: longest
        for name, _url, longest in lengths(client, home)
        if longest > MOST and name not in LONGER
    }
