"""Messages wait in the inbox; e-mails leave once, name nothing, survive a broken server."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.actions import found_agency
from accounts.models import EmailLevel, Member
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency
from notifications import actions, notices, tasks
from notifications.models import Email, Message
from tests.conftest import Login, assert_budget


@pytest.fixture(autouse=True)
def news() -> Iterator[None]:
    """A message that only these tests know: elsewhere its code is not registered."""
    notices.register("test.news", "Something about %(title)s has moved on.")
    yield
    del notices._notices["test.news"]


def told(member: Member, level: str, *, renews: bool = False) -> Message:
    member.email_level = level
    member.save()
    message = actions.tell(member, "test.news", subject=member, renews=renews)
    assert message is not None
    return message


def test_a_message_waits_in_the_inbox_and_is_read_by_opening_it(
    agency: Agency, consumer: Member, login: Login
) -> None:
    message = told(consumer, EmailLevel.NONE)
    client = login(consumer)
    assert "has moved on" in client.get(at(agency, "notifications:inbox")).content.decode()
    client.post(at(agency, "notifications:open", pk=message.pk))
    message.refresh_from_db()
    assert message.read_at is not None


def test_nobody_opens_a_message_of_somebody_else(
    agency: Agency, consumer: Member, provider: Member, login: Login
) -> None:
    message = told(consumer, EmailLevel.NONE)
    answer = login(provider).post(at(agency, "notifications:open", pk=message.pk))
    assert answer.status_code == 404
    message.refresh_from_db()
    assert message.read_at is None


def test_looking_at_the_inbox_marks_nothing_as_read(
    agency: Agency, consumer: Member, login: Login
) -> None:
    message = told(consumer, EmailLevel.NONE)
    login(consumer).get(at(agency, "notifications:inbox"))
    message.refresh_from_db()
    assert message.read_at is None


def test_the_same_told_again_is_one_message_and_one_letter_until_it_is_read(
    agency: Agency, consumer: Member
) -> None:
    first = told(consumer, EmailLevel.EACH, renews=True)
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        again = told(consumer, EmailLevel.EACH, renews=True)
        assert again.pk == first.pk
        assert again.at > first.at
        assert Email.objects.within(agency).count() == 1
        actions.tell(consumer, "test.news", subject=consumer, title="Another", renews=True, step=2)
        again.read_at = timezone.now()
        again.save()
        told(consumer, EmailLevel.EACH, renews=True)
    assert Message.objects.within(agency).filter(member=consumer).count() == 3
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        told(consumer, EmailLevel.EACH, renews=True)
    assert Message.objects.within(agency).filter(member=consumer).count() == 4


def test_what_is_an_act_each_time_is_told_each_time(agency: Agency, consumer: Member) -> None:
    assert told(consumer, EmailLevel.NONE).pk != told(consumer, EmailLevel.NONE).pk


def test_a_code_without_words_can_not_be_told(agency: Agency, consumer: Member) -> None:
    with pytest.raises(LookupError):
        actions.tell(consumer, "test.unknown", subject=consumer)


@pytest.mark.parametrize(
    ("level", "posted"), [(EmailLevel.EACH, 1), (EmailLevel.DIGEST, 0), (EmailLevel.NONE, 0)]
)
def test_an_e_mail_for_each_message_is_posted_only_to_those_who_want_it(
    level: str, posted: int, agency: Agency, consumer: Member
) -> None:
    told(consumer, level)
    assert Email.objects.within(agency).count() == posted


@pytest.mark.promise("mail")
def test_the_e_mail_says_only_that_there_is_a_message(agency: Agency, consumer: Member) -> None:
    told(consumer, EmailLevel.EACH)
    tasks.empty_outbox(agency.pk)
    (letter,) = mail.outbox
    assert letter.subject == "You have a message"
    words = f"{letter.subject} {letter.body}".lower()
    for secret in (agency.name.lower(), agency.slug, "rosa", "consumer", "moved on", "cqi"):
        assert secret not in words
    assert "http" in words


def test_emptying_the_outbox_twice_sends_once(agency: Agency, consumer: Member) -> None:
    told(consumer, EmailLevel.EACH)
    tasks.empty_outbox(agency.pk)
    tasks.empty_outbox(agency.pk)
    assert len(mail.outbox) == 1


def test_the_sweep_finds_what_no_worker_was_told_of(agency: Agency, consumer: Member) -> None:
    told(consumer, EmailLevel.EACH)
    tasks.sweep()
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_down_loses_nothing(
    agency: Agency, consumer: Member, settings: Any
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        closed = taken.getsockname()[1]
    working = settings.MAILERS
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": closed},
        }
    }
    told(consumer, EmailLevel.EACH)
    tasks.empty_outbox(agency.pk)
    email = Email.objects.within(agency).get()
    assert (email.sent_at, email.attempts) == (None, 1)
    assert email.try_at > timezone.now()
    settings.MAILERS = working
    with time_machine.travel(email.try_at + timedelta(seconds=1)):
        tasks.empty_outbox(agency.pk)
    email.refresh_from_db()
    assert email.sent_at is not None
    assert len(mail.outbox) == 1


def test_the_message_id_is_the_same_at_every_attempt(agency: Agency, consumer: Member) -> None:
    told(consumer, EmailLevel.EACH)
    email = Email.objects.within(agency).get()
    tasks.empty_outbox(agency.pk)
    (letter,) = mail.outbox
    assert str(email.message_id) in letter.extra_headers["Message-ID"]


MONDAY = datetime(2026, 11, 16, 15, tzinfo=timezone.get_default_timezone())


def test_the_digest_goes_once_a_week_and_only_with_news(db: None) -> None:
    with time_machine.travel(MONDAY - timedelta(days=1)):
        agency, member = found_agency(
            slug="lakeside",
            name="Lakeside",
            timezone="America/New_York",
            administrator="Lee",
            email="lee@lakeside.example",
        )
    with time_machine.travel(MONDAY):
        tasks.digests()
        with tenancy.entering(agency):
            assert not Email.objects.within(agency).exists()
            told(member, EmailLevel.DIGEST)
        tasks.digests()
        tasks.digests()
        with tenancy.entering(agency):
            assert Email.objects.within(agency).count() == 1
    with time_machine.travel(MONDAY + timedelta(days=1)):
        tasks.digests()
        with tenancy.entering(agency):
            assert Email.objects.within(agency).count() == 1


def test_digests_are_handed_out_to_agencies_that_have_any(
    agency: Agency, consumer: Member, other_agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = timezone.now()
    monday = day + timedelta(days=7 - day.weekday())
    with time_machine.travel(monday.replace(hour=18)), tenancy.entering(None):
        assert tasks.due_for_digests() == []
        with tenancy.entering(agency):
            told(consumer, EmailLevel.DIGEST)
        assert tasks.due_for_digests() == [agency.pk]
        tasks.digests()
        assert tasks.due_for_digests() == []
    with time_machine.travel(monday.replace(hour=18) + timedelta(days=1)), tenancy.entering(None):
        assert tasks.due_for_digests() == []
        tasks.post_digests(agency.pk)
    with tenancy.entering(agency):
        assert Email.objects.within(agency).filter(reason__startswith="digest").count() == 1


def test_the_inbox_stays_in_its_budget_whatever_the_messages(
    agency: Agency, consumer: Member, login: Login
) -> None:
    client = login(consumer)
    url = at(agency, "notifications:inbox")
    told(consumer, EmailLevel.NONE)
    few = assert_budget(client, url)
    for _ in range(20):
        told(consumer, EmailLevel.NONE)
    assert assert_budget(client, url) == few


def test_all_messages_are_marked_as_read_at_once(
    agency: Agency, consumer: Member, login: Login
) -> None:
    told(consumer, EmailLevel.NONE)
    login(consumer).post(at(agency, "notifications:read_all"))
    assert not Message.objects.within(agency).unread().exists()
