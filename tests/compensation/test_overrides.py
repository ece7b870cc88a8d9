"""Rules of pay that were set aside: counted with their reasons, without names or small groups."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Member, StandingKind
from accounts.permissions import Role
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.deputies import actions as deputies
from compensation.overrides.presenting import rows_shown
from compensation.overrides.reading import Overridden, Rule, overridden, quarters
from compensation.payments import actions as paying
from compensation.plan.models import PlanVersion
from compensation.same_day import actions as same_day
from compensation.same_day.models import DayFund
from foundation.addresses import at
from foundation.models import Agency
from groups.actions import plan_meeting
from groups.models import Group, Meeting
from tests.compensation.conftest import attend, council, earned, meeting, plan
from tests.compensation.test_budget import enter as enter_line
from tests.compensation.test_founding_plan import committee, founded
from tests.compensation.test_same_day import fund, taken
from tests.conftest import Enter, Login, assert_budget
from tests.days import days_on

__all__ = ["committee", "council", "earned", "fund", "meeting", "plan", "taken"]

DAY = timedelta(days=1)
FEW = ("fewer than 5 people, or nobody", "Too few to show")


def today_of(agency: Agency) -> dict[Rule, Overridden]:
    """What was set aside today, one of each rule."""
    on = agency.today()
    return {each.rule: each for each in overridden(agency, on, on + DAY)}


def cost(member: Member, approver: Member, no_receipt: str = "Lost") -> Claim:
    claim = claiming.claim_cost(
        member=member,
        amount=Decimal(3),
        on=member.agency.today(),
        what_for="Bus",
        no_receipt=no_receipt,
        by=member,
    )
    (approved,) = claiming.approve([claim], by=approver, on=member.agency.today())
    return approved


@pytest.mark.parametrize(("people", "told"), [(0, FEW), (4, FEW), (5, ("5", "$15.00"))])
def test_a_few_people_and_nobody_look_the_same(
    people: int, told: tuple[str, str], approver: Member, enter: Enter, agency: Agency
) -> None:
    for number in range(people):
        cost(enter(f"Person {number}", StandingKind.PRIMARY_CONSUMER), approver)
    rows = {rule: rest for rule, _why, *rest in rows_shown(today_of(agency).values())}
    assert tuple(rows[str(Rule.RECEIPT.label)]) == told


def test_five_costs_of_one_person_are_one_person(
    approver: Member, consumer: Member, agency: Agency
) -> None:
    for _each in range(5):
        cost(consumer, approver)
    found = today_of(agency)[Rule.RECEIPT]
    assert (found.times, found.people, found.shown) == (5, 1, False)


def test_deputies_are_counted_for_what_they_did_on_their_days(
    earned: Claim,
    consumer: Member,
    approver: Member,
    payer: Member,
    facilitator: Member,
    administrator: Member,
    provider: Member,
    agency: Agency,
) -> None:
    on = agency.today()
    for member, role, holder in (
        (administrator, Role.APPROVER, approver),
        (facilitator, Role.PAYER, payer),
    ):
        deputies.name_deputy(member, role=role, holder=holder, since=on, last=on, by=holder)
    stands_in, pays = (
        Member.objects.within(agency).get(pk=each.pk) for each in (administrator, facilitator)
    )
    stands_in.agency = pays.agency = agency
    mine = cost(provider, approver)
    (line,) = claiming.approve([earned], by=stands_in, on=on)
    paying.pay([line], by=pays, paid_on=on, method="cash")
    paying.pay([mine], by=payer, paid_on=on, method="cash")
    found = today_of(agency)
    for rule in (Rule.APPROVES, Rule.PAYS):
        assert (found[rule].times, found[rule].amount) == (1, line.amount)
    assert found[Rule.APPROVED_FIRST].times == 0
    yesterday = {each.rule: each for each in overridden(agency, on - DAY, on)}
    assert yesterday[Rule.PAYS].times == 0


def test_money_that_was_handed_over_before_its_approval_is_counted(
    consumer: Member, approver: Member, payer: Member, agency: Agency
) -> None:
    on = agency.today()
    paying.pay([cost(consumer, approver)], by=payer, paid_on=on - DAY, method="cash")
    (found,) = (
        each for each in overridden(agency, on - DAY, on) if each.rule == Rule.APPROVED_FIRST
    )
    assert (found.times, found.amount) == (1, Decimal(3))
    assert today_of(agency)[Rule.APPROVED_FIRST].times == 0


def test_what_was_overpaid_and_let_go_is_counted_on_its_day(
    earned: Claim,
    consumer: Member,
    approver: Member,
    administrator: Member,
    meeting: Meeting,
    agency: Agency,
) -> None:
    claiming.approve([earned], by=approver, on=agency.today())
    attend(meeting, administrator, {consumer: "1.50"})
    left = Claim.objects.within(agency).get(kind="adjustment")
    assert today_of(agency)[Rule.DEDUCTED].times == 0
    claiming.refuse(left, reason="A kindness.", by=approver)
    found = today_of(agency)[Rule.DEDUCTED]
    assert (found.times, found.amount) == (1, Decimal(10))
    with time_machine.travel(days_on(2)):
        assert today_of(agency)[Rule.DEDUCTED].times == 0


def test_pay_by_a_plan_of_the_founding_is_counted(
    council: Group,
    consumer: Member,
    approver: Member,
    administrator: Member,
    facilitator: Member,
    agency: Agency,
) -> None:
    founded(administrator, facilitator)
    gathering = plan_meeting(council, starts_at=timezone.now(), by=administrator)
    attend(gathering, administrator, {consumer: "1.00"})
    choosing.elect(consumer, choice="accept", on=agency.today())
    line = Claim.objects.within(agency).get(member=consumer)
    claiming.approve([line], by=approver, on=agency.today())
    found = today_of(agency)[Rule.RATIFIED]
    assert (found.times, found.amount) == (1, line.amount)


def test_the_committee_reads_counts_and_reasons_but_no_names(
    taken: DayFund,
    plan: PlanVersion,
    council: Group,
    committee: Group,
    committee_chair: Member,
    administrator: Member,
    approver: Member,
    consumer: Member,
    facilitator: Member,
    payer: Member,
    agency: Agency,
    login: Login,
) -> None:
    enter_line(administrator, "10")
    soon = timezone.now() + timedelta(days=7)
    plan_meeting(council, starts_at=soon, beyond="urgent", by=administrator)
    same_day.count_back(taken, brought_back=Decimal(93), reason="A torn bill.", by=payer)
    cost(consumer, approver)
    address = at(agency, "compensation:overrides")
    with time_machine.travel(days_on(100)):
        since = next(first for first, end in quarters(agency.today()) if _within(first, end))
        client = login(committee_chair)
        assert address in client.get(at(agency, "oversight:committee")).text
        assert_budget(client, address)
        main = client.get(address, {"from": since.isoformat()}).text.partition("<main")[2]
        for person in (consumer, facilitator):
            assert login(person).get(address).status_code == 403
    for words in ("It can’t wait", "$20.00", "$7.00", *FEW):
        assert words in main
    assert "$3.00" not in main
    assert consumer.full_name not in main


def _within(first: date, end: date) -> bool:
    return first <= days_on(0).date() - timedelta(days=100) < end


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 30), (date(2026, 7, 1), date(2026, 10, 1))),
        (date(2026, 1, 1), (date(2025, 10, 1), date(2026, 1, 1))),
        (date(2026, 3, 31), (date(2025, 10, 1), date(2026, 1, 1))),
    ],
)
def test_only_quarters_that_are_over_are_shown(today: date, first: tuple[date, date]) -> None:
    found = quarters(today)
    assert found[0] == first
    assert len(found) == 4
    assert all(later[0] == earlier[1] for later, earlier in pairwise(found))
