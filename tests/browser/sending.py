"""Sending forms for good and taking it back: what they answer and where they lead."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.test import Client

from tests.browser.forms import Form
from tests.browser.running import running

# What is written without a trace opens a transaction of its own, which can't be taken back here.
DURABLE = "A durable atomic block cannot be nested"


@dataclass(frozen=True)
class Sent:
    """How a form answered who filled it in plausibly, and where that led."""

    action: str
    status: int
    leads: str = ""
    keys: tuple[str, ...] = ()
    # What was seen before it was taken back.
    inside: tuple[Any, ...] = ()


@contextmanager
def undone() -> Iterator[int]:
    """A transaction that is rolled back, with its number."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint % 4294967296")
            number = cursor.fetchone()[0]
        yield number
        transaction.set_rollback(True)


def send(
    client: Client,
    form: Form,
    filled: dict[str, Any],
    around: Callable[[str], tuple[Any, ...]] | None = None,
) -> Sent:
    """Send the form; whatever it did is taken back, for the client too.

    `around` looks around where it led to before that.
    """
    cookies = deepcopy(client.cookies)
    try:
        with undone():
            answer: Any = client.post(form.action, filled)
            leads = answer.headers.get("location", "")
            inside = around(leads) if around is not None and leads else ()
            return Sent(form.action, answer.status_code, leads, running(answer), inside)
    except RuntimeError as error:
        if DURABLE not in str(error):
            raise
        return Sent(form.action, 200)
    finally:
        client.cookies = cookies
