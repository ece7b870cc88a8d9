"""A portal whose clock is set: its pages, its jobs and a database of its own, in this process.

The clock is time-machine's, for everything in the process at once. The database keeps its own
time, so what is played are days that are over; no rule asks the database for the day.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import time_machine
from django.core import mail
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test import override_settings

from cqi_portal.celery import app as celery
from cqi_portal.schedule import SCHEDULE
from devtools import worker
from devtools.demo.database import DemoDatabase, looking_at

FIRST_ERROR = 400
# Seconds in which a browser, whose own clock is right, need not ask for styles and scripts again.
YEARS = 10 * 365 * 24 * 60 * 60


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    """Logs nothing: what is refused or breaks is kept by the portal itself."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its own name for it
        pass


class ClockedPortal:
    """The portal at `url`; `clock` sets its day."""

    def __init__(self, clock: time_machine.Traveller, application: WSGIApplication) -> None:
        self.clock, self._application = clock, application
        self.url = ""
        # What was refused, not found, or broke: the status and the address.
        self.refused: list[str] = []

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer a request, and keep what a person would meet as an error."""

        def started(status: str, headers: Any, *rest: Any) -> Any:
            if int(status[:3]) >= FIRST_ERROR:
                self.refused.append(f"{status} {environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
            return start(status, headers, *rest)

        try:
            return self._application(environ, started)
        finally:
            connections.close_all()

    def comes(self, moment: datetime) -> None:
        """Let this moment come; each job of the schedule runs once, as beat lets them meanwhile."""
        self.clock.move_to(moment)
        for name in SCHEDULE:
            celery.tasks[name].apply(throw=True)

    def letters(self, address: str) -> list[str]:
        """The texts of the e-mails to this address, the latest first."""
        return [str(each.body) for each in reversed(mail.outbox) if address in each.to]


@contextmanager
def clocked_portal(begins: datetime) -> Iterator[ClockedPortal]:
    """A portal on an empty database, at this moment; the process's connection leads there too."""
    name = f"clocked_{worker.name()}"
    celery.loader.import_default_modules()
    worker.make_database(name)
    with (
        looking_at(DemoDatabase(name, "")),
        time_machine.travel(begins) as clock,
        override_settings(WHITENOISE_MAX_AGE=YEARS),
    ):
        portal = ClockedPortal(clock, WSGIHandler())
        server = make_server("localhost", 0, portal, _Server, _Quiet)
        portal.url = f"http://localhost:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            with override_settings(BASE_URL=portal.url):
                yield portal
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
