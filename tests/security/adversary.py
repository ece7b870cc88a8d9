"""What somebody can infer from what they may open: two worlds that differ in one secret.

Each world is built through the actions, at the same moments, with the same keys and the same random
numbers. So any difference in what a person gets reveals the secret.
"""

import os
import random
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import unified_diff
from functools import cache as kept
from io import BytesIO
from itertools import count
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from zipfile import BadZipFile, ZipFile

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest
from django.template import Template
from django.test import Client
from django.urls import Resolver404, resolve

from accounts.models import Member
from devtools.counting import HEADER
from devtools.personas import sign_in
from devtools.states import keys_come_back
from foundation import flood, keys, tenancy
from tests.browser.crawl import read, route_of
from tests.browser.forms import Form, forms
from tests.owner import owner

# How many addresses that differ only in their subject are opened: of rows, and of things with a
# fixed number, such as indicators.
ALIKE, ALL = 2, 9
# There is one vote for each ranking method.
EACH = {"cells:round?": 3}
LEAVES = re.compile(r"/(static|demo|account)/|/sign-out|language")
LEAVES_OUTSIDE = re.compile(r"/(static|demo)/|language")
# What anybody without an account can open.
OUTSIDE = (
    *("home", "privacy", "account_login", "account_codes", "account_request_login_code"),
    *("account_signup", "account_reset_password", "invitations:code", "dialogues_open:receipt"),
    *("dialogues_open:appeal", "satisfaction_open:code", "satisfaction_open:thanks"),
)
# Query counts exist only in tests; cookies are random.
NOT_TOLD = {HEADER.lower(), "set-cookie"}
# Random for each response, and meaningless: UUIDs that are not codes of rows.
CHANCE = re.compile(
    rf"(?P<uuid>{keys.REGEX})"
    r'|(?<=name="csrfmiddlewaretoken" value=")[^"]+'
    # A review's checksum covers a text with a random salt.
    r'|(?<=class="app-code">)[0-9a-f]{64}(?=<)'
)
# Rows of these kinds share their numbering with other people's, so their codes differ between the
# worlds; other tests show that codes are meaningless. Only equality between codes is compared.
AMONG_OTHERS = ("event", "message", "claim", "consent")
CODE = re.compile(keys.REGEX)

Seen = dict[str, str]


@kept
def kind_of(code: str) -> str | None:
    """The kind of rows with such a code; None for a random one."""
    kinds = map(keys.kind_of, apps.get_models())
    return next((kind for kind in kinds if keys.key(kind, code) is not None), None)


def without_chance(text: str) -> str:
    """The constant part of a response."""
    return CHANCE.sub(lambda found: found[0] if found["uuid"] and kind_of(found[0]) else "-", text)


@contextmanager
def same_chance(patch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Make random numbers the same whenever they start from the same words."""
    drawn = random.Random("world")
    with patch.context() as chance:
        # Skip each template's context, which tests keep and nobody reads here.
        chance.setattr(Template, "_render", lambda words, context: words.nodelist.render(context))
        for module, name in ((os, "urandom"), (random, "_urandom")):
            chance.setattr(module, name, lambda size: drawn.randbytes(size))
        yield drawn.seed


@contextmanager
def taken_back() -> Iterator[None]:
    """Roll back everything written, every key assigned, and every key of the store destroyed.

    Like a test's own transaction it lets anonymous acts open theirs inside it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences")
        names = [name for (name,) in cursor.fetchall()]
    with owner() as raw:
        # The names come from the catalog, already quoted.
        ask = " UNION ALL ".join(
            f"SELECT '{name}', last_value, is_called FROM {name}"  # noqa: S608
            for name in names
        )
        given = raw.execute(ask.encode()).fetchall()
    block: Any = transaction.atomic()
    block._from_testcase = True
    try:
        with block, keys_come_back():
            yield
            transaction.set_rollback(True)
    finally:
        with owner() as raw:
            raw.execute(
                "SELECT setval(name::regclass, last, called)"
                " FROM unnest(%s::text[], %s::bigint[], %s::bool[]) AS given (name, last, called)",
                [*map(list, zip(*given, strict=True))],
            )
        cache.clear()
        flood.forget()


@contextmanager
def on_day(day: date, hour: int = 15) -> Iterator[None]:
    """Freeze the clock at an hour (UTC) of this day."""
    at = datetime(day.year, day.month, day.day, hour).astimezone()
    with time_machine.travel(at, tick=False):
        yield


def signed_in(member: Member | None) -> Client:
    """Signed in as this member; None: without an account."""
    client, request = Client(raise_request_exception=False), HttpRequest()
    if member is None:
        return client
    request.session = SessionStore()
    with tenancy.entering(member.agency):
        sign_in(request, member)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
    return client


@dataclass
class Adversary:
    """A program that opens everything one member may open, and sends each form.

    `about`: the codes of its targets; wherever a form offers a choice of people, it tries each of
    them. `begins`: where it begins, if not at the agency's home.
    """

    client: Client
    slug: str
    today: date
    chance: Callable[[str], None]
    about: frozenset[str] = frozenset()
    begins: tuple[str, ...] = ()
    alike: int = ALIKE

    def open(self, *urls: str) -> Seen:
        """What these addresses answer, without following links."""
        return {url: told(self._open(url)) for url in urls}

    def send(self, url: str) -> Seen:
        """What the forms of a page answer; everything is rolled back."""
        answer = self._open(url)
        seen: Seen = {}
        for form in forms(answer.request["PATH_INFO"], answer.text):
            if form.method == "post" and not LEAVES.search(form.action):
                seen.update(self._send(form, Counter()))
        return seen

    def _most(self, url: str) -> int:
        """How many such addresses to open."""
        return EACH.get(route_of(url)) or (
            self.alike if any(map(kind_of, CODE.findall(url))) else ALL
        )

    def _open(self, url: str) -> Any:
        return self._ask(lambda: self.client.get(url, follow=True))

    def look(self) -> Seen:
        """What each address and each form answered; everything is rolled back."""
        seen: Seen = {}
        asked: Counter[str] = Counter()
        tried: Counter[tuple[str, ...]] = Counter()
        begins = self.begins or (f"/a/{self.slug}/",)
        leaves = LEAVES if not self.begins else LEAVES_OUTSIDE
        known, waiting = set(begins), deque(begins)
        while waiting:
            url = waiting.popleft()
            if asked[route_of(url)] >= self._most(url):
                continue
            asked[route_of(url)] += 1
            answer = self._open(url)
            seen[without_chance(url)] = told(answer)
            if not answer.headers.get("content-type", "").startswith("text/html"):
                continue
            here, html = answer.request["PATH_INFO"], answer.text
            built, on_page = read(here, html)
            leads = [*built.links]
            for form in on_page:
                if form.method == "get" and "on" in form.controls:
                    # The same page as of an earlier day.
                    leads.append(f"{here}?on={self.today - timedelta(days=2)}")
                elif form.method == "get":
                    leads += [
                        f"{urlsplit(form.action).path}?{urlencode(filled, doseq=True)}"
                        for filled in form.filled(self.today)
                    ]
                elif not leaves.search(form.action):
                    seen.update(self._send(form, tried))
            for each in leads:
                target = urlsplit(urljoin(here, each))
                to = target._replace(fragment="").geturl()
                if target.netloc or target.scheme or to in known or leaves.search(target.path):
                    continue
                known.add(to)
                waiting.append(to)
        return seen

    def _send(self, form: Form, tried: Counter[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
        """Each kind of form: empty, filled in, with everything checked, and about each target."""
        filled = form.filled(self.today)
        sent = [dict(form.hidden), *filled]
        sent += [{**filled[0], **form.ticked()}] if form.ticked() else []
        sent += [
            {**filled[0], name: [value]}
            for name, control in form.controls.items()
            for value in control.choices
            if control.kind in ("select", "radio") and value in self.about
        ]
        for number, said in enumerate(sent):
            kind = (route_of(form.action), str(number), *sorted(said))
            if tried[kind] >= (self.alike if said is filled[-1] else 1):
                continue
            tried[kind] += 1
            cookies = deepcopy(self.client.cookies)
            try:
                answer = self._ask(lambda said=said: self._post(form.action, said))  # type: ignore[misc]
            finally:
                self.client.cookies = cookies
            action = without_chance(form.action)
            yield f"POST {action} {number} {' '.join(sorted(said))}", told(answer)

    def _post(self, action: str, said: dict[str, Any]) -> Any:
        block: Any = transaction.atomic()
        block._from_testcase = True
        with block:
            answer: Any = self.client.post(action, said, follow=True)
            transaction.set_rollback(True)
        return answer

    def _ask(self, ask: Callable[[], Any]) -> Any:
        flood.forget()
        self.chance("request")
        return ask()


def told(answer: Any) -> str:
    """All that a response says, line by line, without randomness."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.headers.get("content-type", "")
    files = [(kind, body)]
    if body[:2] == b"PK":
        try:
            with ZipFile(BytesIO(body)) as packed:
                files = [(name, packed.read(name)) for name in packed.namelist()]
        except BadZipFile:
            pass
    said = [str(answer.status_code), without_chance(str(getattr(answer, "redirect_chain", "")))]
    said += [
        without_chance(f"{name}: {value}")
        for name, value in sorted(answer.headers.items())
        if name.lower() not in NOT_TOLD
    ]
    for name, content in files:
        said += [name, without_chance(content.decode("utf-8", "backslashreplace"))]
    return "\n".join(said)


@dataclass(frozen=True)
class Leak:
    """An address or form whose response depends on the secret."""

    what: str
    how: str

    @property
    def page(self) -> str:
        """The name of the address."""
        path = urlsplit(self.what.removeprefix("POST ").split(" ")[0]).path
        try:
            return resolve(path).view_name
        except Resolver404:
            return path


def leaks(one: Seen, other: Seen) -> list[Leak]:
    """Every difference between the two worlds."""
    one, other = _without_codes(one), _without_codes(other)
    found = []
    for what in sorted(one.keys() | other.keys()):
        before, after = one.get(what, "nothing"), other.get(what, "nothing")
        if before != after:
            lines = unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm="")
            found.append(Leak(what, "\n".join([line[:300] for line in lines][2:14])))
    return found


def _without_codes(seen: Seen) -> Seen:
    """The same, naming rows with shared numbering in order of appearance."""
    names: dict[str, str] = {}
    numbers = count()

    def named(found: re.Match[str]) -> str:
        code = found[0]
        if code not in names:
            names[code] = f"row-{next(numbers)}" if kind_of(code) in AMONG_OTHERS else code
        return names[code]

    return {CODE.sub(named, what): CODE.sub(named, answer) for what, answer in seen.items()}
