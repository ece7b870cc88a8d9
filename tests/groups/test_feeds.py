"""A private calendar: whose it is, what stands in it, and who can't read it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from accounts.actions.leaves import end_membership
from accounts.actions.pauses import pause_access
from accounts.models import AccessLog, Member, PauseReason
from devtools import seating
from foundation import flood
from foundation.addresses import at
from foundation.models import Agency, Event
from groups import actions, feeds
from groups.models import CalendarFeed, Group, GroupKind, Meeting
from groups.policies import FEED_READS, FEED_WRONG
from tests.conftest import Login
from tests.groups.conftest import send

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _counts_begin_anew() -> None:
    flood.forget()


def give(member: Member, *, shows_place: bool = False) -> str:
    """Make the member an address; return its path."""
    token = feeds.token(uuid4())
    actions.make_feed(token_digest=feeds.digest(token), shows_place=shows_place, by=member)
    return f"/o/groups/calendar/{token}.ics"


def unfolded(answer: object) -> list[str]:
    text = answer.content.decode()  # type: ignore[attr-defined]
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return str(text.replace("\r\n ", "")).split("\r\n")


def events(lines: list[str]) -> list[dict[str, str]]:
    """The properties of each event, read by splitting lines."""
    found: list[dict[str, str]] = []
    for line in lines:
        name, _colon, value = line.partition(":")
        if (name, value) == ("BEGIN", "VEVENT"):
            found.append({})
        elif found:
            found[-1].setdefault(name, value)
    return found


def test_the_calendar_says_meeting_and_when_and_no_more(
    seated: Group, coming: Meeting, consumer: Member
) -> None:
    lines = unfolded(Client().get(give(consumer)))
    (event,) = events(lines)
    assert event["SUMMARY"] == "Meeting"
    begins = datetime.strptime(event["DTSTART"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert begins == coming.starts_at.replace(microsecond=0)
    known = {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "BEGIN", "END"}
    assert set(event) - known == {""}, "and the last, empty line"
    whole = "\n".join(lines)
    for word in (seated.name, "Riverside", "riverside", "Rosa", "Room 4", "Tea", "http"):
        assert word not in whole


def test_the_room_stands_there_only_if_the_person_wants_it(
    coming: Meeting, consumer: Member
) -> None:
    assert events(unfolded(Client().get(give(consumer, shows_place=True))))[0]["LOCATION"] == (
        "Room 4"
    )


def test_an_hour_by_the_clock_is_right_on_both_sides_of_a_change(
    seated: Group, chair: Member, consumer: Member
) -> None:
    zone = chair.agency.zone
    with time_machine.travel(datetime(2027, 2, 20, 12, tzinfo=zone), tick=False):
        for day in (date(2027, 3, 13), date(2027, 3, 15)):
            actions.plan_meeting(seated, starts_at=datetime.combine(day, time(14), zone), by=chair)
        found = events(unfolded(Client().get(give(consumer))))
    assert [each["DTSTART"] for each in found] == ["20270313T190000Z", "20270315T180000Z"]


def test_it_holds_own_meetings_of_a_seat_within_its_time(
    seated: Group,
    chair: Member,
    consumer: Member,
    manager: Member,
    administrator: Member,
    agency: Agency,
    start: date,
) -> None:
    hidden = actions.open_group(
        agency, kind=GroupKind.CELL, name="Quiet", by=administrator, on=start, hidden=True
    )
    seating.seat(hidden, manager, since=start, by=administrator)
    now = datetime.now(agency.zone)
    actions.plan_meeting(hidden, starts_at=now + 5 * DAY, by=administrator)
    for days in (6, 300, -90, 40):
        actions.plan_meeting(seated, starts_at=now + days * DAY, late_reason="Paper.", by=chair)
    actions.end_seat(
        seated.seats.get(member=consumer), on=agency.today() + 30 * DAY, by=administrator
    )

    def days_of(member: Member) -> list[str]:
        return [each["DTSTART"][:8] for each in events(unfolded(Client().get(give(member))))]

    def written(days: int) -> str:
        return f"{(now + days * DAY).astimezone(UTC):%Y%m%d}"

    assert days_of(consumer) == [written(6)], "not after the seat, nor of the hidden group"
    assert days_of(manager) == [written(5)]
    assert days_of(chair) == [written(6), written(40)]


def test_what_was_called_off_is_marked_so_that_phones_take_it_away(
    coming: Meeting, chair: Member, consumer: Member
) -> None:
    path = give(consumer)
    before = events(unfolded(Client().get(path)))[0]
    actions.cancel_meeting(coming, by=chair)
    after = events(unfolded(Client().get(path)))[0]
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["STATUS"] == "CANCELLED"


def test_nothing_new_is_told_without_sending_it_again(
    coming: Meeting, chair: Member, consumer: Member
) -> None:
    path, client = give(consumer), Client()
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    actions.cancel_meeting(coming, by=chair)
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert not client.cookies
    assert "Set-Cookie" not in first


def test_the_address_is_shown_once_and_only_its_digest_is_kept(
    consumer: Member, login: Login
) -> None:
    url, client = at(consumer.agency, "groups:calendar_feed"), login(consumer)
    data = {"submission": str(uuid4()), "shows": "place"}
    shown = client.post(url, data)
    address = shown.context["address"]
    assert client.post(url, {}).status_code == 422
    token = address.rpartition("/")[2].removesuffix(".ics")
    feed = CalendarFeed.objects.within(consumer.agency).get()
    assert token not in str(CalendarFeed.objects.within(consumer.agency).values().get())
    assert feed.token_digest == feeds.digest(token)
    assert client.post(url, data).context["address"] == address, "a second click loses nothing"
    later = client.get(url)
    assert token not in later.content.decode()
    assert later["Cache-Control"].find("no-store") >= 0
    assert Client().get(address).status_code == 200
    renewed = send(client, url, shows="time").context["address"]
    assert Client().get(address).status_code == 404
    assert Client().get(renewed).status_code == 200
    assert client.post(url, data).status_code == 302, "an old form shows no dead address"
    assert send(client, at(consumer.agency, "groups:end_calendar_feed")).status_code == 302
    assert Client().get(renewed).status_code == 404
    names = Event.objects.within(consumer.agency).filter(subject_type="calendar_feed")
    assert sorted(set(names.values_list("name", flat=True))) == [
        "calendar_feed.ended",
        "calendar_feed.made",
    ]


def leave(member: Member, by: Member) -> None:
    end_membership(member, on=by.agency.today(), by=by)


def pause(member: Member, by: Member) -> None:
    pause_access(member, reason=PauseReason.THREAT, answer_to="the desk", by=by)


@pytest.mark.parametrize("gone", [leave, pause])
def test_the_address_of_somebody_without_access_is_not_there(
    gone: Callable[[Member, Member], None],
    coming: Meeting,
    consumer: Member,
    administrator: Member,
) -> None:
    path = give(consumer)
    assert Client().get(path).status_code == 200
    gone(consumer, administrator)
    assert Client().get(path).status_code == 404


def test_an_address_does_not_come_back_with_who_returns(
    coming: Meeting, consumer: Member, administrator: Member
) -> None:
    give(consumer)
    leave(consumer, administrator)
    assert CalendarFeed.objects.within(consumer.agency).get().token_digest is None


@pytest.mark.parametrize(
    "token", ["A", "A" * 32, "a" * 32, "-", "0" * 500, "_" * 32, "ABCDEFGHJKMNPQRSTVWXYZ2345678923"]
)
def test_a_wrong_address_is_not_there(token: str, coming: Meeting, consumer: Member) -> None:
    give(consumer)
    answer = Client().get(f"/o/groups/calendar/{token}.ics")
    assert answer.status_code == 404
    assert not CalendarFeed.objects.within(consumer.agency).exclude(read_on=None).exists()


def test_the_digest_is_no_address(consumer: Member) -> None:
    give(consumer)
    digest = CalendarFeed.objects.within(consumer.agency).get().token_digest
    assert Client().get(f"/o/groups/calendar/{digest}.ics").status_code == 404


def test_guessing_and_reading_too_often_stop(coming: Meeting, consumer: Member) -> None:
    path, client = give(consumer), Client()
    for _ in range(FEED_WRONG.value):
        assert client.get("/o/groups/calendar/AAAA.ics").status_code == 404
    assert client.get("/o/groups/calendar/AAAA.ics").status_code == 429
    for _ in range(FEED_READS.value):
        assert client.get(path).status_code == 200
    stopped = client.get(path)
    assert stopped.status_code == 429
    assert stopped["Retry-After"]


def test_only_the_day_of_reading_is_noted_and_nobody_reads_for_others(
    coming: Meeting, consumer: Member, login: Login
) -> None:
    path = give(consumer)
    before = AccessLog.objects.within(consumer.agency).count()
    Client().get(path)
    feed = CalendarFeed.objects.within(consumer.agency).get()
    assert feed.read_on == consumer.agency.today()
    # It is the person's own data; nobody else has an address for it.
    assert AccessLog.objects.within(consumer.agency).count() == before
    page = login(consumer).get(at(consumer.agency, "groups:calendar_feed")).content.decode()
    assert "It was last read on" in page


def test_only_reading_is_possible(consumer: Member) -> None:
    assert Client().post(give(consumer)).status_code == 405
