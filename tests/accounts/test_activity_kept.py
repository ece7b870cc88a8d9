"""The first page of what was done, asked with a query that is built once."""

from datetime import date, timedelta

import pytest

from accounts.anybody import kept
from accounts.models import Member
from accounts.policies import INVITATION
from accounts.views.activity import PER_PAGE, _latest
from foundation.models import Agency, Event, TenantQuerySet
from tests.keeping import WITH_DEMO

pytestmark = WITH_DEMO


def columns(event: Event) -> tuple[object, ...]:
    own = {name: each for name, each in vars(event).items() if name != "_state"}
    return own, event.agency


def test_it_is_the_same_for_everybody_in_the_demo(inside: Agency) -> None:
    """What each of them may see of it; the page itself is for administrators."""
    today, totals = inside.today(), set[int]()
    for person in Member.objects.within(inside).on(today).with_roles(today):
        built = [*_latest(person, today)]
        found = kept(_latest, person, today, ruled=False)
        assert [*map(columns, found)] == [*map(columns, built)]
        totals.add(vars(found[0])["in_all"] if found else 0)
    assert len(totals) > 5
    assert max(totals) > 5 * PER_PAGE


def test_a_query_that_reads_policies_says_so(inside: Agency) -> None:
    def ruled(reader: Member, on: date) -> TenantQuerySet[Event]:
        return Event.objects.within(reader.agency).filter(
            at__date__lt=on - INVITATION.span(reader.agency, on)
        )

    today = inside.today()
    person = Member.objects.within(inside).on(today).with_roles(today)[0]
    assert kept(ruled, person, today)
    with pytest.raises(RuntimeError, match="asked the database while it was built"):
        kept(ruled, person, today + timedelta(1), ruled=False)


def test_the_day_of_a_stand_in_is_that_of_its_query(inside: Agency) -> None:
    def today_there(reader: Member, on: date) -> TenantQuerySet[Event]:
        days.append(reader.agency.today())
        return Event.objects.within(reader.agency).none()

    days: list[date] = []
    today = inside.today()
    person = Member.objects.within(inside).on(today).with_roles(today)[0]
    for day in (today, today + timedelta(400)):
        kept(today_there, person, day)
    assert days == [today, today + timedelta(400)]
