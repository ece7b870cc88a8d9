"""What a load balancer does, in a thread: each request goes to one of the web servers in turn."""

import http.client
import threading
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import cast

HOST = "127.0.0.1"
OK, BAD_GATEWAY, UNAVAILABLE, BROKEN = 200, 502, 503, 500
# Seconds.
LOOKS, PATIENCE, LONGEST = 0.1, 30.0, 60.0
# What ends at each connection.
HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})


class Balancer(ThreadingHTTPServer):
    """Listens for pages, and knows which web servers say that they are well."""

    daemon_threads = True
    # So many connections may wait: a browser opens several at once.
    request_queue_size = 128

    def __init__(self, port: int, behind: Sequence[int]) -> None:
        super().__init__(("localhost", port), _Request)
        self.behind = behind
        self.answered: dict[int, int] = dict.fromkeys(behind, 0)
        self.problems: list[str] = []
        self._well: set[int] = set()
        self._turns = count()
        self._over = threading.Event()

    def begin(self) -> None:
        """Serve and look after the web servers until `end`."""
        for work in (self.serve_forever, self._look):
            threading.Thread(target=work, daemon=True).start()

    def end(self) -> None:
        self._over.set()
        self.shutdown()
        self.server_close()

    def connect(self) -> tuple[int, http.client.HTTPConnection] | None:
        """A connection to the next web server that is well; None if there is none for long."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            port = self.behind[next(self._turns) % len(self.behind)]
            if port not in self._well:
                time.sleep(LOOKS / len(self.behind))
                continue
            connection = http.client.HTTPConnection(HOST, port, timeout=LONGEST)
            try:
                connection.connect()
            except OSError:
                self._well.discard(port)
            else:
                return port, connection
        return None

    def _look(self) -> None:
        while not self._over.wait(LOOKS):
            for port in self.behind:
                (self._well.add if _is_well(port) else self._well.discard)(port)


def _is_well(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    with closing(connection), suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == OK
    return False


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_one(self) -> None:
        balancer = cast("Balancer", self.server)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        # As the door does: what only reads is asked of the next server if one goes away before its
        # answer, with the connections that it had not taken yet.
        reads = self.command in {"GET", "HEAD"}
        for again in [True] * reads + [False]:
            if self._tried(balancer, body, again=again):
                return

    def _tried(self, balancer: Balancer, body: bytes, *, again: bool) -> bool:
        """Whether it was answered; with `again`, not if the server went away before its answer."""
        taken = balancer.connect()
        if taken is None:
            balancer.problems.append(f"nobody answers: {self.command} {self.path}")
            self._answer(UNAVAILABLE, [], b"")
            return True
        port, connection = taken
        with closing(connection):
            try:
                headers = dict(self.headers.items()) | {"Connection": "close"}
                connection.request(self.command, self.path, body or None, headers)
                response = connection.getresponse()
                status, sent, page = response.status, response.getheaders(), response.read()
            except (OSError, http.client.HTTPException) as error:
                if again:
                    return False
                balancer.problems.append(f"dropped: {self.command} {self.path}: {error!r}")
                self._answer(BAD_GATEWAY, [], b"")
                return True
        balancer.answered[port] += 1
        if status >= BROKEN:
            balancer.problems.append(f"{status}: {self.command} {self.path}")
        self._answer(status, sent, page)
        return True

    do_GET = do_POST = do_HEAD = handle_one  # noqa: N815

    def _answer(self, status: int, headers: Sequence[tuple[str, str]], page: bytes) -> None:
        # A browser that goes on to another page does not wait for this one.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(page)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Nothing: problems are kept."""
