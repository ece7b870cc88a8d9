"""Waiting items are derived: present while there is something to do, and gone afterwards."""

from dataclasses import replace
from datetime import date

from django.db import connection
from django.db.models import Case, Value, When
from django.test.utils import CaptureQueriesContext

from accounts.models import Member, MemberQuerySet
from accounts.permissions import Role
from foundation import policies
from foundation.models import Agency
from notifications.areas import Area
from notifications.waiting import Precondition, WaitingKind, WaitingRows, waiting

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
    """What each request knows: the roles, whether somebody is away, the agency's policies."""
    assert member.roles is not None
    assert member.time_away is None
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


def is_called_rosa(member: Member, on: date) -> MemberQuerySet:
    return Member.objects.within(member.agency).filter(pk=member.pk, display_name="Rosa")


def test_what_can_not_wait_is_no_part_of_the_query(
    agency: Agency, consumer: Member, administrator: Member
) -> None:
    """Unless the person's roles do without the precondition; another kind's does not count."""
    today, need = agency.today(), Precondition("test.rosa", is_called_rosa)
    asked = [
        replace(PEOPLE, needs=need),
        replace(MYSELF, needs=need, unless=lambda member: Role.ADMINISTRATOR in member.roles),
        replace(MYSELF, code="test.both", title="Breathe"),
    ]
    for member, titles, meets in (
        (consumer, {"Meet Ada Flores", "Look after yourself", "Breathe"}, True),
        (administrator, {"Look after yourself", "Breathe"}, False),
    ):
        known(member)
        with CaptureQueriesContext(connection) as queries:
            found = waiting(member, today, asked)
        assert {each.title for each in found} == titles
        assert len(queries) == 2
        assert ("test.people" in queries[-1]["sql"]) is meets


def test_of_a_dated_kind_only_rows_with_a_date_wait(
    agency: Agency, consumer: Member, provider: Member, administrator: Member
) -> None:
    """All people of the agency with the day from which they were here, but only one of them."""

    def people(member: Member, on: date) -> WaitingRows:
        first = Case(When(pk=provider.pk, then="since"))
        rows = Member.objects.within(member.agency).annotate(first=first)
        return WaitingRows(rows, label="display_name", due="first")

    kind = replace(PEOPLE, rows=people)
    assert len(waiting(consumer, agency.today(), [kind])) == 3
    (found,) = waiting(consumer, agency.today(), [replace(kind, dated=True)])
    assert (found.title, found.due) == ("Meet Priya", provider.since)
