"""What is offered is permitted: links that open, forms that do not refuse who filled them in."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.test import Client

from tests.browser.crawl import HOME, Crawl, Found, route_of
from tests.browser.forms import Form, forms

REFUSED = (403, 404, 405, 410)
# Whoever may end a decision reads what is missing only when they try: before that it would tell
# whose answer it was that made it enough.
TELLS_WHEN_TRIED = {"groups:close_decision"}
# What is written without a trace opens a transaction of its own, which can't be taken back here.
DURABLE = "A durable atomic block cannot be nested"


@contextmanager
def undone() -> Iterator[int]:
    """A transaction that is rolled back, with its number."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint % 4294967296")
            number = cursor.fetchone()[0]
        yield number
        transaction.set_rollback(True)


def refused(found: Iterable[Found]) -> Iterator[str]:
    """Links that lead to a refusal, to nothing, or to an error."""
    for each in found:
        if each.status >= 400:
            yield f"{each.url} is offered on {each.offered_on} and answers {each.status}"


def refusing(crawl: Crawl, today: date) -> Iterator[str]:
    """Forms that refuse after they were filled in plausibly; each kind is tried once.

    Nothing that is sent stays. What is asked for in other words (422) is no refusal.
    """
    tried: set[tuple[str, ...]] = set()
    for page, form in all_forms(crawl.found):
        for filled in form.filled(today):
            kind = (form.method, route_of(form.action), *sorted(filled))
            if kind in tried:
                continue
            tried.add(kind)
            status = sent(crawl.client, form, filled)
            tells = route_of(form.action).partition("?")[0] in TELLS_WHEN_TRIED
            if status >= 500 or (status in REFUSED and not tells):
                yield f"{form.action} is offered on {page.url} and answers {status} when it is sent"


def all_forms(found: Iterable[Found]) -> Iterator[tuple[Found, Form]]:
    """The forms of these pages that are sent within the agency."""
    for page in found:
        for form in forms(page.url, page.html):
            if form.action.startswith(HOME):
                yield page, form


def sent(client: Client, form: Form, filled: dict[str, Any]) -> int:
    """The status of the answer to the form; whatever it did is taken back."""
    client.raise_request_exception = True
    try:
        with undone():
            send = client.post if form.method == "post" else client.get
            return int(send(form.action, filled).status_code)
    except RuntimeError as error:
        if DURABLE not in str(error):
            raise
        return 200
