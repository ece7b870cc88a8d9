"""A month of each role in the demo, from sign-in to the last page: what it costs them in time."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Protocol

import pytest
from django.utils.timezone import now
from playwright.sync_api import Browser, Page, ViewportSize

from accounts.models import Member
from devtools.bench.asking import member_of_demo
from devtools.browser import Watch, new_page
from foundation import tenancy
from foundation.models import Agency
from groups.actions import plan_meeting
from groups.models import Group
from tests.browser.counter import Counter, opened
from tests.browser.crawl import signing_in
from tests.browser.month import Hand, Month, Task
from tests.browser.months import APPROVER, CELL, CHAIR, CONSUMER, FACILITATOR, PASSWORD, sign_in
from tests.browser.shelf import Answer, Shelf
from tests.security.adversary import taken_back

pytestmark = pytest.mark.xdist_group("demo")
PHONE, DESK = ViewportSize(width=390, height=844), ViewportSize(width=1280, height=900)
# A week of who facilitates two cells and a dialogue: three hours, of which most belong to people.
MINUTES_A_WEEK = 45


class Sit(Protocol):
    def __call__(self, person: str, *, at: ViewportSize = ..., inside: bool = ...) -> Hand: ...


@pytest.fixture
def sit(demo: Agency, chromium: Browser) -> Iterator[Sit]:
    """`sit("femi")`: this person at a browser without scripts; what they do is rolled back."""
    counters: list[Counter] = []
    # Rolling back also restores which agency the connection was in.
    with taken_back(), tenancy.entering(demo), ExitStack() as stack:

        def sit(person: str, *, at: ViewportSize = DESK, inside: bool = True) -> Hand:
            client = signing_in(person if inside else "")
            counters.append(stack.enter_context(opened(client)))
            page = new_page(chromium, Watch(), counters[-1].url, javascript=False)
            stack.callback(page.context.close)
            page.set_viewport_size(at)
            return Hand(member_of_demo(demo, person), page)

        yield sit
    assert not [each for counter in counters for each in counter.refused]


def met_yesterday(agency: Agency, name: str, by: Member) -> None:
    """The group met, and nobody has recorded it."""
    group = Group.objects.within(agency).get(name=name)
    plan_meeting(group, starts_at=now() - timedelta(days=1), by=by)


def test_a_month_costs_a_facilitator_less_than_an_hour_a_week(demo: Agency, sit: Sit) -> None:
    femi, aaron, june, rosa = sit("femi"), sit("aaron"), sit("june"), sit("rosa", at=PHONE)
    outside = [sit(person, inside=False) for person in ("femi", "aaron", "june", "rosa")]
    met_yesterday(demo, CELL, femi.member)
    met_yesterday(demo, "Oversight Committee", june.member)
    months = [
        Month("Facilitator of two cells and a dialogue").play(femi, FACILITATOR),
        Month("Approver").play(aaron, APPROVER),
        Month("Chair of the oversight committee, in the month of a review").play(june, CHAIR),
        Month("Consumer, on a phone").play(rosa, CONSUMER),
    ]
    for month, hand in zip(months, outside, strict=True):
        assert hand.member.user is not None
        hand.member.user.set_password(PASSWORD)
        hand.member.user.save()
        month.play(hand, [Task("Sign in", month.most, sign_in)])
    print("", *(line for month in months for line in (*month.table(), "")), sep="\n")  # noqa: T201
    assert months[0].minutes_a_week <= MINUTES_A_WEEK


def test_pages_taps_and_seconds_are_added_up(shelf: Shelf, on_shelf: Page, founder: Member) -> None:
    """A page with a link and a form of two fields, gone through four times a month."""
    form = "<form><label>Name<input></label><label>Agree<input type=checkbox></label></form>"
    url = shelf.put("/", Answer(f"<main><a href='/'>Again</a>{form}</main>", "default-src 'self'"))

    def look(hand: Hand) -> None:
        hand.page.goto(url)
        hand.follow("Again").write("Name", "Femi").tick("Agree")

    month = Month("Facilitator").play(Hand(founder, on_shelf), [Task("Look", 4, look)])
    assert [(each.pages, each.taps) for each in month.spent] == [(2, 3)]
    assert [each.seconds for each in month.spent] == [4 * (2 * 8 + 3 * 3)]
    assert month.most == 4
    assert [*month.table()][-1].split() == ["Look", "4", "2", "3", "1.7"]
