"""What ends with the founding says so in time; a council comes in from its minutes."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Member
from devtools.seating import accept
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups import actions, founding, rules
from groups.models import Ending, Group, GroupKind, Seat, SeatOffer
from groups.waiting import _founding_seats
from tests.conftest import Login
from tests.days import days_on

DAY = timedelta(days=1)
SPAN = 120


def on_day(number: int) -> time_machine.travel:
    return time_machine.travel(days_on(number - 1))


def open_now(agency: Agency, kind: GroupKind, by: Member) -> Group:
    return actions.open_group(agency, kind=kind, name="Us", by=by, on=agency.today())


@pytest.fixture
def council(agency: Agency, administrator: Member) -> Group:
    return open_now(agency, GroupKind.COUNCIL, administrator)


@pytest.fixture
def chosen(
    agency: Agency, administrator: Member, consumer: Member, second_consumer: Member
) -> Seat:
    """A seat of the founding committee, as chosen by consumers who came to a dialogue."""
    dialogue = open_now(agency, GroupKind.DIALOGUE, administrator)
    evening = actions.plan_meeting(dialogue, starts_at=timezone.now(), by=administrator)
    actions.record_attendance(
        evening, present={consumer: Decimal(1), second_consumer: Decimal(1)}, by=administrator
    )
    committee = open_now(agency, GroupKind.COMMITTEE, administrator)
    paper = actions.enter_resolution(
        committee,
        on=agency.today(),
        text="We chose Rosa.",
        members=[consumer],
        chair=consumer,
        asked=second_consumer,
        by=administrator,
    )
    actions.attest_resolution(paper, by=second_consumer)
    (offer,) = SeatOffer.objects.within(agency).waiting()
    return accept(offer)


def test_an_administrator_can_not_choose_the_founding_committee(
    agency: Agency, administrator: Member, provider: Member, consumer: Member
) -> None:
    """Only a consumer who came to a dialogue can confirm it: neither staff nor anybody else."""
    committee = open_now(agency, GroupKind.COMMITTEE, administrator)
    with pytest.raises(Refused):
        actions.offer_seat(committee, provider, since=agency.today(), by=administrator)
    for asked in (provider, consumer):
        paper = actions.enter_resolution(
            committee,
            on=agency.today(),
            text="We chose Priya.",
            members=[provider],
            chair=None,
            asked=asked,
            by=administrator,
        )
        with pytest.raises(Refused):
            actions.attest_resolution(paper, by=asked)


@pytest.mark.parametrize(("number", "soon"), [(89, False), (90, True), (SPAN, True)])
def test_a_founding_seat_says_from_day_90_on_that_it_ends(
    agency: Agency, chosen: Seat, login: Login, number: int, soon: bool
) -> None:
    assert chosen.ending == Ending.TERM
    with on_day(number):
        today = agency.today()
        last = founding.last_day(agency)
        rows = _founding_seats(chosen.member, today).queryset
        assert [seat.pk for seat in rows] == ([chosen.pk] if soon else [])
        assert founding.last_day_of([chosen], today) == (last if soon else None)
        client = login(chosen.member)
        for page in (
            at(agency, "groups:people", pk=chosen.group_id),
            at(agency, "oversight:committee"),
        ):
            assert ("Seats from the founding end on" in client.get(page).text) is soon


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("administrator", True), ("facilitator", True), ("consumer", False), ("provider", False)],
)
def test_who_enters_a_council_from_its_minutes(
    request: pytest.FixtureRequest, agency: Agency, council: Group, who: str, allowed: bool
) -> None:
    by = request.getfixturevalue(who)
    refusal = rules.entering_resolution(
        council, by, on=agency.today(), anybody_votes=False, chartered=False
    )
    assert (refusal is None) is allowed


@pytest.mark.parametrize(
    ("number", "votes", "allowed"),
    [(SPAN, True, True), (SPAN + 1, True, False), (SPAN + 1, False, True)],
)
def test_until_when_a_council_comes_in_from_its_minutes(
    agency: Agency,
    council: Group,
    administrator: Member,
    number: int,
    votes: bool,
    allowed: bool,
) -> None:
    on = founding.first_day(agency) + (number - 1) * DAY
    refusal = rules.entering_resolution(
        council, administrator, on=on, anybody_votes=votes, chartered=False
    )
    assert (refusal is None) is allowed


def test_its_members_are_asked_once_a_second_person_confirmed_the_minutes(
    agency: Agency,
    council: Group,
    administrator: Member,
    consumer: Member,
    provider: Member,
    login: Login,
) -> None:
    page = login(administrator).get(at(agency, "groups:people", pk=council.pk)).text
    assert at(agency, "groups:add_resolution", pk=council.pk) in page
    paper = actions.enter_resolution(
        council,
        on=agency.today(),
        text="Minutes of the first meeting.",
        members=[consumer],
        chair=consumer,
        asked=provider,
        by=administrator,
    )
    assert not SeatOffer.objects.within(agency).exists()
    with pytest.raises(Refused):
        actions.attest_resolution(paper, by=administrator)
    actions.attest_resolution(paper, by=provider)
    (offer,) = SeatOffer.objects.within(agency).waiting()
    seat = accept(offer)
    assert (seat.until, seat.office) == (None, "chair")
