"""Whoever is owed money and erased names who gets it: payers read it, and it is not kept long."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum

from accounts import actions as accounts
from accounts.models import Member
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, ClaimStatus
from compensation.ledger.models import Entry
from compensation.payees import actions
from compensation.payees.models import NamedPayee
from compensation.payments.actions import pay, reverse
from compensation.payments.models import Payment
from compensation.policies import PAYEE_AFTER
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups.models import Meeting
from privacy.exports.collecting import collect
from tests.accounts.answers import send
from tests.compensation.conftest import attend, council, earned, meeting, plan
from tests.compensation.test_ledger import execute
from tests.compensation.test_lists import fields
from tests.conftest import Login, assert_budget
from tests.days import days_on

__all__ = ["council", "earned", "meeting", "plan"]

NAME, REACHES = "Amalia Quispe", "12 Birch Street, Dover"


def named(member: Member) -> NamedPayee:
    return actions.name_payee(member, name=NAME, reaches=REACHES, by=member)


def approve(claim: Claim, by: Member) -> None:
    claiming.approve([claim], by=by, on=by.agency.today())


def paid(claim: Claim, by: Member) -> list[Payment]:
    claim.refresh_from_db()
    return pay([claim], by=by, method="cash", paid_on=by.agency.today(), references={})


def rows(agency: Agency) -> list[NamedPayee]:
    return list(NamedPayee.objects.within(agency))


def test_without_somebody_named_nobody_is_erased_while_money_is_owed(
    earned: Claim, administrator: Member, consumer: Member
) -> None:
    with pytest.raises(Refused):
        accounts.erase(consumer, by=administrator)
    named(consumer)
    accounts.erase(consumer, by=administrator)
    consumer.refresh_from_db()
    assert consumer.erased_at is not None
    connection.check_constraints()


def test_by_sql_nobody_is_erased_either(earned: Claim, consumer: Member) -> None:
    erase = "UPDATE accounts_member SET erased_at = now() WHERE id = %s"
    with pytest.raises(DatabaseError, match="nobody is named"), transaction.atomic():
        execute(erase, consumer.pk)


def test_the_money_reaches_them_and_the_ledger_keeps_its_sums(
    earned: Claim,
    administrator: Member,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    login: Login,
) -> None:
    approve(earned, approver)
    named(consumer)
    page = at(agency, "compensation:to_pay")
    client = login(payer)

    def review() -> str:
        listed = fields(client.get(page).text)
        return str(client.post(page, {**listed, "step": "all"}).text)

    # Until then, the money is theirs.
    assert NAME not in review()
    accounts.erase(consumer, by=administrator)
    shown = review()
    assert NAME in shown
    assert REACHES in shown
    paid(earned, payer)
    earned.refresh_from_db()
    assert earned.status == ClaimStatus.PAID
    entries = Entry.objects.within(agency)
    totals = entries.aggregate(debit=Sum("debit"), credit=Sum("credit"))
    assert totals["debit"] == totals["credit"]
    assert entries.filter(member=consumer).exists()


def test_only_those_who_pay_can_read_it(
    earned: Claim,
    administrator: Member,
    consumer: Member,
    approver: Member,
    agency: Agency,
    login: Login,
    outsider: Member,
) -> None:
    row = named(consumer)
    copy = str(collect(consumer))
    assert NAME not in copy
    assert REACHES not in copy
    accounts.erase(consumer, by=administrator)
    approve(earned, approver)
    pages = [
        at(agency, "compensation:payments"),
        at(agency, "compensation:to_pay"),
        at(agency, "compensation:to_pay_csv"),
        at(agency, "compensation:register"),
        at(agency, "compensation:ledger_csv"),
        at(agency, "compensation:payee_for", pk=consumer.pk),
        at(agency, "accounts:activity"),
        at(agency, "accounts:member", pk=consumer.pk),
    ]
    for reader in (administrator, approver):
        client = login(reader)
        for page in pages:
            answer = client.get(page)
            text = answer.getvalue().decode()
            assert NAME not in text, page
            assert REACHES not in text, page
        refused = client.get(at(agency, "compensation:payee_for", pk=consumer.pk))
        assert refused.status_code == 403
    with tenancy.entering(outsider.agency):
        assert not NamedPayee.everything.filter(pk=row.pk).exists()
    # Nothing of it leads to the texts in which an administrator looks for the name.
    with connection.cursor() as cursor:
        cursor.execute("SELECT place FROM find_words(%s)", ["Quispe"])
        assert cursor.fetchall() == []


def test_by_sql_nobody_changes_where_an_erased_members_money_goes(
    earned: Claim, administrator: Member, consumer: Member, payer: Member, agency: Agency
) -> None:
    named(consumer)
    accounts.erase(consumer, by=administrator)
    for attack in (
        "UPDATE compensation_namedpayee SET name = 'Ada'",
        "UPDATE compensation_namedpayee SET reaches = 'The front desk'",
        "UPDATE compensation_namedpayee SET limit_on = limit_on + 900",
        "UPDATE compensation_namedpayee SET kept_until = named_on",
        "DELETE FROM compensation_namedpayee",
        "TRUNCATE compensation_namedpayee",
        "INSERT INTO compensation_namedpayee (agency_id, member_id, name, reaches, named_on,"
        " limit_on, kept_until) SELECT agency_id, member_id, 'Ada', 'Desk', named_on, limit_on,"
        " kept_until FROM compensation_namedpayee",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            execute(attack)
    for change in (
        lambda: actions.name_payee(consumer, name="Ada", reaches="Desk", by=payer),
        lambda: actions.take_back(consumer, by=payer),
    ):
        with pytest.raises(Refused):
            change()
    assert [row.name for row in rows(agency)] == [NAME]


def test_it_is_deleted_some_days_after_the_last_payment(
    earned: Claim,
    administrator: Member,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
) -> None:
    approve(earned, approver)
    named(consumer)
    accounts.erase(consumer, by=administrator)
    today = agency.today()
    later = today + PAYEE_AFTER.span(agency, today)
    actions.settle(agency, on=today + timedelta(days=60))
    assert len(rows(agency)) == 1
    (made,) = paid(earned, payer)
    actions.settle(agency, on=today)
    assert [row.kept_until for row in rows(agency)] == [later]
    # The check came back: it is needed again.
    reverse(made, reason="The check came back.", by=payer, on=today)
    actions.settle(agency, on=later)
    assert [row.kept_until == row.limit_on for row in rows(agency)] == [True]
    paid(earned, payer)
    actions.settle(agency, on=later)
    assert len(rows(agency)) == 1
    actions.settle(agency, on=later + timedelta(days=1))
    assert rows(agency) == []


def test_it_is_deleted_at_its_limit_even_if_money_is_owed(
    earned: Claim, administrator: Member, consumer: Member, agency: Agency
) -> None:
    with time_machine.travel(days_on(-400)):
        named(consumer)
    accounts.erase(consumer, by=administrator)
    actions.settle(agency, on=agency.today())
    assert rows(agency) == []


def test_somebody_names_another_or_nobody_and_only_while_money_is_on_its_way(
    earned: Claim, consumer: Member, provider: Member, administrator: Member, agency: Agency
) -> None:
    with pytest.raises(Refused):
        named(provider)
    with pytest.raises(Refused):
        actions.name_payee(consumer, name=NAME, reaches=REACHES, by=administrator)
    with pytest.raises(ValidationError):
        actions.name_payee(consumer, name=" ", reaches=REACHES, by=consumer)
    named(consumer)
    actions.name_payee(consumer, name="Luz", reaches="By mail", by=consumer)
    assert [row.name for row in rows(agency)] == ["Luz"]
    actions.take_back(consumer, by=consumer)
    assert rows(agency) == []


def test_who_has_not_chosen_yet_chooses_first(
    plan: object, meeting: Meeting, administrator: Member, consumer: Member
) -> None:
    attend(meeting, administrator, {consumer: "1.00"})
    with pytest.raises(Refused):
        named(consumer)


def test_a_payer_writes_it_down_for_somebody_on_paper(
    earned: Claim, consumer: Member, payer: Member, agency: Agency, login: Login
) -> None:
    url = at(agency, "compensation:payee_for", pk=consumer.pk)
    said = {"name": NAME, "reaches": REACHES}
    assert send(login(payer), url, **said).status_code == 403
    Member.objects.within(agency).filter(pk=consumer.pk).update(user=None)
    assert send(login(payer), url, **said).status_code == 302
    (row,) = rows(agency)
    assert row.entered_by == payer


def test_the_page_says_who_reads_it_and_shows_it_to_nobody(
    earned: Claim, consumer: Member, agency: Agency, login: Login
) -> None:
    client = login(consumer)
    url = at(agency, "compensation:my_payee")
    assert url in client.get(at(agency, "privacy:erase_me")).text
    assert send(client, url, name=NAME, reaches=REACHES).status_code == 302
    assert NAME not in client.get(url).text
    assert_budget(client, url)
    assert send(client, url, take_back="1").status_code == 302
    assert rows(agency) == []
