"""E-mailed codes can't be guessed, however many tries are sent at once."""

import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from tests.conftest import Login

pytestmark = pytest.mark.django_db

CONFIRM = "/account/login/code/confirm/"


def asked(email: str) -> Client:
    client = Client()
    client.post("/account/login/code/", {"email": email})
    return client


def code_of() -> str:
    """The digits of the last code sent."""
    found: str
    (found,) = re.findall(r"\b\d{3}-?\d{3}\b", str(mail.outbox[-1].body))
    return found.replace("-", "")


def at_once(client: Client, url: str, codes: list[str]) -> list[int]:
    """The responses to tries that all read the session before any has written it."""
    (key,) = (each.value for name, each in client.cookies.items() if name == "session")
    before = Session.objects.get(pk=key)
    answers = []
    for code in codes:
        client.cookies["session"] = key
        before.save(force_update=Session.objects.filter(pk=key).exists())
        answers.append(client.post(url, {"code": code}).status_code)
    return answers


def wrong(code: str, number: int) -> list[str]:
    return [f"{(int(code) + step) % 1_000_000:06}" for step in range(1, number + 1)]


def test_tries_sent_at_once_are_counted_when_signing_in(consumer: Member) -> None:
    assert consumer.user is not None
    client = asked(consumer.user.email or "")
    answers = at_once(client, CONFIRM, [*wrong(code_of(), 12), code_of()])
    assert answers[-1] == 429
    assert "_auth_user_id" not in client.session


def test_tries_in_many_sessions_count_together(consumer: Member) -> None:
    assert consumer.user is not None
    email = consumer.user.email or ""
    for _session in range(3):
        at_once(asked(email), CONFIRM, wrong(code_of(), 4))
    client = asked(email.upper())
    assert client.post(CONFIRM, {"code": "000000"}).status_code in (302, 429)
    assert "_auth_user_id" not in client.session


def test_an_address_that_nobody_has_is_answered_the_same(consumer: Member) -> None:
    assert consumer.user is not None
    known = at_once(asked(consumer.user.email or ""), CONFIRM, ["000000"] * 12)
    unknown = at_once(asked("nobody@example.org"), CONFIRM, ["000000"] * 12)
    assert known == unknown


def test_tries_sent_at_once_are_counted_when_proving_an_address(
    consumer: Member, login: Login
) -> None:
    assert consumer.user is not None
    consumer.user.set_unusable_password()
    consumer.user.save()
    client = login(consumer)
    client.post("/account/email/", {"action_add": "1", "email": "director@example.org"})
    code = code_of()
    answers = at_once(client, "/account/confirm-email/", [*wrong(code, 12), code])
    assert answers[-1] == 429
    consumer.user.refresh_from_db()
    assert consumer.user.email != "director@example.org"


def test_codes_for_an_address_are_sent_ten_times_an_hour_at_most(consumer: Member) -> None:
    assert consumer.user is not None
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _minute in range(14):
            asked(consumer.user.email or "")
            clock.shift(61)
    assert len(mail.outbox) == 10
