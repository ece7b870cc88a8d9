from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from accounts.models import Member
from foundation import keys
from foundation.addresses import at
from foundation.keys import code_of
from groups import actions
from groups.models import (
    Attendance,
    Choice,
    Decision,
    DecisionReview,
    Group,
    Meeting,
    Position,
    Question,
    Seat,
)
from tests.conftest import Login
from tests.groups.conftest import Propose, send

DAY = timedelta(days=1)


def _bad(field: str, values: Iterable[object]) -> list[tuple[str, object]]:
    return [(field, value) for value in values]


LONG = "x" * 20_000


FORMS: list[tuple[str, str, dict[str, object], list[tuple[str, object]]]] = [
    # page, whose key, what is right, what is wrong in turn
    (
        "add_seat",
        "group",
        {"member": "manager", "voting": "yes", "since": "today"},
        [
            *_bad("member", ["", "987654321", "x", "-1", LONG, "outsider", "consumer"]),
            *_bad("voting", ["", "maybe", LONG]),
            *_bad("office", ["emperor", LONG]),
            *_bad("standing", ["emperor"]),
            *_bad("since", ["", "soon", "0001-01-01", "9999-12-31", "2026-13-01", "1990-01-01"]),
        ],
    ),
    (
        "plan_meeting",
        "group",
        {"starts_at": "2026-11-01T10:00", "minutes_planned": "60"},
        [
            *_bad("starts_at", ["", "soon", "0001-01-01T00:00", "1990-01-01T00:00"]),
            *_bad("minutes_planned", ["", "0", "-5", "1441", "x", "1e9", "99999999999999"]),
            *_bad("place", [LONG, "a\x00b"]),
            *_bad("agenda", [LONG]),
        ],
    ),
    (
        "propose",
        "group",
        {"title": "Tea", "text": "Offer tea."},
        [*_bad("title", ["", "   ", LONG]), *_bad("text", ["", "  ", LONG, "a\x00b"])],
    ),
    (
        "decision",
        "decision",
        {"choice": "agree", "round": "1"},
        [
            *_bad("choice", ["", "maybe", LONG]),
            *_bad("round", ["", "x", "2", "99999999999999"]),
            *_bad("reason", [LONG]),
        ],
    ),
    (
        "enter_position",
        "decision",
        {
            "choice": "agree",
            "round": "1",
            "member": "consumer",
            "agreed_on": "today",
            "agreed_how": "phone",
            "asked": "on",
        },
        [
            *_bad("agreed_on", ["", "x", "2999-01-01"]),
            *_bad("agreed_how", ["", "telepathy"]),
            *_bad("member", ["", "987654321", "manager", "outsider", "x"]),
            *_bad("asked", [""]),
            *_bad("choice", ["", "object"]),
        ],
    ),
    (
        "attendance",
        "meeting",
        {},
        [*_bad("other", ["outsider", "987654321", "x", LONG])],
    ),
    ("put_on_agenda", "meeting", {"text": "Tea"}, _bad("text", ["", "   ", LONG, "a\x00b"])),
    ("minutes", "meeting", {"minutes": "Hi", "version": "1"}, _bad("minutes", ["", "  ", LONG])),
    (
        "change_seat",
        "seat",
        {"voting": "yes", "on": "today", "office": ""},
        [*_bad("voting", ["", "x"]), *_bad("on", ["", "x", "1990-01-01"]), ("office", "emperor")],
    ),
    ("end_seat", "seat", {"on": "today"}, _bad("on", ["", "x", "1990-01-01", "0000-00-00"])),
    (
        "edit",
        "group",
        {"name": "A"},
        [*_bad("name", ["", " ", LONG]), *_bad("purpose", [LONG])],
    ),
    ("ask", "decision", {"text": "Why?"}, _bad("text", ["", "   ", LONG, "a\x00b"])),
    ("answer", "question", {"text": "So."}, _bad("text", ["", "   ", LONG])),
    (
        "look_again",
        "adopted",
        {"finding": "keep", "note": "It works."},
        [
            *_bad("finding", ["", "perhaps", LONG]),
            *_bad("note", ["", "  ", LONG]),
            *_bad("next_on", ["soon", "today", "1990-01-01", "9999-12-31", "2026-13-01"]),
        ],
    ),
    (
        "close_decision",
        "answered",
        {"adopted": "yes", "round": 1},
        [
            *_bad("adopted", ["", "perhaps"]),
            *_bad("review_on", ["soon", "today", "1990-01-01", "9999-12-31"]),
            *_bad("outcome", [LONG]),
            *_bad("round", ["", "second", 2]),
        ],
    ),
    ("waive", "decision", {"waiver": "Because."}, _bad("waiver", ["", LONG])),
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[0])
def test_a_form_with_something_wrong_says_so_and_writes_nothing(
    form: tuple[str, str, dict[str, object], list[tuple[str, object]]],
    seated: Group,
    meeting: Meeting,
    propose: Propose,
    consumer: Member,
    second_consumer: Member,
    chair: Member,
    manager: Member,
    facilitator: Member,
    outsider: Member,
    today: date,
    login: Login,
) -> None:
    page, whose, right, wrong = form
    decision = propose()
    people = {"consumer": consumer, "manager": manager, "outsider": outsider}
    answered = propose()
    for member in (consumer, second_consumer):
        actions.take_position(answered, member=member, choice=Choice.AGREE)
    adopted = propose()
    for member in (consumer, second_consumer):
        actions.take_position(adopted, member=member, choice=Choice.AGREE)
    actions.close_decision(adopted, by=chair, waiver="All who were there agreed.")
    rows = {
        "answered": answered.pk,
        "adopted": adopted.pk,
        "question": actions.ask(decision, text="Why?", by=chair).pk,
        "group": seated.pk,
        "meeting": meeting.pk,
        "decision": decision.pk,
        "seat": seated.seats.get(member=consumer).pk,
    }
    url = at(seated.agency, f"groups:{page}", pk=rows[whose])

    def filled(value: object) -> object:
        if value == "today":
            return today.isoformat()
        return code_of(people[value]) if isinstance(value, str) and value in people else value

    def counted() -> list[int]:
        return [
            model.objects.within(seated.agency).count()
            for model in (Seat, Meeting, Decision, DecisionReview, Position, Question, Attendance)
        ]

    # Standings are named by people who may see them; positions are taken by voting members.
    by = facilitator if page in {"add_seat", "close_decision"} else chair
    client, before = login(by), counted()
    if right:
        empty = client.post(url, {})
        assert empty.status_code == 422
        assert "Error:" in empty.content.decode()
    for field, value in wrong:
        data = {**right, field: value}
        answer = send(client, url, **{name: filled(each) for name, each in data.items()})
        assert answer.status_code == 422, (field, value)
        assert "Error:" in answer.content.decode(), (field, value)
    assert counted() == before
    seated.refresh_from_db()
    assert seated.name == "Council on welcome"


@pytest.mark.parametrize("key", [0, 2**31, keys.KEYS - 1])
def test_a_key_that_can_not_be_is_not_found(
    key: int, seated: Group, facilitator: Member, login: Login
) -> None:
    client = login(facilitator)
    for name in ("group", "people", "meeting", "decision", "change_seat"):
        assert client.get(at(seated.agency, f"groups:{name}", pk=key)).status_code == 404
