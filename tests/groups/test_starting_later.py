"""A group or dialogue that starts in the future can be prepared, and is not closed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Member, StandingKind
from devtools import seating
from dialogues.dialogue import actions as dialogue_actions
from dialogues.dialogue.models import DialogueKind
from dialogues.voices import rules as dialogue_rules
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from foundation.refusals import Refused
from groups import actions
from groups.models import Group, GroupKind, Office
from tests.conftest import Login
from tests.groups.conftest import send

WEEK = timedelta(days=7)


@pytest.fixture
def coming_council(agency: Agency, administrator: Member, today: date) -> Group:
    return actions.open_group(
        agency, kind=GroupKind.COUNCIL, name="Youth council", by=administrator, on=today + WEEK
    )


def test_people_are_seated_before_it_starts_but_not_for_a_day_before(
    coming_council: Group, administrator: Member, consumer: Member, today: date, login: Login
) -> None:
    with pytest.raises(ValidationError, match="does not exist on that day"):
        seating.seat(coming_council, consumer, since=today, by=administrator)
    client = login(administrator)
    add = at(coming_council.agency, "groups:add_seat", pk=coming_council.pk)
    first_day = coming_council.opened
    assert f'value="{first_day.isoformat()}"' in client.get(add).content.decode()
    given = {
        "member": code_of(consumer),
        "office": "",
        "voting": "yes",
        "since": first_day.isoformat(),
    }
    assert send(client, add, **given).status_code == 302
    people = client.get(at(coming_council.agency, "groups:people", pk=coming_council.pk))
    assert "Rosa" in people.content.decode()


def test_it_is_listed_with_its_first_day(
    coming_council: Group, consumer: Member, administrator: Member, login: Login
) -> None:
    for reader in (consumer, administrator):
        client = login(reader)
        for url in (
            at(coming_council.agency, "groups:list"),
            at(coming_council.agency, "groups:group", pk=coming_council.pk),
        ):
            assert f"Starts on {coming_council.opened:%B} " in client.get(url).content.decode()


def test_nothing_is_decided_and_nothing_ended_before_it_starts(
    coming_council: Group, administrator: Member, today: date
) -> None:
    with pytest.raises(Refused, match="This group starts on"):
        actions.propose(coming_council, title="Meet", text="Weekly", by=administrator)
    with pytest.raises(Refused, match="This group starts on"):
        actions.close_group(coming_council, on=today, by=administrator)


def test_leaving_the_count_before_the_first_day_never_counts_it(
    coming_council: Group, administrator: Member
) -> None:
    day = coming_council.opened
    actions.change_cqi(
        coming_council, takes_part=False, since=day, reason="Not yet.", by=administrator
    )
    assert not Group.objects.within(coming_council.agency).of_cqi(day).exists()


def test_a_dialogue_that_is_still_to_start_has_not_ended(
    agency: Agency,
    facilitator: Member,
    consumer: Member,
    provider: Member,
    today: date,
    login: Login,
) -> None:
    dialogue = dialogue_actions.open_dialogue(
        agency, kind=DialogueKind.OPEN, name="Mornings", purpose="", by=facilitator, on=today + WEEK
    )
    first_day, name = dialogue.group.opened, dialogue_actions.name_co_facilitator
    for member, standing in (
        (consumer, StandingKind.PRIMARY_CONSUMER),
        (provider, StandingKind.PROVIDER),
    ):
        offer = name(
            dialogue, member, standing=standing, since=first_day, agreed=True, by=facilitator
        )
        seating.accept(offer)
    client = login(facilitator)
    listed = client.get(at(agency, "dialogues:dialogues")).content.decode()
    assert "Starts on" in listed
    assert "Dialogues that have ended" not in listed
    page = client.get(at(agency, "dialogues:dialogue", pk=dialogue.pk)).content.decode()
    assert "Starts on" in page
    assert "is missing" not in page
    assert "Plan a session" in page
    refusal = dialogue_rules.speaking(dialogue, consumer)
    assert refusal is not None
    assert "starts on" in str(refusal.reason)
    assert {each.office for each in dialogue.group.seats.filter(member=consumer)} == {
        Office.CO_FACILITATOR
    }
