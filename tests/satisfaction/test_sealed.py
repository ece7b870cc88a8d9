"""What copies of the database, with the secret key too, tell of sealed answers: nothing."""

from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings

from accounts.models import Member
from foundation import key_store, tenancy
from foundation.addresses import at
from foundation.sealing import KeyPair, close, name_of, size
from satisfaction import actions, codes, envelopes, results, round_keys
from satisfaction.models import SealedAnswer, SurveyRound
from satisfaction.models.answers import ROOM
from satisfaction.policies import LOST_AFTER
from satisfaction.round_keys import KeyMissing, RoundKeys
from satisfaction.tasks import attend_to_round, sweep
from tests.conftest import Login
from tests.owner import count_all, look, owner
from tests.satisfaction.conftest import Answering, Finishing, digest_of

pytestmark = pytest.mark.django_db(transaction=True)


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


@pytest.mark.promise("sealed")
def test_two_copies_of_the_database_around_an_answer_name_nobody(
    round_: SurveyRound, consumers: list[Member], answer: Answering
) -> None:
    """With the secret key, too: what is new leads to no member, and nothing can be read."""
    answer(round_, consumers[0], comment="a word of mine")
    # Otherwise a worker could count between the copies what came before them.
    count_all()
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


@pytest.mark.promise("sealed")
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


@pytest.mark.promise("sealed")
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


@pytest.mark.promise("sealed")
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
