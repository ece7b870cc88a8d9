"""The past is corrected only with a reason, and that day's page says so."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import Member
from devtools.seating import seat
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import (
    change_office,
    close_group,
    end_seat,
    hold,
    open_group,
    plan_meeting,
    record_attendance,
    take_closing_back,
    void_attendance,
)
from groups.models import Group, GroupKind, LateEnd, Office
from indicators.corrections import corrections
from tests.conftest import Login
from tests.days import days_on

DAY = timedelta(days=1)


@pytest.fixture
def council(agency: Agency, administrator: Member, consumer: Member) -> Group:
    """Begun 100 days ago, and known since then as far as that day's page can tell."""
    on = agency.today() - 100 * DAY
    group = open_group(agency, kind=GroupKind.COUNCIL, name="Council", by=administrator, on=on)
    seat(group, consumer, since=agency.today(), by=administrator)
    return group


def test_a_group_that_is_closed_for_a_past_day_says_why_and_the_day_says_so(
    agency: Agency, administrator: Member, council: Group, login: Login
) -> None:
    on = agency.today() - 60 * DAY
    with pytest.raises(ValidationError):
        close_group(council, on=on, by=administrator)
    council.refresh_from_db()
    assert council.closed is None
    page = login(administrator)
    days = {name: at(agency, f"indicators:{name}") for name in ("dashboard", "print")}
    days["one"] = at(agency, "indicators:indicator", code="membership")

    def marked(days_ago: int) -> set[bool]:
        asked = f"?on={(agency.today() - days_ago * DAY).isoformat()}"
        return {bool(page.get(url + asked).context["corrected"]) for url in days.values()}

    assert marked(30) == {False}
    close_group(council, on=on, by=administrator, late_reason="It stopped in September.")
    assert (marked(61), marked(60), marked(1)) == ({False}, {True}, {True})
    text = page.get(days["one"] + f"?on={on.isoformat()}").content.decode()
    assert "Corrected since" in text
    assert "It stopped in September." not in text


def test_a_seat_or_an_office_that_ends_in_the_past_says_why(
    agency: Agency, administrator: Member, provider: Member, council: Group
) -> None:
    held = seat(council, provider, since=agency.today() - 90 * DAY, by=administrator)
    on = agency.today() - 10 * DAY
    with pytest.raises(ValidationError):
        change_office(held, office=Office.NONE, voting=False, on=on, by=administrator)
    with pytest.raises(ValidationError):
        end_seat(held, on=on, by=administrator)
    end_seat(held, on=on, by=administrator, late_reason="She told us today.")
    late = LateEnd.objects.within(agency).get(seat=held)
    assert (late.on, late.entered_on, late.by) == (on, agency.today(), administrator)


def test_a_planned_end_needs_no_reason(
    agency: Agency, administrator: Member, council: Group
) -> None:
    close_group(council, on=agency.today(), by=administrator)
    assert not LateEnd.objects.within(agency).exists()


def test_what_was_corrected_stays_on_record(
    agency: Agency, administrator: Member, council: Group
) -> None:
    close_group(council, on=agency.today() - DAY, by=administrator, late_reason="Late.")
    for sql in ("DELETE FROM groups_lateend", "UPDATE groups_lateend SET reason = 'x'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_who_came_and_is_written_down_or_voided_later_marks_the_days_between(
    agency: Agency,
    administrator: Member,
    consumer: Member,
    second_consumer: Member,
    council: Group,
    login: Login,
) -> None:
    page, today = login(administrator), agency.today()
    starts = timezone.now() - 9 * DAY
    session = plan_meeting(council, starts_at=starts, late_reason="From paper.", by=administrator)
    hold(session, by=administrator)

    def marked(code: str, days_ago: int) -> list[str]:
        url = at(agency, "indicators:indicator", code=code)
        asked = page.get(f"{url}?on={(today - days_ago * DAY).isoformat()}")
        return [each.by for each in asked.context["corrected"]]

    assert marked("dialogues", 3) == []
    present = dict.fromkeys([consumer, second_consumer], Decimal(1))
    record_attendance(session, present=present, by=administrator)
    assert marked("dialogues", 10) == []
    for days_ago in (9, 1):
        assert marked("dialogues", days_ago) == [administrator.shown_name]
    assert marked("membership", 3) == []
    with time_machine.travel(days_on(4), tick=False):
        row = session.attendances.get(member=consumer)
        void_attendance(row, reason="It was somebody else.", by=administrator)
        since = {each.on for each in corrections(agency, today + 2 * DAY, {"dialogues"})}
        assert since == {today + 4 * DAY}


def test_a_group_that_ends_on_a_day_to_come_is_not_closed_twice(
    agency: Agency, administrator: Member, council: Group
) -> None:
    ends = agency.today() + 5 * DAY
    close_group(council, on=ends, by=administrator)
    for on in (agency.today(), ends):
        with pytest.raises(Refused, match="ends already"):
            close_group(council, on=on, by=administrator)
    council.refresh_from_db()
    assert council.closed == ends
    take_closing_back(council, because="It goes on.", by=administrator)
    council.refresh_from_db()
    assert council.closed is None
