"""Every page reachable from a person's home by links only; similar ones only a few times."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from devtools.counting import HEADER
from devtools.demo import people
from devtools.parts import LookedAt, Parts
from foundation.models import Agency
from tests.browser.forms import Form, FormReader
from tests.browser.running import running
from tests.browser.sending import Sent, send
from tests.browser.shelf import POLICY, Answer

HOME = f"/a/{people.AGENCY}/"
# The most queries per page.
# A page's own, and one for the names in the navigation of who has a role.
BUDGET = 15 + 1
# They judge eight periods twice, however many people and groups there are.
# The packet for surveyors is a fixed number of queries for each of its parts. The dashboard of a
# past day works out the seven and the agency's own from what each of them rests on.
MAY_ASK_OFTEN = {
    "indicators:setting_preview?value",
    "indicators:dashboard?on",
    "groups:cqi?",
    "surveyors:zip?",
}
# Visit this many pages that differ only in their subject; more if they have new parts.
ALIKE, MOST_ALIKE = 2, 6
# Home leads to settings after which no preview comes, before the page that lists all of them.
MORE_ALIKE = {"indicators:setting?": 4}
# The navigation names one's own cells and dialogues. They would be the first of their kind that
# is visited; the lists lead to them as well.
OWN = "app-nav__link--own"
# This many pages around a form's target, and this many forms in a row.
MOST_AROUND, DEEP = 12, 2
OK = 200
# The responses of a form that was accepted, or that asks for other words.
TAKEN = (OK, 302, 422)
LEADS_AWAY = re.compile(r"^/(static|demo)/")


@dataclass(frozen=True)
class Skeleton:
    """The parts of a page, and its links."""

    parts: frozenset[str]
    links: tuple[str, ...]


class _Page(HTMLParser):
    """Its parts and its forms, read in one pass."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.parts, self.forms = Parts(), FormReader(url)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        before = len(self.parts.links)
        self.parts.handle_starttag(tag, attrs)
        if OWN in (dict(attrs).get("class") or ""):
            del self.parts.links[before:]
        self.forms.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        self.forms.handle_data(data)

    def handle_endtag(self, tag: str) -> None:
        self.parts.handle_endtag(tag)
        self.forms.handle_endtag(tag)


def read(url: str, html: str) -> tuple[Skeleton, tuple[Form, ...]]:
    """Read a page's parts and links, and its forms."""
    page = _Page(url)
    page.feed(html)
    return Skeleton(frozenset(page.parts.paths), tuple(page.parts.links)), tuple(page.forms.forms)


@dataclass(frozen=True)
class Found:
    """A page or file somebody was led to, and from where; of files only the response."""

    url: str
    # Where it redirected, which is where its forms are sent.
    at: str
    offered_on: str
    status: int
    queries: int
    answer: Answer
    skeleton: frozenset[str]
    links: tuple[str, ...]
    forms: tuple[Form, ...]
    # Forms not seen on earlier pages, filled in and sent; everything is rolled back.
    sent: tuple[Sent, ...] = ()
    # It existed only until a form was rolled back.
    passing: bool = False
    # Sequential row keys in it, in its address and on the way there.
    keys: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        return self.answer.html


@dataclass(frozen=True)
class Crawl:
    """Everything one of the demo's people was led to; the client is signed in as them."""

    client: Client
    found: tuple[Found, ...]


@dataclass
class Memory:
    """What anybody has reached in one agency, so that nobody is led there just to see it again.

    It holds the parts shown, the addresses reached, and the kinds of forms sent.
    """

    shown: LookedAt = field(default_factory=LookedAt)
    reached: set[str] = field(default_factory=set)
    landed: set[tuple[str, ...]] = field(default_factory=set)


OF_DEMO = Memory()


@cache
def crawled(person: str) -> Crawl:
    """What this demo person is led to from home; crawled once per run.

    The connection must lead to the demo (`looking_at`).
    """
    client, today = signed_in(person), Agency.objects.get(slug=people.AGENCY).today()
    return Crawl(client, tuple(pages(client, HOME, today)))


@cache
def signed_in(person: str) -> Client:
    """Sign in as this demo person, for all tests; anonymous for an empty name."""
    return signing_in(person)


def signing_in(person: str) -> Client:
    """The same with a session of its own, which may be rolled back."""
    client = Client()
    if person:
        client.post("/demo/sign-in/", {"person": person})
    return client


@dataclass(frozen=True)
class Lead:
    """An address to visit; one that a form led to may vanish with the form's effect."""

    url: str
    offered_on: str
    may_be_gone: bool = False


def pages(client: Client, start: str, today: date, memory: Memory = OF_DEMO) -> Iterator[Found]:
    """Everything links and forms lead to from the start, in order of discovery."""
    asked: Counter[str] = Counter()
    new: Counter[str] = Counter()
    visitor = _Visitor(client, today, memory)
    seen, waiting = {start}, deque([Lead(start, "")])
    while waiting:
        lead = waiting.popleft()
        route = route_of(lead.url)
        if asked[route] >= min(MORE_ALIKE.get(route, ALIKE) + new[route], MOST_ALIKE):
            continue
        found = visitor.look(lead)
        if lead.may_be_gone and found.status != OK:
            continue
        asked[route] += 1
        new[route] += memory.shown.new(found.skeleton)
        sent = tuple(visitor.sent(found))
        found = replace(found, sent=sent)
        yield found
        yield from (each for one in sent for each in one.inside)
        for each in visitor.leads(found):
            if each.url not in seen:
                seen.add(each.url)
                waiting.append(each)


@dataclass
class _Visitor:
    """Open pages, fill in their forms, and explore where that leads."""

    client: Client
    today: date
    memory: Memory
    tried: set[tuple[str, ...]] = field(default_factory=set)
    # Names of pages about to be visited, with their forms, around a form.
    ahead: set[str] = field(default_factory=set)

    def look(self, lead: Lead) -> Found:
        answer: Any = self.client.get(lead.url, follow=True)
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        asked_with = answer.request["QUERY_STRING"]
        here = answer.request["PATH_INFO"] + (f"?{asked_with}" if asked_with else "")
        html = answer.text if is_page else ""
        built, on_page = read(here, html)
        queries, route = int(answer.headers[HEADER]), route_of(lead.url)
        if queries > BUDGET and route not in MAY_ASK_OFTEN:  # The first visitor fills caches.
            queries = int(self.client.get(lead.url, follow=True).headers[HEADER])
        if answer.status_code == OK:
            self.memory.reached.update({name_of(lead.url), name_of(here)})
        shown = Answer(html, answer.headers.get(POLICY, ""))
        return Found(
            url=lead.url,
            at=here,
            offered_on=lead.offered_on,
            status=answer.status_code,
            queries=queries,
            answer=shown,
            skeleton=built.parts,
            links=built.links,
            forms=on_page,
            keys=running(answer),
        )

    def leads(self, found: Found) -> Iterator[Lead]:
        """Where its links, its searches and its forms lead."""
        leads = [Lead(url, found.url) for url in [*found.links, *_searches(found, self.today)]]
        leads += [
            Lead(each.leads, found.url, may_be_gone=True) for each in found.sent if each.leads
        ]
        for each in leads:
            target = urlsplit(urljoin(found.at, each.url))
            if not (target.netloc or target.scheme or LEADS_AWAY.search(target.path)):
                yield replace(each, url=target._replace(fragment="").geturl())

    def sent(self, found: Found, depth: int = 0) -> Iterator[Sent]:
        """Each kind of form in the agency, filled in and sent with each of its buttons."""
        landed = self.memory.landed
        for form in found.forms:
            if form.method != "post" or not form.action.startswith(HOME):
                continue
            route = route_of(form.action)
            for filled in form.filled(self.today):
                kind = (form.action if route in MORE_ALIKE else route, *sorted(filled))
                if kind in self.tried:
                    continue
                self.tried.add(kind)
                around = partial(self.around, found, form.action, depth)
                yield send(self.client, form, filled, None if kind in landed else around)
                landed.add(kind)

    def around(self, found: Found, action: str, depth: int, leads: str) -> tuple[Found, ...]:
        """What is visible after the form, before it is rolled back.

        The page it led to and, from there, pages nobody has reached yet, with their forms.
        """
        known = self.memory.reached
        known.add(name_of(action))
        seen: list[Found] = []
        waiting = deque([Lead(urljoin(found.at, leads), f"{found.url} (sent)")])
        own: set[str] = set()
        while waiting and len(seen) < MOST_AROUND:
            lead = waiting.popleft()
            if seen and name_of(lead.url) in known | (self.ahead - own):
                continue
            here = replace(self.look(lead), passing=True)
            further = list(self.leads(here))
            # Leave what this page leads to out of its forms, which are deeper and explore less.
            own |= {name_of(each.url) for each in further} - known - self.ahead
            self.ahead |= own
            if depth < DEEP:
                here = replace(here, sent=tuple(self.sent(here, depth + 1)))
            seen.append(here)
            waiting.extend(further)
        self.ahead -= own
        return (*seen, *(each for one in seen for sent in one.sent for each in sent.inside))


def _searches(found: Found, today: date) -> Iterator[str]:
    """Where search forms (GET) lead, filled in."""
    for form in found.forms:
        if form.method == "get":
            for filled in form.filled(today):
                yield f"{urlsplit(form.action).path}?{urlencode(filled, doseq=True)}"


def name_of(url: str) -> str:
    """The name of the address."""
    return route_of(url).partition("?")[0]


def route_of(url: str) -> str:
    """The address without its keys; a query makes it a different one."""
    parts = urlsplit(url)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        name = parts.path
    asked = ",".join(sorted(each.partition("=")[0] for each in parts.query.split("&") if each))
    return f"{name}?{asked}"


def reached(found: Iterable[Found]) -> set[str]:
    """The names of addresses that returned a page or file, or accepted a form."""
    pages = {name_of(url) for each in found if each.status == OK for url in (each.url, each.at)}
    return pages | {
        name_of(sent.action) for each in found for sent in each.sent if sent.status in TAKEN
    }


def agency_routes() -> set[str]:
    """The names of all addresses in an agency."""
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
