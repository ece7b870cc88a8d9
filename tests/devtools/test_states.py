"""A state is reached once and kept, and no test can tell whether it is the first."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from accounts.models import Member, StandingKind
from devtools.states import NotAState, Planned, StateStack, leave, state
from foundation import tenancy
from foundation.models import Agency
from groups.actions import open_group
from groups.models import Group, GroupKind
from tests.conftest import REMEMBERED, Enter
from tests.foundation.test_source import APPS, ROOT

BUILT: list[str] = []
BY_KEY = re.compile(r"^(\w+): (?:dict|set|defaultdict|OrderedDict)\[int\b.* = ", re.MULTILINE)


@state
def room(agency: Agency, administrator: Member) -> Group:
    BUILT.append("room")
    return open_group(
        agency, kind=GroupKind.COUNCIL, name="Room", by=administrator, on=agency.today()
    )


@state
def two(room: Group, enter: Enter) -> list[Any]:
    """A state on top of another, of which it returns the very same object."""
    return [room, enter("Tess", StandingKind.PROVIDER)]


@pytest.mark.parametrize("_time", ["first", "second", "third"])
def test_each_test_finds_the_state_as_it_was_reached(
    room: Group, agency: Agency, _time: str
) -> None:
    assert BUILT == ["room"]
    assert room.name == "Room"
    assert Group.objects.within(agency).get().name == "Room"
    assert Member.objects.within(agency).count() == 1
    # The next test sees nothing of what this one does, in the database or in the object.
    room.name = "Cellar"
    room.save()
    Agency.objects.filter(pk=agency.pk).update(name="Another")


@pytest.mark.parametrize("_time", ["first", "second"])
def test_what_states_share_is_one_object(
    two: list[Any], room: Group, agency: Agency, founder: Member, _time: str
) -> None:
    assert BUILT == ["room"]
    assert two[0] is room
    assert agency is founder.agency
    assert Member.objects.within(agency).count() == 2
    two.clear()


def test_who_begins_from_less_sees_nothing_of_the_rest(founder: Member) -> None:
    with tenancy.entering(founder.agency):
        assert not Group.objects.within(founder.agency).exists()


def test_no_agency_is_entered_before_a_test_enters_it(founder: Member) -> None:
    assert tenancy.entered() is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('cqi.agency', true)")
        assert cursor.fetchone() == ("",)


def test_what_is_remembered_by_key_is_forgotten_for_each_test() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{name}"
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        for name in BY_KEY.findall(path.read_text())
    }
    assert found == set(REMEMBERED)


@pytest.fixture
def stack(founder: Member) -> Iterator[StateStack]:
    """A stack of its own, in this test's transaction."""
    stack = StateStack()
    yield stack
    stack.end()
    stack.back_to(0)
    assert stack.outer is not None
    leave(stack.outer)


def plan(*functions: Callable[..., Any]) -> list[Planned]:
    return [Planned(each.__name__, each, number) for number, each in enumerate(functions)]


def first() -> list[int]:
    return [1]


def second() -> list[int]:
    return [2]


def rename(founder: Member, name: str) -> int:
    return Agency.objects.filter(pk=founder.agency_id).update(name=name)


def name_of(founder: Member) -> str:
    return Agency.objects.get(pk=founder.agency_id).name


def test_who_writes_before_the_last_state_is_told(stack: StateStack, founder: Member) -> None:
    stack.plan = plan(first, second)
    stack.begin()
    stack.reach(first, first)
    with pytest.raises(NotAState, match="before second is reached"), transaction.atomic():
        rename(founder, "Another")
    stack.reach(second, second)
    assert rename(founder, "Another") == 1


def test_a_state_that_cannot_be_copied_is_told(stack: StateStack) -> None:
    stack.plan = plan(first)
    stack.begin()
    with pytest.raises(NotAState, match="first cannot be copied"):
        stack.reach(first, lambda: lambda: None)
    assert stack.levels == []


def test_a_state_that_sends_a_mail_is_told(stack: StateStack) -> None:
    stack.plan = plan(first)
    stack.begin()
    with pytest.raises(NotAState, match="first sends a mail"):
        stack.reach(first, lambda: mail.send_mail("Hello", "You.", None, ["a@example.org"]))


def test_only_what_the_next_test_begins_from_stays(stack: StateStack, founder: Member) -> None:
    stack.plan = plan(first, second)
    stack.begin()
    stack.reach(first, lambda: rename(founder, "First"))
    stack.reach(second, lambda: rename(founder, "Second"))
    rename(founder, "Test")
    stack.end()

    stack.plan = plan(first, second)
    stack.begin()
    assert stack.reach(first, lambda: rename(founder, "Never")) == 1
    assert stack.reach(second, lambda: rename(founder, "Never")) == 1
    assert name_of(founder) == "Second"
    stack.end()

    stack.plan = plan(first)
    stack.begin()
    assert stack.reach(first, lambda: rename(founder, "Never")) == 1
    assert name_of(founder) == "First"
    stack.end()

    stack.plan = ()
    stack.begin()
    assert name_of(founder) == "Riverside Behavioral Health"


def test_constraints_are_checked_late_again_after_a_test_that_checked_them_at_once(
    stack: StateStack, founder: Member
) -> None:
    stack.begin()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    stack.end()
    stack.begin()
    # A reference to a missing user: checked at once, it would be refused.
    with tenancy.entering(founder.agency), transaction.atomic():
        Member.objects.within(founder.agency).update(user=1_000_000_000)
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.check_constraints()
        transaction.set_rollback(True)


def test_a_state_out_of_order_is_the_test_s_own(stack: StateStack, founder: Member) -> None:
    stack.plan = plan(first, second)
    stack.begin()
    stack.reach(second, lambda: rename(founder, "Second"))
    assert stack.levels == []
    stack.end()
    assert name_of(founder) == "Riverside Behavioral Health"
