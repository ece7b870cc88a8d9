"""Codes by text: guessed neither for long nor often, and no stranger keeps an owner from them."""

import uuid

import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from foundation import attempts
from foundation.addresses import at
from foundation.models import Agency
from notifications import actions, tasks
from notifications.actions.numbers import asked_number, live_number
from notifications.models import Stopped
from notifications.policies import (
    TEXT_CODE,
    TEXT_CODE_TRIES,
    TEXT_CODES,
    TEXT_CODES_OF_ONE,
    TEXT_CODES_TO_ONE,
)
from tests.conftest import Login

NUMBER = "+12125550123"


def test_a_code_is_guessed_neither_for_long_nor_often(
    agency: Agency, consumer: Member, login: Login
) -> None:
    client, page = login(consumer), at(agency, "notifications:text_code")
    asked = actions.ask_for_texts(number=NUMBER, shared=False, by=consumer)
    wrong = "111111" if asked.code != "111111" else "222222"
    for _ in range(TEXT_CODE_TRIES.value):
        client.post(page, {"submission": uuid.uuid4(), "code": wrong})
    assert client.post(page, {"submission": uuid.uuid4(), "code": asked.code}).status_code == 422
    asked = actions.ask_for_texts(number=NUMBER, shared=False, by=consumer)
    with time_machine.travel(timezone.now() + TEXT_CODE.span):
        client.post(page, {"submission": uuid.uuid4(), "code": asked.code})
        assert live_number(consumer) is None
        tasks.sweep_texts()
    asked.refresh_from_db()
    assert (asked.number, asked.stopped_why) == ("", Stopped.UNCONFIRMED)


def ask(client: Client, agency: Agency, number: str = NUMBER) -> int:
    said = {"number": number, "who": "alone", "agree": "on"}
    page = at(agency, "notifications:text_number")
    return client.post(page, {"submission": uuid.uuid4(), **said}).status_code


def test_nobody_can_make_the_portal_text_a_phone_again_and_again(
    agency: Agency, consumer: Member, second_consumer: Member, login: Login
) -> None:
    client, other = login(consumer), login(second_consumer)
    assert [ask(client, agency) for _ in range(TEXT_CODES_OF_ONE.value)] == [302] * 3
    assert ask(client, agency) == 422
    # Somebody else, once many have asked for this number: one code, and no more.
    for _ in range(TEXT_CODES_TO_ONE.value):
        attempts.count("text codes", NUMBER, seconds=60)
    assert [ask(other, agency) for _ in range(2)] == [302, 422]
    # Other numbers count for whoever asks.
    others = [ask(other, agency, f"212555012{last}") for last in range(TEXT_CODES.value)]
    assert others == [302] * (TEXT_CODES.value - 2) + [422] * 2


def test_a_stranger_can_t_keep_the_owner_of_a_number_from_texts(
    agency: Agency, consumer: Member, second_consumer: Member, login: Login
) -> None:
    stranger = login(second_consumer)
    while ask(stranger, agency) == 302:
        pass
    owner = login(consumer)
    assert [ask(owner, agency) for _ in range(TEXT_CODES_OF_ONE.value)] == [302] * 3
    asked = asked_number(consumer)
    assert asked is not None
    page = at(agency, "notifications:text_code")
    owner.post(page, {"submission": uuid.uuid4(), "code": asked.code})
    assert live_number(consumer) is not None
