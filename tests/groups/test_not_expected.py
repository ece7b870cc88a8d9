"""Who is not expected at a meeting: nobody counts them as missed, and nobody is told why."""

from datetime import timedelta

import pytest
import time_machine

from accounts import actions as people
from accounts.away import Away
from accounts.models import Member, PauseReason
from foundation.addresses import at
from foundation.refusals import Refused
from groups import actions, meeting_facts
from groups.actions.reminders import to_remind
from groups.models import Group, Meeting, NotComing, RemindedAhead, Seat
from tests.conftest import Login
from tests.days import days_on
from tests.groups.conftest import send

DAY = timedelta(days=1)


def missed(meeting: Meeting, *came: Member) -> set[int]:
    found = meeting_facts.expected(meeting).missed({each.pk for each in came})
    return {each.pk for each in found}


def absences_page(meeting: Meeting) -> str:
    return at(meeting.agency, "groups:not_expected", pk=meeting.pk)


def on_page(client_of: Login, reader: Member, meeting: Meeting) -> str:
    client = client_of(reader)
    return client.get(at(meeting.agency, "groups:meeting", pk=meeting.pk)).content.decode()


def test_whoever_arranges_a_meeting_cannot_tell_away_from_paused_or_cannot_come(
    coming: Meeting,
    chair: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    administrator: Member,
    login: Login,
) -> None:
    assert {consumer.pk, second_consumer.pk, provider.pk} <= missed(coming, chair)
    today = coming.agency.today()
    people.go_away(consumer, since=today, until=None, by=consumer)
    actions.say_coming(coming, coming=False, by=second_consumer)
    people.pause_access(
        provider, reason=PauseReason.HARASSMENT, answer_to="555-0100", by=administrator
    )
    assert not {consumer.pk, second_consumer.pk, provider.pk} & missed(coming, chair)
    with time_machine.travel(days_on(6)):
        assert absences_page(coming) in on_page(login, chair, coming)
        text = login(chair).get(absences_page(coming)).text
        for each in (consumer, second_consumer, provider):
            assert text.count(f"<li>{each}</li>") == 1
        for reader in (second_consumer, administrator):
            assert absences_page(coming) not in on_page(login, reader, coming)
            assert login(reader).get(absences_page(coming)).status_code == 403


def test_seats_votes_and_shares_stay_as_they_are(
    coming: Meeting, seated: Group, consumer: Member
) -> None:
    before = list(Seat.objects.within(seated.agency).order_by("pk").values())
    voting = meeting_facts.expected(coming).voting
    people.go_away(consumer, since=seated.agency.today(), until=None, by=consumer)
    assert list(Seat.objects.within(seated.agency).order_by("pk").values()) == before
    assert meeting_facts.expected(coming).voting == voting


def test_nobody_is_reminded_or_told_who_is_not_expected(
    coming: Meeting, consumer: Member, second_consumer: Member
) -> None:
    agency = coming.agency
    assert {consumer, second_consumer} <= set(to_remind(coming, RemindedAhead.DAY))
    # Away only on the day of the meeting.
    Away.objects.within(agency).create(member=consumer, since=coming.on, until=coming.on + DAY)
    actions.say_coming(coming, coming=False, by=second_consumer)
    assert not {consumer, second_consumer} & set(to_remind(coming, RemindedAhead.DAY))
    actions.say_coming(coming, coming=True, by=second_consumer)
    assert second_consumer in set(to_remind(coming, RemindedAhead.DAY))
    people.go_away(second_consumer, since=agency.today(), until=None, by=second_consumer)
    assert second_consumer not in meeting_facts.to_tell(coming, [consumer, second_consumer])


def test_who_cannot_come_says_so_with_one_tap_and_takes_it_back(
    coming: Meeting, consumer: Member, login: Login
) -> None:
    client, url = login(consumer), at(coming.agency, "groups:coming", pk=coming.pk)
    page = on_page(login, consumer, coming)
    assert url in page
    assert at(coming.agency, "accounts:away") in page
    assert client.get(url).status_code == 200
    assert send(client, url).status_code == 302
    assert "I can be there after all" in on_page(login, consumer, coming)
    assert send(client, url).status_code == 302
    row = NotComing.objects.within(coming.agency).get()
    assert (row.member_id, row.taken_back) == (consumer.pk, True)


@pytest.mark.parametrize("said", ["no", "away"])
def test_what_one_said_stands_wherever_one_reads_of_the_meeting(
    coming: Meeting, consumer: Member, chair: Member, login: Login, said: str
) -> None:
    agency = coming.agency
    words = {"no": "You said you can’t be there.", "away": "You are away that day."}[said]
    pages = [at(agency, name) for name in ("home_of", "groups:calendar")]
    pages.append(at(agency, "groups:meeting", pk=coming.pk))
    client = login(consumer)
    assert not [url for url in pages if words in client.get(url).text]
    if said == "no":
        actions.say_coming(coming, coming=False, by=consumer)
    else:
        people.go_away(consumer, since=coming.on, until=None, by=consumer)
    assert [url for url in pages if words in client.get(url).text] == pages
    theirs = login(chair)
    assert not [url for url in pages if words in theirs.get(url).text]


def test_a_meeting_that_moves_to_another_day_expects_everybody_again(
    coming: Meeting, chair: Member, consumer: Member
) -> None:
    actions.say_coming(coming, coming=False, by=consumer)
    assert consumer.pk not in missed(coming, chair)
    Meeting.objects.within(coming.agency).filter(pk=coming.pk).update(on=coming.on + DAY)
    assert consumer.pk in missed(Meeting.objects.within(coming.agency).get(pk=coming.pk), chair)


@pytest.mark.parametrize("who", ["manager", "outsider"])
def test_only_who_sits_in_the_group_says_that_they_cannot_come(
    who: str, coming: Meeting, request: pytest.FixtureRequest, login: Login
) -> None:
    reader: Member = request.getfixturevalue(who)
    answer = login(reader).get(at(coming.agency, "groups:coming", pk=coming.pk))
    assert answer.status_code == (404 if who == "outsider" else 403)
    if who == "manager":
        with pytest.raises(Refused):
            actions.say_coming(coming, coming=False, by=reader)
