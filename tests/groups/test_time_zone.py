"""Changing the agency's time zone moves the clocks, but no meeting."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import Member
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups import actions
from groups.models import GroupKind, Meeting, ZoneChange
from tests.conftest import Login, assert_budget

WEST = "America/Los_Angeles"


@pytest.fixture(autouse=True)
def at_noon(time_machine: TimeMachineFixture) -> None:
    """It is the same day in all the zones used here."""
    zone = ZoneInfo("America/New_York")
    time_machine.move_to(timezone.now().astimezone(zone).replace(hour=12))


@pytest.fixture
def meetings(agency: Agency, administrator: Member) -> list[Meeting]:
    """At 2 p.m.: a year ago, in the coming summer and winter; and just before midnight."""
    today = agency.today()
    group = actions.open_group(
        agency,
        kind=GroupKind.COUNCIL,
        name="Council",
        by=administrator,
        on=today,
    )
    return [
        actions.plan_meeting(
            group,
            starts_at=datetime(year, month, 9, hour, 30, tzinfo=agency.zone),
            minutes_planned=60,
            place="",
            agenda="",
            late_reason="From the paper." if year < today.year else "",
            by=administrator,
        )
        for year, month, hour in (
            (today.year - 1, today.month, 14),
            (today.year + 1, 7, 14),
            (today.year + 1, 1, 14),
            (today.year + 1, 1, 23),
        )
    ]


def shown(meeting: Meeting, zone: str) -> str:
    return f"{meeting.starts_at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def test_every_meeting_keeps_the_day_and_hour_that_were_agreed(
    meetings: list[Meeting], agency: Agency, administrator: Member
) -> None:
    before = [(shown(each, agency.timezone), each.on) for each in meetings]
    actions.change_zone(zone=WEST, reason="We moved.", by=administrator)
    for each in meetings:
        each.refresh_from_db()
    assert [(shown(each, WEST), each.on) for each in meetings] == before
    agency.refresh_from_db()
    assert agency.timezone == WEST
    assert all(agency.date_of(each.starts_at) == each.on for each in meetings)


def test_changing_it_back_leaves_everything_as_it_was(
    meetings: list[Meeting], agency: Agency, administrator: Member
) -> None:
    was, before = agency.timezone, [each.starts_at for each in meetings]
    for zone in (WEST, was):
        actions.change_zone(zone=zone, reason="A slip.", by=administrator)
    rows = Meeting.objects.within(agency).order_by("pk")
    assert list(rows.values_list("starts_at", flat=True)) == before


@pytest.mark.parametrize(
    ("zone", "reason", "field"),
    [
        ("America/New_York", "We moved.", "zone"),
        ("Mars/Olympus", "We moved.", "timezone"),
        ("", "We moved.", "timezone"),
        (WEST, "  ", "reason"),
    ],
)
def test_what_makes_no_sense_changes_nothing(
    zone: str, reason: str, field: str, agency: Agency, administrator: Member
) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.change_zone(zone=zone, reason=reason, by=administrator)
    assert [*refused.value.message_dict] == [field]
    agency.refresh_from_db()
    assert agency.timezone == "America/New_York"
    assert not ZoneChange.objects.within(agency).exists()


def test_it_waits_until_the_days_agree(
    agency: Agency,
    administrator: Member,
    login: Login,
    time_machine: TimeMachineFixture,
) -> None:
    """Else who joined today is locked out until tomorrow."""
    client, url = login(administrator), at(agency, "groups:time_zone")
    tomorrow = timezone.now().astimezone(agency.zone) + timedelta(days=1)
    for hour, minute, waits in ((2, 59, True), (3, 0, False)):
        time_machine.move_to(tomorrow.replace(hour=hour, minute=minute))
        answer = client.post(url, {"submission": uuid4(), "zone": WEST, "reason": "We moved."})
        assert ("You can change it after 3 a.m. today." in answer.text) is waits
        agency.refresh_from_db()
        assert (agency.timezone == WEST) is not waits


def test_it_is_the_administrators_to_change(
    facilitator: Member, agency: Agency, login: Login
) -> None:
    with pytest.raises(Refused):
        actions.change_zone(zone=WEST, reason="We moved.", by=facilitator)
    assert login(facilitator).get(at(agency, "groups:time_zone")).status_code == 403


def test_the_page_says_which_it_is_and_how_it_changed(
    meetings: list[Meeting], agency: Agency, administrator: Member, login: Login
) -> None:
    client, url = login(administrator), at(agency, "groups:time_zone")
    assert url in client.get(at(agency, "settings")).text
    offered = [zone for zone, _words in client.get(url).context["form"].fields["zone"].choices]
    assert WEST in offered
    assert agency.timezone not in offered
    answer = client.post(url, {"submission": uuid4(), "zone": WEST, "reason": "We moved."})
    assert answer.status_code == 302
    page = client.get(url)
    assert "Los Angeles" in page.context["zone"]
    assert [each["reason"] for each in page.context["changes"]] == ["We moved."]
    assert_budget(client, url)
    hour = timezone.now().astimezone(ZoneInfo(WEST))
    assert f"{hour:%Y}" in page.context["clock"]
