"""Pay in parts: no more pay in a month than its member asked for, and what waits is not late."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import Member
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, ClaimStatus, Owed
from compensation.parts import actions
from compensation.parts.models import PartsWish
from compensation.parts.reading import next_month
from compensation.payments.actions import pay, prepare, prepare_again, release, reverse
from compensation.plan.models import PlanVersion
from devtools.states import state
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import plan_meeting
from groups.models import Group
from tests.accounts.answers import send
from tests.compensation.conftest import attend, council, plan
from tests.compensation.test_ledger import execute
from tests.compensation.test_lists import cost, fields
from tests.compensation.test_payment_runs import second_payer
from tests.conftest import Login, assert_budget
from tests.security.test_money import together

__all__ = ["council", "plan", "second_payer"]


@state
def owed(
    plan: PlanVersion,
    council: Group,
    administrator: Member,
    consumer: Member,
    approver: Member,
    agency: Agency,
) -> list[Claim]:
    """Three approved lines of 20 dollars; the daily limit of the plan is 50."""
    choosing.elect(consumer, choice="accept", on=agency.today())
    for hours in ("1.00", "1.00", "0.50"):
        meeting = plan_meeting(council, starts_at=timezone.now(), by=administrator)
        attend(meeting, administrator, {consumer: hours})
    lines = Claim.objects.within(agency).filter(member=consumer).order_by("pk")
    return claiming.approve(list(lines), by=approver, on=agency.today())


def paid(lines: list[Claim], by: Member) -> Decimal:
    made = pay(lines, by=by, paid_on=by.agency.today(), method="cash")
    return sum((payment.amount for payment in made), Decimal(0))


def refused(lines: list[Claim], by: Member) -> None:
    with pytest.raises(ValidationError), transaction.atomic():
        paid(lines, by)


def waiting(agency: Agency) -> list[Claim]:
    return list(Claim.objects.within(agency).filter(status="approved", amount__gt=0))


def test_a_month_brings_no_more_than_was_asked_for_and_the_rest_is_not_late(
    owed: list[Claim], consumer: Member, payer: Member, agency: Agency
) -> None:
    actions.wish(consumer, per_month=Decimal(40), by=consumer)
    refused(owed, payer)
    assert paid(owed[:2], payer) == Decimal(40)
    refused(owed[2:], payer)
    (left,) = waiting(agency)
    since = next_month(agency.today())
    assert left.clock_since == since
    assert left.due_on == next_month(since) - timedelta(days=1)
    running = Owed.objects.within(agency).get(claim=left, until=None)
    assert (running.clock_since, running.due_on) == (left.clock_since, left.due_on)


def test_a_line_worth_more_than_the_wish_is_paid_alone(
    owed: list[Claim], consumer: Member, payer: Member
) -> None:
    actions.wish(consumer, per_month=Decimal(15), by=consumer)
    refused(owed[:2], payer)
    assert paid(owed[:1], payer) == Decimal(20)
    refused(owed[2:], payer)


def test_costs_always_come_and_take_no_room(
    owed: list[Claim], consumer: Member, approver: Member, payer: Member, agency: Agency
) -> None:
    actions.wish(consumer, per_month=Decimal(40), by=consumer)
    (bus,) = claiming.approve([cost(consumer, 30)], by=approver, on=agency.today())
    assert paid([bus], payer) == Decimal(30)
    assert paid(owed[:2], payer) == Decimal(40)


def test_it_is_changed_or_taken_back_and_what_was_undone_takes_no_room(
    owed: list[Claim], consumer: Member, payer: Member, agency: Agency
) -> None:
    actions.wish(consumer, per_month=Decimal(20), by=consumer)
    (made,) = pay(owed[:1], by=payer, paid_on=agency.today(), method="cash")
    refused(owed[1:2], payer)
    reverse(made, reason="It did not come.", by=payer, on=agency.today())
    assert paid(owed[1:2], payer) == Decimal(20)
    actions.wish(consumer, per_month=Decimal(40), by=consumer)
    refused([owed[0], owed[2]], payer)
    actions.wish(consumer, per_month=None, by=consumer)
    assert paid([owed[0], owed[2]], payer) == Decimal(30)
    assert waiting(agency) == []


def test_a_run_leaves_out_what_goes_beyond_it(
    owed: list[Claim],
    consumer: Member,
    payer: Member,
    second_payer: Member,
    agency: Agency,
) -> None:
    today = agency.today()
    run = prepare(owed, by=payer, paid_on=today, method="cash")
    actions.wish(consumer, per_month=Decimal(20), by=consumer)
    with pytest.raises(ValidationError), transaction.atomic():
        release(run, by=second_payer)
    with pytest.raises(ValidationError), transaction.atomic():
        prepare(owed, by=payer, paid_on=today, method="cash")
    again = prepare_again(run, by=payer)
    assert again.total == Decimal(20)
    release(again, by=second_payer)
    assert len(waiting(agency)) == 2


def test_by_sql_nobody_is_paid_more_than_they_asked_for(
    owed: list[Claim], consumer: Member, payer: Member, agency: Agency
) -> None:
    actions.wish(consumer, per_month=Decimal(20), by=consumer)
    paid(owed[:1], payer)
    attack = (
        "UPDATE compensation_claim SET status = 'paid', paid_by_id = %s, payment_id ="
        " (SELECT payment_id FROM compensation_claim WHERE id = %s) WHERE id = %s"
    )
    with pytest.raises(DatabaseError, match="asked for less"), transaction.atomic():
        execute(attack, payer.pk, owed[0].pk, owed[1].pk)


@pytest.mark.django_db(transaction=True)
def test_two_payers_at_once_pay_no_more_than_was_asked_for(
    owed: list[Claim],
    consumer: Member,
    payer: Member,
    second_payer: Member,
    agency: Agency,
) -> None:
    actions.wish(consumer, per_month=Decimal(20), by=consumer)
    together(agency, lambda: paid(owed[:1], payer), lambda: paid(owed[1:2], second_payer))
    done = Claim.objects.within(agency).filter(status=ClaimStatus.PAID)
    assert done.count() == 1


def test_only_those_who_pay_see_it_and_nobody_asks_for_another(
    owed: list[Claim],
    consumer: Member,
    payer: Member,
    approver: Member,
    administrator: Member,
    agency: Agency,
    login: Login,
) -> None:
    for by in (payer, approver, administrator):
        with pytest.raises(Refused):
            actions.wish(consumer, per_month=Decimal(5), by=by)
    actions.wish(consumer, per_month=Decimal(20), by=consumer)
    page = at(agency, "compensation:to_pay")
    for reader, seen in ((payer, True), (approver, False)):
        client = login(reader)
        listed = fields(client.get(page).text)
        review = client.post(page, {**listed, "step": "all"}).text
        assert ("in parts" in review) is seen
        assert ("$20.00" in review) is seen or not seen
    for reader in (approver, administrator):
        url = at(agency, "compensation:parts_for", pk=consumer.pk)
        assert login(reader).get(url).status_code == 403


def test_a_member_asks_on_a_page_of_their_own_and_takes_it_back(
    owed: list[Claim], consumer: Member, agency: Agency, login: Login
) -> None:
    client = login(consumer)
    url = at(agency, "compensation:my_parts")
    mine = at(agency, "compensation:my_payments")
    assert url in client.get(mine).text
    assert send(client, url, per_month="40").status_code == 302
    assert 'value="40.00"' in client.get(url).text
    assert_budget(client, url)
    assert_budget(client, mine)
    assert send(client, url, at_once="1").status_code == 302
    assert PartsWish.objects.within(agency).get().per_month is None
    assert 'value="40.00"' not in client.get(url).text


def test_a_payer_writes_it_down_for_somebody_on_paper(
    owed: list[Claim], consumer: Member, payer: Member, agency: Agency, login: Login
) -> None:
    Member.objects.within(agency).filter(pk=consumer.pk).update(user=None)
    url = at(agency, "compensation:parts_for", pk=consumer.pk)
    assert send(login(payer), url, per_month="20").status_code == 302
    assert PartsWish.objects.within(agency).get().entered_by == payer


def test_the_file_for_checks_leaves_out_what_is_wished_for_later(
    owed: list[Claim],
    consumer: Member,
    second_consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    login: Login,
) -> None:
    """And only for those who pay: others don't learn who wants pay in parts."""
    (bus,) = claiming.approve([cost(consumer, 7)], by=approver, on=agency.today())
    claiming.approve([cost(second_consumer, 5)], by=approver, on=agency.today())
    url = at(agency, "compensation:to_pay_csv")

    def rows(by: Member) -> dict[str, list[str]]:
        answer = login(by).get(url)
        lines = b"".join(answer).decode().splitlines()[1:]
        return {name: rest.split(",") for name, _comma, rest in (x.partition(",") for x in lines)}

    everything = rows(payer)
    name = consumer.full_name
    assert (everything[name][0], everything[name][5]) == ("57.00", "4")
    actions.wish(consumer, per_month=Decimal(40), by=consumer)
    assert rows(approver) == everything
    found = rows(payer)
    assert (found[name][0], found[name][5]) == ("47.00", "3")
    assert found[second_consumer.full_name] == everything[second_consumer.full_name]
    paid(owed[:2], payer)
    # Its cost comes in any case; then nothing is left of the person in this month.
    assert (rows(payer)[name][0], rows(payer)[name][5]) == ("7.00", "1")
    paid([bus], payer)
    assert name not in rows(payer)
