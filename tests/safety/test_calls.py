"""Asking to be contacted: only the people chosen know, and a deadline runs."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.models import Member, StandingKind
from accounts.permissions import Role
from foundation import workdays
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency, Event
from foundation.refusals import Refused
from notifications.models import Message
from notifications.waiting import waiting
from safety import actions
from safety.models import Call
from safety.policies import FIRST_LOOK
from tests.conftest import Enter, Login


@pytest.fixture
def other(enter: Enter) -> Member:
    return enter("Alice", StandingKind.PROVIDER, roles=(Role.FACILITATOR,))


@pytest.fixture
def call(consumer: Member, facilitator: Member) -> Call:
    return actions.ask_for_contact(by=consumer, chosen=[facilitator], how="Call me after lunch.")


def urls(member: Member) -> set[str]:
    return {each.url for each in waiting(member, member.agency.today())}


def test_it_waits_for_those_who_were_chosen_with_its_own_clock(
    agency: Agency, call: Call, facilitator: Member, other: Member
) -> None:
    assert call.look_by == workdays.after(agency.today(), FIRST_LOOK.value(agency, agency.today()))
    (found,) = [
        each
        for each in waiting(facilitator, agency.today())
        if each.url == at(agency, "safety:call", pk=call.pk)
    ]
    assert found.due == call.look_by
    assert at(agency, "safety:call", pk=call.pk) not in urls(other)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("facilitator", 200),
        ("consumer", 404),
        ("other", 404),
        ("administrator", 404),
        ("manager", 404),
        ("committee_chair", 404),
    ],
)
def test_for_all_others_it_does_not_exist(
    who: str,
    status: int,
    request: pytest.FixtureRequest,
    call: Call,
    agency: Agency,
    login: Login,
) -> None:
    member: Member = request.getfixturevalue(who)
    answer = login(member).get(at(agency, "safety:call", pk=call.pk))
    assert answer.status_code == status


def test_who_asked_reads_who_has_looked(
    agency: Agency, call: Call, consumer: Member, facilitator: Member, login: Login
) -> None:
    actions.look(call, by=facilitator)
    assert at(agency, "safety:call", pk=call.pk) in urls(facilitator)
    page = login(consumer).get(at(agency, "safety:contact_me")).content.decode()
    assert "Femi" in page
    assert Message.objects.within(agency).filter(member=consumer, code="call.seen").exists()
    actions.finish(call, by=facilitator)
    assert at(agency, "safety:call", pk=call.pk) not in urls(facilitator)


def test_what_was_written_is_forgotten_when_it_is_over(
    agency: Agency, call: Call, facilitator: Member
) -> None:
    actions.look(call, by=facilitator)
    assert actions.finish(call, by=facilitator).how == ""


def test_it_can_be_taken_back_and_asked_again(
    call: Call, consumer: Member, facilitator: Member, other: Member
) -> None:
    with pytest.raises(Refused):
        actions.ask_for_contact(by=consumer, chosen=[other])
    assert actions.take_back(call, by=consumer).how == ""
    actions.ask_for_contact(by=consumer, chosen=[other])
    with pytest.raises(Refused):
        actions.look(call, by=facilitator)


def test_others_can_neither_look_nor_take_it_back(
    call: Call, consumer: Member, facilitator: Member, other: Member, administrator: Member
) -> None:
    for member in (other, administrator, consumer):
        with pytest.raises(Refused):
            actions.look(call, by=member)
    with pytest.raises(Refused):
        actions.take_back(call, by=facilitator)
    with pytest.raises(Refused):
        actions.finish(call, by=facilitator)


def test_only_facilitators_can_be_chosen_and_never_oneself(
    consumer: Member, facilitator: Member, provider: Member
) -> None:
    for chosen in ([provider], [consumer], []):
        with pytest.raises(ValidationError):
            actions.ask_for_contact(by=consumer, chosen=chosen)
    with pytest.raises(ValidationError):
        actions.ask_for_contact(by=facilitator, chosen=[facilitator])


@pytest.mark.parametrize(
    "change",
    [
        "looked_on = asked_on, looked_by_id = member_id",
        "looked_on = asked_on",
        "done_on = asked_on, done_by_id = member_id",
        "look_by = asked_on",
    ],
)
def test_the_database_refuses_an_answer_by_nobody_or_by_who_asked(call: Call, change: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE safety_call SET {change}")  # noqa: S608


def test_no_event_tells_that_somebody_asked(
    agency: Agency, consumer: Member, facilitator: Member
) -> None:
    before = set(Event.objects.within(agency).values_list("pk", flat=True))
    call = actions.ask_for_contact(by=consumer, chosen=[facilitator])
    actions.look(call, by=facilitator)
    new = Event.objects.within(agency).exclude(pk__in=before)
    assert not new.exclude(name="email.posted").exists()


def test_the_pages_lead_through_it(
    agency: Agency, consumer: Member, facilitator: Member, login: Login
) -> None:
    client, url = login(consumer), at(agency, "safety:contact_me")
    assert client.get(url).status_code == 200
    empty = client.post(url, {"submission": "7d444840-9dc0-11d1-b245-5ffdce74fad2"})
    assert empty.status_code == 422
    sent = {"submission": "7d444840-9dc0-11d1-b245-5ffdce74fad3", "chosen": [code_of(facilitator)]}
    assert client.post(url, sent).status_code == 302
    call = Call.objects.within(agency).get()
    theirs, page = login(facilitator), at(agency, "safety:call", pk=call.pk)
    for key in ("4", "5"):
        theirs.post(page, {"submission": f"7d444840-9dc0-11d1-b245-5ffdce74fad{key}"})
    call = Call.objects.within(agency).get()
    assert (call.looked_by_id, call.done_by_id) == (facilitator.pk, facilitator.pk)
