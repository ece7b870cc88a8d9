"""Titles of evidence: all in one query, and only what a reader may know of."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import titles
from accounts.models import Member
from foundation import links
from foundation.addresses import at
from groups.models import Group, Meeting


def test_titles_of_several_kinds_come_in_one_query(
    seated: Group, meeting: Meeting, coming: Meeting, manager: Member
) -> None:
    asked = {("group", seated.pk), ("meeting", meeting.pk)}
    asked |= {("meeting", coming.pk), ("group", 987654321)}
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = titles.links_of(asked, manager)
    assert sum('"groups_meeting"' in query["sql"] for query in queries) == 1
    assert set(found) == asked - {("group", 987654321)}
    assert found["group", seated.pk] == links.Link(
        seated.name, at(seated.agency, "groups:group", pk=seated.pk)
    )
    assert found["meeting", coming.pk] == links.link("meeting", coming.pk, manager)
    assert titles.links_of([], manager) == {}
    assert titles.links_of([("nowhere.nothing", 1)], manager) == {}


def test_what_a_reader_may_not_know_of_has_no_title(
    seated: Group, meeting: Meeting, consumer: Member, manager: Member, outsider: Member
) -> None:
    asked = [("group", seated.pk), ("meeting", meeting.pk)]
    assert titles.links_of(asked, outsider) == {}
    Group.objects.within(seated.agency).filter(pk=seated.pk).update(hidden=True)
    assert titles.links_of(asked, manager) == {}
    assert set(titles.links_of(asked, consumer)) == set(asked)
