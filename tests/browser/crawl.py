"""Every page that somebody is led to from their home, by links only; like ones only a few times."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from devtools.counting import HEADER

# A page asks the database at most so often.
BUDGET = 15
# Of pages that differ only in what they are about, so many are looked at.
ALIKE = 3
LEADS_AWAY = re.compile(r"^/(static|demo)/|\.(csv|ics|svg|css|js)$")


@dataclass(frozen=True)
class Skeleton:
    """What a page is built of, and where it leads."""

    parts: frozenset[str]
    links: tuple[str, ...]
    has_form: bool


@dataclass(frozen=True)
class Found:
    """A page that somebody was led to."""

    url: str
    status: int
    queries: int
    html: str
    skeleton: frozenset[str]
    has_form: bool


class _Reader(HTMLParser):
    """The paths of tags with their classes and roles, each once: what checks depend on."""

    VOID = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
    TOLD = ("class", "role", "type", "data-module")

    def __init__(self) -> None:
        super().__init__()
        self.paths: set[str] = set()
        self.links: list[str] = []
        self.has_form = False
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a" and told.get("href"):
            self.links.append(told["href"] or "")
        self.has_form |= tag in ("textarea", "select") or (
            tag == "input" and told.get("type") != "hidden"
        )
        name = " ".join([tag, *(f"{key}={told[key]}" for key in self.TOLD if key in told)])
        self.paths.add("/".join([*self._open[-3:], name]))
        if tag not in self.VOID:
            self._open.append(name)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().partition(" ")[0] != tag:
            pass


def skeleton(html: str) -> Skeleton:
    """Read a page's parts and links."""
    reader = _Reader()
    reader.feed(html)
    return Skeleton(frozenset(reader.paths), tuple(reader.links), reader.has_form)


@dataclass(frozen=True)
class Answer:
    """What a GET brought, after redirects."""

    url: str
    status: int
    kind: str
    queries: int
    text: str


Look = Callable[[str], Answer]


def by_browser(page: Page) -> Look:
    """Through a running portal, as whoever is signed in there."""

    def look(url: str) -> Answer:
        answer = page.request.get(url)
        kind, queries = answer.headers.get("content-type", ""), answer.headers[HEADER.lower()]
        return Answer(answer.url, answer.status, kind, int(queries), answer.text())

    return look


def by_client(client: Client) -> Look:
    """In this process."""

    def look(url: str) -> Answer:
        answer: Any = client.get(url, follow=True)
        kind, queries = answer.headers.get("content-type", ""), answer.headers[HEADER]
        text = answer.text if kind.startswith("text/html") else ""
        return Answer(answer.request["PATH_INFO"], answer.status_code, kind, int(queries), text)

    return look


def pages(look: Look, start: str) -> Iterator[Found]:
    """All that GET leads to from the start, in the order in which it is found."""
    asked: Counter[str] = Counter()
    seen, waiting = {start}, deque([start])
    while waiting:
        url = waiting.popleft()
        route = route_of(url)
        asked[route] += 1
        if asked[route] > ALIKE:
            continue
        answer = look(url)
        if "text/html" not in answer.kind:
            continue
        here = urlsplit(answer.url).path
        read = skeleton(answer.text)
        if (queries := answer.queries) > BUDGET:
            queries = look(url).queries  # The first visitor fills caches.
        yield Found(url, answer.status, queries, answer.text, read.parts, read.has_form)
        for link in read.links:
            target = urlsplit(urljoin(here, link))
            if target.netloc or target.scheme or LEADS_AWAY.search(target.path):
                continue
            to = target._replace(fragment="").geturl()
            if to not in seen:
                seen.add(to)
                waiting.append(to)


def route_of(url: str) -> str:
    """What the address is of, without its keys; a query makes it another."""
    parts = urlsplit(url)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        name = parts.path
    asked = ",".join(sorted(each.partition("=")[0] for each in parts.query.split("&") if each))
    return f"{name}?{asked}"
