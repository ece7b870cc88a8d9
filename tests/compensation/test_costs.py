"""A suspicious cost is asked about; a cost can be withdrawn, or refused with a reason."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from accounts.actions import grant_role
from accounts.models import Member
from accounts.permissions import Role
from compensation.claims import actions
from compensation.claims.models import Claim, ClaimStatus
from compensation.plan.models import PlanVersion
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from notifications.models import Message
from tests.conftest import Login


@pytest.fixture
def cost(consumer: Member, agency: Agency, plan: PlanVersion) -> Claim:
    return actions.claim_cost(
        member=consumer,
        amount=Decimal("3.50"),
        on=agency.today(),
        what_for="Bus",
        no_receipt="Lost",
        by=consumer,
    )


@pytest.mark.parametrize(("amount", "ago"), [("3.50", 0), ("7.00", 400), ("5.00", 46_000)])
def test_what_looks_like_a_mistake_is_asked_about_with_everything_kept(
    amount: str, ago: int, cost: Claim, consumer: Member, agency: Agency, login: Login
) -> None:
    client, url = login(consumer), at(agency, "compensation:claim_cost")
    day = (agency.today() - timedelta(days=ago)).isoformat()
    sent = {"submission": uuid4(), "what_for": "Bus, once more", "amount": amount, "on": day}
    sent["no_receipt"] = "Lost"
    asked = client.post(url, sent)
    assert asked.status_code == 422
    form = asked.context["form"]
    assert form["what_for"].value() == "Bus, once more"
    assert Claim.objects.within(agency).count() == 1
    checks = [form[name].check for name in form.far_from_usual]
    assert checks
    sure = {check.name: check.value for check in checks}
    # It was checked for another value, so it is asked about again.
    client.post(url, {**sent, **dict.fromkeys(sure, "2020-01-01")})
    assert Claim.objects.within(agency).count() == 1
    assert client.post(url, sent | sure).status_code == 302
    assert client.post(url, sent | sure).status_code == 302
    assert Claim.objects.within(agency).count() == 2


def test_a_usual_cost_is_not_asked_about(
    plan: PlanVersion, consumer: Member, agency: Agency, login: Login
) -> None:
    sent = {
        "submission": uuid4(),
        "what_for": "Bus",
        "amount": "3.50",
        "no_receipt": "Lost",
        "on": agency.today().isoformat(),
    }
    assert login(consumer).post(at(agency, "compensation:claim_cost"), sent).status_code == 302


def test_what_was_withdrawn_or_refused_is_not_the_same_claim_twice(
    cost: Claim, consumer: Member, agency: Agency, login: Login
) -> None:
    actions.withdraw(cost, by=consumer)
    sent = {
        "submission": uuid4(),
        "what_for": "Bus",
        "amount": "3.50",
        "no_receipt": "Lost",
        "on": agency.today().isoformat(),
    }
    assert login(consumer).post(at(agency, "compensation:claim_cost"), sent).status_code == 302


@pytest.mark.parametrize("state", ["earned", "returned"])
def test_an_owner_takes_a_cost_back(
    state: str, cost: Claim, consumer: Member, approver: Member, agency: Agency, login: Login
) -> None:
    if state == "returned":
        actions.send_back(cost, reason="Which bus?", by=approver)
    client = login(consumer)
    url = at(agency, "compensation:withdraw", pk=cost.pk)
    assert url in client.get(at(agency, "compensation:my_payments")).content.decode()
    sent = {"submission": uuid4()}
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent).status_code == 302
    cost.refresh_from_db()
    assert cost.status == ClaimStatus.WITHDRAWN
    assert not Claim.objects.within(agency).to_approve().exists()


def test_nobody_else_takes_a_cost_back_and_nobody_after_its_approval(
    cost: Claim,
    consumer: Member,
    second_consumer: Member,
    approver: Member,
    agency: Agency,
    login: Login,
) -> None:
    for person in (second_consumer, approver):
        with pytest.raises(Refused):
            actions.withdraw(cost, by=person)
        url = at(agency, "compensation:withdraw", pk=cost.pk)
        assert login(person).get(url).status_code == 404
    actions.approve([cost], by=approver, on=agency.today())
    with pytest.raises(Refused):
        actions.withdraw(cost, by=consumer)


def test_an_approver_refuses_a_cost_with_a_reason_that_its_owner_reads(
    cost: Claim, consumer: Member, approver: Member, agency: Agency, login: Login
) -> None:
    url = at(agency, "compensation:refuse", pk=cost.pk)
    client = login(approver)
    assert client.post(url, {"submission": uuid4(), "reason": " "}).status_code == 422
    sent = {"submission": uuid4(), "reason": "Lunch is not part of the plan."}
    assert client.post(url, sent).status_code == 302
    page = login(consumer).get(at(agency, "compensation:my_payments")).content.decode()
    assert "Lunch is not part of the plan." in page
    told = Message.objects.within(agency).filter(member=consumer, code="payment.refused")
    assert told.count() == 1


def test_an_approver_asks_about_a_cost_and_its_owner_answers(
    cost: Claim,
    consumer: Member,
    second_consumer: Member,
    approver: Member,
    agency: Agency,
    login: Login,
) -> None:
    asking, approving = at(agency, "compensation:send_back", pk=cost.pk), login(approver)
    assert asking in approving.get(at(agency, "compensation:payments")).content.decode()
    assert approving.post(asking, {"submission": uuid4(), "reason": ""}).status_code == 422
    sent = {"submission": uuid4(), "reason": "Was this for two rides?"}
    assert approving.post(asking, sent).status_code == 302
    assert asking not in approving.get(at(agency, "compensation:payments")).content.decode()
    answering, mine = at(agency, "compensation:claim_again", pk=cost.pk), login(consumer)
    assert answering in mine.get(at(agency, "home_of")).content.decode()
    assert "Was this for two rides?" in mine.get(answering).content.decode()
    assert login(second_consumer).get(answering).status_code == 404
    again = {"submission": uuid4(), "what_for": "Two rides", "amount": "7.00"}
    assert mine.post(answering, again).status_code == 302
    cost.refresh_from_db()
    assert cost.status == ClaimStatus.EARNED
    assert (cost.amount, cost.what_for) == (Decimal(7), "Two rides")
    assert asking in approving.get(at(agency, "compensation:payments")).content.decode()


def test_time_that_was_given_is_never_refused(
    earned: Claim, approver: Member, payer: Member, consumer: Member, agency: Agency
) -> None:
    for person in (approver, payer, consumer):
        with pytest.raises(Refused):
            actions.refuse(earned, reason="No.", by=person)


def test_who_asked_for_it_on_somebodys_behalf_approves_and_pays_nothing_of_it(
    plan: PlanVersion,
    consumer: Member,
    facilitator: Member,
    administrator: Member,
    agency: Agency,
) -> None:
    for role in (Role.APPROVER, Role.PAYER):
        grant_role(facilitator, role=role, since=agency.today(), by=administrator)
    by = Member.objects.within(agency).get(pk=facilitator.pk)
    by.agency = agency
    line = actions.claim_cost(
        member=consumer,
        amount=Decimal(5),
        on=date(2026, 1, 5),
        what_for="Bus",
        no_receipt="Lost",
        by=by,
    )
    with pytest.raises(Refused, match="wrote this line down"):
        actions.approve([line], by=by, on=agency.today())
    with pytest.raises(Refused, match="wrote this line down"):
        actions.refuse(line, reason="No.", by=by)
    actions.withdraw(line, by=by)
