"""Every page that somebody is led to from their home, by links only; like ones only a few times."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from devtools.counting import HEADER
from devtools.demo import people
from foundation.models import Agency
from tests.browser.forms import Form, forms
from tests.browser.running import running
from tests.browser.sending import Sent, send

HOME = f"/a/{people.AGENCY}/"
# A page asks the database at most so often.
BUDGET = 15
# They judge eight periods twice, however many people and groups there are.
MAY_ASK_OFTEN = {"indicators:setting_preview?value", "groups:cqi?"}
# Of pages that differ only in what they are about, so many are looked at.
ALIKE = 3
OK = 200
LEADS_AWAY = re.compile(r"^/(static|demo)/")


@dataclass(frozen=True)
class Skeleton:
    """What a page is built of, and where it leads."""

    parts: frozenset[str]
    links: tuple[str, ...]


class _Reader(HTMLParser):
    """The paths of tags with their classes and roles, each once: what checks depend on.

    Of a label it counts, too, what comes before it: the state of a box is drawn on the words.
    """

    VOID = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
    TOLD = ("class", "role", "type", "data-module")

    def __init__(self) -> None:
        super().__init__()
        self.paths: set[str] = set()
        self.links: list[str] = []
        self._open: list[str] = []
        self._before = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a" and told.get("href"):
            self.links.append(told["href"] or "")
        name = " ".join([tag, *(f"{key}={told[key]}" for key in self.TOLD if key in told)])
        after = [f"after {self._before}"] if tag == "label" else []
        self.paths.add("/".join([*self._open[-3:], name, *after]))
        self._before = name
        if tag not in self.VOID:
            self._open.append(name)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().partition(" ")[0] != tag:
            pass


def skeleton(html: str) -> Skeleton:
    """Read a page's parts and links."""
    reader = _Reader()
    reader.feed(html)
    return Skeleton(frozenset(reader.paths), tuple(reader.links))


@dataclass(frozen=True)
class Found:
    """A page or file that somebody was led to, and from where; of files only how they answer."""

    url: str
    # Where it was sent on to, which is where its forms are sent.
    at: str
    offered_on: str
    status: int
    queries: int
    html: str
    skeleton: frozenset[str]
    forms: tuple[Form, ...]
    # The forms that no page before it had, filled in and sent; nothing of it stays.
    sent: tuple[Sent, ...]
    # The running keys of rows in it, in its address and on the way there.
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Crawl:
    """All that one of the demo's people was led to; the client is signed in as them."""

    client: Client
    found: tuple[Found, ...]


@cache
def crawled(person: str) -> Crawl:
    """What this person of the demo is led to from their home; followed once in a run.

    The connection has to lead to the demo (`looking_at`).
    """
    client, today = Client(), Agency.objects.get(slug=people.AGENCY).today()
    client.post("/demo/sign-in/", {"person": person})
    return Crawl(client, tuple(pages(client, HOME, today)))


@dataclass(frozen=True)
class Lead:
    """An address to go to; one that a form has led to may be gone with what the form did."""

    url: str
    offered_on: str
    may_be_gone: bool = False


def pages(client: Client, start: str, today: date) -> Iterator[Found]:
    """All that links and forms lead to from the start, in the order in which it is found."""
    asked: Counter[str] = Counter()
    tried: set[tuple[str, ...]] = set()
    seen, waiting = {start}, deque([Lead(start, "")])
    while waiting:
        lead = waiting.popleft()
        route = route_of(lead.url)
        if asked[route] >= ALIKE:
            continue
        answer: Any = client.get(lead.url, follow=True)
        if lead.may_be_gone and answer.status_code != OK:
            continue
        asked[route] += 1
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        asked_with = answer.request["QUERY_STRING"]
        here = answer.request["PATH_INFO"] + (f"?{asked_with}" if asked_with else "")
        html = answer.text if is_page else ""
        read, queries = skeleton(html), int(answer.headers[HEADER])
        if queries > BUDGET and route not in MAY_ASK_OFTEN:  # The first visitor fills caches.
            queries = int(client.get(lead.url, follow=True).headers[HEADER])
        on_page = tuple(forms(here, html))
        sent = tuple(_sent(client, on_page, tried, today))
        status = answer.status_code
        by = lead.offered_on
        yield Found(
            lead.url, here, by, status, queries, html, read.parts, on_page, sent, running(answer)
        )
        leads = [Lead(url, lead.url) for url in [*read.links, *_searches(on_page, today)]]
        leads += [Lead(each.leads, lead.url, may_be_gone=True) for each in sent if each.leads]
        for each in leads:
            target = urlsplit(urljoin(here, each.url))
            if target.netloc or target.scheme or LEADS_AWAY.search(target.path):
                continue
            to = target._replace(fragment="").geturl()
            if to not in seen:
                seen.add(to)
                waiting.append(replace(each, url=to))


def _sent(
    client: Client, found: tuple[Form, ...], tried: set[tuple[str, ...]], today: date
) -> Iterator[Sent]:
    """Each kind of form within the agency, filled in and sent with each of its buttons."""
    for form in found:
        if form.method != "post" or not form.action.startswith(HOME):
            continue
        for filled in form.filled(today):
            kind = (route_of(form.action), *sorted(filled))
            if kind not in tried:
                tried.add(kind)
                yield send(client, form, filled)


def _searches(found: tuple[Form, ...], today: date) -> Iterator[str]:
    """Where forms lead that only ask (GET), filled in."""
    for form in found:
        if form.method == "get":
            for filled in form.filled(today):
                yield f"{urlsplit(form.action).path}?{urlencode(filled, doseq=True)}"


def route_of(url: str) -> str:
    """What the address is of, without its keys; a query makes it another."""
    parts = urlsplit(url)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        name = parts.path
    asked = ",".join(sorted(each.partition("=")[0] for each in parts.query.split("&") if each))
    return f"{name}?{asked}"


def agency_routes() -> set[str]:
    """The names of all addresses within an agency."""
    return {
        name
        for route, name in _routes(get_resolver().url_patterns, "", "")
        if route.startswith("a/<slug:agency>/")
    }


def _routes(
    patterns: list[URLPattern | URLResolver], route: str, space: str
) -> Iterator[tuple[str, str]]:
    for each in patterns:
        here = f"{route}{each.pattern}"
        if isinstance(each, URLResolver):
            within = f"{space}{each.namespace}:" if each.namespace else space
            yield from _routes(each.url_patterns, here, within)
        elif each.name:
            yield here, f"{space}{each.name}"
