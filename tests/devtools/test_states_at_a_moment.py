"""Tests that begin at a moment of their own share states with each other, and with no others."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils.timezone import now

from accounts.models import Member
from devtools.states import PLANS, STACK, Planned, begins_at, state
from foundation.models import Agency, Event
from groups.actions import open_group
from groups.models import Group, GroupKind
from tests.devtools.test_states import first, plan, stack

__all__ = ["stack"]

MOMENT = datetime(2026, 4, 1, 13, tzinfo=UTC)
BUILT: list[datetime] = []

_april = begins_at("2026-04-01T09:00:00-04:00")


@state
def room(agency: Agency, administrator: Member) -> Group:
    BUILT.append(now())
    return open_group(
        agency, kind=GroupKind.COUNCIL, name="Room", by=administrator, on=agency.today()
    )


@pytest.mark.parametrize("_time", ["first", "second", "third"])
def test_a_test_begins_when_its_states_are_complete(
    room: Group, agency: Agency, _time: str
) -> None:
    assert len(BUILT) == 1
    assert MOMENT <= BUILT[0] < MOMENT + timedelta(minutes=1)
    newest = Event.objects.within(agency).latest("at").at
    assert newest <= now() < newest + timedelta(seconds=30)
    assert room.opened == MOMENT.date()


def test_a_plan_names_its_moment(room: Group, request: pytest.FixtureRequest) -> None:
    planned = request.node.stash[PLANS]
    assert {each.moment for each in planned} == {MOMENT}
    assert STACK.traveller is not None


@pytest.mark.parametrize(
    ("at", "kept"),
    [
        (MOMENT, 1),
        (MOMENT + timedelta(minutes=1), 1),
        (MOMENT - timedelta(days=1), 0),
        (MOMENT + timedelta(days=1), 0),
    ],
)
def test_a_state_of_another_moment_is_the_test_s_own(
    at: datetime, kept: int, founder: Member, request: pytest.FixtureRequest
) -> None:
    own = request.getfixturevalue("stack")
    own.plan = [Planned(each.name, each.function, each.key, MOMENT) for each in plan(first)]
    own.begin()
    with time_machine.travel(at) as own.traveller:
        assert own.reach(first, first) == [1]
    assert len(own.levels) == kept


def test_without_its_clock_nothing_is_kept(founder: Member, request: pytest.FixtureRequest) -> None:
    own = request.getfixturevalue("stack")
    own.plan = [Planned(each.name, each.function, each.key, MOMENT) for each in plan(first)]
    own.begin()
    assert own.reach(first, first) == [1]
    assert own.levels == []
