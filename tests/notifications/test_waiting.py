"""Waiting items are derived: present while there is something to do, and gone afterwards."""

from datetime import date

from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from foundation import policies
from foundation.models import Agency
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, waiting

PEOPLE = WaitingKind(
    code="test.people",
    area=Area.PEOPLE,
    title="Meet %(label)s",
    minutes=3,
    rows=lambda member, on: WaitingRows(
        Member.objects.within(member.agency).exclude(pk=member.pk),
        label="display_name",
        due="since",
    ),
    url=lambda member, row: f"/meet/{row.subject_id}",
)
MYSELF = WaitingKind(
    code="test.myself",
    area=Area.PEOPLE,
    title="Look after yourself",
    minutes=1,
    rows=lambda member, on: WaitingRows(
        Member.objects.within(member.agency).filter(pk=member.pk), label=Value("")
    ),
    url=lambda member, row: "/me",
)
NOTHING = WaitingKind(
    code="test.nothing",
    area=Area.PEOPLE,
    title="",
    minutes=1,
    rows=lambda member, on: None,
    url=lambda member, row: "",
)


def known(member: Member) -> None:
    """What each request knows: the roles, and the agency's policies."""
    assert member.roles is not None
    assert policies.changes(member.agency) == ()


def test_all_kinds_are_asked_in_one_query(
    agency: Agency, consumer: Member, provider: Member, administrator: Member
) -> None:
    known(consumer)
    with CaptureQueriesContext(connection) as queries:
        found = waiting(consumer, agency.today(), [PEOPLE, MYSELF, NOTHING])
    assert len(queries) == 1
    assert [item.title for item in found] == [
        "Meet Priya",
        "Meet Ada Flores",
        "Look after yourself",
    ]


def test_what_is_due_first_comes_first_and_what_is_late_says_so(
    agency: Agency, consumer: Member, provider: Member
) -> None:
    first, *_ = waiting(consumer, agency.today(), [MYSELF, PEOPLE])
    assert first.overdue
    assert first.due == provider.since
    assert not waiting(consumer, date(2000, 1, 1), [PEOPLE])[0].overdue


def test_where_nothing_can_wait_nothing_is_asked(agency: Agency, consumer: Member) -> None:
    known(consumer)
    with CaptureQueriesContext(connection) as queries:
        assert waiting(consumer, agency.today(), [NOTHING]) == []
    assert len(queries) == 0
