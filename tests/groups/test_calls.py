"""Calling people whom no message reaches: who is on the sheet, who reads it, what it says."""

import re
from datetime import timedelta

import pytest

from accounts.models import AccessLog, EmailLevel, Member
from devtools import seating
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Event
from foundation.refusals import Refused
from groups import actions
from groups.actions.calls import calls_for, meetings_to_call_for, results_of, to_call
from groups.models import CallResult, Group, Meeting, MeetingCall, Seat
from notifications.actions import ask_for_texts, confirm_number
from tests.conftest import Login, assert_budget
from tests.groups.conftest import planned_long_ago, send

DAY = timedelta(days=1)


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


def text_of(html: str) -> str:
    """The words of the main content, without markup."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_all_sheets_of_the_coming_days_are_printed_in_one_go(
    coming: Meeting, quiet: Member, on_paper: Member, chair: Member, login: Login
) -> None:
    agency, client = coming.agency, login(chair)
    seats = Seat.objects.within(agency).filter(group=coming.group)
    assert seats.filter(member=quiet).exists()
    sooner = planned_long_ago(
        actions.plan_meeting(
            coming.group, starts_at=coming.starts_at - 2 * DAY, place="Room 9", by=chair
        )
    )
    actions.note_calls(sooner, results={quiet.pk: CallResult.REACHED}, by=chair)
    assert at(agency, "groups:calls_this_week") in client.get(at(agency, "groups:calendar")).text
    url, week = at(agency, "groups:print_calls"), at(agency, "groups:calls_this_week")
    listed = client.get(week).text
    assert url in listed
    assert listed.count("Open it to see whom to call") == 2
    # How many are left is told once the sheets were opened.
    assert "1 person to call" not in listed
    by_meeting = client.get(url).text
    listed = client.get(week).text
    assert "Everybody was called" in listed
    assert "1 person to call" in listed
    assert by_meeting.count('class="app-letter"') == 2
    assert text_of(by_meeting).count(f"{quiet} Ask at the desk") == 2
    assert (by_meeting.count("app-boxes"), text_of(by_meeting).count("Reached")) == (1, 2)
    assert by_meeting.index("Room 9") < by_meeting.index("Room 4")
    by_person = client.get(f"{url}?by=person").text
    assert by_person.count('class="app-letter"') == 1
    assert text_of(by_person).count("Ask at the desk") == 1
    looks = AccessLog.objects.within(agency).filter(about=quiet, what="calls")
    assert looks.count() == 2


@pytest.mark.parametrize("who", ["second_consumer", "facilitator", "administrator"])
def test_who_runs_no_group_prints_no_names(
    who: str, coming: Meeting, quiet: Member, request: pytest.FixtureRequest, login: Login
) -> None:
    client = login(request.getfixturevalue(who))
    for name in ("groups:print_calls", "groups:calls_this_week"):
        assert str(quiet) not in text_of(client.get(at(coming.agency, name)).text)
    calendar = client.get(at(coming.agency, "groups:calendar")).text
    assert at(coming.agency, "groups:calls_this_week") not in calendar
    assert not AccessLog.objects.within(coming.agency).filter(what="calls").exists()


def test_more_meetings_ask_the_database_no_more_often(
    coming: Meeting, quiet: Member, chair: Member, login: Login
) -> None:
    client = login(chair)
    urls = [at(coming.agency, f"groups:{name}") for name in ("print_calls", "calls_this_week")]
    before = [assert_budget(client, url) for url in urls]
    for ahead in range(1, 5):
        moment = coming.starts_at - ahead * DAY
        planned_long_ago(actions.plan_meeting(coming.group, starts_at=moment, by=chair))
    assert [assert_budget(client, url) for url in urls] == before
    apart = calls_for(list(meetings_to_call_for(chair)), chair)
    assert len(apart) == 5
    assert [set(each.people) for each in apart] == [set(to_call(each.meeting)) for each in apart]
