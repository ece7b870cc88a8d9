"""Ask for pages as the server does: one request after the other, in this process."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO
from time import perf_counter
from typing import Any
from urllib.parse import urljoin, urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.models import Q
from django.http import HttpRequest

from accounts.models import Member
from devtools import personas as signing
from devtools.demo.personas import persona
from foundation import tenancy
from foundation.models import Agency

HOST = "127.0.0.1"


@dataclass(frozen=True)
class PageAnswer:
    """A response: its status, its bytes, and whether they were sent as they were made."""

    status: int
    body: bytes
    size: int
    streamed: bool


@dataclass
class Spent:
    """Queries and the seconds they took, as Python saw them."""

    queries: int = 0
    seconds: float = 0


# Asks for an address as somebody.
Ask = Callable[[str], PageAnswer]


def member_of_demo(agency: Agency, key: str) -> Member:
    """The member that this persona of the demo is."""
    found = persona(key)
    assert found is not None, key
    by = found.signs_in_by
    with tenancy.entering(agency):
        members = Member.objects.within(agency).on(agency.today()).select_related("user")
        return members.get(Q(user__email=by) | Q(user__member_name=by))


def session_of(member: Member) -> str:
    """Sign somebody in; return the key of the session."""
    request = HttpRequest()
    request.session = SessionStore()
    with tenancy.entering(member.agency):
        signing.sign_in(request, member)
    request.session.save()
    return str(request.session.session_key)


def asking_as(session: str, *, keep: bool = True) -> Ask:
    """Ask through the product's WSGI application, and read all that it sends.

    `keep`: return the bytes as well.
    """
    from cqi_portal.wsgi import application  # Importing it looks at the database.

    def ask(url: str) -> PageAnswer:
        environ, told = _request(url, session), list[str]()

        def start(status: str, *_rest: Any) -> Callable[[bytes], object]:
            told.append(status)
            return told.append  # type: ignore[return-value]  # Nobody writes that way.

        response: Any = application(environ, start)
        kept, size = list[bytes](), 0
        try:
            for piece in response:
                size += len(piece)
                if keep:
                    kept.append(piece)
        finally:
            response.close()
        return PageAnswer(int(told[0].split()[0]), b"".join(kept), size, response.streaming)

    return ask


def _request(url: str, session: str) -> dict[str, Any]:
    parts = urlsplit(url)
    environ: dict[str, Any] = {
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "HTTP_HOST": HOST,
        "REMOTE_ADDR": HOST,
        "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={session}",
        "wsgi.input": BytesIO(),
    }
    setup_testing_defaults(environ)
    return environ


@contextmanager
def counting() -> Iterator[Spent]:
    """Count the queries of this thread's connection; savepoints don't count."""
    spent = Spent()

    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        began = perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            spent.queries += "SAVEPOINT" not in sql
            spent.seconds += perf_counter() - began

    with connection.execute_wrapper(count):
        yield spent


class Links(HTMLParser):
    """The links of a page with their words, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._href, self._words = "", list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href, self._words = dict(attrs).get("href") or "", []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href:
            self.found.append((self._href, " ".join("".join(self._words).split())))
            self._href = ""


def links_on(url: str, body: bytes) -> Sequence[tuple[str, str]]:
    """Whole addresses and words of the links on a page."""
    reader = Links()
    reader.feed(body.decode())
    return [(urljoin(url, href), words) for href, words in reader.found]
