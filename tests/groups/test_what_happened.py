"""What happened is recorded as it was; the criterion decides whether it counts."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.utils.timezone import now

from accounts.models import Member
from foundation.addresses import at
from foundation.refusals import Refused
from groups import actions
from groups.models import Group, Meeting, MeetingStatus
from tests.conftest import Login
from tests.groups.conftest import DAY


def test_a_meeting_that_was_called_off_and_took_place_all_the_same(
    meeting: Meeting, chair: Member, consumer: Member
) -> None:
    actions.cancel_meeting(meeting, by=chair)
    actions.record_attendance(meeting, present={consumer: Decimal(1)}, by=chair)
    held = actions.record_minutes(meeting, minutes="We met outside.", by=chair)
    assert (held.status, held.attendances.count()) == (MeetingStatus.HELD, 1)


def test_a_meeting_of_a_group_that_has_ended_since(
    seated: Group, administrator: Member, consumer: Member, today: date, login: Login
) -> None:
    actions.close_group(seated, on=today, by=administrator)
    page = at(seated.agency, "groups:plan_meeting", pk=seated.pk)
    assert login(administrator).get(page).status_code == 200
    met = actions.plan_meeting(seated, starts_at=now() - 3 * DAY, by=administrator)
    actions.record_attendance(met, present={consumer: Decimal(1)}, by=administrator)
    assert met.attendances.count() == 1
    # Nothing new is planned; past meetings can be entered at any time.
    with pytest.raises(Refused, match="closed"):
        actions.plan_meeting(seated, starts_at=now() + DAY, by=administrator)
    for held in (now(), now() - 400 * DAY):
        actions.plan_meeting(seated, starts_at=held, by=administrator)


@pytest.mark.parametrize("who", ["consumer", "manager"])
def test_by_those_who_run_the_group(
    who: str, meeting: Meeting, request: pytest.FixtureRequest, chair: Member
) -> None:
    actions.cancel_meeting(meeting, by=chair)
    by: Member = request.getfixturevalue(who)
    acts: tuple[Callable[[], object], ...] = (
        lambda: actions.record_minutes(meeting, minutes="We met.", by=by),
        lambda: actions.plan_meeting(meeting.group, starts_at=now() - 3 * DAY, by=by),
    )
    for act in acts:
        with pytest.raises(Refused):
            act()
