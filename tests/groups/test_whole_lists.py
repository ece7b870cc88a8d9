"""Every meeting, decision and waiver can be reached, and lists state how many there are."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from accounts.models import Member
from foundation import keys
from foundation.addresses import at
from foundation.models import Agency
from foundation.paging import few, page_of
from groups.models import Decision, DecisionStatus, Meeting, MeetingStatus
from tests.conftest import Login
from tests.groups.conftest import Propose
from tests.lists import MORE_THAN_A_PAGE, copies, walk


@pytest.fixture
def client(chair: Member, login: Login) -> Client:
    return login(chair)


def test_all_meetings_before_and_to_come(
    meeting: Meeting, coming: Meeting, agency: Agency, client: Client
) -> None:
    url = at(agency, "groups:meetings", pk=meeting.group_id)
    for row in (meeting, coming):
        copies(row)
    links = at(agency, "groups:meeting", pk=0).replace(keys.code("meeting", 0), rf"({keys.REGEX})")
    there = Meeting.objects.within(agency).filter(group=meeting.group_id)
    planned = there.filter(status=MeetingStatus.PLANNED, on__gte=agency.today())
    for parameter, rows in (("coming", planned), ("page", there.exclude(pk__in=planned))):
        total, found = walk(client, url, links, parameter=parameter)
        assert total >= rows.count() > MORE_THAN_A_PAGE / 2
        assert {keys.code("meeting", pk) for pk in rows.values_list("pk", flat=True)} <= set(found)


def test_all_decisions_open_and_decided(propose: Propose, agency: Agency, client: Client) -> None:
    decision = propose()
    copies(decision, title=lambda number: f"Open {number}")
    past = agency.today()
    copies(
        decision,
        title=lambda number: f"Decided {number}",
        status=lambda _number: DecisionStatus.WITHDRAWN,
        decided_on=lambda _number: past,
    )
    url = at(agency, "groups:decisions", pk=decision.group_id)
    _total, found = walk(client, url, r"Open \d+", parameter="open")
    assert {f"Open {number}" for number in range(MORE_THAN_A_PAGE)} <= set(found)
    total, found = walk(client, url, r"Decided \d+")
    assert {f"Decided {number}" for number in range(MORE_THAN_A_PAGE)} == set(found)
    assert total >= MORE_THAN_A_PAGE


def test_all_of_my_next_meetings(coming: Meeting, agency: Agency, client: Client) -> None:
    copies(coming, place=lambda number: f"Room {number}.")
    total, found = walk(client, at(agency, "groups:calendar"), r"Room \d+\.")
    assert total == MORE_THAN_A_PAGE + 1
    assert len(set(found)) == MORE_THAN_A_PAGE


def test_a_page_of_a_list_costs_one_query_however_long_it_is(
    propose: Propose, agency: Agency, django_assert_num_queries: object
) -> None:
    decision = propose()
    rows = Decision.objects.within(agency).order_by("pk")
    request = RequestFactory().get("/?page=1&state=x")
    counted = django_assert_num_queries
    with counted(1):  # type: ignore[operator]
        page = page_of(request, rows)
        assert [each.pk for each in page] == [decision.pk]
        assert not page.has_other_pages()
    copies(decision)
    with counted(1):  # type: ignore[operator]
        page = page_of(request, rows)
        assert len(list(page)) == 25
    assert page.paginator.count == MORE_THAN_A_PAGE + 1
    drawn = render_to_string("components/pagination.html", {"page": page})
    assert "1 to 25 of 131" in drawn
    assert "?state=x&amp;page=2" in drawn
    beyond = page_of(RequestFactory().get("/?page=999"), rows)
    assert beyond.number == 6
    assert len(list(beyond)) == 6


def test_a_few_of_many_say_how_many_there_are(propose: Propose, agency: Agency) -> None:
    copies(propose(), 9)
    shown = few(Decision.objects.within(agency).order_by("pk"), 3)
    assert (len(shown), shown.total, shown.more) == (3, 10, 7)
    drawn = render_to_string("components/shown_of.html", {"few": shown, "href": "/all/"})
    assert "3 of 10" in drawn
    assert 'href="/all/"' in drawn
    assert not render_to_string("components/shown_of.html", {"few": few([1, 2], 3)}).strip()
