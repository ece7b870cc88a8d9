"""A name shown to the people of a dialogue goes no further."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Member
from devtools import seating
from dialogues.dialogue import actions as holding
from dialogues.dialogue.models import Dialogue
from dialogues.themes import actions as hearing
from dialogues.themes.models import Theme
from dialogues.voices import actions as speaking
from dialogues.voices import receipts
from dialogues.voices.models import Voice
from foundation import codes, tenancy
from foundation.addresses import at
from foundation.models import Agency
from tests.conftest import Login

QUOTE = "Nobody shows me my plan"


@pytest.fixture
def dialogue(agency: Agency, facilitator: Member, consumer: Member, provider: Member) -> Dialogue:
    today = agency.today()
    found = holding.open_dialogue(agency, by=facilitator, name="Listening", on=today)
    for member in (consumer, provider):
        seating.seat(found.group, member, voting=False, since=today, by=facilitator)
    return found


@pytest.fixture
def theme(dialogue: Dialogue, facilitator: Member, consumer: Member) -> Theme:
    said = speaking.contribute(
        dialogue.agency, by=consumer, text=f"{QUOTE}, ever.", dialogue=dialogue, named=True
    )
    return hearing.harvest(dialogue, by=facilitator, title="Plans", words=[said], quote=QUOTE)


def test_outside_of_the_dialogue_nobody_reads_who_said_it(
    theme: Theme, agency: Agency, manager: Member, provider: Member, login: Login
) -> None:
    story = at(agency, "dialogues:story", pk=theme.pk)
    outside = login(manager).get(story).content.decode()
    assert QUOTE in outside
    assert "Rosa" not in outside
    assert "Rosa" in login(provider).get(story).content.decode()


@pytest.mark.django_db(transaction=True)
def test_whoever_spoke_as_nobody_reads_no_names_of_members(
    theme: Theme, dialogue: Dialogue, agency: Agency, facilitator: Member
) -> None:
    code = receipts.new()
    speaking.speak_anonymously(agency, receipt=code, text="Mine neither", dialogue_id=dialogue.pk)
    voice = Voice.objects.within(agency).get()
    hearing.add_words(theme, by=facilitator, words=[voice])
    with tenancy.entering(None):
        page = Client().post(reverse("dialogues_open:receipt"), {"code": codes.shown(code)})
    assert QUOTE in page.content.decode()
    assert "Rosa" not in page.content.decode()
