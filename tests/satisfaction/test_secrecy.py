"""What the owner of the database, reading everything, learns about answers."""

import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Member
from foundation import key_store, tenancy
from foundation.addresses import at
from foundation.models import Event
from foundation.refusals import Refused
from foundation.sealing import KeyPair, close, name_of, size
from satisfaction import actions, codes, envelopes, results, round_keys
from satisfaction.envelopes import Answered
from satisfaction.models import Answer, AnswerSide, SealedAnswer, SurveyRound
from satisfaction.models.answers import ROOM
from satisfaction.policies import LOST_AFTER
from satisfaction.round_keys import KeyMissing, RoundKeys
from satisfaction.tasks import attend_to_round, sweep
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


def everything() -> str:
    """Every row of every table, as a copy of the database has them."""
    tables = look(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    return "\n".join(
        str(row)
        for (name,) in sorted(tables)
        for row in look(f'SELECT t::text FROM "{name}" t')  # noqa: S608
    )


def test_two_copies_of_the_database_around_an_answer_name_nobody(
    round_: SurveyRound, consumers: list[Member], answer: Answering
) -> None:
    """With the secret key, too: what is new leads to no member, and nothing can be read."""
    answer(round_, consumers[0], comment="a word of mine")
    before = everything().splitlines()
    answer(round_, consumers[1], score=2, comment="another word of mine")
    after = everything().splitlines()
    assert "word of mine" not in "".join(after)
    new = [row for row in after if row not in before]
    spent = [code for (code,) in look("SELECT digest FROM satisfaction_surveycode WHERE spent")]
    known = {digest_of(round_, member): member for member in consumers}
    # Whoever has the key store could tell whose code it is; nothing in the database does.
    assert {known[each] for each in spent} == {*consumers[:2]}
    for member in consumers:
        guessed = codes.digest(codes.of_member(settings.SECRET_KEY.encode(), member.pk))
        assert guessed not in spent
    envelopes_ = [row for row in new if len(row) > size(ROOM)]
    others = [row for row in new if row not in envelopes_]
    assert len(envelopes_) == 2
    assert len(others) == 1
    assert any(code in others[0] for code in spent)
    lengths = look("SELECT DISTINCT octet_length(envelope) FROM satisfaction_sealedanswer")
    assert lengths == [(size(ROOM),)]


def test_after_the_close_nothing_opens_what_an_old_copy_holds(
    round_: SurveyRound, consumers: list[Member], answer: Answering, finish: Finishing
) -> None:
    for member in consumers:
        answer(round_, member, comment="sealed")
    rows = SealedAnswer.objects.within(round_.agency).filter(round=round_)
    old = [bytes(each) for each in rows.values_list("envelope", flat=True)]
    keys = round_keys.of(round_)
    read = [envelopes.unseal(round_, keys, each) for each in old]
    assert [each and each.comment for each in read] == ["sealed"] * 7
    finish(round_)
    with pytest.raises(KeyMissing):
        round_keys.of(round_)
    assert name_of(round_.public_key) not in key_store.names()
    # Any other key, and the same one for another round, opens nothing.
    other = KeyPair.new()
    assert envelopes.unseal(round_, RoundKeys(other.private, b""), old[0]) is None
    elsewhere = SurveyRound(public_key=other.public)
    assert envelopes.unseal(elsewhere, keys, old[0]) is None


def test_nothing_but_the_key_store_holds_the_keys(
    round_: SurveyRound, consumers: list[Member], answer: Answering
) -> None:
    answer(round_, consumers[0])
    keys, copy = round_keys.of(round_), everything()
    for secret in (keys.private[:64], keys.private[64:], keys.secret):
        for written in (secret.hex(), b64encode(secret).decode(), str(secret)):
            assert written not in copy
    path = key_store.folder() / name_of(round_.public_key)
    assert path.stat().st_mode & 0o077 == 0


def test_what_a_key_was_is_overwritten_before_it_goes(
    round_: SurveyRound, finish: Finishing
) -> None:
    path = key_store.folder() / name_of(round_.public_key)
    with path.open("rb") as still_open:
        key = still_open.read()
        finish(round_)
        assert not path.exists()
        still_open.seek(0)
        left = still_open.read()
    assert len(left) == len(key)
    assert left != key


def test_an_envelope_that_was_changed_or_made_up_counts_as_none(
    round_: SurveyRound, consumers: list[Member], answer: Answering, finish: Finishing
) -> None:
    for member in consumers[:5]:
        answer(round_, member)
    with owner() as raw:
        raw.execute(
            "UPDATE satisfaction_sealedanswer SET envelope = set_byte(envelope, 2000, 7)"
            " WHERE id = (SELECT min(id::text)::uuid FROM satisfaction_sealedanswer)"
        )
    made_up = [
        b"no line",
        b'{"side": "consumer", "on_paper": false}\n',
        b'{"side": "Ana", "on_paper": false, "scores": {}}\n',
        b'{"side": "consumer", "on_paper": false, "scores": {"heard": 9}}\n',
        b"\xff\n",
    ]
    SealedAnswer.objects.within(round_.agency).bulk_create(
        SealedAnswer(
            agency=round_.agency,
            round=round_,
            envelope=close(round_.public_key, each, room=ROOM, purpose="survey answer"),
        )
        for each in made_up
    )
    assert finish(round_).answered == 4


def test_a_round_waits_for_its_key_and_is_lost_without_it(
    round_: SurveyRound,
    consumers: list[Member],
    answer: Answering,
    later: Callable[[int], None],
    facilitator: Member,
    login: Login,
) -> None:
    agency = round_.agency
    for member in consumers:
        answer(round_, member)
    name = name_of(round_.public_key)
    kept = key_store.read(name)
    assert kept is not None
    key_store.destroy(name)
    page = login(facilitator).get(at(agency, "satisfaction:rounds"))
    assert "The key of this survey is missing" in page.content.decode()
    client = login(consumers[0])
    refused = client.get(at(agency, "satisfaction:answer", pk=round_.pk))
    assert refused.status_code == 403
    assert "opened right now" in refused.content.decode()
    later(14)
    attend_to_round(agency.pk, round_.pk)
    round_.refresh_from_db()
    assert round_.closed_on is None
    later(LOST_AFTER.value)
    attend_to_round(agency.pk, round_.pk)
    round_.refresh_from_db()
    assert (round_.lost, round_.answered) == (True, 0)
    assert not round_.envelopes.exists()
    assert results.trend(agency) == []
    page = login(facilitator).get(at(agency, "satisfaction:rounds"))
    assert "were lost" in page.content.decode()
    actions.open_round(agency, by=facilitator, closes=agency.today() + timedelta(days=9))


def test_a_key_that_is_back_in_time_opens_everything(
    round_: SurveyRound, consumers: list[Member], answer: Answering, later: Callable[[int], None]
) -> None:
    for member in consumers:
        answer(round_, member)
    name = name_of(round_.public_key)
    kept = key_store.read(name)
    assert kept is not None
    key_store.destroy(name)
    later(14)
    attend_to_round(round_.agency_id, round_.pk)
    key_store.keep(name, kept)
    later(1)
    attend_to_round(round_.agency_id, round_.pk)
    round_.refresh_from_db()
    assert (round_.lost, round_.answered) == (False, 7)
    assert key_store.read(name) is None


def test_the_sweep_destroys_a_key_that_a_dying_process_left(
    round_: SurveyRound, finish: Finishing
) -> None:
    name = name_of(round_.public_key)
    kept = key_store.read(name)
    assert kept is not None
    finish(round_)
    key_store.keep(name, kept)
    with tenancy.entering(None):
        sweep()
    assert key_store.read(name) is None


def test_a_sheet_is_typed_in_and_no_row_tells_who_typed_or_when(
    round_: SurveyRound, facilitator: Member, login: Login
) -> None:
    (code,) = actions.print_sheets(round_, sheets=1, by=facilitator)
    client = login(facilitator)
    with tenancy.entering(None):
        moment = now_in_transactions()
        url = reverse("satisfaction_open:survey", args=[code])
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
    url = reverse("satisfaction_open:survey", args=[code_of(round_, consumers[0])])
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
    url = reverse("satisfaction_open:survey", args=[code_of(round_, consumers[0])])
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
        reverse("satisfaction_open:survey", args=[code_of(round_, member)]) for member in consumers
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
            Answered(AnswerSide.CONSUMER, scores(), "", on_paper=False),
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
    answered = Answered(AnswerSide.CONSUMER, scores(), "", on_paper=False)
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
