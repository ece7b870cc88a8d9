from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st

from accounts.actions import enter_member, found_agency
from accounts.models import Member, StandingKind
from devtools import seating
from foundation import tenancy
from foundation.models import Agency
from groups import actions
from groups.composition import Composition, composition, enough, missing
from groups.indicators import ConsumersInEveryGroup, attended
from groups.models import Group, GroupKind, Seat
from indicators.registry import Outcome, Settings, Verdict, find

DAY = timedelta(days=1)
CONSUMER, PROVIDER = StandingKind.PRIMARY_CONSUMER, StandingKind.PROVIDER
Fill = Callable[..., Group]


@pytest.fixture
def fill(agency: Agency, administrator: Member, enter: Callable[..., Member]) -> Fill:
    """A cell with this many voting consumers and others, since a day."""
    number = 0

    def fill(consumers: int, others: int, *, since: date | None = None, **kwargs: Any) -> Group:
        nonlocal number
        since = since or agency.today() - 100 * DAY
        given = {"kind": GroupKind.CELL, "name": "A cell", "on": since, **kwargs}
        group = actions.open_group(agency, by=administrator, **given)
        for kind in (*[CONSUMER] * consumers, *[PROVIDER] * others):
            number += 1
            member = enter(f"Person {number}", kind)
            seating.seat(group, member, since=since, by=administrator)
        return group

    return fill


def judged(agency: Agency, on: date | None = None, **settings: object) -> Outcome:
    indicator = find("membership")
    assert indicator is not None
    instead = {f"membership.{name}": held for name, held in settings.items()}
    chosen = Settings({**indicator.defaults(), **instead})  # type: ignore[dict-item]
    day = on or agency.today()
    return ConsumersInEveryGroup().evaluate([agency.pk], day, {agency.pk: chosen})[agency.pk]


@pytest.mark.parametrize(
    ("consumers", "voting", "met", "lacking"),
    [
        (0, 1, False, 1),
        (0, 4, False, 1),
        (0, 5, False, 2),
        (1, 5, True, 0),
        (1, 6, False, 1),
        (1, 9, False, 1),
        (1, 10, False, 2),
        (2, 10, True, 0),
        (2, 11, False, 1),
        (5, 5, True, 0),
    ],
)
def test_one_in_five_in_integers(consumers: int, voting: int, met: bool, lacking: int) -> None:
    assert enough(consumers, voting) is met
    assert missing(consumers, voting) == lacking


@given(others=st.integers(0, 200), consumers=st.integers(0, 200), percent=st.integers(1, 50))
def test_the_seats_that_are_missing_are_just_enough(
    others: int, consumers: int, percent: int
) -> None:
    voting = others + consumers
    lacking = missing(consumers, voting, percent)
    assert enough(consumers + lacking, voting + lacking, percent)
    assert lacking == 0 or not enough(consumers + lacking - 1, voting + lacking - 1, percent)


def test_each_group_by_itself_or_all_pooled(agency: Agency, fill: Fill) -> None:
    rich, poor = fill(4, 1), fill(0, 5)
    each = judged(agency)
    assert (each.verdict, each.message) == (Verdict.FAIL, "each_unmet")
    assert [evidence.subject_id for evidence in each.evidence] == [poor.pk]
    assert set(each.params) <= {"overall"}
    assert (each.value, each.goal) == (0, 20)
    pooled = judged(agency, basis="pooled")
    assert (pooled.verdict, pooled.value) == (Verdict.PASS, 40)
    assert {evidence.subject_id for evidence in pooled.evidence} == {rich.pk, poor.pk}


def test_without_any_group_or_any_voting_member_there_is_no_data(
    agency: Agency, fill: Fill, administrator: Member, provider: Member, today: date
) -> None:
    assert (judged(agency).verdict, judged(agency).message) == (Verdict.NO_DATA, "none")
    empty = fill(0, 0)
    assert judged(agency).verdict == Verdict.NO_DATA
    fill(1, 2)
    # Never active, so not counted.
    assert judged(agency).verdict == Verdict.PASS
    seat = seating.seat(empty, provider, since=today - 20 * DAY, by=administrator)
    assert judged(agency).verdict == Verdict.FAIL
    actions.end_seat(seat, on=today, by=administrator)
    assert (judged(agency).verdict, judged(agency).message) == (Verdict.NO_DATA, "each_empty")
    # Thirty days without a voting seat, and the group is no longer active.
    assert judged(agency, today + 29 * DAY).verdict == Verdict.NO_DATA
    assert judged(agency, today + 30 * DAY).verdict == Verdict.PASS


def test_a_seat_given_and_ended_on_one_day_makes_no_group_active(
    agency: Agency, fill: Fill, administrator: Member, today: date
) -> None:
    group = fill(0, 0)
    seat = seating.seat(group, administrator, since=today, by=administrator)
    actions.end_seat(seat, on=today, by=administrator)
    assert not composition(Group.objects.within(agency), today)[0].active


def test_dialogues_hidden_councils_outside_of_cqi_and_closed_groups(
    agency: Agency, fill: Fill, administrator: Member, today: date
) -> None:
    fill(0, 3, kind=GroupKind.DIALOGUE)
    fill(0, 3, kind=GroupKind.COUNCIL, takes_part_in_cqi=False)
    closed = fill(0, 3)
    actions.close_group(closed, on=today, by=administrator)
    assert judged(agency).verdict == Verdict.NO_DATA
    # Hiding a group does not exempt it.
    fill(0, 3, hidden=True)
    assert judged(agency).verdict == Verdict.FAIL
    assert len(judged(agency, today - DAY).evidence) == 2


def test_seats_without_a_vote_peers_family_and_those_who_prefer_not_to_say(
    agency: Agency, fill: Fill
) -> None:
    fill(2, 3)
    seats = Seat.objects.within(agency)
    first, second = seats.of_consumers()
    seats.filter(pk=first.pk).update(employed_peer=True)
    seats.filter(pk=second.pk).update(standing=StandingKind.FAMILY_MEMBER)
    assert judged(agency).verdict == Verdict.FAIL
    assert judged(agency, peers=True).verdict == Verdict.PASS
    assert judged(agency, family=True).verdict == Verdict.PASS
    assert judged(agency, peers=True, family=True).value == 40
    seats.filter(pk=second.pk).update(standing=StandingKind.UNDISCLOSED)
    assert judged(agency, family=True).verdict == Verdict.FAIL
    seats.filter(pk=second.pk).update(standing=CONSUMER, voting=False)
    assert judged(agency).verdict == Verdict.FAIL


def test_what_happens_later_changes_no_day_before(
    agency: Agency, fill: Fill, administrator: Member, today: date
) -> None:
    fill(1, 4)
    before = judged(agency, today - DAY)
    assert before.verdict == Verdict.PASS
    for seat in Seat.objects.within(agency).of_consumers():
        actions.end_seat(seat, on=today, by=administrator)
    assert judged(agency, today - DAY) == before
    assert judged(agency).verdict == Verdict.FAIL


def test_the_share_of_attendances_is_told_beside_it_when_five_of_each_side_came(
    agency: Agency, fill: Fill, administrator: Member, today: date
) -> None:
    group = fill(5, 7)
    members = [seat.member for seat in group.seats.order_by("pk")]
    meeting = actions.plan_meeting(group, starts_at=now() - 2 * DAY, by=administrator)
    # With one staff member missing, "56 in 100" would reveal all nine standings.
    nine = dict.fromkeys(members[:9], Decimal(1))
    actions.record_attendance(meeting, present=nine, by=administrator)
    assert attended([agency.pk], today) == {}
    assert judged(agency).message == "each_met"
    actions.record_attendance(meeting, present={members[9]: Decimal(1)}, by=administrator)
    assert attended([agency.pk], today) == {agency.pk: 50}
    assert (judged(agency).message, judged(agency).params["attended"]) == ("each_met_attended", 50)
    assert attended([agency.pk], today - 3 * DAY) == {}


@pytest.mark.parametrize("message", list(ConsumersInEveryGroup.messages))
def test_every_finding_reads_as_a_sentence(message: str) -> None:
    said = str(ConsumersInEveryGroup.messages[message]) % {"attended": 50}
    assert "%" not in said.replace("50%", "half")


def test_many_agencies_cost_as_many_queries_as_one(agency: Agency, fill: Fill, today: date) -> None:
    fill(1, 4)
    others = []
    for number in range(3):
        other, admin = found_agency(
            slug=f"other-{number}",
            name="Other",
            timezone="America/Chicago",
            administrator="Otto",
            email=f"otto{number}@other.example",
            sandbox=True,
        )
        with tenancy.entering(other):
            since = other.today()
            group = actions.open_group(other, kind=GroupKind.CELL, name="Cell", by=admin, on=since)
            member = enter_member(
                by=admin, name="X", display_name="X", since=since, standings=(PROVIDER,)
            )
            seating.seat(group, member, since=since, by=admin)
        others.append(other.pk)
    settings = find("membership").defaults()  # type: ignore[union-attr]

    def asked(agencies: list[int]) -> tuple[int, dict[int, Outcome]]:
        given = dict.fromkeys(agencies, settings)
        with CaptureQueriesContext(connection) as queries:
            found = ConsumersInEveryGroup().evaluate(agencies, today, given)
        return len(queries), found

    with tenancy.across():
        one, _found = asked([agency.pk])
        all_, found = asked([agency.pk, *others])
        every = composition(
            Group.objects.across([agency.pk, *others]).of_cqi(today).order_by("pk"), today
        )
    assert one == all_
    assert {key: each.verdict for key, each in found.items()} == {
        agency.pk: Verdict.PASS,
        **dict.fromkeys(others, Verdict.FAIL),
    }
    assert all(isinstance(each, Composition) for each in every)
    assert len(every) == 4


def test_the_figure_says_of_which_group_it_is_and_what_it_is_over_all(
    agency: Agency, fill: Fill
) -> None:
    fill(1, 5)
    fill(5, 1)
    found = judged(agency)
    assert (found.value, found.params["overall"]) == (16, 50)
    said = ConsumersInEveryGroup().measured_as(found.params)
    assert "50%" in said
    pooled = judged(agency, basis="pooled")
    assert "overall" not in pooled.params
    assert ConsumersInEveryGroup().measured_as(pooled.params) != said
