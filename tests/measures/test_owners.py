"""A group owns a measure from a day on; people who may know the group may know the measure."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.models import Member
from cells.cell import actions as cell_actions
from cells.cell.models import Cell
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan, PlanStatus
from devtools import seating
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from foundation.refusals import Refused
from groups.models import Group, GroupKind, Seat
from measures.definitions import owners
from measures.definitions.actions import define, hand_over
from measures.definitions.models import Measure, Ownership
from measures.definitions.rules import handing_over, retiring, taking_over
from tests.cells.conftest import DEFINITION, noon, send
from tests.conftest import Login

Periods = list[tuple[int, date, date | None]]


@pytest.fixture
def other_cell(facilitator: Member, start: date) -> Cell:
    return cell_actions.open_cell(name="Evening cell", focus="Evenings", by=facilitator, on=start)


def commit(statement: str, given: dict[str, int]) -> None:
    """Run it, with everything the database checks at commit."""
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


@pytest.mark.parametrize("days", [1, -1])
def test_it_is_not_handed_over_for_a_day_to_come_nor_before_its_owner_had_it(
    measure: Measure, other_cell: Cell, facilitator: Member, today: date, days: int
) -> None:
    with pytest.raises(ValidationError) as refused:
        hand_over(
            measure,
            to=other_cell.group,
            collected_by=facilitator,
            on=today + timedelta(days=days),
            by=facilitator,
        )
    assert set(refused.value.message_dict) == {"on"}
    assert len(owned(measure)) == 1


def test_it_may_be_handed_over_for_a_day_that_has_been(
    measure: Measure, other_cell: Cell, facilitator: Member, today: date
) -> None:
    day = today + timedelta(days=10)
    with time_machine.travel(noon(today + timedelta(days=30))):
        hand_over(measure, to=other_cell.group, collected_by=facilitator, on=day, by=facilitator)
    assert owned(measure)[-1] == (other_cell.group_id, day, None)


def test_a_measure_by_which_a_plan_under_way_is_judged_stays(
    active: ActionPlan, measure: Measure, other_cell: Cell, facilitator: Member
) -> None:
    assert active.status == PlanStatus.ACTIVE
    with pytest.raises(Refused):
        hand_over(measure, to=other_cell.group, collected_by=facilitator, by=facilitator)


def test_who_may_stop_using_a_measure_may_hand_it_over_and_nobody_else(
    measure: Measure, whole: ActionPlan, consumer: Member, approver: Member
) -> None:
    """The page of a measure checks once for both."""
    for by in (consumer, approver):
        assert (handing_over(measure, by) is None) is (retiring(measure, by) is None)
    plan_actions.activate(whole, by=consumer)
    assert handing_over(measure, consumer) is not None
    assert retiring(measure, consumer) is not None


def test_nobody_gives_a_group_what_they_have_no_say_in(
    measure: Measure, seated: Cell, other_cell: Cell, consumer: Member, approver: Member
) -> None:
    assert handing_over(measure, consumer) is None
    assert taking_over(measure, other_cell.group, consumer) is not None
    assert handing_over(measure, approver) is not None
    assert taking_over(measure, seated.group, consumer) is not None


def test_somebody_hands_a_measure_over_on_its_page(
    measure: Measure, seated: Cell, other_cell: Cell, facilitator: Member, login: Login, today: date
) -> None:
    seating.seat(other_cell.group, facilitator, since=today, by=facilitator)
    client, agency = login(facilitator), measure.agency
    own = at(agency, "measures:measure", pk=measure.pk)
    url = at(agency, "measures:new_owner", pk=measure.pk)
    assert url in client.get(own).content.decode()
    later = today + timedelta(days=30)
    with time_machine.travel(noon(later), tick=True):
        client = login(facilitator)
        seat = Seat.objects.within(agency).get(group=other_cell.group, member=facilitator)
        answer = send(client, url, to=code_of(seat), on=later.isoformat())
        assert (answer.status_code, answer["Location"]) == (302, own)
        page = client.get(own)
        assert page.context["page"].owners[0]["key"] == other_cell.group.name
        assert page.context["page"].owners[1]["key"] == seated.group.name
    assert owned(measure)[-1] == (other_cell.group_id, later, None)
    measure.refresh_from_db()
    assert (measure.owner_id, measure.collected_by_id) == (other_cell.group_id, facilitator.pk)


def test_the_page_says_where_nobody_else_can_take_it(
    measure: Measure, consumer: Member, login: Login
) -> None:
    page = login(consumer).get(at(measure.agency, "measures:new_owner", pk=measure.pk))
    assert page.status_code == 200
    assert "<form" not in page.content.decode().split("<main")[1].split("</main")[0]


def test_who_may_not_hand_it_over_is_neither_offered_it_nor_let_in(
    measure: Measure, approver: Member, login: Login
) -> None:
    client = login(approver)
    url = at(measure.agency, "measures:new_owner", pk=measure.pk)
    assert (
        url
        not in client.get(at(measure.agency, "measures:measure", pk=measure.pk)).content.decode()
    )
    assert client.get(url).status_code == 403


def test_of_a_hidden_group_nobody_hands_a_measure_over_nor_sees_that_it_had_one(
    measure: Measure,
    seated: Cell,
    other_cell: Cell,
    facilitator: Member,
    approver: Member,
    login: Login,
    today: date,
) -> None:
    Group.objects.within(measure.agency).filter(pk=seated.group_id).update(hidden=True)
    url = at(measure.agency, "measures:new_owner", pk=measure.pk)
    assert login(approver).get(url).status_code == 404
    later = today + timedelta(days=3)
    with time_machine.travel(noon(later), tick=True):
        hand_over(measure, to=other_cell.group, collected_by=facilitator, by=facilitator)
        page = login(approver).get(at(measure.agency, "measures:measure", pk=measure.pk))
        assert seated.group.name not in page.content.decode()
        assert page.context["page"].owners[1]["key"] == "Another group"


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
