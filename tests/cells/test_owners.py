"""A group owns a measure from a day on; who may know of the group may know of the measure."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from accounts.models import Member
from cells.cell import actions as cell_actions
from cells.cell.models import Cell
from devtools import seating
from foundation.models import Agency
from groups.models import Group, GroupKind
from measures.definitions import owners
from measures.definitions.actions import define, hand_over
from measures.definitions.models import Measure, Ownership
from tests.cells.conftest import DEFINITION, noon

Periods = list[tuple[int, date, date | None]]


@pytest.fixture
def other_cell(facilitator: Member, start: date) -> Cell:
    return cell_actions.open_cell(name="Evening cell", focus="Evenings", by=facilitator, on=start)


def commit(statement: str, given: dict[str, int]) -> None:
    """Run it, with all that the database looks at when a transaction ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, given)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def owned(measure: Measure) -> Periods:
    rows = Ownership.objects.within(measure.agency).filter(measure=measure).order_by("since")
    return list(rows.values_list("group", "since", "until"))


def test_whoever_defines_a_measure_does_so_for_a_group(measure: Measure, seated: Cell) -> None:
    assert measure.owner == seated.group
    assert owned(measure) == [(seated.group_id, measure.defined_on, None)]


def test_a_measure_is_handed_over_from_a_day_on(
    measure: Measure, seated: Cell, other_cell: Cell, facilitator: Member, today: date
) -> None:
    later = today + timedelta(days=30)
    with time_machine.travel(noon(later)):
        hand_over(measure, to=other_cell.group, collected_by=facilitator, by=facilitator)
    assert owned(measure) == [
        (seated.group_id, measure.defined_on, later),
        (other_cell.group_id, later, None),
    ]
    assert Ownership.objects.within(measure.agency).on(today).get().group == seated.group
    assert Ownership.objects.within(measure.agency).on(later).get().group == other_cell.group


def test_on_its_first_day_it_simply_belongs_to_another(
    measure: Measure, other_cell: Cell, facilitator: Member
) -> None:
    hand_over(measure, to=other_cell.group, collected_by=facilitator, by=facilitator)
    assert owned(measure) == [(other_cell.group_id, measure.defined_on, None)]


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE measures_measure SET owner_id = %(other)s",
        "UPDATE measures_ownership SET group_id = %(other)s",
        "UPDATE measures_ownership SET until = since",
        "DELETE FROM measures_ownership",
    ],
)
def test_the_database_lets_owner_and_ownership_never_differ(
    measure: Measure, other_cell: Cell, attack: str
) -> None:
    with pytest.raises(IntegrityError):
        commit(attack, {"other": other_cell.group_id})


def test_any_group_can_own_a_measure_and_those_in_it_work_with_it(
    agency: Agency, seated: Cell, facilitator: Member, consumer: Member, manager: Member
) -> None:
    council = Group.objects.within(agency).create(
        kind=GroupKind.COUNCIL, name="Council", opened=agency.today()
    )
    assert owners.of(council).defining(council, manager) is not None
    seating.seat(council, consumer, since=agency.today(), by=facilitator)
    council = Group.objects.within(agency).get(pk=council.pk)
    assert owners.of(council).defining(council, consumer) is None
    given = {**DEFINITION, "collected_by": consumer}
    measure = define(council, **given, by=consumer)
    assert measure.owner == council
