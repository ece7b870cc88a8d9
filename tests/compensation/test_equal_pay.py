"""What the same work earned on both sides: shown without names, and never of small groups."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Member, StandingKind
from compensation.equal_pay.presenting import rows_shown
from compensation.equal_pay.reading import Compared, Earned, compared, period
from compensation.plan.models import RateBasis, WorkKind
from foundation.addresses import at
from foundation.models import Agency
from groups.actions import plan_meeting, record_attendance
from groups.models import Group
from tests.compensation.conftest import council
from tests.compensation.test_rates import in_force
from tests.conftest import Enter, Login
from tests.days import days_on

__all__ = ["council"]


def earned(each: str, *, people: int = 5, uncut: str = "", rates: str = "20 20") -> Earned:
    lowest, highest = rates.split()
    return Earned(
        people, Decimal(1), Decimal(each), Decimal(uncut or each), Decimal(lowest), Decimal(highest)
    )


def words(consumers: Earned | None, others: Earned | None) -> str:
    ((*_cells, said),) = rows_shown([Compared(WorkKind.MEETING, RateBasis.HOUR, consumers, others)])
    return said


@pytest.mark.parametrize(
    ("consumers", "others", "said"),
    [
        (earned("20"), earned("20.01"), "The same."),
        (earned("18", uncut="20"), earned("20"), "limit for one day"),
        (earned("20", rates="20 25"), earned("25", rates="25 25"), "rate changed"),
        (earned("20"), earned("25"), "can’t tell why"),
        (earned("20", people=4), earned("20"), "Too few people"),
        (earned("20"), None, "Too few people"),
    ],
)
def test_a_difference_is_named_with_its_reason(
    consumers: Earned, others: Earned | None, said: str
) -> None:
    assert said in words(consumers, others)


def test_too_few_and_nobody_look_the_same() -> None:
    rows = rows_shown(
        [
            Compared(WorkKind.MEETING, RateBasis.HOUR, each, None)
            for each in (earned("20", people=4), None)
        ]
    )
    assert rows[0] == rows[1]


@pytest.mark.parametrize(
    ("today", "since", "until"),
    [
        (date(2026, 11, 30), date(2025, 11, 1), date(2026, 11, 1)),
        (date(2028, 2, 29), date(2027, 2, 1), date(2028, 2, 1)),
    ],
)
def test_it_is_about_whole_months(today: date, since: date, until: date) -> None:
    assert period(today) == (since, until)


def test_lines_are_counted_by_side_in_minutes_and_before_the_limit(
    council: Group, administrator: Member, enter: Enter, agency: Agency
) -> None:
    in_force(administrator, {}, cap=Decimal(30))
    consumers = [enter(f"C{n}", StandingKind.PRIMARY_CONSUMER) for n in range(5)]
    family = [enter(f"F{n}", StandingKind.FAMILY_MEMBER) for n in range(5)]
    meeting = plan_meeting(council, starts_at=timezone.now(), by=administrator)
    hours = dict.fromkeys(consumers, Decimal("0.33")) | dict.fromkeys(family, Decimal(2))
    record_attendance(meeting, present=hours, by=administrator)
    today = agency.today()
    (found,) = compared(agency, today, today + timedelta(days=1))
    assert found.consumers is not None
    assert found.others is not None
    assert (found.consumers.people, found.others.people) == (5, 5)
    assert abs(found.consumers.each - 20) < Decimal("0.02")
    assert (found.others.each, found.others.uncut) == (Decimal(15), Decimal(20))
    assert "limit for one day" in rows_shown([found])[0][3]


def test_everybody_who_reads_the_plan_reads_it_and_no_name_is_on_it(
    council: Group, administrator: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    in_force(administrator, {})
    meeting = plan_meeting(council, starts_at=timezone.now(), by=administrator)
    record_attendance(meeting, present={consumer: Decimal(1)}, by=administrator)
    with time_machine.travel(days_on(40)):
        client = login(consumer)
        address = at(agency, "compensation:equal_pay")
        assert address in client.get(at(agency, "compensation:plan")).text
        main = client.get(address).text.partition("<main")[2].partition("</main")[0]
    assert "Too few to show" in main
    assert consumer.display_name not in main
    assert "$" not in main
