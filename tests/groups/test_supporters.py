"""Supporters: chosen and dated, they see dates and nothing else, and either of the two ends it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import actions as people
from accounts.away import away_on
from accounts.models import AccessLog, EmailLevel, Member
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Event
from foundation.refusals import Refused
from groups import actions
from groups.actions.reminders import helpers_to_remind
from groups.models import Decision, Group, Meeting, RemindedAhead, Supporter
from notifications.models import Message
from notifications.waiting import waiting
from safety.actions import keep_apart
from tests.conftest import Enter, Login
from tests.groups.conftest import send

DAY = timedelta(days=1)
ALL = {"sees_dates": True, "gets_reminders": True, "enters_away": True}


@pytest.fixture
def friend(enter: Enter) -> Member:
    """Somebody with no seat and no role."""
    return enter("Kim Novak")


@pytest.fixture
def helping(seated: Group, consumer: Member, friend: Member) -> Supporter:
    row = actions.name_supporter(friend, **ALL, by=consumer)
    return actions.agree_to_support(row, by=friend)


def test_somebody_who_agreed_sees_days_but_no_group_and_each_look_is_told(
    helping: Supporter, coming: Meeting, consumer: Member, friend: Member, login: Login
) -> None:
    agency = consumer.agency
    page = login(friend).get(at(agency, "groups:supporter", pk=helping.pk)).content.decode()
    assert "The next meetings" in page
    assert str(coming.starts_at.astimezone(agency.zone).year) in page
    assert coming.group.name not in page
    looked = AccessLog.objects.within(agency).filter(what="meeting dates", about=consumer)
    assert [each.reader_id for each in looked] == [friend.pk]


def test_nothing_else_opens_for_a_supporter(
    helping: Supporter,
    coming: Meeting,
    seated: Group,
    second_consumer: Member,
    consumer: Member,
    friend: Member,
    login: Login,
) -> None:
    agency, client = consumer.agency, login(friend)
    decision = actions.propose(seated, title="Doors", text="At eight.", by=second_consumer)
    with pytest.raises(Refused):
        actions.take_position(decision, member=consumer, choice="agree", by=friend)
    with pytest.raises(Refused):
        actions.take_position(decision, member=friend, choice="agree")
    for name, key in (
        ("groups:decision", decision.pk),
        ("groups:enter_position", decision.pk),
        ("accounts:member", consumer.pk),
        ("groups:after", coming.pk),
        ("groups:arrange", coming.pk),
    ):
        assert client.get(at(agency, name, pk=key)).status_code in (403, 404), name
    assert Decision.objects.within(agency).get(pk=decision.pk).positions.count() == 0


@pytest.mark.parametrize("who", ["administrator", "facilitator", "second_consumer"])
def test_only_the_two_people_know_of_it(
    who: str, helping: Supporter, request: pytest.FixtureRequest, login: Login
) -> None:
    reader: Member = request.getfixturevalue(who)
    agency = helping.agency
    for name in ("groups:supporter", "groups:away_for"):
        answer = login(reader).get(at(agency, name, pk=helping.pk))
        assert answer.status_code == 404
    with pytest.raises(Refused):
        actions.end_support(helping, by=reader)
    with pytest.raises(Refused):
        actions.agree_to_support(helping, by=reader)


def test_who_is_not_asked_to_enter_it_or_has_not_agreed_enters_nothing(
    seated: Group, consumer: Member, friend: Member
) -> None:
    today = consumer.agency.today()
    row = actions.name_supporter(friend, **ALL, by=consumer)
    with pytest.raises(Refused):
        people.go_away(consumer, since=today, until=None, by=friend)
    row = actions.agree_to_support(row, by=friend)
    people.go_away(consumer, since=today, until=None, by=friend)
    event = Event.objects.within(consumer.agency).get(name="away.said")
    assert (event.actor_id, event.on_behalf_of_id) == (friend.pk, consumer.pk)
    told = Message.objects.within(consumer.agency).filter(member=consumer, code="entry.for_you")
    assert told.exists()
    people.come_back(consumer, by=friend)
    # What is ticked anew replaces what was agreed before.
    row = actions.name_supporter(friend, sees_dates=True, by=consumer)
    actions.agree_to_support(row, by=friend)
    with pytest.raises(Refused):
        people.go_away(consumer, since=today, until=None, by=friend)
    assert not away_on(consumer.agency, today).exists()


@pytest.mark.parametrize("who", ["consumer", "friend"])
def test_either_of_the_two_ends_it_with_one_tap(
    who: str,
    helping: Supporter,
    coming: Meeting,
    consumer: Member,
    friend: Member,
    login: Login,
    request: pytest.FixtureRequest,
) -> None:
    agency = helping.agency
    page = at(agency, "groups:supporter", pk=helping.pk)
    assert send(login(request.getfixturevalue(who)), page).status_code == 302
    assert login(friend).get(page).status_code == 404
    assert helpers_to_remind(coming, RemindedAhead.DAY) == []
    with pytest.raises(Refused):
        people.go_away(consumer, since=agency.today(), until=None, by=friend)


def test_reminders_go_to_supporters_too_without_the_group(
    helping: Supporter, coming: Meeting, consumer: Member, friend: Member
) -> None:
    assert helpers_to_remind(coming, RemindedAhead.DAY) == [(friend, helping)]
    # Also if the person wants none themselves.
    consumer.email_level = EmailLevel.NONE
    consumer.save()
    assert helpers_to_remind(coming, RemindedAhead.DAY) == [(friend, helping)]
    people.go_away(consumer, since=consumer.agency.today(), until=None, by=consumer)
    assert helpers_to_remind(coming, RemindedAhead.DAY) == []


def test_an_order_to_stay_apart_stops_it_at_once(
    helping: Supporter, coming: Meeting, consumer: Member, friend: Member, administrator: Member
) -> None:
    today = consumer.agency.today()
    keep_apart(
        consumer,
        friend,
        reason="court_order",
        since=today,
        known_to=[consumer],
        by=administrator,
    )
    assert helpers_to_remind(coming, RemindedAhead.DAY) == []
    with pytest.raises(Refused):
        people.go_away(consumer, since=today, until=None, by=friend)
    again = actions.name_supporter(friend, sees_dates=True, by=consumer)
    with pytest.raises(Refused):
        actions.agree_to_support(again, by=friend)


def test_the_database_wants_something_ticked_and_one_row_for_two_people(
    helping: Supporter, consumer: Member, friend: Member
) -> None:
    rows = Supporter.objects.within(consumer.agency)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(pk=helping.pk).update(sees_dates=False, gets_reminders=False, enters_away=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.create(member=consumer, supporter=friend, sees_dates=True, named_on=helping.named_on)


def test_a_member_asks_on_one_page_and_the_other_says_yes_there(
    seated: Group, consumer: Member, second_consumer: Member, login: Login
) -> None:
    agency, client = consumer.agency, login(consumer)
    url = at(agency, "groups:supporters")
    assert url in client.get(at(agency, "accounts:me")).content.decode()
    code = code_of(second_consumer)
    assert send(client, url, supporter=code).status_code == 422
    assert send(client, url, supporter=code, helps=["sees_dates"]).status_code == 302
    row = Supporter.objects.within(agency).get()
    assert (row.sees_dates, row.gets_reminders, row.accepted_on) == (True, False, None)
    page = at(agency, "groups:supporter", pk=row.pk)
    asked = client.get(page).text
    assert f"You asked {second_consumer}" in asked
    assert f"{second_consumer} helps you" not in asked
    waits = [each for each in waiting(second_consumer, agency.today()) if each.url == page]
    assert len(waits) == 1
    assert str(consumer) not in waits[0].title
    theirs = login(second_consumer)
    assert "Will you help" in theirs.get(page).content.decode()
    assert send(theirs, page).status_code == 302
    row.refresh_from_db()
    assert row.accepted_on == agency.today()
    assert page not in [each.url for each in waiting(second_consumer, agency.today())]
    assert "Enter that they are away" not in theirs.get(page).content.decode()
