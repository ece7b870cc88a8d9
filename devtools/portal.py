"""A running portal for tests: its own Valkey, web server, worker and beat; a test database."""

import email
import re
from collections.abc import Mapping
from email import policy
from email.message import EmailMessage
from pathlib import Path

from celery import Celery
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from devtools.servers import processes
from devtools.servers.valkey import Valkey, free_port
from devtools.stack import Stack

ERROR, TRACEBACK = b"Internal Server Error: ", b"Traceback (most recent call last)"
# A refusal is a proper answer, although Django logs where it was raised.
REFUSAL = b"\nfoundation.refusals.Refused: "
LINES = 25
# What the file backend writes last.
END_OF_MAIL = b"-" * 79 + b"\n"


class Portal:
    """Pages, jobs and the broker, which a test may stop and start separately."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        # A name rather than a number: passkeys belong to a domain.
        port = free_port()
        self.url = f"http://localhost:{port}"
        self.mail_folder = folder / "mail"
        self._valkey = Valkey(folder / "valkey", durable=False)
        variables = {
            **environment,
            "REDIS_URL": self._valkey.url(),
            "BASE_URL": self.url,
            "MAIL_FOLDER": str(self.mail_folder),
        }
        self._stack = Stack(processes.product_environment(**variables), folder, port)
        self._read = 0

    def start(self) -> None:
        """Start everything and wait until it responds."""
        self._valkey.start()
        self._stack.start()

    def close(self) -> None:
        """Stop everything."""
        self._stack.stop()
        self._valkey.stop()

    def restore(self) -> None:
        """Restart what a test has stopped."""
        if not self._valkey.alive():
            self.start_valkey()
        if not self._stack.worker.alive():
            self.start_worker()
        if not self._stack.beat.alive():
            self._stack.beat.start()

    def kill_worker(self) -> None:
        """SIGKILL the worker and its children, in the middle of whatever they do."""
        self._stack.worker.kill()

    def start_worker(self) -> None:
        """Start the worker again and wait until it accepts jobs."""
        self._stack.start_worker()

    def pause_worker(self) -> None:
        """Let the worker finish its jobs and exit, so that jobs wait in the broker."""
        self._stack.worker.stop()

    def stop_valkey(self) -> None:
        """Stop the broker: nothing can be queued or taken."""
        self._valkey.stop()

    def start_valkey(self) -> None:
        """Start the broker again, at the same address."""
        self._valkey.start()

    def queue(self, task: str, *arguments: int) -> None:
        """Queue a task by name for the running worker; in the test process tasks run at once."""
        with Celery("tests", broker=self._valkey.url(), set_as_current=False) as queue:
            queue.send_task(task, arguments)

    def jobs_done(self, task: str) -> int:
        """How many jobs of this name the workers of this run have finished."""
        log = self._stack.worker.log.read_text(errors="replace")
        return len(re.findall(rf"Task {re.escape(task)}\[[^]]+\] succeeded", log))

    def sign_in(self, page: Page, client: Client) -> Page:
        """Give the browser the session of a signed-in test client."""
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": self.url}]
        )
        return page

    def mails(self) -> list[EmailMessage]:
        """The e-mails sent, oldest first; not one that is still being written."""
        found = sorted(self.mail_folder.glob("*"), key=lambda path: path.stat().st_mtime_ns)
        written = [each for path in found if (each := path.read_bytes()).endswith(END_OF_MAIL)]
        return [email.message_from_bytes(each, policy=policy.default) for each in written]

    def forget_mails(self) -> None:
        """Empty the folder of e-mails."""
        for path in self.mail_folder.glob("*"):
            path.unlink()

    def errors(self) -> str:
        """The end of what the web server logged as errors since the last call."""
        log = self._stack.web.log.read_bytes()
        fresh, self._read = log[self._read :], len(log)
        if ERROR not in fresh and fresh.count(TRACEBACK) <= fresh.count(REFUSAL):
            return ""
        return "\n".join(fresh.decode(errors="replace").splitlines()[-LINES:])
