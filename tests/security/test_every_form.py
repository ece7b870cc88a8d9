"""Every form the demo's people are led to, filled in maliciously.

Errors are explained, nothing is written, and the server does not fail.
"""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from devtools.demo.personas import PERSONAS
from foundation import tenancy
from foundation.models import Agency
from tests.browser.crawl import crawled, name_of, route_of
from tests.browser.forms import Control, Form
from tests.browser.offered import all_forms
from tests.browser.sending import undone
from tests.cells.addresses import page_name
from tests.cells.open_forms import FOR_A_MOMENT, FORMS

# In the process that has the demo.
pytestmark = pytest.mark.xdist_group("demo")
EVERYBODY = [each.key for each in PERSONAS]
# What a refusing response may write: who looked at what, and the session itself.
MAY_CHANGE = {"django_session", "accounts_accesslog", "usersessions_usersession"}
REFUSED = (403, 404, 409, 422)

WITHOUT_KEYS = "with keys that are none"
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
    WITHOUT_KEYS: {},
}
# A form's keys against double sending, and against overwriting somebody else's change.
KEYS = ("submission", "version")


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


def kind_of(control: Control) -> str:
    """The attack on the control; a single checkbox can only be ticked or not."""
    if control.kind in ("radio", "checkbox", "select"):
        return "tick" if control.choices == ["on"] else "choice"
    return control.kind if control.kind in ("date", "number", "file") else "text"


def keys_of(form: Form) -> list[str]:
    return [name for name in form.hidden if name.rpartition("-")[2] in KEYS]


def filled(form: Form, attack: str) -> dict[str, Any]:
    wrong, told = ATTACKS[attack], dict[str, Any](form.hidden)
    if attack == WITHOUT_KEYS:
        return told | dict.fromkeys(keys_of(form), "no key")
    for name, control in form.controls.items():
        kind = kind_of(control)
        if kind == "file" and wrong:
            told[name] = SimpleUploadedFile("numbers.xlsx", wrong["text"].encode())
        elif wrong:
            told[name] = wrong.get(kind, "")
    return told


@pytest.mark.parametrize("person", EVERYBODY)
def test_whatever_is_sent_is_refused_in_words_and_nothing_is_written(
    person: str, demo: Agency
) -> None:
    crawl, problems = crawled(person), []
    # In a long run the session of the crawl has been idle for too long.
    crawl.client.post("/demo/sign-in/", {"person": person})
    for _page, form in all_forms(crawl.found):
        name = (route_of(form.action), *sorted(form.controls))
        if form.method != "post" or not form.controls or name in _sent:
            continue
        _sent.add(name)
        problems += [
            f"{form.action} with {attack}: {problem}"
            for attack in ATTACKS
            if attack != WITHOUT_KEYS or keys_of(form)
            for problem in attacked(crawl.client, form, attack, demo)
        ]
    assert not problems, "\n".join(problems)


def attacked(client: Client, form: Form, attack: str, agency: Agency) -> list[str]:
    """What is wrong with the response to the form filled in like that."""
    client.raise_request_exception = False
    with undone() as number:
        answer = client.post(form.action, filled(form, attack))
        left = written(number, agency) if answer.status_code in REFUSED else []
    if answer.status_code not in REFUSED:
        # Leaving out only optional fields is no mistake.
        harmless = attack == "nothing" and answer.status_code in (200, 302)
        return [] if harmless else [f"answered {answer.status_code}"]
    problems = [f"wrote into {table}" for table in left]
    if answer.status_code == 422 and "govuk-error-summary" not in answer.text:
        problems.append("does not say what is wrong")
    return problems


def test_no_form_of_the_cells_is_left_out(demo: Agency) -> None:
    tried = {
        name_of(form.action)
        for person in EVERYBODY
        for _page, form in all_forms(crawled(person).found)
        if form.method == "post"
    }
    elsewhere = {page_name(name) for name in FOR_A_MOMENT}
    assert {page_name(name) for name in FORMS} <= tried | elsewhere
