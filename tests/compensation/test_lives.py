"""Random sequences of acts on money keep their invariants.

People earn, choose, get and lose roles, leave, return and are erased, and lines are approved, paid
and undone. Nobody decides about their own money, what is owed stays reachable, and what waits waits
for somebody who may do it.
"""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from accounts import actions as accounts
from accounts.leaves import Leave
from accounts.models import Member, RoleGrant
from accounts.permissions import Role
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims import rules as claim_rules
from compensation.claims.models import Claim, ClaimStatus
from compensation.payments import actions as paying
from compensation.payments import rules as payment_rules
from compensation.payments.models import Payment
from compensation.plan.models import PlanVersion
from foundation.addresses import at
from foundation.refusals import Refused
from groups.actions import plan_meeting
from groups.models import Group
from notifications import waiting
from tests.compensation.conftest import attend
from tests.conftest import Enter, Login

STEPS = (
    *("comes", "costs", "accepts", "declines", "approves", "pays", "reverses", "takes back"),
    *("role", "role off", "leaves", "returns", "erased"),
)
Step = tuple[str, int]
steps = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 3)), min_size=4, max_size=14)
OWED = (ClaimStatus.WAITING, ClaimStatus.EARNED, ClaimStatus.APPROVED, ClaimStatus.RETURNED)


class World:
    """Four people who may be paid; two of them may also approve and pay."""

    def __init__(self, council: Group, by: Member, people: list[Member]) -> None:
        self.agency, self.council, self.by = by.agency, council, by
        self.keys = [each.pk for each in people]

    def member(self, number: int) -> Member:
        rows = Member.objects.within(self.agency).with_roles(self.agency.today())
        found = rows.select_related("user").get(pk=self.keys[number])
        found.agency = self.agency
        return found

    def everybody(self) -> list[Member]:
        return [self.member(number) for number in range(len(self.keys))]

    def do(self, what: str, number: int) -> None:
        who, today = self.member(number), self.agency.today()
        claims = Claim.objects.within(self.agency).order_by("pk")
        match what:
            case "comes":
                meeting = plan_meeting(self.council, starts_at=timezone.now(), by=self.by)
                attend(meeting, self.by, {who: "1.00"})
            case "costs":
                claiming.claim_cost(
                    member=who,
                    amount=Decimal(5),
                    on=today,
                    what_for="Bus",
                    no_receipt="Lost",
                    by=who,
                )
            case "accepts" | "declines":
                choosing.elect(who, choice=what.rstrip("s"), on=today)
            case "approves":
                mine = [each for each in claims if claim_rules.approving(each, who) is None]
                claiming.approve(mine or claims.to_approve()[:1], by=who, on=today)
            case "pays":
                mine = [each for each in claims if payment_rules.paying(each, who) is None]
                paying.pay(mine or list(claims.to_pay()[:1]), by=who, paid_on=today, method="cash")
            case "reverses":
                for payment in Payment.objects.within(self.agency).filter(reversed_on=None)[:1]:
                    paying.reverse(payment, reason="It came back.", by=who, on=today)
            case _:
                self.moves(what, who)

    def moves(self, what: str, who: Member) -> None:
        today = self.agency.today()
        match what:
            case "takes back":
                for leave in Leave.objects.within(self.agency).running().filter(member=who)[:1]:
                    accounts.take_leave_back(leave, by=self.by)
            case "role":
                for role in {Role.APPROVER, Role.PAYER} - who.roles:
                    accounts.grant_role(who, role=role, since=today, by=self.by)
            case "role off":
                for grant in RoleGrant.objects.within(self.agency).on(today).filter(member=who):
                    accounts.end_role(grant, by=self.by)
            case "leaves":
                accounts.end_membership(who, on=today, by=self.by)
            case "returns":
                accounts.bring_back(who, by=self.by)
            case "erased":
                accounts.erase(who, by=self.by)


def owed(world: World) -> list[Claim]:
    lines = Claim.objects.within(world.agency).select_related("payment", "member")
    return [each for each in lines if each.status in OWED and each.amount > 0]


def holds(world: World) -> None:
    for claim in Claim.objects.within(world.agency).select_related("payment"):
        assert claim.member_id != claim.approved_by_id
        if claim.payment is not None:
            assert claim.payment.paid_by_id not in (claim.member_id, claim.approved_by_id)
    here = [each for each in world.everybody() if not each.has_left]
    for rule, status, code in (
        (claim_rules.approving, ClaimStatus.EARNED, "payment.nobody_approves"),
        (payment_rules.paying, ClaimStatus.APPROVED, "payment.nobody_pays"),
    ):
        wait = [each for each in owed(world) if each.status == status]
        stuck = [each for each in wait if all(rule(each, by) for by in here)]
        kinds = [waiting._kinds[code]]
        assert bool(stuck) == bool(waiting.waiting(world.by, world.agency.today(), kinds))


def in_reach(world: World, login: Login) -> None:
    """A person's page shows what they are owed, even after they have left."""
    for member in world.everybody():
        theirs = {each.pk for each in owed(world) if each.member_id == member.pk}
        if member.erased_at is not None:
            # Only a payment that bounced: the money waits among the lines to pay.
            lines = Claim.objects.within(world.agency).filter(pk__in=theirs)
            assert set(lines.values_list("status", flat=True)) <= {ClaimStatus.APPROVED}
        elif theirs:
            page = login(member).get(at(world.agency, "compensation:my_payments"))
            assert page.status_code == 200
            assert theirs <= {claim.pk for claim in page.context["coming"]}


@pytest.fixture
def world(
    plan: PlanVersion, council: Group, administrator: Member, consumer: Member, enter: Enter
) -> World:
    people = [
        consumer,
        enter("Nia"),
        enter("Ana", roles=(Role.APPROVER,)),
        enter("Pia", roles=(Role.PAYER,)),
    ]
    return World(council, administrator, people)


@settings(max_examples=8)
@given(taken=steps)
@example(
    taken=[
        *[("comes", 0), ("accepts", 0), ("comes", 2), ("accepts", 2), ("approves", 2)],
        *[("role", 3), ("approves", 3), ("pays", 3), ("leaves", 0), ("role", 2), ("pays", 2)],
        *[("reverses", 3), ("returns", 0), ("erased", 0), ("role off", 3), ("pays", 2)],
    ]
)
@example(taken=[("comes", 0), ("accepts", 0), ("role", 3), ("approves", 3), ("role off", 2)])
@example(
    taken=[
        *[("comes", 0), ("accepts", 0), ("approves", 2), ("pays", 3), ("erased", 0)],
        *[("comes", 0), ("costs", 0), ("reverses", 3)],
    ]
)
@example(taken=[("comes", 2), ("accepts", 2), ("leaves", 2), ("role off", 3), ("comes", 1)])
def test_nobody_decides_about_their_own_money_and_nothing_owed_is_out_of_reach(
    world: World, login: Login, taken: list[Step]
) -> None:
    with transaction.atomic():
        for what, number in taken:
            try:
                with transaction.atomic():
                    world.do(what, number)
            except (Refused, ValidationError):
                continue
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            holds(world)
        in_reach(world, login)
        transaction.set_rollback(True)
