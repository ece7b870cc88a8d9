"""Answers a browser in this process, so that what it changes can be rolled back.

One person sits at it. Pages come from Django's test client on the connection of the test.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import Client

STATIC = "/static/"
STYLES = ".css"
REDIRECTS = range(300, 400)
# What the client sends itself, or a test never needs.
KEPT_OUT = {"host", "cookie", "content-length", "content-type", "connection"}


class Counter(HTTPServer):
    """One request after the other, as this client; `refused` names what wasn't answered well."""

    def __init__(self, client: Client) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://localhost:{self.server_port}"
        self.client, self.refused = client, list[str]()


class _Handler(BaseHTTPRequestHandler):
    server: Counter

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith(STATIC):
            self._styles(path.removeprefix(STATIC))
        else:
            self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def _styles(self, name: str) -> None:
        found = finders.find(name) if name.endswith(STYLES) else None
        if isinstance(found, str):
            self._send(200, {"Content-Type": "text/css"}, Path(found).read_bytes())
        else:
            self._send(404, {}, b"")

    def _answer(self, body: bytes) -> None:
        answer = self.server.client.generic(
            self.command,
            self.path,
            body,
            self.headers["Content-Type"] or "application/octet-stream",
            headers={
                name: said for name, said in self.headers.items() if name.lower() not in KEPT_OUT
            },
        )
        if answer.status_code >= 400:
            self.server.refused.append(f"{self.command} {self.path}: {answer.status_code}")
        told = {name: said for name, said in answer.headers.items() if name != "Content-Length"}
        self._send(answer.status_code, told, answer.getvalue())

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, said in headers.items():
            self.send_header(name, said)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Nobody reads the request log."""


@contextmanager
def opened(client: Client) -> Iterator[Counter]:
    """A counter for this client, open until the block ends."""
    shared = connections[DEFAULT_DB_ALIAS]

    def serve(counter: Counter) -> None:
        connections[DEFAULT_DB_ALIAS] = shared
        counter.serve_forever(poll_interval=0.05)

    shared.inc_thread_sharing()
    try:
        with Counter(client) as counter:
            thread = Thread(target=serve, args=[counter], daemon=True)
            thread.start()
            try:
                yield counter
            finally:
                counter.shutdown()
                thread.join()
    finally:
        shared.dec_thread_sharing()
