"""Two people change or record a meeting at the same moment: the second sees what the first did."""

import threading
from collections.abc import Callable
from datetime import datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from accounts.models import Member, StandingKind
from foundation import tenancy
from foundation.models import Agency
from foundation.refusals import Refused
from groups import actions
from groups.actions.series import following, planned_of, stamp
from groups.after_form import Decided
from groups.models import (
    Alternate,
    Attendance,
    Decision,
    Group,
    Meeting,
    MeetingSeries,
    Supporter,
)
from tests.conftest import Enter
from tests.groups.test_series import plan, rows

pytestmark = pytest.mark.django_db(transaction=True)

Meanwhile = Callable[[Callable[[], Any], Callable[[], Any]], Any]
# Within this time, the second either waits for the first or is finished.
A_MOMENT = 0.6


@pytest.fixture
def meanwhile(agency: Agency) -> Meanwhile:
    """Do the first, try the second before the first commits; return the second's result."""

    def meanwhile(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
        came: list[Any] = []

        def there() -> None:
            try:
                with tenancy.entering(agency):
                    came.append(second())
            except Exception as error:
                came.append(error)
            finally:
                connection.close()

        other = threading.Thread(target=there)
        with transaction.atomic():
            first()
            other.start()
            other.join(A_MOMENT)
        other.join(30)
        return came[0]

    return meanwhile


def test_of_two_who_plan_the_same_series_the_second_looks_again(
    seated: Group, chair: Member, facilitator: Member, meanwhile: Meanwhile
) -> None:
    seen = stamp(planned_of(seated, chair.agency.today()))

    def another() -> MeetingSeries:
        first = datetime.combine(chair.agency.today(), time(23, 59))
        return actions.plan_series(
            seated,
            rhythm="weekly",
            starts_at=first,
            days=[first.date()],
            seen=seen,
            by=facilitator,
        )

    result = meanwhile(lambda: plan(seated, chair), another)
    assert isinstance(result, ValidationError)
    assert MeetingSeries.objects.within(seated.agency).count() == 1


def test_of_two_who_move_and_call_off_the_second_looks_again(
    seated: Group, chair: Member, facilitator: Member, meanwhile: Meanwhile
) -> None:
    first = rows(plan(seated, chair))[0]
    seen = stamp(following(first))
    to = datetime.combine(first.on, time(10))

    def move() -> MeetingSeries:
        return actions.move_series(first, starts_at=to, minutes_planned=60, place="", by=chair)

    result = meanwhile(move, lambda: actions.cancel_series(first, seen=seen, by=facilitator))
    assert isinstance(result, ValidationError)
    meetings = Meeting.objects.within(seated.agency).filter(group=seated)
    assert set(meetings.values_list("status", "version")) == {("planned", 2)}


def test_of_two_who_call_off_the_same_dates_the_second_is_refused(
    seated: Group, chair: Member, facilitator: Member, meanwhile: Meanwhile
) -> None:
    first = rows(plan(seated, chair))[0]
    result = meanwhile(
        lambda: actions.cancel_series(first, by=chair),
        lambda: actions.cancel_series(first, by=facilitator),
    )
    assert isinstance(result, Refused)
    versions = Meeting.objects.within(seated.agency).values_list("version", flat=True)
    assert set(versions) == {2}


def test_of_two_who_record_the_same_meeting_the_second_is_told_and_writes_nothing(
    meeting: Meeting, chair: Member, facilitator: Member, meanwhile: Meanwhile
) -> None:
    def record(by: Member) -> Any:
        decided = [Decided("We offer tea.", adopted=True)]
        present = {chair: Decimal(1)}
        given = {"present": present, "decided": decided, "version": meeting.version}
        return actions.record_meeting(meeting, **given, by=by)  # type: ignore[arg-type]

    result = meanwhile(lambda: record(chair), lambda: record(facilitator))
    assert isinstance(result, ValidationError)
    agency = meeting.agency
    assert Attendance.objects.within(agency).get().recorded_by_id == chair.pk
    assert Decision.objects.within(agency).filter(title="We offer tea.").count() == 1


def test_what_somebody_builds_on_while_it_is_undone_is_not_lost(
    meeting: Meeting, chair: Member, facilitator: Member, meanwhile: Meanwhile
) -> None:
    actions.record_meeting(meeting, present={chair: Decimal(1)}, by=chair)

    def correct() -> Any:
        return actions.record_attendance(meeting, present={chair: Decimal(2)}, by=facilitator)

    result = meanwhile(correct, lambda: actions.undo_record(meeting, by=chair))
    assert isinstance(result, Refused)
    assert Attendance.objects.within(meeting.agency).get().hours == Decimal(2)


def test_of_two_who_ask_the_same_person_to_step_in_neither_is_refused(
    seated: Group,
    consumer: Member,
    second_consumer: Member,
    enter: Enter,
    meanwhile: Meanwhile,
) -> None:
    asked = enter("Mei Tran", StandingKind.PRIMARY_CONSUMER)
    result = meanwhile(
        lambda: actions.name_alternate(seated, asked, by=consumer),
        lambda: actions.name_alternate(seated, asked, by=second_consumer),
    )
    assert isinstance(result, Alternate)
    first = Alternate.objects.within(seated.agency).get(holder=consumer)
    second = meanwhile(
        lambda: actions.agree_to_step_in(first, by=asked),
        lambda: actions.agree_to_step_in(result, by=asked),
    )
    assert isinstance(second, Refused)


def test_asking_somebody_to_help_twice_at_once_leaves_the_later_ask(
    seated: Group, consumer: Member, second_consumer: Member, meanwhile: Meanwhile
) -> None:
    result = meanwhile(
        lambda: actions.name_supporter(second_consumer, sees_dates=True, by=consumer),
        lambda: actions.name_supporter(second_consumer, enters_away=True, by=consumer),
    )
    assert isinstance(result, Supporter)
    (row,) = Supporter.objects.within(seated.agency).open()
    assert row.enters_away
