"""Speaking anonymously in three pages, and finding the reply with the receipt."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import Member
from dialogues.dialogue import actions as holding
from dialogues.dialogue.models import Dialogue
from dialogues.policies import VOICES_AN_HOUR
from dialogues.themes import actions as hearing
from dialogues.told_back import actions as telling
from dialogues.voices.models import Voice
from foundation import tenancy
from foundation.models import Agency


def address(dialogue: Dialogue) -> str:
    return reverse("dialogues_open:voice", args=[dialogue.doors.get(closed_on=None).code])


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


@pytest.mark.parametrize("signed_in", [False, True])
def test_three_pages_lead_from_the_prompt_to_a_receipt_that_finds_the_reply(
    agency: Agency,
    dialogue: Dialogue,
    consumer: Member,
    second_consumer: Member,
    login: object,
    signed_in: bool,
) -> None:
    client = login(second_consumer) if signed_in else Client()  # type: ignore[operator]
    url = address(dialogue)
    with tenancy.entering(None):
        first = client.get(url)
        assert 'href="tel:988"' in first.content.decode()
        assert "no-store" in first["Cache-Control"]
        second = client.post(url, {"prompt": "experience", "text": "Nobody asks me."})
        page = second.content.decode()
        assert "What others will see" in page
        assert "What is not hidden" in page
        assert "Nobody asks me." in page
        third = client.post(url, hidden_fields(page))
        found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", third.content.decode())
    assert found is not None
    receipt = found.group()
    voice = Voice.objects.within(agency).get()
    assert voice.dialogue_id == dialogue.pk

    look = reverse("dialogues_open:receipt")
    with tenancy.entering(None):
        waiting = client.post(look, {"code": receipt.lower().replace("-", " ")})
    assert "Nobody has replied yet" in waiting.content.decode()
    theme = hearing.harvest(dialogue, by=consumer, title="Being asked", words=[voice])
    telling.dispose(theme, by=consumer, kind="answered", answer="We ask everyone now.")
    with tenancy.entering(None):
        told = Client().post(look, {"code": receipt}).content.decode()
    assert "We ask everyone now." in told
    assert "Nobody asks me." in told


def test_words_can_be_changed_before_they_are_sent(agency: Agency, dialogue: Dialogue) -> None:
    client, url = Client(), address(dialogue)
    page = client.post(url, {"prompt": "experience", "text": "First try"}).content.decode()
    again = client.post(url, {**hidden_fields(page), "change": "1"}).content.decode()
    assert "First try</textarea>" in again
    assert not Voice.objects.within(agency).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"text": ""},
        {"text": "   "},
        {"text": "x" * 20_000},
        {"text": "a\x00b"},
        {"prompt": "nonsense"},
        {"prompt": ""},
    ],
)
def test_the_box_says_what_is_wrong_and_writes_nothing(
    agency: Agency, dialogue: Dialogue, wrong: dict[str, str]
) -> None:
    data = {"prompt": "other", "text": "Hello", **wrong} if wrong else {}
    answer = Client().post(address(dialogue), data)
    assert answer.status_code == 422
    assert "Error:" in answer.content.decode()
    assert not Voice.objects.within(agency).exists()


@pytest.mark.parametrize(
    "wrong",
    [{"seal": "AAAAAAAAAAAA"}, {"seal": ""}, {"seal": "x" * 9000}, {"text": ""}, {"prompt": "x"}],
)
def test_what_was_tampered_with_is_not_sent(
    agency: Agency, dialogue: Dialogue, wrong: dict[str, str]
) -> None:
    client, url = Client(), address(dialogue)
    page = client.post(url, {"prompt": "other", "text": "Hello"}).content.decode()
    answer = client.post(url, {**hidden_fields(page), **wrong})
    assert answer.status_code in {200, 422}
    assert "Your code" not in answer.content.decode()
    assert not Voice.objects.within(agency).exists()


def test_an_address_that_nobody_made_or_that_was_taken_back_is_not_found(
    agency: Agency, dialogue: Dialogue, facilitator: Member
) -> None:
    url = address(dialogue)
    holding.open_door(agency, dialogue, by=facilitator)
    assert Client().get(url).status_code == 404
    assert Client().get(reverse("dialogues_open:voice", args=["NOBODY22"])).status_code == 404
    assert Client().get(address(dialogue)).status_code == 200
    holding.close_door(agency, dialogue, by=facilitator)
    assert not dialogue.doors.filter(closed_on=None).exists()


def test_the_whole_agency_has_an_address_too(
    agency: Agency, program_readers: None, facilitator: Member
) -> None:
    door = holding.open_door(agency, None, by=facilitator)
    client, url = Client(), reverse("dialogues_open:voice", args=[door.code.lower()])
    page = client.post(url, {"prompt": "other", "text": "To all"}).content.decode()
    client.post(url, hidden_fields(page))
    assert Voice.objects.within(agency).get().dialogue is None


def test_a_hidden_dialogue_is_not_named_at_its_address(hidden: Dialogue) -> None:
    page = Client().get(address(hidden)).content.decode()
    assert "Behind the door" not in page


@pytest.mark.parametrize("code", ["", "short", "AAAA-AAAA-AAAA", "x" * 500, "a\x00b"])
def test_a_code_that_nobody_got_finds_nothing(dialogue: Dialogue, code: str) -> None:
    answer = Client().post(reverse("dialogues_open:receipt"), {"code": code})
    assert answer.status_code == 422
    assert "Error:" in answer.content.decode()


def test_too_many_voices_from_one_place_are_held_off(agency: Agency, dialogue: Dialogue) -> None:
    client, url = Client(), address(dialogue)
    page = client.post(url, {"prompt": "other", "text": "Hello"}).content.decode()
    fields = hidden_fields(page)
    statuses = [client.post(url, fields).status_code for _ in range(VOICES_AN_HOUR.value + 1)]
    assert statuses == [200] * VOICES_AN_HOUR.value + [429]
    elsewhere = Client(REMOTE_ADDR="10.9.8.7").post(url, fields)
    assert elsewhere.status_code == 200


def test_pages_keep_nothing_in_the_browser(dialogue: Dialogue) -> None:
    client, url = Client(), address(dialogue)
    page = client.get(url).content.decode()
    assert "data-keep" not in page
    preview = client.post(url, {"prompt": "other", "text": "Hello"})
    assert "data-keep" not in preview.content.decode()
    assert "no-store" in preview["Cache-Control"]
    assert set(client.cookies) <= {settings.CSRF_COOKIE_NAME}
