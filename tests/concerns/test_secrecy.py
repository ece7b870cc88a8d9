"""What the owner of the database, with the secret key and the key store, learns of concerns."""

import logging
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings

from concerns.actions import together, writing
from concerns.envelopes import key_by_receipt, open_key, open_words
from concerns.locking import WrongCode, receipt_keys, unlock
from concerns.models import Concern, ConcernMessage, ConcernSeal, KeyHolder
from foundation import key_store
from foundation.models import Agency, Event
from foundation.sealing import PRIVATE, NotOurs
from notifications.models import Message
from tests.concerns.conftest import SAID, CodedReader, Send
from tests.conftest import COST_OF_A_CODE, Login
from tests.owner import look

pytestmark = pytest.mark.django_db(transaction=True)
Readers = tuple[CodedReader, CodedReader, CodedReader]
REPLY, NOTE, MORE = "We believe you about the van.", "Ask the driver.", "It was on a Monday."


def everything() -> str:
    """All rows of all tables, as the owner reads them, with bytes as hexadecimal."""
    names = look(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND pg_relation_size(oid) > 0"
    )
    return "\n".join(
        row
        for (name,) in names
        for (row,) in look(f'SELECT to_jsonb(t)::text FROM "{name}" t')  # noqa: S608
    )


def keys_at_hand() -> Iterator[bytes]:
    """Whatever somebody who took server and backups could try as a private key."""
    for name in key_store.names():
        yield (key_store.read(name) or b"")[:PRIVATE].ljust(PRIVATE, b"\0")
    yield settings.SECRET_KEY.encode()[:PRIVATE].ljust(PRIVATE, b"\0")
    for holder in KeyHolder.everything.exclude(locked_key=None):
        yield bytes(holder.locked_key)[-PRIVATE:]


def test_each_try_of_a_code_costs_what_the_standard_asks() -> None:
    """RFC 9106, section 4: the second choice, three passes over 64 MiB."""
    assert COST_OF_A_CODE == (3, 64 * 1024)


@pytest.mark.promise("concerns")
def test_a_dump_with_the_secret_key_and_the_key_store_opens_nothing(
    readers: Readers, send: Send, agency: Agency, caplog: pytest.LogCaptureFixture
) -> None:
    chidi, dana, _luis = readers
    # Other tests' surveys have theirs there.
    stored_before = key_store.names()
    with caplog.at_level(logging.DEBUG):
        sent = send()
        key, _other = chidi.comes(sent.concern), dana.comes(sent.concern)
        seal = chidi.seal(sent.concern)
        together.reply(seal, text=REPLY, key=key, by=chidi.member)
        together.note(seal, text=NOTE, key=key, by=chidi.member)
        writing.add(agency, keys=sent.keys, text=MORE)
    dump = everything()
    for secret in (SAID, REPLY, NOTE, MORE, chidi.code, dana.code):
        assert secret not in dump
        assert secret.encode().hex() not in dump
        assert secret not in caplog.text
    for raw in (key.private, sent.keys.key):
        assert raw.hex() not in dump
    assert key_store.names() == stored_before
    stored = ConcernSeal.objects.within(agency).select_related("holder")
    for private in keys_at_hand():
        for each in stored:
            with pytest.raises((NotOurs, ValueError)):
                open_key(private, each.holder.public_key, each.envelope or b"")
    for code in (settings.SECRET_KEY, "", "0" * 16, sent.keys.name):
        with pytest.raises(WrongCode):
            unlock(code, bytes(chidi.holder.locked_key or b""))
        with pytest.raises(WrongCode):
            key_by_receipt(receipt_keys(code).key, sent.concern.receipt_key)
    # What each of them has does open it, so that the above could fail.
    assert unlock(chidi.code, bytes(chidi.holder.locked_key or b"")) == key.private
    opened = key_by_receipt(sent.keys.key, sent.concern.receipt_key)
    first = ConcernMessage.objects.within(agency).get(number=1)
    assert open_words(opened, 1, first.envelope).text == SAID


def test_one_readers_key_opens_only_what_was_sealed_to_them(
    readers: Readers, send: Send, agency: Agency
) -> None:
    chidi, _dana, luis = readers
    sent = send(not_readers=[luis.holder])
    private = luis.key().private
    for seal in ConcernSeal.objects.within(agency).filter(concern=sent.concern):
        for public in (seal.holder.public_key, luis.holder.public_key):
            with pytest.raises(NotOurs):
                open_key(private, public, seal.envelope or b"")
    # Nor does another message's number, or another concern's key.
    other = send("Something else.")
    key = key_by_receipt(other.keys.key, other.concern.receipt_key)
    mine = ConcernMessage.objects.within(agency).get(concern=sent.concern)
    with pytest.raises(WrongCode):
        open_words(key, 1, mine.envelope)
    with pytest.raises(WrongCode):
        open_words(key_by_receipt(sent.keys.key, sent.concern.receipt_key), 2, mine.envelope)
    assert chidi.holder.public_key


def test_no_event_message_or_history_leads_to_a_concern(
    readers: Readers, send: Send, agency: Agency
) -> None:
    chidi, dana, _luis = readers
    events, messages = Event.objects.within(agency), Message.objects.within(agency)
    before = events.count(), messages.count()
    sent = send(may_go_on=True)
    key, _other = chidi.comes(sent.concern), dana.comes(sent.concern)
    seal = chidi.seal(sent.concern)
    together.reply(seal, text=REPLY, key=key, by=chidi.member)
    together.take_on(seal, to="rights", key=key, by=chidi.member)
    together.close(seal, key=key, by=chidi.member)
    assert (events.count(), messages.count()) == before
    models = apps.get_app_config("concerns").get_models()
    assert not [each for each in models if each.__name__.startswith("Historical")]


def test_nothing_stored_says_more_than_the_week_or_how_long_the_words_are(
    readers: Readers, send: Send, agency: Agency
) -> None:
    send("No.")
    send("A long story. " * 200)
    sizes = ConcernMessage.objects.within(agency)
    assert len({len(each.envelope) for each in sizes}) == 1
    columns = look(
        "SELECT table_name || '.' || column_name FROM information_schema.columns"
        " WHERE table_name IN ('concerns_concern', 'concerns_concernmessage',"
        " 'concerns_concernseal') AND data_type ~ '^time|^date'"
    )
    assert {name for (name,) in columns} == {
        "concerns_concern.week",
        "concerns_concernmessage.week",
        # What readers did.
        "concerns_concern.complaint_on",
        "concerns_concern.closed_on",
        "concerns_concernseal.read_on",
        "concerns_concernseal.passed_on",
    }
    weeks = {each.week.weekday() for each in Concern.objects.within(agency)}
    assert weeks == {0}


def test_all_concerns_of_a_week_carry_one_transactions_number(
    readers: Readers, send: Send, agency: Agency
) -> None:
    first = send("One.")
    send("Two.")
    writing.add(agency, keys=first.keys, text="Three.")
    for table in ("concern", "concernseal", "concernmessage"):
        numbers = look(f"SELECT DISTINCT xmin::text FROM concerns_{table}")  # noqa: S608
        assert len(numbers) == 1, table


def test_a_sign_in_by_mail_or_letter_opens_nothing(
    readers: Readers, send: Send, login: Login, agency: Agency
) -> None:
    """Whoever gets into a reader's account still lacks the code that nobody sends."""
    chidi, _dana, _luis = readers
    sent = send()
    client = login(chidi.member)
    page = client.get(f"/a/{agency.slug}/concerns/reading/{sent.concern.pk}/")
    assert page.status_code == 200
    assert SAID not in page.content.decode()
