from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from dialogues.dialogue.models import Dialogue, GroundRules
from dialogues.sessions.models import SessionAnswer
from dialogues.themes.models import Theme, Words
from dialogues.told_back import actions as telling
from dialogues.told_back.models import Disposition, Reply
from dialogues.voices import actions as speaking
from dialogues.voices.models import Contribution
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from groups.models import Seat
from tests.conftest import Login
from tests.dialogues.conftest import Hold

LONG = "x" * 20_000
NUL = "a\x00b"

Wrong = list[tuple[str, object]]
Form = tuple[str, str, dict[str, object], Wrong]


def bad(field: str, *values: object) -> Wrong:
    return [(field, value) for value in values]


def dates(field: str) -> Wrong:
    return bad(field, "", "soon", "0001-01-01", "9999-12-31", "2026-13-01")


def keys(field: str) -> Wrong:
    return bad(field, "987654321", "x", "-1", LONG, "outsider", "9" * 30)


FORMS: list[Form] = [
    # page, whose key, what is right, what is wrong in turn
    (
        "open_dialogue",
        "",
        {"name": "New", "kind": "focused", "concern": "A say", "on": "today"},
        [
            *bad("name", "", "  ", LONG, NUL),
            *bad("kind", "", "closed", LONG),
            *bad("purpose", LONG),
            *bad("concern", "", " ", LONG),
            *dates("on"),
        ],
    ),
    (
        "grow",
        "dialogue",
        {"name": "New", "concern": "A say", "on": "today"},
        [
            *bad("name", "", LONG),
            *bad("concern", "", " ", LONG),
            *dates("on"),
            ("on", "1990-01-01"),
        ],
    ),
    (
        "co_facilitator",
        "dialogue",
        {
            "member": "manager",
            "standing": "provider",
            "since": "today",
            "agreed": "on",
        },
        [
            *bad("member", ""),
            *keys("member"),
            *bad("standing", "", "manager", "emperor"),
            *bad("agreed", ""),
            *dates("since"),
        ],
    ),
    ("set_ground_rules", "dialogue", {"text": "We listen"}, bad("text", "", " ", LONG, NUL)),
    (
        "say_in",
        "dialogue",
        {"prompt": "other", "text": "Hello", "named": "named"},
        [
            *bad("prompt", "", "x"),
            *bad("text", "", " ", LONG, NUL),
            *bad("named", "", "x"),
        ],
    ),
    (
        "say",
        "",
        {"prompt": "other", "text": "Hello", "named": "named"},
        keys("dialogue"),
    ),
    (
        "enter_for_someone",
        "",
        {"prompt": "other", "text": "Hello", "consented": "on"},
        [
            *keys("author"),
            *keys("dialogue"),
            *bad("text", "", LONG),
            *bad("prompt", "", "x"),
            *bad("consented", ""),
        ],
    ),
    (
        "harvest",
        "dialogue",
        {"words": "words", "title": "Plans"},
        [
            *bad("words", "", "c987654321", "v00000000-0000-4000-8000-000000000000", "x", LONG),
            *bad("title", "", " ", LONG),
            *bad("quote", "Nobody said this", LONG),
            *bad("summary", LONG),
        ],
    ),
    (
        "add_words",
        "theme",
        {"words": "words"},
        [*bad("words", "", "c987654321", "x"), *bad("quote", "Nobody said this", LONG)],
    ),
    (
        "dispose",
        "theme",
        {"kind": "not_ours", "reason": "Because", "went_to": "The state"},
        [
            *bad("kind", "", "cell", "x", "answered"),
            *bad("reason", "", LONG),
            *bad("went_to", "", LONG),
            *bad("answer", LONG),
        ],
    ),
    (
        "convert",
        "theme",
        {"cell": "cell", "kind": "problem", "title": "Plans"},
        [
            *bad("cell", ""),
            *keys("cell"),
            *bad("kind", "", "x"),
            *bad("title", "", " ", LONG),
            *bad("description", LONG),
        ],
    ),
    ("reply", "theme", {"text": "Done"}, bad("text", "", " ", LONG, NUL)),
    (
        "closing_questions",
        "meeting",
        {"heard": "1", "understood": "5"},
        [*bad("heard", "", "0", "6", "x", LONG), *bad("understood", "", "9" * 30)],
    ),
]

WRITTEN = (
    Contribution,
    Dialogue,
    Disposition,
    GroundRules,
    Opportunity,
    Reply,
    Seat,
    SessionAnswer,
    Theme,
    Words,
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[0])
def test_a_form_with_something_wrong_says_so_and_writes_nothing(
    form: Form,
    agency: Agency,
    dialogue: Dialogue,
    theme: Theme,
    cell: Cell,
    hold: Hold,
    facilitator: Member,
    consumer: Member,
    manager: Member,
    outsider: Member,
    today: date,
    login: Login,
) -> None:
    page, whose, right, wrong = form
    words = speaking.contribute(agency, by=consumer, dialogue=dialogue, text="Further words")
    if page == "reply":
        telling.dispose(theme, by=facilitator, kind="dialogue")
    meeting = hold(0, facilitator, consumer)
    pks = {"dialogue": dialogue.pk, "theme": theme.pk, "meeting": meeting.pk}
    url = at(agency, f"dialogues:{page}", **({"pk": pks[whose]} if whose else {}))
    values: dict[str, Any] = {
        "today": today.isoformat(),
        "manager": code_of(manager),
        "outsider": code_of(outsider),
        "cell": code_of(cell),
        "words": f"c{words.pk}",
    }

    def filled(data: Iterable[tuple[str, object]]) -> dict[str, Any]:
        sent = {name: values.get(str(value), value) for name, value in data}
        return {"submission": str(uuid4()), **sent}

    def counted() -> list[int]:
        return [model.objects.within(agency).count() for model in WRITTEN]

    client, before = login(facilitator), counted()
    empty = client.post(url, {})
    assert empty.status_code == 422
    assert "Error:" in empty.content.decode()
    for field, value in wrong:
        answer = client.post(url, filled({**right, field: value}.items()))
        assert answer.status_code == 422, (field, value)
        assert "Error:" in answer.content.decode(), (field, value)
        assert counted() == before, (field, value)


def test_what_was_sent_twice_is_done_once(
    agency: Agency, dialogue: Dialogue, facilitator: Member, login: Login
) -> None:
    client, url = login(facilitator), at(agency, "dialogues:say_in", pk=dialogue.pk)
    sent = {"submission": str(uuid4()), "prompt": "other", "text": "Once", "named": "named"}
    answers = [client.post(url, sent)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert Contribution.objects.within(agency).filter(text="Once").count() == 1
