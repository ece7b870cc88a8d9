"""Setting words aside against the rules, by SQL as the serving login; trails to authors."""

import csv
import re
from collections.abc import Callable
from io import StringIO

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Member
from dialogues.dialogue import actions as holding
from dialogues.dialogue.models import Dialogue
from dialogues.silencing import actions as silencing
from dialogues.silencing.models import Appeal, Silencing
from dialogues.silencing.reasons import SilenceCode
from dialogues.voices import actions as speaking
from dialogues.voices import receipts
from dialogues.voices.models import Contribution, Voice
from foundation import codes, tenancy
from foundation.addresses import at
from foundation.models import Agency
from tests.conftest import Login, assert_budget
from tests.owner import look, now_in_transactions, tables_written_since

CODE = "HJKMNPQRSTVW"


@pytest.fixture
def asked(said: Contribution, consumer: Member) -> Silencing:
    return silencing.set_aside(said, code=SilenceCode.THREAT, by=consumer)


@pytest.mark.promise("silencing")
@pytest.mark.parametrize(
    "change",
    [
        # One person for both sides, one side for both, an unknown side.
        "agreed_by_id = asked_by_id, agreed_side = 'provider', agreed_on = \"on\"",
        'agreed_by_id = {other}, agreed_side = asked_side, agreed_on = "on"',
        "agreed_by_id = {other}, agreed_side = 'other', agreed_on = \"on\"",
        "agreed_by_id = NULL, agreed_side = 'provider', agreed_on = \"on\"",
        # Too late, too early.
        "agreed_by_id = {other}, agreed_side = 'provider', agreed_on = until",
        "agreed_by_id = {other}, agreed_side = 'provider', agreed_on = \"on\" - 1",
        # Another reason, more time, another requester, other words.
        "code = 'criticism'",
        "code = 'spam', until = NULL, asked_side = ''",
        "code = 'private_person'",
        "until = until + 1",
        "until = NULL",
        "asked_by_id = {other}",
        "contribution_id = NULL",
        "ended_how = 'whatever', ended_on = \"on\"",
    ],
)
def test_the_database_refuses_what_the_rules_do_not_allow(
    asked: Silencing, provider: Member, change: str
) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE dialogues_silencing SET {change.format(other=provider.pk)}")  # noqa: S608


@pytest.mark.promise("silencing")
@pytest.mark.parametrize(
    "change",
    [
        "ended_how = 'undone', ended_by_id = asked_by_id, ended_on = \"on\"",
        "ended_how = 'undone', ended_on = \"on\"",
    ],
)
def test_nobody_undoes_their_own_by_sql(
    said: Contribution, facilitator: Member, change: str
) -> None:
    silencing.set_aside(said, code=SilenceCode.SPAM, by=facilitator)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE dialogues_silencing SET {change}")  # noqa: S608


@pytest.mark.promise("silencing")
def test_a_mask_can_not_be_made_for_longer_or_twice(
    said: Contribution, facilitator: Member
) -> None:
    row = silencing.set_aside(said, code=SilenceCode.IDENTIFIES, by=facilitator)
    values = 'agency_id, contribution_id, code, "on", asked_by_id, asked_side, agreed_side'
    rest = "'', '', ''"
    for code, until in (("identifies", '"on" + 2'), ("identifies", '"on" + 30')):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO dialogues_silencing (id, {values}, ended_how, until)"  # noqa: S608
                f" SELECT gen_random_uuid(), agency_id, contribution_id, '{code}', \"on\","
                f" asked_by_id, {rest}, {until} FROM dialogues_silencing WHERE id = %s",
                [row.pk],
            )


def test_what_was_set_aside_can_not_be_forgotten(asked: Silencing, provider: Member) -> None:
    for statement in ("DELETE FROM dialogues_silencing", "TRUNCATE dialogues_silencing CASCADE"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    silencing.agree(asked, by=provider)
    for change in (
        "agreed_on = NULL, agreed_by_id = NULL, agreed_side = ''",
        'agreed_on = "on" + 1',
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE dialogues_silencing SET {change}")  # noqa: S608


def test_no_column_holds_a_moment(agency: Agency) -> None:
    moments = look(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_name IN"
        " ('dialogues_silencing', 'dialogues_appeal', 'dialogues_appealvote')"
        " AND data_type LIKE 'timestamp%'"
    )
    assert moments == []
    assert look("SELECT tablename FROM pg_tables WHERE tablename LIKE '%historicalsilencing'") == []


@pytest.fixture
def voice(agency: Agency, dialogue: Dialogue) -> Voice:
    speaking.speak_anonymously(agency, receipt=CODE, text="Buy my pills", dialogue_id=dialogue.pk)
    return Voice.objects.within(agency).get()


def receipt_page() -> str:
    with tenancy.entering(None):
        page = Client().post(reverse("dialogues_open:receipt"), {"code": codes.shown(CODE)})
    return page.content.decode()


@pytest.mark.promise("silencing")
@pytest.mark.django_db(transaction=True)
def test_who_spoke_as_nobody_reads_why_by_the_receipt_and_appeals_without_a_trace(
    agency: Agency, voice: Voice, facilitator: Member, second_consumer: Member, login: Login
) -> None:
    silencing.set_aside(voice, code=SilenceCode.SPAM, by=facilitator)
    page = receipt_page()
    assert str(SilenceCode.SPAM.label) in page
    seal = re.search(r'name="seal" value="([^"]+)"', page)
    assert seal is not None
    # Even somebody who is signed in leaves none.
    client = login(second_consumer)
    with tenancy.entering(None):
        moment = now_in_transactions()
        sent = {"seal": seal[1], "text": "They are not pills."}
        for _twice in range(2):
            assert client.post(reverse("dialogues_open:appeal"), sent).status_code == 200
    assert tables_written_since(moment) == {"dialogues_appeal"}
    assert Appeal.objects.within(agency).get().text == "They are not pills."
    assert "Appeal</button>" not in receipt_page()


@pytest.mark.django_db(transaction=True)
def test_appeals_of_one_agency_bear_one_number(
    agency: Agency, dialogue: Dialogue, facilitator: Member
) -> None:
    for number in range(4):
        speaking.speak_anonymously(
            agency, receipt=f"{number}" * 12, text=f"v {number}", dialogue_id=dialogue.pk
        )
    for voice in Voice.objects.within(agency):
        silencing.set_aside(voice, code=SilenceCode.SPAM, by=facilitator)
    for voice in Voice.objects.within(agency):
        silencing.appeal_unnamed(voice)
    assert len(set(look("SELECT xmin::text FROM dialogues_appeal"))) == 1


@pytest.mark.django_db(transaction=True)
def test_a_sealed_code_of_nobody_leads_back_to_the_form(agency: Agency, voice: Voice) -> None:
    for seal in ("forged", receipts.sealed("A" * 12)):
        sent = Client().post(reverse("dialogues_open:appeal"), {"seal": seal})
        assert sent.status_code == 302
    assert not Appeal.objects.within(agency).exists()


@pytest.mark.django_db(transaction=True)
def test_a_voice_that_is_set_aside_is_read_by_nobody_in_the_list_and_its_author_goes_on(
    agency: Agency,
    dialogue: Dialogue,
    voice: Voice,
    facilitator: Member,
    login: Login,
    later: Callable[[int], None],
) -> None:
    later(1)  # Unsigned words are shown once their own day is over.
    url = at(agency, "dialogues:harvest", pk=dialogue.pk)
    assert "Buy my pills" in login(facilitator).get(url).content.decode()
    silencing.set_aside(voice, code=SilenceCode.SPAM, by=facilitator)
    assert "Buy my pills" not in login(facilitator).get(url).content.decode()
    assert "Buy my pills" in receipt_page()


def test_the_log_has_reasons_and_days_and_no_words_and_no_names_for_both_sides(
    agency: Agency,
    dialogue: Dialogue,
    asked: Silencing,
    consumer: Member,
    provider: Member,
    second_consumer: Member,
    manager: Member,
    login: Login,
) -> None:
    silencing.agree(asked, by=provider)
    url = at(agency, "dialogues:set_aside_log_in", pk=dialogue.pk)
    today = agency.today().isoformat()
    for member in (consumer, provider):
        text = login(member).get(url).content.decode()
        assert list(csv.reader(StringIO(text)))[1] == [
            "threat", today, today, "", "set_aside", "", "",
        ]  # fmt: skip
        assert not re.search("Rosa|Priya|Sam|plan", text)
    for member in (second_consumer, manager):
        assert login(member).get(url).status_code == 403


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("consumer", 200),
        ("provider", 200),
        ("facilitator", 200),
        ("second_consumer", 403),
        ("manager", 403),
        ("administrator", 403),
        ("committee_chair", 403),
    ],
)
def test_the_list_is_for_those_who_facilitate(
    who: str,
    status: int,
    request: pytest.FixtureRequest,
    agency: Agency,
    dialogue: Dialogue,
    said: Contribution,
    login: Login,
) -> None:
    client = login(request.getfixturevalue(who))
    url = at(agency, "dialogues:set_aside_in", pk=dialogue.pk)
    assert client.get(url).status_code == status
    one = at(agency, "dialogues:set_one_aside_in", pk=dialogue.pk, key=f"c{said.pk}")
    assert client.get(one).status_code == status


def test_the_pages_lead_through_it(
    agency: Agency,
    dialogue: Dialogue,
    said: Contribution,
    consumer: Member,
    provider: Member,
    second_consumer: Member,
    login: Login,
) -> None:
    key = "7d444840-9dc0-11d1-b245-5ffdce74fad{}"
    one = at(agency, "dialogues:set_one_aside_in", pk=dialogue.pk, key=f"c{said.pk}")
    client = login(consumer)
    assert client.post(one, {"submission": key.format(1)}).status_code == 422
    sent = client.post(one, {"submission": key.format(2), "code": "threat"})
    assert sent.status_code == 302
    row = Silencing.objects.within(agency).get()
    waits = login(provider)
    assert at(agency, "dialogues:asked") in waits.get(at(agency, "home_of")).content.decode()
    assert "my plan" in waits.get(at(agency, "dialogues:asked")).content.decode()
    answer = at(agency, "dialogues:answer_asked", key=row.pk)
    assert waits.get(answer).status_code == 200
    assert login(second_consumer).get(answer).status_code == 404
    waits.post(answer, {"submission": key.format(3), "answer": "agree"})
    mine = login(second_consumer)
    page = at(agency, "dialogues:appeal", pk=said.pk)
    assert page in mine.get(at(agency, "dialogues:my_words")).content.decode()
    assert str(SilenceCode.THREAT.label) in mine.get(page).content.decode()
    assert mine.post(page, {"submission": key.format(4), "text": "No."}).status_code == 302
    assert Appeal.objects.within(agency).get().text == "No."
    assert login(provider).get(page).status_code == 404


@pytest.mark.parametrize("key", ["c0", "c99999999999999999999", "vnope", "x1", "c"])
def test_words_that_are_not_there_are_not_found(
    agency: Agency, dialogue: Dialogue, facilitator: Member, login: Login, key: str
) -> None:
    url = at(agency, "dialogues:set_one_aside_in", pk=dialogue.pk, key=key)
    assert login(facilitator).get(url).status_code == 404


def test_pages_ask_the_same_number_of_queries_for_many_words(
    agency: Agency, dialogue: Dialogue, consumer: Member, second_consumer: Member, login: Login
) -> None:
    client = login(consumer)
    url = at(agency, "dialogues:set_aside_in", pk=dialogue.pk)
    for number in range(2):
        few(agency, dialogue, second_consumer, consumer, number)
    before = assert_budget(client, url)
    for number in range(2, 9):
        few(agency, dialogue, second_consumer, consumer, number)
    assert assert_budget(client, url) == before


def few(agency: Agency, dialogue: Dialogue, by: Member, leader: Member, number: int) -> None:
    for code in (SilenceCode.SPAM, SilenceCode.THREAT):
        text = f"{code} {number}"
        said = speaking.contribute(agency, by=by, dialogue=dialogue, text=text)
        silencing.set_aside(said, code=code, by=leader)


def test_the_policy_stands_before_the_box(
    agency: Agency, program_readers: None, consumer: Member, facilitator: Member, login: Login
) -> None:
    door = holding.open_door(agency, None, by=facilitator)
    pages = [login(consumer).get(at(agency, "dialogues:say")).content.decode()]
    with tenancy.entering(None):
        url = reverse("dialogues_open:voice", args=[door.code])
        pages.append(Client().get(url).content.decode())
    for page in pages:
        assert 0 < page.index("Can my words be taken out?") < page.index("<textarea")
