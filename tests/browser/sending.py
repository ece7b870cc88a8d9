"""Sends forms for real and rolls them back: their responses, and where they lead."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.test import Client

from tests.browser.forms import Form
from tests.browser.running import running

# What must leave no trace opens its own transaction, which can't be rolled back here.
DURABLE = "A durable atomic block cannot be nested"


@dataclass(frozen=True)
class Sent:
    """The response to a plausibly filled-in form, and where it led."""

    action: str
    status: int
    leads: str = ""
    keys: tuple[str, ...] = ()
    # What was seen before the rollback.
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
    """Send the form, then roll back whatever it did, for the client too.

    Before that, `around` explores where it led.
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
