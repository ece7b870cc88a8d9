"""Random lives of money keep every promise, whoever does what, and whatever SQL is tried."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import ClassVar

import pytest
import time_machine
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accounts.actions import grant_role
from accounts.models import Member, RoleGrant
from accounts.permissions import Role
from compensation.choosing import actions as choosing
from compensation.offers import actions as offering
from compensation.plan.models import PlanVersion
from devtools.seating import seat
from foundation.models import Agency
from groups.models import Group, Seat
from tests.compensation import money_promises
from tests.compensation.conftest import council, plan
from tests.compensation.money_life import ACTS, NOT_NOW, MoneyLife, Nothing
from tests.compensation.money_promises import attack, check, in_parts
from tests.security.test_money import together

__all__ = ["council", "plan"]

LIVES, STEPS = 24, 50
NUMBERS = st.integers(0, 199)
TRIES = 4
# Acts that follow each other, the last one first: two in three steps try to go on with a chain.
CHAINS = (
    (
        *("confirm_money", "count_money_back", "hand_money_out", "take_money_out"),
        *("approve_money_for_today", "meet"),
    ),
    ("settle_advance", "pay", "approve", "ask_advance"),
    ("find_payment", "say_whether_it_came", "pay", "approve"),
    ("release_run", "prepare_run", "approve"),
    ("close", "ask_to_close", "end_deputy", "name_deputy"),
    ("send_cost_again", "send_cost_back", "cost"),
)
# What most others need comes more often.
OFTEN = (
    "meet",
    "approve",
    "pay",
    "approve_money_for_today",
    "take_money_out",
    "hand_money_out",
) * 2
SOMETHING = st.sampled_from((*ACTS, *OFTEN, *("days_go_by", "somebody_writes_sql") * 4))


@pytest.fixture
def life(
    plan: PlanVersion,
    council: Group,
    consumer: Member,
    provider: Member,
    administrator: Member,
    facilitator: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
) -> MoneyLife:
    """Two people who are paid; two who approve and two who pay, one of whom may do both."""
    today = agency.today()
    for role in (Role.APPROVER, Role.PAYER):
        grant_role(facilitator, role=role, since=today, by=administrator)
    pantry = offering.list_organization(name="Harbor Pantry", by=administrator, on=today)
    offering.offer_for_line(provider, on=today)
    choosing.elect(consumer, choice="accept", on=today)

    def fresh(member: Member) -> Member:
        found = Member.objects.within(agency).select_related("user").get(pk=member.pk)
        found.agency = agency
        return found

    both = fresh(facilitator)
    return MoneyLife(
        agency=agency,
        council=council,
        pantry=pantry,
        members=[fresh(consumer), fresh(provider)],
        administrator=fresh(administrator),
        approvers=[fresh(approver), both],
        payers=[fresh(payer), both],
    )


class LivesOfMoney(RuleBasedStateMachine):
    """One life, all of it in a transaction that is rolled back."""

    life: ClassVar[MoneyLife]
    done: ClassVar[Counter[str]]
    chains: ClassVar[Sequence[tuple[str, ...]]]
    chain: tuple[str, ...]

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(datetime.now(UTC), tick=False)
        self.now = self.clock.start()
        self.all = transaction.atomic()
        self.all.__enter__()
        self.seats = Seat.objects.within(self.life.agency).count()
        self.steps, self.tried, self.chain = 0, Counter[str](), self.chains[0]
        self.life.paid = {}

    @rule(what=SOMETHING, n=NUMBERS)
    def somebody_does(self, what: str, n: int) -> None:
        if not self.steps:
            # Nothing depends on other lives, so that each can be lived again.
            self.chain = self.chains[n % len(self.chains)]
        self.steps += 1
        if what == "days_go_by":
            self.now.shift(timedelta(days=n % 13))
        elif what == "somebody_writes_sql":
            attack(self.life, n)
        else:
            self._act(what, n)

    def _act(self, what: str, n: int) -> None:
        """This, or something else that can be done now: otherwise half of all acts are refused."""
        rare = sorted(ACTS, key=lambda name: self.tried[name])
        # Two thirds that have even and odd numbers, which choose among two people.
        chain = () if n % 3 == 2 else self.chain
        for name in [what, *chain, *rare][: TRIES + len(chain)]:
            self.tried[name] += 1
            try:
                with transaction.atomic():
                    ACTS[name](self.life, n)
            except NOT_NOW:
                self.done["not now"] += 1
            else:
                self.done[name] += 1
                return

    @invariant()
    def every_promise_is_kept(self) -> None:
        check(self.life, self.seats, files=self.steps % 10 == 9)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.all.__exit__(None, None, None)
        self.clock.stop()


def live(
    life: MoneyLife, lives: int, steps: int, chains: Sequence[tuple[str, ...]] = CHAINS
) -> Counter[str]:
    """Let so many lives be lived, each with one of the chains; how often each act was done."""

    class These(LivesOfMoney):
        pass

    These.life, These.done, These.chains = life, Counter(), chains
    run_state_machine_as_test(
        These,
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            report_multiple_bugs=False,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    return These.done


@pytest.mark.django_db
def test_every_promise_about_money_is_kept_in_any_order(life: MoneyLife) -> None:
    done = live(life, LIVES, STEPS)
    # What is done depends on the day: a rare act may need more lives, of its own kind.
    for more in (LIVES // 4, LIVES, 3 * LIVES):
        if missing := {*ACTS} - {*done}:
            own = [chain for chain in CHAINS if missing & {*chain}]
            done += live(life, more, STEPS, own or [tuple(missing)])
    assert {*done} >= {*ACTS}, f"{done} never done: {sorted({*ACTS} - {*done})}"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_keep_every_promise(life: MoneyLife) -> None:
    """Two people act in the same moment, again and again; each act is done, or refused in words."""
    chance = Random(7)
    seats = Seat.objects.within(life.agency).count()

    def do(name: str, n: int) -> None:
        with transaction.atomic():
            ACTS[name](life, n)

    for _turn in range(40):
        acts: list[Callable[[], object]] = [
            partial(do, chance.choice(AT_ONCE), chance.randrange(200)) for _both in range(2)
        ]
        outcomes = together(life.agency, *acts)
        wrong = [each for each in outcomes if not (each is None or isinstance(each, NOT_NOW))]
        assert not wrong, wrong
        check(life, seats, files=False)


AT_ONCE = ("meet", "correct", "elect", "cost", *("approve", "pay") * 3, "reverse", "undo_approval")


@pytest.mark.django_db
@pytest.mark.parametrize("broken", ["sql", "seats", "roles"])
def test_a_broken_promise_is_seen(
    broken: str, life: MoneyLife, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A choice that moves a seat, or something that the database takes, ends the run.

    So does a role that, as is found later, nobody had on the day of what they approved.
    """
    if broken == "seats":

        def seats(life: MoneyLife, n: int) -> None:
            seat(life.council, life.payers[0], since=life.today, by=life.administrator)

        monkeypatch.setitem(ACTS, "elect", seats)
    elif broken == "roles":

        def roles(life: MoneyLife, n: int) -> None:
            grants = RoleGrant.objects.within(life.agency).filter(role=Role.APPROVER)
            first = grants.earliest("since").since
            if not life.claims().filter(approved_on__gt=first).exists():
                raise Nothing
            grants.update(until=F("since"))

        monkeypatch.setitem(ACTS, "end_deputy", roles)
    else:
        monkeypatch.setattr(
            money_promises, "ATTACKS", ("UPDATE compensation_claim SET what_for = 'Anything'",)
        )
    with pytest.raises(AssertionError):
        live(life, 20, 30)


@pytest.mark.django_db
def test_more_pay_in_a_month_than_was_wished_for_is_seen(life: MoneyLife) -> None:
    month = life.today.replace(day=1)
    one, two = ((1, month, n, Decimal(25 * n), Decimal(20)) for n in (1, 2))
    in_parts(life, [one])
    # A line alone may be worth more; a second one, after that, may not.
    with pytest.raises(AssertionError):
        in_parts(life, [two])
    # What was paid before the wish stays paid.
    in_parts(life, [two])
