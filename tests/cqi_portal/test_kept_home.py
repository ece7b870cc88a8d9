"""Each part of home, asked with a query that is built once, is what one built anew brings."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from accounts.anybody import kept
from accounts.models import Member
from cells.overview import slots as cells
from compensation import slots as payments
from dialogues import slots as dialogues
from foundation import policies, tenancy
from foundation.models import Agency, PolicyChange
from groups import slots as groups
from tests.keeping import WITH_DEMO

pytestmark = WITH_DEMO
PARTS: list[Callable[[Member, date], Any]] = [
    groups._first_meeting,
    cells._done,
    dialogues._last_reply,
    payments._payment,
]
DAYS = (0, -30, -200)


def all_of(rows: list[Any]) -> list[tuple[object, ...]]:
    """Each row's columns and annotations, with those of its related rows."""
    return [
        (
            {name: each for name, each in vars(row).items() if name != "_state"},
            {name: vars(each) | {"_state": 0} for name, each in related(row).items()},
        )
        for row in rows
    ]


def related(row: Any) -> dict[str, Any]:
    return {name: each for name, each in row._state.fields_cache.items() if each is not None}


def test_it_is_the_same_for_everybody_in_the_demo(inside: Agency) -> None:
    today, found = inside.today(), Counter[str]()
    for number, person in enumerate(Member.objects.within(inside).on(today).with_roles(today)):
        on = today + timedelta(DAYS[number % len(DAYS)])
        for part in PARTS:
            rows = kept(part, person, on)
            assert all_of(rows) == all_of([*part(person, on)])
            found[part.__module__] += len(rows)
    assert len(found) == len(PARTS)
    assert all(found.values()), found


def test_changes_of_policies_are_those_of_the_agency(
    agency: Agency, other_agency: Agency, administrator: Member
) -> None:
    """Asked with one query for all agencies, in the order in which they count."""
    today = agency.today()
    for code, since in (("b.second", today + timedelta(2)), ("a.first", today)):
        PolicyChange.objects.within(agency).create(
            code=code, value={"of": [1]}, since=since, reason="So.", by=administrator, made_on=today
        )
    tenancy.forget_kept(agency.pk)
    for _turn in range(2):
        with tenancy.entering(other_agency):
            assert policies.changes(other_agency) == ()
            assert policies.changes(agency) == ()
        assert policies.changes(agency) == (
            ("a.first", today, {"of": [1]}),
            ("b.second", today + timedelta(2), {"of": [1]}),
        )
