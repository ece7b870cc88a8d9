"""Many costs are sent back or refused at once, with a usual reason, after a review."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from compensation.claims import actions, views
from compensation.claims.models import Claim, ClaimStatus
from compensation.claims.reasons import REASONS, told
from compensation.plan.models import PlanVersion
from foundation.addresses import at
from foundation.models import Agency, Event
from foundation.pages import submit
from foundation.refusals import Refused
from notifications.models import Message
from tests.compensation.test_lists import copies, cost
from tests.compensation.test_many_at_once import MOST
from tests.compensation.test_paying_many import Payer
from tests.conftest import Login


@pytest.mark.parametrize(
    ("what", "status", "code", "notice"),
    [
        ("send_back", ClaimStatus.RETURNED, "payment.returned", "Sent back: 2 lines."),
        ("refuse", ClaimStatus.REFUSED, "payment.refused", "Not approved: 2 lines."),
    ],
)
def test_costs_are_turned_down_together_and_time_is_left_out(
    what: str,
    status: ClaimStatus,
    code: str,
    notice: str,
    earned: Claim,
    consumer: Member,
    second_consumer: Member,
    approver: Member,
    agency: Agency,
    login: Login,
) -> None:
    costs = [cost(consumer, 5), cost(second_consumer, 7)]
    queue = Payer(login(approver), at(agency, "compensation:payments"))
    queue.send()
    page = queue.send(step="turn_down")
    assert "Rosa Example, $5.00: Bus" in page
    assert "1 line is left out" in page
    assert "Time that was given is paid" in page
    assert not Claim.objects.within(agency).filter(status=status).exists()
    page = queue.send(step="decide", what=what, code="receipt", words="The May one.")
    assert notice in page
    for line in costs:
        line.refresh_from_db()
        assert line.status == status
        assert line.returned_reason == f"{REASONS['receipt']} The May one."
        assert line.refused_by == (approver if what == "refuse" else None)
    earned.refresh_from_db()
    assert earned.status == ClaimStatus.EARNED
    events = Event.objects.within(agency).filter(name=code, actor=approver)
    assert {each.subject_id for each in events} == {each.pk for each in costs}
    news = Message.objects.within(agency).filter(code=code)
    assert {each.member for each in news} == {consumer, second_consumer}
    mine = login(consumer).get(at(agency, "compensation:my_payments")).content.decode()
    assert "The receipt is missing, or we can’t read it. The May one." in mine


@pytest.mark.parametrize(
    "typed", [{}, {"what": "refuse", "code": "other", "words": " "}, {"what": "x", "code": "y"}]
)
def test_without_a_reason_nothing_is_turned_down(
    typed: dict[str, str],
    plan: PlanVersion,
    consumer: Member,
    approver: Member,
    agency: Agency,
    login: Login,
) -> None:
    cost(consumer, 5)
    queue = Payer(login(approver), at(agency, "compensation:payments"))
    queue.send()
    queue.send(step="turn_down")
    assert "Error:" in queue.send(step="decide", **typed)
    assert queue.status == 422
    assert Claim.objects.within(agency).get().status == ClaimStatus.EARNED


def test_what_changed_meanwhile_is_told_before_it_is_turned_down(
    plan: PlanVersion,
    consumer: Member,
    second_consumer: Member,
    approver: Member,
    agency: Agency,
    login: Login,
) -> None:
    line, other = cost(consumer, 5), cost(second_consumer, 7)
    queue = Payer(login(approver), at(agency, "compensation:payments"))
    queue.send()
    queue.send(step="turn_down")
    Claim.objects.within(agency).filter(pk=line.pk).update(amount=6)
    actions.withdraw(other, by=second_consumer)
    typed = {"what": "refuse", "code": "twice", "words": "", "step": "decide"}
    page = queue.send(**typed)
    assert queue.status == 422
    assert "it is $6.00 now" in page
    assert "left out, since it no longer waits" in page
    assert not Claim.objects.within(agency).filter(status=ClaimStatus.REFUSED).exists()
    queue.send(**typed)
    line.refresh_from_db()
    assert line.status == ClaimStatus.REFUSED


@pytest.mark.parametrize("step", ["confirm", "decide"])
def test_what_was_decided_at_the_very_last_moment_is_told(
    step: str,
    plan: PlanVersion,
    consumer: Member,
    second_consumer: Member,
    approver: Member,
    agency: Agency,
    login: Login,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken, left = cost(consumer, 5), cost(second_consumer, 7)
    queue = Payer(login(approver), at(agency, "compensation:payments"))
    queue.send()
    queue.send(step="review" if step == "confirm" else "turn_down")

    def slow(*how: Any) -> HttpResponse | None:
        actions.withdraw(taken, by=consumer)
        return submit(*how)

    monkeypatch.setattr(views, "submit", slow)
    page = queue.send(step=step, what="refuse", code="twice", words="")
    assert queue.status == 422
    assert "left out, since it no longer waits" in page
    left.refresh_from_db()
    assert left.status == ClaimStatus.EARNED


def test_hundreds_are_turned_down_by_few_statements_and_never_time(
    earned: Claim, consumer: Member, approver: Member, agency: Agency
) -> None:
    copies(cost(consumer, 5), 299)
    costs = Claim.objects.within(agency).filter(kind="reimbursement")
    with CaptureQueriesContext(connection) as asked:
        done = actions.send_back_all(costs, reason=lambda _member: "Why?", by=approver)
    assert len(done) == 300
    assert len(asked) <= MOST, [query["sql"][:90] for query in asked]
    with pytest.raises(Refused):
        actions.refuse_all([earned], reason=lambda _member: "No.", by=approver)


def test_the_reason_is_in_the_language_of_its_reader(consumer: Member) -> None:
    assert told("other", " Ask Femi. ", consumer) == "Ask Femi."
    assert told("twice", "", consumer) == str(REASONS["twice"])
