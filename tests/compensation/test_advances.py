"""Money before a meeting: paid by others, settled once, and no part of pay."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Member
from compensation.advances import actions
from compensation.advances.models import SpentAdvance
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, ClaimKind, ClaimStatus, CostKind
from compensation.claims.receipts import receipt_of
from compensation.payments import actions as paying
from compensation.payments.counsel import counsel
from compensation.payments.models import Payment
from compensation.plan.models import PlanVersion
from compensation.policies import SETTLE_AFTER
from compensation.proving.checking import findings
from compensation.registers.reading import PaidDays, RegisterGrouping, register
from devtools.seating import seat
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import plan_meeting
from groups.models import Group, Meeting
from notifications.waiting import waiting
from tests.compensation.conftest import council, earned, meeting, plan
from tests.compensation.test_kinds_of_cost import photo
from tests.compensation.test_reaching import on_paper
from tests.compensation.test_vouching import refusing, write
from tests.conftest import Login, assert_budget

__all__ = ["council", "earned", "meeting", "on_paper", "plan"]


@pytest.fixture
def next_meeting(council: Group, administrator: Member) -> Meeting:
    soon = timezone.now() + timedelta(days=5)
    return plan_meeting(council, starts_at=soon, by=administrator)


@pytest.fixture
def advance(
    plan: PlanVersion,
    next_meeting: Meeting,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
) -> Claim:
    """Twenty dollars for childcare, paid before the meeting."""
    asked = actions.ask(
        member=consumer,
        meeting=next_meeting,
        cost=CostKind.CHILDCARE,
        what_for="A sitter",
        amount=Decimal(20),
        by=consumer,
    )
    claiming.approve([asked], by=approver, on=agency.today())
    paying.pay([asked], by=payer, paid_on=agency.today(), method="cash")
    asked.refresh_from_db()
    connection.check_constraints()
    return asked


def test_it_is_asked_for_once_and_due_before_the_meeting(
    plan: PlanVersion, next_meeting: Meeting, consumer: Member, agency: Agency, login: Login
) -> None:
    client, url = login(consumer), at(agency, "compensation:ask_advance")
    assert url in client.get(at(agency, "compensation:claim_cost")).text
    form = client.get(url).context["form"]
    sent = {
        "submission": uuid4(),
        "meeting": next(iter(form.by_code)),
        "cost": "fare",
        "what_for": "The bus",
        "amount": "6",
    }
    assert client.post(url, sent).status_code == 302
    line = Claim.objects.within(agency).get()
    assert line.in_advance
    assert line.service_on == next_meeting.on
    assert agency.today() <= line.due_on <= next_meeting.on
    assert client.post(url, {**sent, "submission": uuid4()}).status_code == 403
    assert Claim.objects.within(agency).count() == 1


def test_only_for_a_meeting_to_come_in_which_one_has_a_seat(
    plan: PlanVersion,
    meeting: Meeting,
    next_meeting: Meeting,
    consumer: Member,
    second_consumer: Member,
    facilitator: Member,
    agency: Agency,
    login: Login,
) -> None:
    for whose, where, by in (
        (consumer, meeting, consumer),
        (second_consumer, next_meeting, second_consumer),
        (consumer, next_meeting, facilitator),
    ):
        with pytest.raises(Refused):
            actions.ask(
                member=whose, meeting=where, cost="fare", what_for="Bus", amount=Decimal(5), by=by
            )
    url = at(agency, "compensation:ask_advance")
    assert login(second_consumer).get(url).context.get("form") is None


def test_what_is_left_is_set_off_against_pay_and_is_no_pay(
    advance: Claim,
    earned: Claim,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    login: Login,
) -> None:
    left = actions.settle(advance, spent=Decimal(15), receipt=receipt_of(photo()), by=consumer)
    assert left is not None
    assert (left.amount, left.kind) == (Decimal(-5), ClaimKind.REIMBURSEMENT)
    connection.check_constraints()
    assert login(consumer).get(at(agency, "compensation:receipt", pk=left.pk)).status_code == 200
    with pytest.raises(Refused):
        claiming.withdraw(left, by=consumer)
    with pytest.raises(Refused):
        claiming.send_back(left, reason="Why?", by=approver)
    claiming.approve([left, earned], by=approver, on=agency.today())
    (paid,) = paying.pay([earned], by=payer, paid_on=agency.today(), method="cash")
    connection.check_constraints()
    assert (paid.amount, paid.set_off) == (Decimal(35), Decimal(5))
    left.refresh_from_db()
    assert left.status == ClaimStatus.PAID
    today = agency.today()
    mine = Payment.objects.within(agency).filter(member=consumer)
    assert counsel(consumer, today).this.worth == Decimal(40), mine
    sums = register(agency, PaidDays(today, today), RegisterGrouping.PERSON).total
    assert (sums.pay, sums.costs, sums.paid) == (Decimal(40), Decimal(15), Decimal(55))
    assert list(findings(agency)) == []


def test_what_is_missing_is_a_further_cost(
    advance: Claim, consumer: Member, approver: Member, payer: Member, agency: Agency
) -> None:
    more = actions.settle(advance, spent=Decimal("26.50"), no_receipt="Lost", by=consumer)
    assert more is not None
    assert more.amount == Decimal("6.50")
    claiming.approve([more], by=approver, on=agency.today())
    paying.pay([more], by=payer, paid_on=agency.today(), method="cash")
    connection.check_constraints()
    assert list(findings(agency)) == []


def test_it_waits_some_days_after_the_meeting_and_holds_up_no_pay(
    advance: Claim, earned: Claim, consumer: Member, approver: Member, payer: Member, agency: Agency
) -> None:
    day = advance.service_on + SETTLE_AFTER.span(agency, agency.today())

    def asked(on: object) -> list[str]:
        return [each.title for each in waiting(consumer, on) if "you spent" in each.title]  # type: ignore[arg-type]

    assert asked(day - timedelta(days=1)) == []
    assert len(asked(day)) == 1
    claiming.approve([earned], by=approver, on=agency.today())
    assert paying.pay([earned], by=payer, paid_on=agency.today(), method="cash")
    actions.settle(advance, spent=advance.amount, no_receipt="Lost", by=consumer)
    assert asked(day) == []


def test_it_is_settled_once_by_its_member_with_proof(
    advance: Claim, consumer: Member, approver: Member, agency: Agency, login: Login
) -> None:
    url = at(agency, "compensation:settle", pk=advance.pk)
    client, mine = login(consumer), at(agency, "compensation:my_payments")
    assert url in client.get(mine).text
    assert_budget(client, mine)
    assert login(approver).get(url).status_code == 404
    sent = {"submission": uuid4(), "spent": "20"}
    assert client.post(url, sent).status_code == 422
    for _click in range(2):
        assert client.post(url, sent | {"no_receipt": "Lost"}).status_code == 302
    assert client.get(url).status_code == 403
    assert url not in client.get(mine).text
    assert not Claim.objects.within(agency).filter(settles=advance).exists()
    with pytest.raises(Refused):
        actions.settle(advance, spent=Decimal(1), no_receipt="Lost", by=consumer)


def test_the_database_takes_one_true_settlement(
    advance: Claim, consumer: Member, approver: Member, second_consumer: Member, agency: Agency
) -> None:
    settled = SpentAdvance.objects.within(agency)

    def say(spent: str, by: Member = consumer, why: str = "Lost") -> SpentAdvance:
        made = settled.create(
            claim=advance, spent=spent, no_receipt=why, settled_on=agency.today(), by=by
        )
        connection.check_constraints()
        return made

    def differ(amount: str, member: Member = consumer) -> None:
        Claim.objects.within(agency).create(
            member=member,
            kind="reimbursement",
            cost="childcare",
            settles=advance,
            status="earned",
            service_on=advance.service_on,
            amount=Decimal(amount),
            what_for="A sitter",
            no_receipt="Lost",
            clock_since=agency.today(),
            due_on=agency.today(),
        )
        connection.check_constraints()

    with refusing("not the difference"):
        say("15")
    with refusing("no advance"):
        say("20", by=approver)
    with refusing("no advance"):
        say("20", why="")
    with refusing("not the difference"):
        differ("-5")
    actions.settle(advance, spent=Decimal(15), no_receipt="Lost", by=consumer)
    connection.check_constraints()
    with refusing("spent_advance_once"):
        say("15")
    with refusing("claim_settles_once"):
        differ("-5")
    with refusing("permission denied"):
        settled.update(spent=1)
    line = Claim.objects.within(agency).get(settles=advance)
    for wrong in ({"amount": Decimal(-500)}, {"settles": None}):
        with refusing("does not change"):
            write(line, **wrong)
    with refusing("does not change"):
        write(advance, in_advance=False)
    with refusing("claim_amount"):
        Claim.objects.within(agency).create(
            member=consumer,
            kind="reimbursement",
            cost="fare",
            status="earned",
            service_on=agency.today(),
            amount=Decimal(-5),
            what_for="Bus",
            no_receipt="Lost",
            clock_since=agency.today(),
            due_on=agency.today(),
        )


def test_somebody_on_paper_is_asked_for_and_their_facilitator_says_what_was_spent(
    plan: PlanVersion,
    council: Group,
    next_meeting: Meeting,
    on_paper: Member,
    facilitator: Member,
    administrator: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    login: Login,
) -> None:
    seat(council, on_paper, since=agency.today(), by=administrator)
    client = login(facilitator)
    url = at(agency, "compensation:ask_advance_for", pk=on_paper.pk)
    assert url in client.get(at(agency, "compensation:claim_cost_for", pk=on_paper.pk)).text
    sent = {
        "submission": uuid4(),
        "meeting": next(iter(client.get(url).context["form"].by_code)),
        "cost": "fare",
        "what_for": "The bus",
        "amount": "6",
    }
    assert client.post(url, sent).status_code == 302
    line = Claim.objects.within(agency).get()
    claiming.approve([line], by=approver, on=agency.today())
    paying.pay([line], by=payer, paid_on=agency.today(), method="cash")
    spent = {"submission": uuid4(), "spent": "6", "no_receipt": "The machine gave none"}
    page = at(agency, "compensation:settle", pk=line.pk)
    assert client.post(page, spent).status_code == 302
    assert SpentAdvance.objects.within(agency).get().by == facilitator
