"""Serves pages answered in this process to the browser, unchanged.

So even a page that exists only until its form is rolled back can be checked. No page is rendered a
second time for the browser.
"""

import mimetypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders

from accounts.middleware import POLLING

STATIC = "/static/"
POLICY = "Content-Security-Policy"
HTML = "text/html; charset=utf-8"
# Files don't change while tests run.
KEEP = {"Cache-Control": "max-age=86400"}


@dataclass(frozen=True)
class Answer:
    """A page's HTML, with the headers that say what it may load and run."""

    html: str
    policy: str


class Shelf(ThreadingHTTPServer):
    """Serve what was put at each address, and the portal's own files."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://localhost:{self.server_port}"
        self.answers: dict[str, Answer] = {}

    def put(self, path: str, answer: Answer) -> str:
        """Put the answer there, replacing any other; return its full address."""
        self.answers = {path: answer}
        return f"{self.url}{path}"


class _Handler(BaseHTTPRequestHandler):
    server: Shelf
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith(STATIC):
            self._file(path.removeprefix(STATIC))
        elif answer := self.server.answers.get(self.path):
            self._send(answer.html.encode(), {POLICY: answer.policy, "Content-Type": HTML})
        elif POLLING in self.headers:
            # A page that asks by itself whether anything is new.
            self._send(b"", {}, HTTPStatus.NO_CONTENT)
        else:
            self._send(b"", {}, HTTPStatus.NOT_FOUND)

    def _file(self, name: str) -> None:
        found = finders.find(name)
        if not isinstance(found, str):
            self._send(b"", {}, HTTPStatus.NOT_FOUND)
            return
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self._send(Path(found).read_bytes(), {**KEEP, "Content-Type": kind})

    def _send(
        self, body: bytes, headers: Mapping[str, str], status: HTTPStatus = HTTPStatus.OK
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Nobody reads the request log."""


@contextmanager
def opened() -> Iterator[Shelf]:
    """A shelf that is open until the block ends."""
    with Shelf() as shelf:
        thread = Thread(target=shelf.serve_forever, daemon=True)
        thread.start()
        try:
            yield shelf
        finally:
            shelf.shutdown()
            thread.join()
