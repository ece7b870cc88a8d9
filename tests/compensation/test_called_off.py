"""A meeting called off late pays everybody who was expected, once, by the plan's rule."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError
from django.utils import timezone

from accounts.models import Member
from compensation.claims.models import Claim, ClaimStatus
from compensation.claims.words import done
from compensation.other_work.models import OtherWork
from compensation.plan import rules
from compensation.plan.models import RateBasis, WorkKind
from foundation.addresses import at
from foundation.models import Agency
from groups.actions import (
    cancel_meeting,
    cancel_series,
    hold,
    not_held,
    plan_meeting,
    plan_series,
    record_attendance,
    say_coming,
)
from groups.models import Group, Meeting, Rhythm
from tests.compensation.conftest import council
from tests.compensation.test_rates import Given, in_force, sql, written
from tests.conftest import Login

__all__ = ["council"]

LATE: Given = {WorkKind.LATE_CANCELLATION: (Decimal(15), RateBasis.SESSION, 24)}


def soon(group: Group, by: Member, hours: int) -> Meeting:
    return plan_meeting(group, starts_at=timezone.now() + timedelta(hours=hours), by=by)


def paid(member: Member) -> list[Decimal]:
    claims = Claim.objects.within(member.agency).filter(member=member)
    return [claim.amount for claim in claims]


@pytest.mark.parametrize(("hours", "pays"), [(23, True), (25, False)])
def test_whoever_was_expected_is_paid_if_it_was_late(
    council: Group,
    administrator: Member,
    consumer: Member,
    provider: Member,
    hours: int,
    pays: bool,
) -> None:
    in_force(administrator, LATE)
    cancel_meeting(soon(council, administrator, hours), by=administrator)
    assert paid(consumer) == ([Decimal(15)] if pays else [])
    assert paid(provider) == []
    if pays:
        assert "called off late" in done(Claim.objects.within(consumer.agency).get())


def test_without_a_rule_nobody_is_paid(
    council: Group, administrator: Member, consumer: Member
) -> None:
    in_force(administrator, {})
    cancel_meeting(soon(council, administrator, 1), by=administrator)
    assert paid(consumer) == []


def test_nobody_earns_by_calling_off_or_without_being_expected(
    council: Group, administrator: Member, consumer: Member
) -> None:
    in_force(administrator, LATE)
    meeting = soon(council, administrator, 5)
    say_coming(meeting, coming=False, by=consumer)
    cancel_meeting(meeting, by=administrator)
    assert paid(consumer) == []


def test_a_meeting_that_took_place_after_all_pays_who_came(
    council: Group, administrator: Member, consumer: Member
) -> None:
    in_force(administrator, LATE)
    meeting = plan_meeting(council, starts_at=timezone.now(), by=administrator)
    cancel_meeting(meeting, by=administrator)
    record_attendance(meeting, present={consumer: Decimal(1)}, by=administrator)
    lines = Claim.objects.within(consumer.agency).filter(member=consumer)
    assert {line.status: line.amount for line in lines} == {
        ClaimStatus.NOTHING: Decimal(0),
        ClaimStatus.WAITING: Decimal(20),
    }


def test_what_is_called_off_twice_is_paid_once(
    council: Group, administrator: Member, consumer: Member
) -> None:
    in_force(administrator, LATE)
    meeting = plan_meeting(council, starts_at=timezone.now(), by=administrator)
    cancel_meeting(meeting, by=administrator)
    hold(meeting, by=administrator)
    assert paid(consumer) == [Decimal(0)]
    not_held(meeting, by=administrator)
    cancel_meeting(meeting, by=administrator)
    assert paid(consumer) == [Decimal(15)]


def test_of_a_series_what_begins_too_soon_is_paid(
    council: Group, administrator: Member, consumer: Member
) -> None:
    in_force(administrator, LATE)
    start = timezone.localtime(timezone.now() + timedelta(hours=12)).replace(tzinfo=None)
    days = [start.date() + timedelta(days=7 * week) for week in range(3)]
    series = plan_series(
        council, rhythm=Rhythm.WEEKLY, starts_at=start, days=days, by=administrator
    )
    cancel_series(series.meetings.order_by("on")[0], by=administrator)
    assert paid(consumer) == [Decimal(15)]


def test_a_version_that_calls_less_of_it_late_pays_less(administrator: Member) -> None:
    fewer: Given = {WorkKind.LATE_CANCELLATION: (Decimal(15), RateBasis.SESSION, 12)}
    assert rules.pays_less(written(administrator, fewer), written(administrator, LATE))
    assert not rules.pays_less(written(administrator, LATE), written(administrator, fewer))


def test_by_sql_nobody_is_paid_for_a_meeting_that_was_not_called_off(
    council: Group, administrator: Member, consumer: Member
) -> None:
    in_force(administrator, LATE)
    meeting = soon(council, administrator, 5)
    cancel_meeting(meeting, by=administrator)
    other = soon(council, administrator, 6)
    for target in (other.pk, meeting.pk):
        with pytest.raises(DatabaseError):
            sql(
                'INSERT INTO compensation_otherwork (agency_id, member_id, work, "on", hours,'
                " meeting_id, standing, recorded_by_id, recorded_at)"
                ' SELECT agency_id, member_id, work, "on", hours, %s, standing, recorded_by_id,'
                " recorded_at FROM compensation_otherwork",
                target,
            )
    assert OtherWork.objects.within(administrator.agency).count() == 2


def test_how_many_hours_ahead_is_late_is_asked_on_the_draft(
    established: None, agency: Agency, administrator: Member, login: Login
) -> None:
    client = login(administrator)
    url = at(agency, "compensation:draft")
    form = client.get(url).context["form"]
    sent = {
        "submission": form["submission"].value(),
        "version": "1",
        "text": "We pay.",
        "hourly_rate": "20",
        "due_days": "14",
        "pays_late_cancellation": "15",
    }
    assert client.post(url, sent).status_code == 422
    answer = client.post(url, sent | {"basis_late_cancellation": "24"}, follow=True)
    assert "$15.00 each time, if less than 24 hours ahead" in answer.text
