"""Calling people whom no message reaches: who is on the sheet, who reads it, what it says."""

from datetime import timedelta

import pytest

from accounts.models import AccessLog, EmailLevel, Member
from devtools import seating
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Event
from foundation.refusals import Refused
from groups import actions
from groups.actions.calls import results_of, to_call
from groups.models import CallResult, Group, Meeting, MeetingCall
from notifications.actions import ask_for_texts, confirm_number
from tests.conftest import Login, assert_budget
from tests.groups.conftest import send


@pytest.fixture
def quiet(coming: Meeting, consumer: Member) -> Member:
    """Rosa wants no e-mail; all others do."""
    people = Member.objects.within(coming.agency)
    people.update(email_level=EmailLevel.EACH)
    people.filter(pk=consumer.pk).update(email_level=EmailLevel.NONE, contact="555-0142")
    consumer.refresh_from_db()
    return consumer


def test_who_gets_neither_e_mail_nor_texts_is_called(
    coming: Meeting, quiet: Member, on_paper: Member, administrator: Member
) -> None:
    seating.seat(coming.group, on_paper, since=coming.agency.today(), by=administrator)
    assert set(to_call(coming)) == {quiet, on_paper}
    asked = ask_for_texts(number="+12125550123", shared=False, by=quiet)
    assert set(to_call(coming)) == {quiet, on_paper}
    confirm_number(code=asked.code, by=quiet)
    assert set(to_call(coming)) == {on_paper}


def test_who_is_not_expected_is_not_called(coming: Meeting, quiet: Member) -> None:
    actions.say_coming(coming, coming=False, by=quiet)
    assert not to_call(coming).exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("chair", 200),
        ("second_consumer", 403),
        ("provider", 403),
        ("facilitator", 403),
        ("administrator", 403),
        ("outsider", 404),
    ],
)
def test_only_who_runs_the_group_reads_the_sheet(
    who: str,
    status: int,
    coming: Meeting,
    quiet: Member,
    request: pytest.FixtureRequest,
    login: Login,
) -> None:
    reader: Member = request.getfixturevalue(who)
    client, url = login(reader), at(coming.agency, "groups:calls", pk=coming.pk)
    answer = client.get(url)
    assert answer.status_code == status
    looks = AccessLog.objects.within(coming.agency).filter(about=quiet, what="calls")
    assert looks.exists() == (status == 200)
    if status == 403:
        with pytest.raises(Refused):
            actions.note_calls(coming, results={quiet.pk: CallResult.REACHED}, by=reader)
    if status != 404:
        page = client.get(at(coming.agency, "groups:meeting", pk=coming.pk)).text
        assert (url in page) == (status == 200)
        week = client.get(at(coming.agency, "groups:calls_this_week")).text
        assert (url in week) == (status == 200)


def test_the_number_is_shown_to_who_may_read_it_and_nothing_says_who_is_a_consumer(
    seated: Group,
    coming: Meeting,
    quiet: Member,
    chair: Member,
    facilitator: Member,
    administrator: Member,
    login: Login,
) -> None:
    url = at(coming.agency, "groups:calls", pk=coming.pk)
    page = login(chair).get(url).text
    assert "555-0142" not in page
    assert "Ask at the desk" in page
    seating.seat(
        seated, facilitator, office="facilitator", since=coming.agency.today(), by=administrator
    )
    page = login(facilitator).get(url).text
    assert "555-0142" in page
    main = page.partition("<main")[2].partition("</main>")[0].lower()
    for telling in ("consumer", "provider", "council", coming.agency.name.lower(), "quorum"):
        assert telling not in main


def test_results_are_entered_in_one_page_and_hold_for_the_day(
    coming: Meeting, quiet: Member, chair: Member, login: Login
) -> None:
    client, url = login(chair), at(coming.agency, "groups:calls", pk=coming.pk)
    assert_budget(client, url)
    name = f"call_{code_of(quiet)}"
    assert send(client, url, **{name: "told"}).status_code == 422
    send(client, url, **{name: "left_word"})
    send(client, url, **{name: "reached"})
    assert results_of(coming) == {quiet.pk: CallResult.REACHED}
    assert MeetingCall.objects.within(coming.agency).count() == 1
    assert not Event.objects.within(coming.agency).filter(name__contains="call").exists()
    actions.change_meeting(
        coming,
        starts_at=coming.starts_at + timedelta(days=1),
        minutes_planned=60,
        place="",
        agenda="",
        by=chair,
    )
    coming.refresh_from_db()
    assert results_of(coming) == {}


def test_nobody_outside_the_list_is_noted(
    coming: Meeting, quiet: Member, provider: Member, chair: Member
) -> None:
    actions.note_calls(coming, results={provider.pk: CallResult.REACHED}, by=chair)
    assert not MeetingCall.objects.within(coming.agency).exists()
