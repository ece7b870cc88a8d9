"""Deadlines promised to people who speak, and what waits until they are met."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import Member
from dialogues.dialogue.models import Dialogue
from dialogues.policies import FIRST_LOOK, HEAR, REPLY
from dialogues.themes import actions as hearing
from dialogues.told_back import actions as telling
from dialogues.told_back import outcomes as unheard
from dialogues.voices import actions as speaking
from dialogues.voices import receipts
from dialogues.voices.clocks import promised
from dialogues.voices.models import Contribution, Voice
from foundation import codes, tenancy, workdays
from foundation.addresses import at
from foundation.models import Agency, Event
from notifications.waiting import Waiting, waiting
from tests.conftest import Login

Later = Callable[[int], None]
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "by"),
    [(0, 3), (1, 4), (2, 7), (3, 8), (4, 9), (5, 9), (6, 9)],
    ids=["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
)
def test_working_days_are_monday_to_friday(said: int, by: int) -> None:
    assert workdays.after(MONDAY + timedelta(days=said), 3) == MONDAY + timedelta(days=by)


def test_one_promise_is_told_on_both_pages_and_kept_with_the_words(
    agency: Agency, dialogue: Dialogue, today: date
) -> None:
    code = receipts.new()
    door = reverse("dialogues_open:voice", args=[dialogue.doors.get(closed_on=None).code])
    with tenancy.entering(None):
        thanks = Client().post(
            door, {"prompt": "other", "text": "As nobody", "seal": receipts.sealed(code)}
        )
        found = Client().post(reverse("dialogues_open:receipt"), {"code": codes.shown(code)})
    promise = promised(agency, today)
    day = date_format(promise.reply_by, "F j, Y")
    assert day in thanks.content.decode()
    assert day in found.content.decode()
    voice = Voice.objects.within(agency).get()
    assert (voice.look_by, voice.hear_by, voice.reply_by) == (
        promise.look_by,
        promise.hear_by,
        promise.reply_by,
    )
    assert promise.look_by == workdays.after(today, FIRST_LOOK.value(agency, today))
    assert promise.reply_by == today + HEAR.span(agency, today) + REPLY.span(agency, today)


def of(member: Member, url: str, on: date) -> list[Waiting]:
    return [each for each in waiting(member, on) if each.url == url]


def test_unread_and_unheard_words_wait_for_who_leads_the_dialogue_until_it_is_done(
    agency: Agency,
    dialogue: Dialogue,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    today: date,
    later: Later,
) -> None:
    speaking.speak_anonymously(agency, receipt="A" * 12, text="As nobody", dialogue_id=dialogue.pk)
    url, promise = at(agency, "dialogues:unheard", pk=dialogue.pk), promised(agency, today)
    # Not while it would reveal that somebody is speaking just now.
    assert of(consumer, url, today) == []
    later(1)
    tomorrow = today + timedelta(days=1)
    for reader in (consumer, provider):
        assert [each.due for each in of(reader, url, tomorrow)] == [promise.look_by]
    assert of(second_consumer, url, tomorrow) == []
    (late,) = of(consumer, url, promise.look_by + timedelta(days=1))
    assert late.overdue
    voice = Voice.objects.within(agency).get()
    assert hearing.look(dialogue, words=[voice], by=consumer) == 1
    assert hearing.look(dialogue, words=[voice], by=provider) == 0
    assert [each.due for each in of(provider, url, tomorrow)] == [promise.hear_by]
    hearing.harvest(dialogue, by=consumer, title="Heard", words=[voice])
    assert of(consumer, url, tomorrow) == []


def test_words_to_the_program_wait_for_those_who_are_named(
    agency: Agency,
    dialogue: Dialogue,
    program_readers: None,
    consumer: Member,
    provider: Member,
    second_consumer: Member,
    today: date,
) -> None:
    speaking.contribute(agency, by=second_consumer, text="To everyone")
    url = at(agency, "dialogues:unheard_program")
    (found,) = of(consumer, url, today)
    assert found.due == promised(agency, today).look_by
    assert of(provider, url, today) == []


def test_naming_readers_waits_for_administrators_once_there_is_a_dialogue(
    agency: Agency,
    administrator: Member,
    facilitator: Member,
    today: date,
    request: pytest.FixtureRequest,
) -> None:
    url = at(agency, "dialogues:program_readers")
    assert of(administrator, url, today) == []
    request.getfixturevalue("dialogue")
    assert len(of(administrator, url, today)) == 1
    assert of(facilitator, url, today) == []
    request.getfixturevalue("program_readers")
    assert of(administrator, url, today) == []


def test_saying_that_words_were_read_marks_just_those_that_were_shown(
    agency: Agency, dialogue: Dialogue, said: Contribution, consumer: Member, login: Login
) -> None:
    client, url = login(consumer), at(agency, "dialogues:unheard", pk=dialogue.pk)
    page = client.get(url).content.decode()
    assert said.text in page
    assert f"c{said.pk}" in page
    later_words = speaking.contribute(agency, by=consumer, dialogue=dialogue, text="Just now")
    sent = client.post(url, {"words": f"c{said.pk}", "submission": "0" * 32})
    assert sent.status_code == 302
    words = Contribution.objects.within(agency)
    assert words.get(pk=said.pk).first_look_on == agency.today()
    assert words.get(pk=later_words.pk).first_look_on is None
    event = Event.objects.within(agency).get(name="words.looked_at")
    assert event.data == {"count": 1}


def test_only_readers_mark_words_as_read(
    agency: Agency, dialogue: Dialogue, said: Contribution, manager: Member, login: Login
) -> None:
    with pytest.raises(PermissionDenied):
        hearing.look(dialogue, words=[said], by=manager)
    assert login(manager).get(at(agency, "dialogues:unheard", pk=dialogue.pk)).status_code == 403
    assert login(manager).get(at(agency, "dialogues:unheard_program")).status_code == 403


def test_oversight_counts_what_waits_longer_than_was_promised(
    agency: Agency, dialogue: Dialogue, said: Contribution, consumer: Member, today: date
) -> None:
    speaking.speak_anonymously(agency, receipt="A" * 12, text="As nobody", dialogue_id=dialogue.pk)
    promise, day = promised(agency, today), timedelta(days=1)

    def late(on: date) -> tuple[int, int]:
        found = unheard.late(agency, on)
        return found.unread, found.unanswered

    assert late(promise.look_by) == (0, 0)
    assert late(promise.look_by + day) == (2, 0)
    hearing.look(dialogue, words=[said], by=consumer)
    assert late(promise.look_by + day) == (1, 0)
    voice = Voice.objects.within(agency).get()
    theme = hearing.harvest(dialogue, by=consumer, title="Heard", words=[said, voice])
    assert late(promise.reply_by) == (0, 0)
    assert late(promise.reply_by + day) == (0, 2)
    telling.dispose(theme, by=consumer, kind="answered", answer="We do now.")
    assert late(promise.reply_by + day) == (0, 0)


def test_a_theme_that_is_written_down_late_moves_no_day_that_was_promised(
    agency: Agency,
    dialogue: Dialogue,
    said: Contribution,
    consumer: Member,
    today: date,
    later: Later,
) -> None:
    later(80)
    theme = hearing.harvest(dialogue, by=consumer, title="Late", words=[said])
    telling.dispose(theme, by=consumer, kind="dialogue")
    found = of(consumer, at(agency, "dialogues:theme", pk=theme.pk), agency.today())
    assert [each.due for each in found] == [promised(agency, today).reply_by]
