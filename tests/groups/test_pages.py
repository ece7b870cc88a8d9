from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.timezone import now

from accounts.models import AccessLog, Member, StandingKind
from foundation.addresses import at
from foundation.models import Agency
from groups import actions
from groups.models import (
    Attendance,
    Choice,
    Decision,
    Group,
    GroupKind,
    Meeting,
    MeetingStatus,
    Office,
    Position,
    Seat,
)
from tests.conftest import Login, assert_budget

DAY = timedelta(days=1)
Propose = Callable[..., Decision]


@pytest.fixture
def meeting(seated: Group, chair: Member) -> Meeting:
    return actions.plan_meeting(
        seated, starts_at=now() - DAY, by=chair, minutes_planned=90, agenda="Welcome."
    )


@pytest.fixture
def coming(seated: Group, chair: Member) -> Meeting:
    return actions.plan_meeting(
        seated, starts_at=now() + 7 * DAY, by=chair, place="Room 4", agenda="Tea."
    )


def send(client: Client, url: str, **data: object) -> Any:
    return client.post(url, {"submission": str(uuid4()), **data})


def group_pages(group: Group, *, changing: bool) -> list[str]:
    names = ["group", "people", "meetings", "decisions"]
    if changing:
        names += ["edit", "close", "add_seat", "plan_meeting", "propose"]
    return [at(group.agency, f"groups:{name}", pk=group.pk) for name in names]


def test_every_page_of_a_group_opens_for_those_whose_it_is(
    seated: Group,
    meeting: Meeting,
    coming: Meeting,
    propose: Propose,
    consumer: Member,
    facilitator: Member,
    chair: Member,
    login: Login,
) -> None:
    agency, decision = seated.agency, propose()
    everybody = [
        *group_pages(seated, changing=False),
        at(agency, "groups:list"),
        at(agency, "groups:calendar"),
        at(agency, "groups:propose", pk=seated.pk),
        at(agency, "groups:consent", pk=seated.pk),
        at(agency, "groups:meeting", pk=meeting.pk),
        at(agency, "groups:print_meeting", pk=meeting.pk),
        at(agency, "groups:meeting_file", pk=coming.pk),
        at(agency, "groups:decision", pk=decision.pk),
        at(agency, "groups:amend", pk=decision.pk),
        at(agency, "groups:waive", pk=decision.pk),
        at(agency, "groups:withdraw", pk=decision.pk),
        at(agency, "groups:end_seat", pk=seated.seats.get(member=consumer).pk),
    ]
    client = login(consumer)
    assert {url: client.get(url).status_code for url in everybody} == dict.fromkeys(everybody, 200)
    running = [
        *group_pages(seated, changing=True)[:-5],
        *[url for url in group_pages(seated, changing=True) if "close" not in url],
        at(agency, "groups:change_meeting", pk=coming.pk),
        at(agency, "groups:cancel_meeting", pk=coming.pk),
        at(agency, "groups:attendance", pk=meeting.pk),
        at(agency, "groups:minutes", pk=meeting.pk),
        at(agency, "groups:enter_position", pk=decision.pk),
        at(agency, "groups:change_seat", pk=seated.seats.get(member=consumer).pk),
    ]
    for member in (facilitator, chair):
        client = login(member)
        answers = {url: client.get(url).status_code for url in running}
        assert answers == dict.fromkeys(running, 200)


HIDDEN_PAGES = [
    "group",
    "people",
    "meetings",
    "decisions",
    "edit",
    "close",
    "add_seat",
    "plan_meeting",
    "propose",
    "consent",
]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_hidden_group_and_no_group_look_the_same(
    method: str,
    seated: Group,
    meeting: Meeting,
    propose: Propose,
    manager: Member,
    facilitator: Member,
    login: Login,
) -> None:
    decision = propose()
    actions.change_group(seated, name=seated.name, purpose="", hidden=True, by=facilitator)
    agency, client, none = seated.agency, login(manager), 987654321
    seat = seated.seats.first()
    assert seat is not None
    pages = [(name, seated.pk) for name in HIDDEN_PAGES]
    pages += [
        (name, meeting.pk)
        for name in ("meeting", "print_meeting", "meeting_file", "attendance", "minutes")
    ]
    pages += [
        (name, decision.pk)
        for name in ("decision", "amend", "enter_position", "close_decision", "waive", "withdraw")
    ]
    pages += [("change_seat", seat.pk), ("end_seat", seat.pk)]
    for name, pk in pages:
        hidden, absent = (
            getattr(client, method)(at(agency, f"groups:{name}", pk=key)) for key in (pk, none)
        )
        # 405: the page is only read, whatever its key.
        expected = {404} if method == "get" else {404, 405}
        assert hidden.status_code == absent.status_code, name
        assert hidden.status_code in expected, name
        told = [
            answer.content.decode().replace(answer.wsgi_request.path, "")
            for answer in (hidden, absent)
        ]
        assert seated.name not in told[0]
        assert len(told[0]) == len(told[1])
    listed = client.get(at(agency, "groups:list")).content.decode()
    assert seated.name not in listed


def test_a_hidden_group_is_shown_to_its_members_and_to_those_who_must_know(
    seated: Group, consumer: Member, facilitator: Member, login: Login
) -> None:
    actions.change_group(seated, name=seated.name, purpose="", hidden=True, by=facilitator)
    for member in (consumer, facilitator):
        client = login(member)
        assert seated.name in client.get(at(seated.agency, "groups:list")).content.decode()
        assert client.get(at(seated.agency, "groups:group", pk=seated.pk)).status_code == 200


def test_whoever_left_a_hidden_group_does_not_find_it_by_asking_for_an_earlier_day(
    seated: Group, provider: Member, facilitator: Member, today: date, login: Login
) -> None:
    actions.change_group(seated, name=seated.name, purpose="", hidden=True, by=facilitator)
    actions.end_seat(seated.seats.get(member=provider), on=today, by=provider)
    client = login(provider)
    day = f"?on={today - DAY}"
    assert client.get(at(seated.agency, "groups:people", pk=seated.pk) + day).status_code == 404
    assert seated.name not in client.get(at(seated.agency, "groups:list") + day).content.decode()


def test_the_people_of_a_group_are_shown_as_of_a_day(
    seated: Group,
    provider: Member,
    manager: Member,
    administrator: Member,
    consumer: Member,
    today: date,
    login: Login,
) -> None:
    actions.end_seat(seated.seats.get(member=provider), on=today - 10 * DAY, by=administrator)
    actions.seat(seated, manager, since=today - 5 * DAY, by=administrator)
    client, url = login(consumer), at(seated.agency, "groups:people", pk=seated.pk)

    def shown(query: str) -> str:
        return client.get(url + query).content.decode()

    assert manager.display_name in shown("")
    assert provider.display_name not in shown("")
    assert provider.display_name in shown(f"?on={today - 11 * DAY}")
    assert manager.display_name not in shown(f"?on={today - 11 * DAY}")
    for nonsense in ("?on=yesterday", f"?on={today + DAY}", "?on="):
        assert manager.display_name in shown(nonsense)


PLAIN = "Person who uses services"


def test_nobody_sees_who_is_a_consumer_unless_that_person_lets_them(
    seated: Group, consumer: Member, provider: Member, manager: Member, login: Login
) -> None:
    url = at(seated.agency, "groups:people", pk=seated.pk)
    other, outside = login(provider), login(manager)
    assert PLAIN not in other.get(url).content.decode()
    assert PLAIN not in outside.get(url).content.decode()
    # A person sees their own.
    assert login(consumer).get(url).content.decode().count(PLAIN) == 1
    answer = send(login(consumer), at(seated.agency, "groups:consent", pk=seated.pk))
    assert answer.status_code == 302
    assert other.get(url).content.decode().count(PLAIN) == 1
    assert PLAIN not in outside.get(url).content.decode()
    send(login(consumer), at(seated.agency, "groups:consent", pk=seated.pk))
    assert PLAIN not in other.get(url).content.decode()


def test_whoever_may_see_standings_asks_for_them_and_each_member_can_see_that_they_looked(
    seated: Group, consumer: Member, facilitator: Member, login: Login
) -> None:
    url = at(seated.agency, "groups:people", pk=seated.pk)
    client, logged = login(facilitator), AccessLog.objects.within(seated.agency)
    assert PLAIN not in client.get(url).content.decode()
    assert not logged.exists()
    assert client.get(url + "?standings=1").content.decode().count(PLAIN) == 2
    assert logged.filter(about=consumer, reader=facilitator, what="standing").count() == 1
    assert PLAIN not in login(consumer).get(url + "?standings=1").content.decode().replace(
        PLAIN, "", 1
    )


def test_the_share_of_consumers_gives_nobody_away(
    seated: Group,
    provider: Member,
    facilitator: Member,
    administrator: Member,
    enter: Callable[..., Member],
    today: date,
    login: Login,
) -> None:
    url = at(seated.agency, "groups:people", pk=seated.pk)
    client, work = login(provider), login(facilitator)
    assert "Too few people to say" in client.get(url).content.decode()
    assert "Enough consumers" in work.get(url).content.decode()
    for name in ("Una", "Uri"):
        actions.seat(
            seated, enter(name, StandingKind.PROVIDER), since=today - DAY, by=administrator
        )
    assert "Enough consumers" in client.get(url).content.decode()
    # Two days compared would point at whoever joined in between.
    assert "Too few people to say" in client.get(f"{url}?on={today - DAY}").content.decode()


def test_a_proposal_is_decided_in_two_pages_and_nobody_sees_the_others_first(
    propose: Propose,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    manager: Member,
    login: Login,
) -> None:
    decision = propose()
    actions.take_position(
        decision, member=second_consumer, choice=Choice.RESERVATIONS, reason="It may spill."
    )
    url = at(decision.agency, "groups:decision", pk=decision.pk)
    client = login(consumer)
    assert "It may spill." not in client.get(url).content.decode()
    answer = send(client, url, choice="object", reason="The tap is broken.", round=1)
    assert (answer.status_code, answer["Location"]) == (302, url)
    shown = client.get(url).content.decode()
    assert "It may spill." in shown
    assert "The tap is broken." in shown
    assert login(manager).get(url).status_code == 403
    assert login(manager).post(url).status_code == 403
    assert "It may spill." not in login(provider).get(url).content.decode()


def test_what_was_agreed_is_for_everyone_in_the_program(
    propose: Propose,
    consumer: Member,
    second_consumer: Member,
    chair: Member,
    manager: Member,
    login: Login,
) -> None:
    decision = propose()
    for member in (consumer, second_consumer):
        actions.take_position(decision, member=member, choice=Choice.AGREE, reason="Thirst.")
    url = at(decision.agency, "groups:close_decision", pk=decision.pk)
    answer = send(login(chair), url, adopted="yes", outcome="From Monday on.")
    assert answer.status_code == 302
    client = login(manager)
    listed = client.get(at(decision.agency, "groups:decisions", pk=decision.group_id))
    assert decision.title in listed.content.decode()
    page = client.get(at(decision.agency, "groups:decision", pk=decision.pk)).content.decode()
    assert "From Monday on." in page
    assert "Thirst." not in page


def test_closing_without_enough_consumers_says_what_can_be_done(
    propose: Propose, chair: Member, provider: Member, login: Login
) -> None:
    decision = propose()
    actions.take_position(decision, member=provider, choice=Choice.AGREE)
    client, close = login(chair), at(decision.agency, "groups:close_decision", pk=decision.pk)
    refused = client.get(close)
    assert refused.status_code == 403
    assert "Not enough consumers" in refused.content.decode()
    waive = at(decision.agency, "groups:waive", pk=decision.pk)
    assert send(client, waive, waiver="The heating is broken.").status_code == 302
    assert send(client, close, adopted="yes").status_code == 302
    decision.refresh_from_db()
    assert (decision.status, decision.waiver) == ("adopted", "The heating is broken.")


def test_attendance_is_one_form_with_the_meetings_length_as_hours(
    meeting: Meeting,
    chair: Member,
    consumer: Member,
    provider: Member,
    manager: Member,
    login: Login,
) -> None:
    url = at(meeting.agency, "groups:attendance", pk=meeting.pk)
    client = login(chair)
    assert client.get(url).content.decode().count('value="1.50"') == 4
    answer = send(
        client,
        url,
        **{
            f"here_{consumer.pk}": "on",
            f"hours_{consumer.pk}": "1.5",
            f"here_{provider.pk}": "on",
            f"hours_{provider.pk}": "0.75",
            f"hours_{chair.pk}": "1.5",
            "other": manager.pk,
        },
    )
    assert answer.status_code == 302
    rows = Attendance.objects.within(meeting.agency)
    assert {row.member_id: row.hours for row in rows} == {
        consumer.pk: Decimal("1.5"),
        provider.pk: Decimal("0.75"),
        manager.pk: Decimal("1.5"),
    }
    page = client.get(url).content.decode()
    assert page.count(">written down<") == 3
    assert f"here_{consumer.pk}" not in page


def test_a_double_click_records_once(meeting: Meeting, chair: Member, login: Login) -> None:
    url = at(meeting.agency, "groups:attendance", pk=meeting.pk)
    client, data = login(chair), {"submission": str(uuid4()), f"here_{chair.pk}": "on"}
    first, second = client.post(url, data), client.post(url, data)
    assert first["Location"] == second["Location"]
    assert Attendance.objects.within(meeting.agency).count() == 1


def test_minutes_changed_meanwhile_are_shown_not_overwritten(
    meeting: Meeting, chair: Member, facilitator: Member, login: Login
) -> None:
    url = at(meeting.agency, "groups:minutes", pk=meeting.pk)
    client = login(chair)
    version = client.get(url).context["form"].initial["version"]
    actions.record_minutes(meeting, minutes="By somebody else.", by=facilitator)
    answer = send(client, url, minutes="Mine.", version=version)
    assert answer.status_code == 422
    assert "Somebody changed this" in answer.content.decode()
    assert "Mine." in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.minutes == "By somebody else."


def test_times_are_typed_and_shown_as_they_are_where_the_agency_is(
    seated: Group, chair: Member, login: Login
) -> None:
    url = at(seated.agency, "groups:plan_meeting", pk=seated.pk)
    day = seated.agency.today() + 3 * DAY
    client = login(chair)
    answer = send(client, url, starts_at=f"{day}T18:30", minutes_planned="60")
    meeting = Meeting.objects.within(seated.agency).get()
    assert meeting.starts_at.astimezone(seated.agency.zone).hour == 18
    assert "6:30 p.m." in client.get(answer["Location"]).content.decode()


def test_a_calendar_file_names_neither_the_group_nor_what_it_is_about(
    coming: Meeting, consumer: Member, login: Login
) -> None:
    answer = login(consumer).get(at(coming.agency, "groups:meeting_file", pk=coming.pk))
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:Meeting\r\n" in text
    assert "LOCATION:Room 4\r\n" in text
    assert coming.group.name not in text
    assert "Tea" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_the_minutes_are_only_for_those_in_the_group(
    meeting: Meeting, chair: Member, manager: Member, consumer: Member, login: Login
) -> None:
    actions.record_attendance(meeting, present={consumer: Decimal(1)}, by=chair)
    actions.record_minutes(meeting, minutes="We drank water.", by=chair)
    url = at(meeting.agency, "groups:meeting", pk=meeting.pk)
    page = login(manager).get(url).content.decode()
    assert "We drank water." not in page
    assert consumer.display_name not in page
    printed = at(meeting.agency, "groups:print_meeting", pk=meeting.pk)
    assert login(manager).get(printed).status_code == 403
    assert "We drank water." in login(consumer).get(url).content.decode()


def test_an_administrator_sets_up_the_governing_body_once(
    agency: Agency, administrator: Member, login: Login, today: date
) -> None:
    client, url = login(administrator), at(agency, "groups:add")
    given = {
        "kind": "governing_body",
        "name": "Board",
        "opened": today.isoformat(),
        "takes_part_in_cqi": "yes",
    }
    assert send(client, url, **given).status_code == 302
    again = send(client, url, **given)
    assert again.status_code == 422
    assert "has one already" in again.content.decode()
    assert Group.objects.within(agency).filter(kind=GroupKind.GOVERNING_BODY).count() == 1


def _bad(field: str, values: Iterable[object]) -> list[tuple[str, object]]:
    return [(field, value) for value in values]


LONG = "x" * 20_000
FORMS: list[tuple[str, str, dict[str, object], list[tuple[str, object]]]] = [
    # page, whose key, what is right, what is wrong in turn
    (
        "add_seat",
        "group",
        {"member": "manager", "voting": "yes", "since": "today"},
        [
            *_bad("member", ["", "987654321", "x", "-1", LONG, "outsider", "consumer"]),
            *_bad("voting", ["", "maybe", LONG]),
            *_bad("office", ["emperor", LONG]),
            *_bad("standing", ["emperor", "primary_consumer"]),
            *_bad("since", ["", "soon", "0001-01-01", "9999-12-31", "2026-13-01", "1990-01-01"]),
        ],
    ),
    (
        "plan_meeting",
        "group",
        {"starts_at": "2026-11-01T10:00", "minutes_planned": "60"},
        [
            *_bad("starts_at", ["", "soon", "0001-01-01T00:00", "1990-01-01T00:00"]),
            *_bad("minutes_planned", ["", "0", "-5", "1441", "x", "1e9", "99999999999999"]),
            *_bad("place", [LONG, "a\x00b"]),
            *_bad("agenda", [LONG]),
        ],
    ),
    (
        "propose",
        "group",
        {"title": "Tea", "text": "Offer tea."},
        [*_bad("title", ["", "   ", LONG]), *_bad("text", ["", "  ", LONG, "a\x00b"])],
    ),
    (
        "decision",
        "decision",
        {"choice": "agree", "round": "1"},
        [
            *_bad("choice", ["", "maybe", LONG]),
            *_bad("round", ["", "x", "2", "99999999999999"]),
            *_bad("reason", [LONG]),
        ],
    ),
    (
        "enter_position",
        "decision",
        {"choice": "agree", "round": "1", "member": "consumer", "asked": "on"},
        [
            *_bad("member", ["", "987654321", "manager", "outsider", "x"]),
            *_bad("asked", [""]),
            *_bad("choice", ["", "object"]),
        ],
    ),
    (
        "attendance",
        "meeting",
        {},
        [*_bad("other", ["outsider", "987654321", "x", LONG])],
    ),
    ("minutes", "meeting", {"minutes": "Hi", "version": "1"}, _bad("minutes", ["", "  ", LONG])),
    (
        "change_seat",
        "seat",
        {"voting": "yes", "on": "today", "office": ""},
        [*_bad("voting", ["", "x"]), *_bad("on", ["", "x", "1990-01-01"]), ("office", "emperor")],
    ),
    ("end_seat", "seat", {"on": "today"}, _bad("on", ["", "x", "1990-01-01", "0000-00-00"])),
    (
        "edit",
        "group",
        {"name": "A", "takes_part_in_cqi": "yes"},
        [*_bad("name", ["", " ", LONG]), *_bad("purpose", [LONG])],
    ),
    ("waive", "decision", {"waiver": "Because."}, _bad("waiver", ["", LONG])),
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[0])
def test_a_form_with_something_wrong_says_so_and_writes_nothing(
    form: tuple[str, str, dict[str, object], list[tuple[str, object]]],
    seated: Group,
    meeting: Meeting,
    propose: Propose,
    consumer: Member,
    chair: Member,
    manager: Member,
    facilitator: Member,
    outsider: Member,
    today: date,
    login: Login,
) -> None:
    page, whose, right, wrong = form
    decision = propose()
    people = {"consumer": consumer, "manager": manager, "outsider": outsider}
    keys = {
        "group": seated.pk,
        "meeting": meeting.pk,
        "decision": decision.pk,
        "seat": seated.seats.get(member=consumer).pk,
    }
    url = at(seated.agency, f"groups:{page}", pk=keys[whose])

    def filled(value: object) -> object:
        if value == "today":
            return today.isoformat()
        return people[value].pk if isinstance(value, str) and value in people else value

    def counted() -> list[int]:
        return [
            model.objects.within(seated.agency).count()
            for model in (Seat, Meeting, Decision, Position, Attendance)
        ]

    # Standings are named by those who may see them; views are given by voting members.
    by = facilitator if page == "add_seat" else chair
    client, before = login(by), counted()
    if right:
        empty = client.post(url, {})
        assert empty.status_code == 422
        assert "Error:" in empty.content.decode()
    for field, value in wrong:
        data = {**right, field: value}
        answer = send(client, url, **{name: filled(each) for name, each in data.items()})
        assert answer.status_code == 422, (field, value)
        assert "Error:" in answer.content.decode(), (field, value)
    assert counted() == before
    seated.refresh_from_db()
    assert seated.name == "Council on welcome"


@pytest.mark.parametrize("page", ["list", "people", "meetings", "decisions", "group"])
def test_pages_ask_as_many_queries_with_twice_the_rows(
    page: str,
    seated: Group,
    propose: Propose,
    chair: Member,
    consumer: Member,
    administrator: Member,
    enter: Callable[..., Member],
    today: date,
    login: Login,
) -> None:
    agency = seated.agency
    url = (
        at(agency, "groups:list") if page == "list" else at(agency, f"groups:{page}", pk=seated.pk)
    )

    def more() -> None:
        for number in range(4):
            name = f"P{today.toordinal()}{number}{Group.objects.within(agency).count()}"
            actions.seat(seated, enter(name, StandingKind.PROVIDER), since=today, by=administrator)
            actions.plan_meeting(seated, starts_at=now() + number * DAY, by=chair)
            propose(title=name)
        for number in range(4):
            actions.open_group(
                agency, kind=GroupKind.CELL, name=f"Cell {number}", by=administrator, on=today
            )

    more()
    client = login(consumer)
    first = assert_budget(client, url)
    more()
    assert assert_budget(client, url) == first


@pytest.mark.parametrize("page", ["meeting", "attendance", "decision", "calendar"])
def test_the_pages_of_meetings_and_proposals_keep_within_ten_queries(
    page: str,
    meeting: Meeting,
    coming: Meeting,
    propose: Propose,
    chair: Member,
    consumer: Member,
    second_consumer: Member,
    login: Login,
) -> None:
    decision = propose()
    agency = decision.agency
    actions.take_position(decision, member=consumer, choice=Choice.OBJECT, reason="No.")
    actions.take_position(decision, member=chair, choice=Choice.AGREE)
    actions.amend(decision, title="Tea", text="Tea.", by=chair)
    url = {
        "meeting": at(agency, "groups:meeting", pk=meeting.pk),
        "attendance": at(agency, "groups:attendance", pk=meeting.pk),
        "decision": at(agency, "groups:decision", pk=decision.pk),
        "calendar": at(agency, "groups:calendar"),
    }[page]
    client = login(chair)
    actions.record_attendance(meeting, present={consumer: Decimal(1)}, by=chair)
    first = assert_budget(client, url)
    actions.record_attendance(meeting, present={second_consumer: Decimal(1)}, by=chair)
    for member in (consumer, second_consumer, chair):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    for number in range(3):
        actions.plan_meeting(coming.group, starts_at=now() + number * DAY, by=chair)
    assert assert_budget(client, url) == first


def test_an_office_is_shown_and_a_meeting_that_was_called_off_is_marked(
    seated: Group, coming: Meeting, chair: Member, login: Login
) -> None:
    client = login(chair)
    people = client.get(at(seated.agency, "groups:people", pk=seated.pk)).content.decode()
    assert str(Office.CHAIR.label) in people
    send(client, at(seated.agency, "groups:cancel_meeting", pk=coming.pk))
    coming.refresh_from_db()
    assert coming.status == MeetingStatus.CANCELLED
    listed = client.get(at(seated.agency, "groups:meetings", pk=seated.pk)).content.decode()
    assert "Cancelled" in listed
