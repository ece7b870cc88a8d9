"""Two people change a group's meetings at the same moment: the second sees what the first did."""

import threading
from collections.abc import Callable
from datetime import datetime, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from accounts.models import Member
from foundation import tenancy
from foundation.models import Agency
from foundation.refusals import Refused
from groups import actions
from groups.actions.series import following, planned_of, stamp
from groups.models import Group, Meeting, MeetingSeries
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
