"""What the owner of the database, reading everything, learns about anonymous words."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Member
from dialogues.dialogue.models import Dialogue
from dialogues.sessions import actions as closing
from dialogues.sessions.actions import take_turn
from dialogues.sessions.models import SessionAnswer, SessionSide, SessionTurn
from dialogues.silencing.tasks import stir_voices
from dialogues.voices import actions as speaking
from dialogues.voices import receipts
from dialogues.voices.models import Voice
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency, Event, Submission
from foundation.refusals import Refused
from tests.conftest import Login
from tests.dialogues.conftest import Hold
from tests.owner import in_one_transaction, look, now_in_transactions, tables_written_since

pytestmark = pytest.mark.django_db(transaction=True)


def address(dialogue: Dialogue) -> str:
    return reverse("dialogues_open:voice", args=[dialogue.doors.get(closed_on=None).code])


def sealed(code: str = "A" * 12) -> str:
    return receipts.sealed(code)


def test_speaking_while_signed_in_writes_the_voice_and_nothing_else_anywhere(
    dialogue: Dialogue, second_consumer: Member, login: Login
) -> None:
    client = login(second_consumer)
    session = client.session
    # So long ago that any other page would now record the visit.
    long_ago = (timezone.now() - timedelta(minutes=5)).timestamp()
    session["session_started"] = session["session_seen"] = long_ago
    session.save()
    url = address(dialogue)
    with tenancy.entering(None):
        moment = now_in_transactions()
        client.get(url)
        words = {"prompt": "experience", "text": "Nobody asks me."}
        client.post(url, words)
        assert tables_written_since(moment) == set()
        response = client.post(url, {**words, "seal": sealed()})
    assert response.status_code == 200
    assert tables_written_since(moment) == {"dialogues_voice"}
    assert response.cookies.keys() <= {settings.CSRF_COOKIE_NAME}


def test_a_voice_has_no_column_for_a_person_a_time_or_an_order(dialogue: Dialogue) -> None:
    columns = look(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_name = 'dialogues_voice'"
    )
    assert set(columns) == {
        ("id", "uuid"),
        ("agency_id", "bigint"),
        ("dialogue_id", "bigint"),
        ("prompt", "character varying"),
        ("text", "text"),
        ("on", "date"),
        ("receipt", "character varying"),
        ("look_by", "date"),
        ("hear_by", "date"),
        ("reply_by", "date"),
        ("first_look_on", "date"),
    }
    names = {model.__name__ for model in apps.get_app_config("dialogues").get_models()}
    assert not {name for name in names if "Historical" in name} & {
        "HistoricalVoice",
        "HistoricalSessionAnswer",
        "HistoricalSessionTurn",
    }


def test_neither_number_nor_place_tells_when_a_voice_came(
    agency: Agency, dialogue: Dialogue
) -> None:
    for number in range(8):
        speaking.speak_anonymously(
            agency, receipt=f"{number}" * 12, text=f"voice {number}", dialogue_id=dialogue.pk
        )
    assert len(set(look("SELECT xmin::text FROM dialogues_voice"))) == 1
    in_place = [text for (text,) in look("SELECT text FROM dialogues_voice ORDER BY ctid")]
    assert in_place != [f"voice {number}" for number in range(8)]


def test_the_nightly_job_takes_the_time_from_words_that_stayed_alone(
    agency: Agency, dialogue: Dialogue, second_consumer: Member
) -> None:
    speaking.speak_anonymously(agency, receipt="A" * 12, text="Alone", dialogue_id=dialogue.pk)
    speaking.contribute(agency, by=second_consumer, text="Alone", dialogue=dialogue, named=False)
    numbers = (
        "SELECT xmin::text FROM dialogues_voice",
        "SELECT xmin::text FROM dialogues_contribution",
    )
    before = [look(each) for each in numbers]
    stir_voices(agency.pk)
    assert all(look(each) != were for each, were in zip(numbers, before, strict=True))


def test_words_without_a_name_share_number_and_place_with_the_others_of_their_day(
    agency: Agency, dialogue: Dialogue, second_consumer: Member
) -> None:
    for number in range(8):
        speaking.contribute(
            agency,
            by=second_consumer,
            dialogue=dialogue,
            text=f"words {number}",
            named=number < 4,
        )
    assert len(set(look("SELECT xmin::text FROM dialogues_contribution"))) == 1
    by_place, by_key = (
        "SELECT text FROM dialogues_contribution ORDER BY ctid",
        "SELECT text FROM dialogues_contribution ORDER BY id",
    )
    for query in (by_place, by_key):
        found = [text for (text,) in look(query)]
        assert found != [f"words {number}" for number in range(8)]


def test_speaking_leaves_no_event_no_job_and_no_double_submit_key(
    agency: Agency, dialogue: Dialogue
) -> None:
    events = Event.objects.within(agency).count()
    client = Client()
    client.post(address(dialogue), {"prompt": "other", "text": "Quietly", "seal": sealed()})
    assert Voice.objects.within(agency).count() == 1
    assert Event.objects.within(agency).count() == events
    assert not Submission.objects.within(agency).exists()


def test_the_receipt_itself_is_kept_nowhere(agency: Agency, dialogue: Dialogue) -> None:
    speaking.speak_anonymously(
        agency, receipt="HJKMNPQRSTVW", text="Hello", dialogue_id=dialogue.pk
    )
    ((row,),) = look("SELECT to_jsonb(v)::text FROM dialogues_voice v")
    assert "HJKMNPQRSTVW" not in row


def test_a_voice_that_is_sent_twice_is_written_once(agency: Agency, dialogue: Dialogue) -> None:
    url = address(dialogue)
    barrier = threading.Barrier(3)
    answers: list[Any] = []

    def send() -> None:
        try:
            barrier.wait(timeout=30)
            sent = {"prompt": "other", "text": "Once", "seal": sealed()}
            answers.append(Client().post(url, sent))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert all("AAAA-AAAA-AAAA" in answer.content.decode() for answer in answers)
    assert Voice.objects.within(agency).count() == 1


def test_many_voices_at_once_are_all_written(agency: Agency, dialogue: Dialogue) -> None:
    barrier = threading.Barrier(6)

    def send(number: int) -> None:
        try:
            barrier.wait(timeout=30)
            with tenancy.entering(agency):
                speaking.speak_anonymously(
                    agency, receipt=f"{number}" * 12, text=f"v {number}", dialogue_id=dialogue.pk
                )
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert Voice.objects.within(agency).count() == 6


def test_speaking_inside_another_transaction_is_an_error(
    agency: Agency, dialogue: Dialogue
) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        speaking.speak_anonymously(agency, receipt="A" * 12, text="Joined", dialogue_id=dialogue.pk)


@pytest.mark.parametrize("first", ["turn", "answer"])
def test_the_database_keeps_a_turn_and_its_answer_apart(
    agency: Agency, hold: Hold, consumer: Member, first: str
) -> None:
    meeting = hold(1, consumer)
    answer = {"side": SessionSide.CONSUMER, "heard": 5, "understood": 5}
    steps: list[Callable[[], Any]] = [
        lambda: SessionTurn.objects.within(agency).create(meeting=meeting, member=consumer),
        lambda: SessionAnswer.objects.within(agency).create(meeting=meeting, **answer),
    ]
    if first == "answer":
        steps.reverse()
    with pytest.raises(IntegrityError, match="in the transaction of its"):
        in_one_transaction(steps)
    for step in steps:
        step()


def test_closing_answers_can_not_be_joined_with_turns(
    agency: Agency, hold: Hold, consumer: Member, second_consumer: Member, provider: Member
) -> None:
    people = (consumer, second_consumer, provider)
    meeting = hold(1, *people)
    for number, member in enumerate(people):
        closing.answer_questions(meeting, by=member, heard=number + 1, understood=5)
    turns = look("SELECT xmin::text FROM dialogues_sessionturn")
    answers = look("SELECT xmin::text FROM dialogues_sessionanswer")
    assert len(turns) == len(answers) == 3
    assert len(set(answers)) == 1
    assert not set(turns) & set(answers)
    columns = look(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = 'dialogues_sessionanswer'"
    )
    assert {name for (name,) in columns} == {
        "id",
        "agency_id",
        "meeting_id",
        "side",
        "heard",
        "understood",
    }


def test_everyone_who_was_there_has_one_turn(
    agency: Agency,
    hold: Hold,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    later: Callable[[int], None],
) -> None:
    meeting = hold(1, consumer, provider)
    closing.answer_questions(meeting, by=consumer, heard=5, understood=5)
    with pytest.raises(Refused, match="have answered"):
        closing.answer_questions(meeting, by=consumer, heard=1, understood=1)
    with pytest.raises(Refused, match="people who were there"):
        closing.answer_questions(meeting, by=second_consumer, heard=1, understood=1)
    later(7)
    with pytest.raises(Refused, match="closed"):
        closing.answer_questions(meeting, by=provider, heard=1, understood=1)
    assert SessionAnswer.objects.within(agency).count() == 1


def test_who_has_answered_is_forgotten_when_nobody_can_answer_any_more(
    agency: Agency, hold: Hold, consumer: Member, provider: Member, later: Callable[[int], None]
) -> None:
    meeting = hold(1, consumer, provider)
    closing.answer_questions(meeting, by=consumer, heard=5, understood=5)
    turns = SessionTurn.objects.within(agency)
    stir_voices(agency.pk)
    assert turns.count() == 1
    later(7)
    stir_voices(agency.pk)
    assert turns.count() == 0
    assert SessionAnswer.objects.within(agency).count() == 1
    with pytest.raises(Refused, match="closed"):
        closing.answer_questions(meeting, by=consumer, heard=1, understood=1)


def test_a_crash_between_turn_and_answer_costs_one_answer(
    agency: Agency, hold: Hold, consumer: Member, provider: Member
) -> None:
    meeting = hold(1, consumer, provider)
    take_turn(meeting, by=consumer)
    with pytest.raises(Refused, match="have answered"):
        closing.answer_questions(meeting, by=consumer, heard=5, understood=5)
    assert SessionTurn.objects.within(agency).count() == 1
    assert not SessionAnswer.objects.within(agency).exists()


def test_answering_on_the_page_writes_the_turn_and_the_answers_only(
    hold: Hold, consumer: Member, provider: Member, login: Login
) -> None:
    meeting = hold(1, consumer, provider)
    client = login(consumer)
    url = at(meeting.agency, "dialogues:closing_questions", pk=meeting.pk)
    with tenancy.entering(None):
        assert client.get(url).status_code == 200
        moment = now_in_transactions()
        response = client.post(url, {"heard": "4", "understood": "2"})
    assert response.status_code == 302
    assert tables_written_since(moment) == {"dialogues_sessionturn", "dialogues_sessionanswer"}
