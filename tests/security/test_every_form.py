"""Every form that one of the demo's people is led to, filled in by somebody who means harm.

What is wrong is said, nothing is written, and the server does not stumble.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from devtools.demo import people
from devtools.demo.database import built, looking_at
from foundation import tenancy
from foundation.models import Agency
from tests.browser.crawl import by_client, pages, route_of

# In the process that has the browser, which looks at the same demo.
pytestmark = pytest.mark.xdist_group("portal")
HOME = f"/a/{people.AGENCY}/"
WHO = ("rosa", "mei", "june", "femi", "ada", "aaron", "paula", "mona")
HIDDEN = ("csrfmiddlewaretoken", "submission", "version")
# What may be written by an answer that refuses: who looked at what, and the session itself.
MAY_CHANGE = {"django_session", "accounts_accesslog", "usersessions_usersession"}
REFUSED = (403, 404, 409, 422)

ATTACKS: dict[str, dict[str, str]] = {
    "nothing": {},
    "far too long, and unknown": {
        "text": "x" * 30_000,
        "date": "2026-13-45",
        "number": "twelve",
        "choice": "999999999",
    },
    "of the wrong kind": {
        "text": "\x00",
        "date": "yesterday\x00",
        "number": "1e99999",
        "choice": "\x00'; --",
    },
    "at the edge": {
        "text": "\x00\ud7ff" + "y" * 100_000,
        "date": "99999-01-01",
        "number": "NaN",
        "choice": "-1",
    },
}


@dataclass
class Form:
    """A form of a page: where it is sent, its hidden keys, and what it asks by kind."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    asks: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> tuple[str, ...]:
        return (route_of(self.action), *sorted(self.asks))

    def filled(self, attack: str) -> dict[str, Any]:
        wrong = ATTACKS[attack]
        told: dict[str, Any] = dict(self.hidden)
        for name, kind in self.asks.items():
            if kind == "file" and wrong:
                told[name] = SimpleUploadedFile("numbers.xlsx", wrong["text"].encode())
            elif wrong:
                told[name] = wrong.get(kind, "")
        return told


class _Forms(HTMLParser):
    """The forms of a page that are sent by POST."""

    KINDS = {"date": "date", "number": "number", "radio": "choice", "checkbox": "choice"}

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.forms: list[Form] = []
        self._open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form" and told.get("method", "").lower() == "post":
            self._open = Form(told.get("action") or self.url)
            self.forms.append(self._open)
        name = told.get("name", "")
        if self._open is None or not name or tag not in ("input", "textarea", "select"):
            return
        kind = told.get("type", "text") if tag == "input" else tag
        if kind == "hidden":
            self._open.hidden[name] = told.get("value", "")
        elif kind == "file":
            self._open.asks[name] = "file"
        elif tag == "select":
            self._open.asks[name] = "choice"
        elif kind == "checkbox" and told.get("value", "on") == "on":
            self._open.asks[name] = "tick"  # Whatever is sent is a tick: only none is wrong.
        elif kind not in ("submit", "button"):
            numeric = told.get("inputmode") in ("numeric", "decimal")
            self._open.asks[name] = self.KINDS.get(kind, "number" if numeric else "text")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Agency]:
    with django_db_blocker.unblock(), looking_at(built()):
        yield Agency.objects.get(slug=people.AGENCY)


@contextmanager
def undone() -> Iterator[int]:
    """A transaction that is rolled back, with its number."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint % 4294967296")
            number = cursor.fetchone()[0]
        yield number
        transaction.set_rollback(True)


def written(number: int, agency: Agency) -> list[str]:
    """The tables in which the transaction of this number has left rows."""
    with tenancy.entering(agency), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd > 0"
        )
        touched = {name for (name,) in cursor.fetchall()} - MAY_CHANGE
        found = []
        for table in sorted(touched):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE xmin::text::bigint >= %s',  # noqa: S608
                [number],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


_sent: set[tuple[str, ...]] = set()


@pytest.mark.parametrize("person", WHO)
def test_whatever_is_sent_is_refused_in_words_and_nothing_is_written(
    person: str, demo: Agency
) -> None:
    client = Client()
    client.post("/demo/sign-in/", {"person": person})
    problems: list[str] = []
    for found in pages(by_client(client), HOME):
        reader = _Forms(found.url)
        reader.feed(found.html)
        for form in reader.forms:
            if not form.asks or form.name in _sent or not form.action.startswith(HOME):
                continue
            _sent.add(form.name)
            problems += [
                f"{form.action} with {attack}: {problem}"
                for attack in ATTACKS
                for problem in attacked(client, form, attack, demo)
            ]
    assert not problems, "\n".join(problems)


def attacked(client: Client, form: Form, attack: str, agency: Agency) -> list[str]:
    """What is wrong with the answer to the form filled in like that."""
    client.raise_request_exception = False
    with undone() as number:
        answer = client.post(form.action, form.filled(attack))
        left = written(number, agency) if answer.status_code in REFUSED else []
    if answer.status_code not in REFUSED:
        # Who leaves out only what may be left out has done nothing wrong.
        harmless = attack == "nothing" and answer.status_code in (200, 302)
        return [] if harmless else [f"answered {answer.status_code}"]
    problems = [f"wrote into {table}" for table in left]
    if answer.status_code == 422 and "govuk-error-summary" not in answer.text:
        problems.append("does not say what is wrong")
    return problems
