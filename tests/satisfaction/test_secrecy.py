"""What the owner of the database, reading everything, learns about answers."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Member
from foundation import tenancy
from foundation.models import Event
from foundation.refusals import Refused
from satisfaction import actions, envelopes
from satisfaction.envelopes import AnsweredSurvey
from satisfaction.models import Answer, AnswerSide, SealedAnswer, SurveyRound
from tests.conftest import Login
from tests.owner import in_one_transaction, look, now_in_transactions, owner, tables_written_since
from tests.satisfaction.conftest import Answering, Finishing, code_of, digest_of, opened, scores

pytestmark = pytest.mark.django_db(transaction=True)


def form(round_: SurveyRound, score: int = 4, comment: str = "") -> dict[str, Any]:
    return {f"item_{code}": value for code, value in scores(score).items()} | {
        "comment": comment,
        "side": "consumer",
    }


def test_no_transaction_number_joins_an_answer_with_its_code(
    round_: SurveyRound, consumers: list[Member], answer: Answering
) -> None:
    for number, member in enumerate(consumers):
        answer(round_, member, score=number % 5 + 1, comment=f"word {number}")
    spent = look("SELECT xmin::text FROM satisfaction_surveycode WHERE spent")
    sealed = look("SELECT xmin::text FROM satisfaction_sealedanswer")
    assert len(spent) == len(sealed) == 7
    assert not set(spent) & set(sealed)
    # All envelopes have the last one's number: none shows when it was written.
    assert len(set(sealed)) == 1


def test_where_envelopes_lie_does_not_tell_their_order(
    round_: SurveyRound, consumers: list[Member], answer: Answering
) -> None:
    places = []
    for number, member in enumerate(consumers):
        answer(round_, member, comment=f"word {number}")
        places.append([each and each.comment for each in opened(round_)])
    in_order = [[f"word {each}" for each in range(number + 1)] for number in range(7)]
    assert places != in_order


def test_answers_and_comments_of_one_person_can_not_be_joined(
    round_: SurveyRound, consumers: list[Member], answer: Answering, finish: Finishing
) -> None:
    for number, member in enumerate(consumers):
        answer(round_, member, score=number % 5 + 1, comment=f"word {number}")
    finish(round_)
    joined = look(
        "SELECT count(*) FROM satisfaction_answer a JOIN satisfaction_comment c"
        " ON a.xmin = c.xmin AND a.round_id = c.round_id AND a.id <> c.id"
    )
    assert joined == [(49,)]
    places = look(
        "SELECT a.scores ->> 'heard', substr(c.text, 6)::int % 5 + 1 FROM"
        " (SELECT scores, row_number() OVER (ORDER BY ctid) n FROM satisfaction_answer) a"
        " JOIN (SELECT text, row_number() OVER (ORDER BY ctid) n FROM satisfaction_comment) c"
        " USING (n)"
    )
    assert any(int(score) != own for score, own in places)


def test_closing_leaves_one_number_on_everything_and_no_code(
    round_: SurveyRound,
    consumers: list[Member],
    answer: Answering,
    on_paper: Callable[..., None],
    finish: Finishing,
) -> None:
    for member in consumers[:5]:
        answer(round_, member, comment="a word")
    actions.clear(round_, consumers[0])
    on_paper(round_, 2)
    finish(round_)
    numbers = look(
        "SELECT xmin::text FROM satisfaction_surveyinvitation"
        " UNION SELECT xmin::text FROM satisfaction_answer"
        " UNION SELECT xmin::text FROM satisfaction_comment"
    )
    assert len(numbers) == 1
    assert look("SELECT count(*) FROM satisfaction_answer") == [(7,)]
    assert look("SELECT count(*) FROM satisfaction_surveyinvitation WHERE cleared") == [(0,)]
    for table in ("surveycode", "sealedanswer"):
        assert look(f"SELECT count(*) FROM satisfaction_{table}") == [(0,)]  # noqa: S608


def test_a_sheet_is_typed_in_and_no_row_tells_who_typed_or_when(
    round_: SurveyRound, facilitator: Member, login: Login
) -> None:
    (code,) = actions.print_sheets(round_, sheets=1, by=facilitator)
    client = login(facilitator)
    with tenancy.entering(None):
        moment = now_in_transactions()
        url = reverse("satisfaction_open:whole", args=[code])
        assert client.post(url, form(round_, comment="typed")).status_code == 302
    assert tables_written_since(moment) == {
        "satisfaction_sealedanswer",
        "satisfaction_surveycode",
    }
    (answered,) = opened(round_)
    assert answered is not None
    assert answered.on_paper


def test_answering_while_signed_in_writes_nothing_else_anywhere(
    round_: SurveyRound, consumers: list[Member], login: Login
) -> None:
    client = login(consumers[0])
    url = reverse("satisfaction_open:whole", args=[code_of(round_, consumers[0])])
    with tenancy.entering(None):
        client.get(url)
        moment = now_in_transactions()
        response = client.post(url, form(round_, comment="I feel heard"))
    assert response.status_code == 302
    assert tables_written_since(moment) == {
        "satisfaction_sealedanswer",
        "satisfaction_surveycode",
    }


def test_answers_have_no_column_for_a_person_a_time_or_an_order() -> None:
    columns = look(
        "SELECT table_name, column_name, data_type FROM information_schema.columns"
        " WHERE table_name IN ('satisfaction_answer', 'satisfaction_comment',"
        " 'satisfaction_sealedanswer', 'satisfaction_surveycode')"
    )
    assert {(table.split("_")[1], name, kind) for table, name, kind in columns} == {
        ("answer", "id", "uuid"),
        ("answer", "agency_id", "bigint"),
        ("answer", "round_id", "bigint"),
        ("answer", "side", "character varying"),
        ("answer", "scores", "jsonb"),
        ("answer", "on_paper", "boolean"),
        ("comment", "id", "uuid"),
        ("comment", "agency_id", "bigint"),
        ("comment", "round_id", "bigint"),
        ("comment", "text", "text"),
        ("comment", "on_paper", "boolean"),
        ("sealedanswer", "id", "uuid"),
        ("sealedanswer", "agency_id", "bigint"),
        ("sealedanswer", "round_id", "bigint"),
        ("sealedanswer", "envelope", "bytea"),
        ("surveycode", "id", "uuid"),
        ("surveycode", "agency_id", "bigint"),
        ("surveycode", "round_id", "bigint"),
        ("surveycode", "digest", "character varying"),
        ("surveycode", "printed", "boolean"),
        ("surveycode", "spent", "boolean"),
    }


def test_answers_and_invitations_have_no_history_and_no_event(
    round_: SurveyRound, consumers: list[Member], answer: Answering
) -> None:
    answer(round_, consumers[0])
    names = {model.__name__ for model in apps.get_app_config("satisfaction").get_models()}
    assert names == {
        "Reflection",
        "ReflectionVoice",
        "SurveyRound",
        "HistoricalSurveyRound",
        "SurveyInvitation",
        "SurveyCode",
        "SealedAnswer",
        "Answer",
        "Comment",
    }
    told = Event.objects.within(round_.agency).filter(name__startswith="survey.")
    assert set(told.values_list("subject_type", flat=True)) == {"survey_round"}
    assert set(told.values_list("name", flat=True)) == {"survey.opened"}


def test_a_code_sent_twice_at_the_same_moment_counts_once(
    round_: SurveyRound, consumers: list[Member]
) -> None:
    url = reverse("satisfaction_open:whole", args=[code_of(round_, consumers[0])])
    barrier = threading.Barrier(4)
    statuses = []

    def send() -> None:
        try:
            client = Client()
            barrier.wait(timeout=20)
            statuses.append(client.post(url, form(round_)).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(statuses) == [302, 403, 403, 403]
    assert round_.envelopes.count() == 1


def test_people_who_answer_at_the_same_moment_all_count(
    round_: SurveyRound, consumers: list[Member]
) -> None:
    urls = [
        reverse("satisfaction_open:whole", args=[code_of(round_, member)]) for member in consumers
    ]
    barrier = threading.Barrier(len(urls))

    def send(url: str) -> None:
        try:
            barrier.wait(timeout=20)
            Client().post(url, form(round_))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[url]) for url in urls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert round_.envelopes.count() == 7
    assert round_.codes.filter(spent=True).count() == 7


def test_a_crash_costs_one_answer_counts_nobody_twice_and_is_forgotten_at_the_end(
    round_: SurveyRound, consumers: list[Member], answer: Answering, finish: Finishing
) -> None:
    actions.spend(round_.agency, digest_of(round_, consumers[0]))
    with pytest.raises(Refused, match="answered with this code"):
        answer(round_, consumers[0])
    answer(round_, consumers[1])
    assert round_.codes.filter(spent=True).count() == 2
    closed = finish(round_)
    assert (closed.invited, closed.answered) == (7, 1)
    assert not round_.codes.exists()


@pytest.fixture
def broken(round_: SurveyRound) -> Iterator[Callable[[], None]]:
    """The table of answers accepts no more rows until it is repaired."""

    def mend() -> None:
        with owner() as raw:
            raw.execute("ALTER TABLE satisfaction_sealedanswer DROP CONSTRAINT IF EXISTS broken")

    with owner() as raw:
        raw.execute(
            "ALTER TABLE satisfaction_sealedanswer ADD CONSTRAINT broken CHECK (false) NOT VALID"
        )
    yield mend
    mend()


def test_an_answer_that_can_not_be_written_can_be_sent_again(
    round_: SurveyRound,
    consumers: list[Member],
    answer: Answering,
    broken: Callable[[], None],
) -> None:
    with pytest.raises(Exception, match="broken"):
        answer(round_, consumers[0])
    assert not round_.codes.filter(spent=True).exists()
    broken()
    answer(round_, consumers[0])
    assert round_.envelopes.count() == 1


def test_an_answer_that_comes_while_the_round_closes_is_refused(
    round_: SurveyRound, consumers: list[Member], finish: Finishing
) -> None:
    actions.spend(round_.agency, digest_of(round_, consumers[0]))
    finish(round_)
    with pytest.raises(Refused, match="closed"):
        actions.write_down(
            round_.agency,
            round_.pk,
            AnsweredSurvey(AnswerSide.CONSUMER, scores(), "", on_paper=False),
        )
    assert not Answer.objects.within(round_.agency).exists()


def test_answering_inside_another_transaction_is_an_error(
    round_: SurveyRound, consumers: list[Member], answer: Answering
) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        answer(round_, consumers[0])
    assert not round_.codes.filter(spent=True).exists()
    assert not round_.envelopes.exists()


@pytest.mark.parametrize("first", ["token", "answer"])
def test_the_database_keeps_a_code_and_its_answer_apart(
    round_: SurveyRound, consumers: list[Member], first: str
) -> None:
    mine = round_.codes.filter(digest=digest_of(round_, consumers[0]))
    answered = AnsweredSurvey(AnswerSide.CONSUMER, scores(), "", on_paper=False)
    envelope = envelopes.seal(round_, answered)
    steps: list[Callable[[], Any]] = [
        lambda: mine.update(spent=True),
        lambda: SealedAnswer.objects.within(round_.agency).create(round=round_, envelope=envelope),
    ]
    if first == "answer":
        steps.reverse()
    with pytest.raises(IntegrityError, match="in the transaction of its"):
        in_one_transaction(steps)
    assert not mine.get().spent
    assert not round_.envelopes.exists()
    for step in steps:
        step()
