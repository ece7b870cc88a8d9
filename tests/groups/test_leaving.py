"""People who leave the agency leave its groups on the same day."""

from datetime import timedelta

import pytest

from accounts.actions import end_membership, erase
from accounts.leaves import LateLeave
from accounts.models import Member
from devtools.seating import seat
from foundation.models import Agency
from groups.actions import open_group
from groups.models import GroupKind, Seat


@pytest.fixture
def seated(agency: Agency, administrator: Member, consumer: Member) -> Seat:
    since = agency.today() - timedelta(days=30)
    group = open_group(agency, kind=GroupKind.COUNCIL, name="Council", by=administrator, on=since)
    return seat(group, consumer, since=since, by=administrator)


def test_leaving_ends_every_seat(
    seated: Seat, agency: Agency, administrator: Member, consumer: Member
) -> None:
    end_membership(consumer, on=agency.today(), by=administrator)
    seated.refresh_from_db()
    assert seated.until == agency.today()


def test_being_erased_ends_every_seat(
    seated: Seat, agency: Agency, administrator: Member, consumer: Member
) -> None:
    erase(consumer, by=administrator)
    seated.refresh_from_db()
    assert seated.until == agency.today()


def test_a_seat_that_was_taken_after_the_day_of_leaving_counts_for_no_day(
    seated: Seat, agency: Agency, administrator: Member, consumer: Member
) -> None:
    end_membership(
        consumer, on=agency.today() - timedelta(days=60), why=LateLeave.FORGOTTEN, by=administrator
    )
    seated.refresh_from_db()
    assert seated.until == seated.since
