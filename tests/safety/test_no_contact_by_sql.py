"""The database's own guards for two people who must not meet, even by the serving login."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from accounts.models import Member
from devtools import seating
from foundation.models import Agency
from groups.models import Group, Seat
from safety import actions
from safety.models import ApartEnd, ApartReason, NoContact
from tests.safety.conftest import Order, offered

pytestmark = pytest.mark.django_db


def test_the_database_seats_no_two_who_must_not_meet(
    keep_apart: Order, cell: Group, consumer: Member, facilitator: Member, agency: Agency
) -> None:
    offer = offered(cell, consumer, facilitator)
    keep_apart()
    today = agency.today()
    with pytest.raises(IntegrityError), transaction.atomic():
        cell.seats.create(
            agency=agency, member=consumer, standing="other", since=today, offer=offer
        )
    # Past orders are recorded as they were.
    yesterday = today - timedelta(days=1)
    seat = cell.seats.create(
        agency=agency, member=consumer, standing="other", since=yesterday, until=yesterday
    )
    assert seat.pk


def test_a_seat_is_not_handed_on_by_sql_to_whom_somebody_there_must_not_meet(
    keep_apart: Order, cell: Group, consumer: Member, second_consumer: Member, facilitator: Member
) -> None:
    keep_apart()
    seat = seating.seat(cell, second_consumer, since=cell.opened, by=facilitator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.within(cell.agency).filter(pk=seat.pk).update(member=consumer)


@pytest.mark.parametrize(
    "change",
    [
        "one_id = other_id",
        "one_id = other_id, other_id = one_id",
        "reason = 'gossip'",
        "until = since + 1",
        "one_knows = false, other_knows = false",
        "review_by = review_by + 1000",
        "reviewed_by_id = one_id",
        "since = since - 1",
        "ended_at = now()",
    ],
)
def test_by_sql_nobody_changes_what_is_recorded(change: str, keep_apart: Order) -> None:
    order = keep_apart()
    with (
        pytest.raises((IntegrityError, InternalError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE safety_nocontact SET {change} WHERE id = %s", [order.pk])  # noqa: S608


def test_by_sql_nobody_deletes_it_or_brings_it_back(
    keep_apart: Order, administrator: Member
) -> None:
    order = keep_apart()
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        NoContact.objects.within(order.agency).filter(pk=order.pk).delete()
    actions.end_apart(order, why=ApartEnd.MISTAKE, by=administrator)
    with pytest.raises(IntegrityError), transaction.atomic():
        NoContact.objects.within(order.agency).filter(pk=order.pk).update(until=None)


def test_by_sql_no_pair_has_two_at_once_in_either_order(
    keep_apart: Order, consumer: Member, provider: Member
) -> None:
    order = keep_apart()
    for one, other in ((order.one, order.other), (order.other, order.one)):
        with pytest.raises(IntegrityError), transaction.atomic():
            NoContact.objects.within(order.agency).create(
                one=one,
                other=other,
                reason=ApartReason.OTHER,
                since=order.since,
                one_knows=True,
                review_by=order.review_by,
                reviewed_on=order.reviewed_on,
                reviewed_by=order.by,
                by=order.by,
            )
