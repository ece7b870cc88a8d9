from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import Member
from foundation.addresses import at
from foundation.keys import code_of
from groups import actions
from groups.models import (
    Attendance,
    Group,
    Meeting,
    MeetingStatus,
    Office,
)
from tests.conftest import Login
from tests.groups.conftest import send

DAY = timedelta(days=1)


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
    assert client.get(url).content.decode().count('value="1.5"') == 4
    answer = send(
        client,
        url,
        **{
            f"here_{code_of(consumer)}": "on",
            f"hours_{code_of(consumer)}": "1.5",
            f"here_{code_of(provider)}": "on",
            f"hours_{code_of(provider)}": "0.75",
            f"hours_{code_of(chair)}": "1.5",
            "other": code_of(manager),
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
    assert f"here_{code_of(consumer)}" not in page


def test_hours_with_a_comma_are_asked_back_and_one_tap_chooses(
    meeting: Meeting, chair: Member, consumer: Member, login: Login
) -> None:
    url, client = at(meeting.agency, "groups:attendance", pk=meeting.pk), login(chair)
    field = f"hours_{code_of(consumer)}"
    answer = {f"here_{code_of(consumer)}": "on", field: "1,5", f"here_{code_of(chair)}": "on"}
    asked = send(client, url, **answer)
    assert asked.status_code == 422
    assert [value for value, _words in asked.context["form"][field].readings] == ["1.5", "15"]
    page = asked.content.decode()
    assert page.count(f'name="{field}-meant"') == 2
    assert page.count("checked") == 2, "the ticks are still there"
    assert not Attendance.objects.within(meeting.agency).exists()
    assert send(client, url, **answer, **{f"{field}-meant": "1.5"}).status_code == 302
    assert Attendance.objects.within(meeting.agency).get(member=consumer).hours == Decimal("1.5")


def test_hours_far_over_the_meetings_length_are_checked_first(
    meeting: Meeting, chair: Member, consumer: Member, login: Login
) -> None:
    url, client = at(meeting.agency, "groups:attendance", pk=meeting.pk), login(chair)
    field = f"hours_{code_of(consumer)}"
    answer = {f"here_{code_of(consumer)}": "on", field: "15"}
    asked = send(client, url, **answer)
    assert asked.status_code == 422
    check = asked.context["form"][field].check
    assert f'name="{check.name}"' in asked.content.decode()
    assert send(client, url, **answer | {field: "3"}).status_code == 302
    corrected = {field: "15", check.name: check.value}
    assert send(client, url, **corrected).status_code == 302
    assert Attendance.objects.within(meeting.agency).get(member=consumer).hours == 15
    unchanged = send(client, url, **{field: "15"})
    assert unchanged.status_code == 302, "what was checked before is not asked about again"


def test_a_double_click_records_once(meeting: Meeting, chair: Member, login: Login) -> None:
    url = at(meeting.agency, "groups:attendance", pk=meeting.pk)
    client, data = login(chair), {"submission": str(uuid4()), f"here_{code_of(chair)}": "on"}
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
    assert "6:30&nbsp;p.m." in client.get(answer["Location"]).content.decode()


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


FALL = "2027-11-07T01:30"


def planned(client: Client, group: Group, starts_at: str, **more: str) -> Any:
    answer = {"starts_at": starts_at, "minutes_planned": "60", "place": "Room 3", **more}
    return send(client, at(group.agency, "groups:plan_meeting", pk=group.pk), **answer)


@pytest.mark.parametrize(("place", "offset"), [(0, -4), (1, -5)])
def test_an_hour_that_comes_twice_is_asked_about_and_one_tap_chooses(
    place: int, offset: int, seated: Group, chair: Member, login: Login
) -> None:
    client = login(chair)
    asked = planned(client, seated, FALL)
    assert asked.status_code == 422
    readings = asked.context["form"]["starts_at"].readings
    assert len(readings) == 2
    page = asked.content.decode()
    assert f'value="{FALL}"' in page
    assert 'value="Room 3"' in page
    assert not seated.meetings.exists()
    answer = planned(client, seated, FALL, **{"starts_at-meant": readings[place][0]})
    assert answer.status_code == 302
    begins = seated.meetings.get().starts_at
    assert begins == datetime(2027, 11, 7, 1, 30, tzinfo=timezone(timedelta(hours=offset)))


def test_an_hour_that_is_left_out_in_spring_is_refused_in_plain_words(
    seated: Group, chair: Member, login: Login
) -> None:
    answer = planned(login(chair), seated, "2027-03-14T02:30")
    assert answer.status_code == 422
    (error,) = answer.context["form"].errors["starts_at"].as_data()
    assert error.code == "left_out"
    assert not seated.meetings.exists()


@pytest.mark.parametrize("meant", ["2027-11-07T01:30:00-07:00", "tomorrow", "2028-01-01T10:00"])
def test_what_the_hour_could_not_mean_is_not_taken(
    meant: str, seated: Group, chair: Member, login: Login
) -> None:
    assert planned(login(chair), seated, FALL, **{"starts_at-meant": meant}).status_code == 422
    assert not seated.meetings.exists()
