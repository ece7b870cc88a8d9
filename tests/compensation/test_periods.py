"""The books are closed by two, take nothing any more, and their file stays the same for good."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from accounts.models import Member
from accounts.permissions import Role
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.ledger.models import Posting
from compensation.payments import actions as paying
from compensation.payments.models import Payment
from compensation.periods import actions
from compensation.periods.models import AccountingPeriod, Balance
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from tests.accounts.answers import send
from tests.compensation.conftest import council, earned, meeting, plan
from tests.compensation.test_ledger import execute
from tests.conftest import Enter, Login, assert_budget
from tests.security.test_money import together

__all__ = ["council", "earned", "meeting", "plan"]

DAY = timedelta(days=1)


@contextmanager
def days_later(agency: Agency, days: int) -> Iterator[date]:
    """That many days after today, at the same hour."""
    with time_machine.travel(timedelta(days=days), tick=True):
        yield agency.today()


@pytest.fixture
def paid(earned: Claim, approver: Member, payer: Member, agency: Agency) -> Payment:
    (claim,) = claiming.approve([earned], by=approver, on=agency.today())
    (payment,) = paying.pay([claim], by=payer, paid_on=agency.today(), method="check")
    return payment


@pytest.fixture
def closed(paid: Payment, approver: Member, payer: Member, agency: Agency) -> AccountingPeriod:
    """The books of today, closed tomorrow."""
    last = agency.today()
    with days_later(agency, 1):
        asked = actions.ask_to_close(last=last, by=payer)
        return actions.close(asked, by=approver)


def test_one_who_approves_and_one_who_pays_close_them_together(
    paid: Payment,
    approver: Member,
    payer: Member,
    administrator: Member,
    enter: Enter,
    agency: Agency,
) -> None:
    last = agency.today()
    second = enter("Second payer", roles=(Role.PAYER,))
    with days_later(agency, 1):
        with pytest.raises(Refused):
            actions.ask_to_close(last=last, by=administrator)
        asked = actions.ask_to_close(last=last, by=payer)
        with pytest.raises(ValidationError, match="asked before"):
            actions.ask_to_close(last=last, by=approver)
        for other in (payer, second, administrator):
            with pytest.raises(Refused):
                actions.close(asked, by=other)
        closed = actions.close(asked, by=approver)
        with pytest.raises(Refused, match="closed already"):
            actions.close(asked, by=approver)
        with pytest.raises(Refused, match="for good"):
            actions.take_back(closed, by=payer)
    assert (closed.postings, closed.total) == (2, Decimal("80.00"))


def test_only_days_that_are_over_and_open_are_closed(
    closed: AccountingPeriod, payer: Member, agency: Agency
) -> None:
    with days_later(agency, 1) as today:
        for last in (today, today + DAY):
            with pytest.raises(ValidationError, match="is over"):
                actions.ask_to_close(last=last, by=payer)
        with pytest.raises(ValidationError, match="open day"):
            actions.ask_to_close(last=closed.last, by=payer)


def test_what_was_asked_can_be_stopped_and_asked_again(
    paid: Payment, payer: Member, approver: Member, agency: Agency
) -> None:
    last = agency.today()
    with days_later(agency, 1):
        asked = actions.ask_to_close(last=last, by=payer)
        actions.take_back(asked, by=approver)
        with pytest.raises(Refused, match="any more"):
            actions.close(asked, by=approver)
        actions.close(actions.ask_to_close(last=last, by=approver), by=payer)


def test_closed_books_take_nothing_and_what_comes_later_is_posted_later(
    closed: AccountingPeriod, paid: Payment, payer: Member, approver: Member, agency: Agency
) -> None:
    with days_later(agency, 1) as today:
        late = claiming.claim_cost(
            member=paid.member,
            amount=Decimal(5),
            on=closed.last,
            what_for="Bus",
            no_receipt="Lost",
            by=paid.member,
        )
        claiming.approve([late], by=approver, on=today)
        (payment,) = paying.pay([late], by=payer, paid_on=closed.last, method="cash")
        assert payment.paid_on == closed.last
        assert payment.postings.get().on == today
        paying.reverse(paid, reason="Came back.", by=payer, on=today)
        assert {*Posting.objects.within(agency).filter(pk__gt=0).values_list("on", flat=True)} == {
            closed.last,
            today,
        }
        refused(
            "books are closed",
            'INSERT INTO compensation_posting (agency_id, kind, "on", payment_id, reverses_id,'
            " by_id, at) SELECT agency_id, 'reversed', \"on\", payment_id, id, by_id, now()"
            " FROM compensation_posting WHERE kind = 'paid'",
        )


def refused(match: str, sql: str) -> None:
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        execute(sql)


@pytest.mark.parametrize(
    ("sql", "match"),
    [
        ("UPDATE compensation_accountingperiod SET last = last - 1", "stays as it is"),
        ("UPDATE compensation_accountingperiod SET checksum = repeat('0', 64)", "stays as it is"),
        (
            "UPDATE compensation_accountingperiod SET closed_on = NULL, closed_by_id = NULL,"
            " checksum = '', postings = 0, total = 0",
            "stays as it is",
        ),
        ("DELETE FROM compensation_accountingperiod", "permission denied"),
        ("UPDATE compensation_balance SET debit = 0", "permission denied"),
        (
            "INSERT INTO compensation_balance (agency_id, period_id, account, debit, credit)"
            " SELECT agency_id, period_id, 'receivable', 1, 0 FROM compensation_balance LIMIT 1",
            "permission denied",
        ),
        (
            "INSERT INTO compensation_accountingperiod (agency_id, first, last, asked_by_id,"
            " asked_as, asked_on, closed_by_id, closed_on, checksum) SELECT agency_id, last + 1,"
            " last + 9, asked_by_id, asked_as, asked_on, closed_by_id, closed_on, checksum"
            " FROM compensation_accountingperiod",
            "second person",
        ),
    ],
)
def test_closed_books_stay_as_they_are(sql: str, match: str, closed: AccountingPeriod) -> None:
    refused(match, sql)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ("postings = 1", "what the ledger says"),
        ("total = 79.99", "what the ledger says"),
        ("closed_by_id = asked_by_id", "period_two_people"),
        ("checksum = ''", "period_closed_whole"),
    ],
)
def test_books_are_closed_as_the_ledger_says(
    change: str, match: str, paid: Payment, payer: Member, approver: Member, agency: Agency
) -> None:
    last = agency.today()
    with days_later(agency, 1):
        asked = actions.ask_to_close(last=last, by=payer)
    values = {
        "closed_on": "asked_on",
        "closed_by_id": str(approver.pk),
        "postings": "2",
        "total": "80.00",
        "checksum": "repeat('a', 64)",
    }
    name, _equals, value = change.partition(" = ")
    sets = ", ".join(f"{key} = {text}" for key, text in (values | {name: value}).items())
    where = f"WHERE id = {asked.pk}"
    refused(match, f"UPDATE compensation_accountingperiod SET {sets} {where}")  # noqa: S608


def file_of(client_get: Callable[[str], object], period: AccountingPeriod) -> bytes:
    response = client_get(at(period.agency, "compensation:books", pk=period.pk))
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_the_file_is_the_same_bytes_whatever_follows(
    closed: AccountingPeriod, paid: Payment, payer: Member, approver: Member, login: Login
) -> None:
    get = login(payer).get
    first = file_of(get, closed)
    assert hashlib.sha256(first).hexdigest() == closed.checksum
    assert len(first.splitlines()) == 1 + 4
    assert paid.member.name not in first.decode()
    agency = closed.agency
    with days_later(agency, 1) as today:
        paying.reverse(paid, reason="Came back.", by=payer, on=today)
        paid.member.name = paid.member.display_name = "Another Name"
        paid.member.save()
    assert file_of(get, closed) == first
    with days_later(agency, 2) as later:
        second = actions.close(actions.ask_to_close(last=later - DAY, by=approver), by=payer)
    get = login(payer).get
    text = file_of(get, second).decode()
    assert f"reversed,{closed.last.isoformat()}/2,cash,1,40.00,0.00" in text
    assert hashlib.sha256(text.encode()).hexdigest() == second.checksum
    assert file_of(get, closed) == first
    balances = Balance.objects.within(agency).filter(period=second)
    assert {(each.account, each.debit, each.credit) for each in balances} == {
        ("participation", Decimal("40.00"), Decimal(0)),
        ("payable", Decimal("40.00"), Decimal("80.00")),
        ("cash", Decimal("40.00"), Decimal("40.00")),
    }


def test_the_page_says_what_is_closed_and_offers_what_is_permitted(
    paid: Payment, payer: Member, approver: Member, administrator: Member, login: Login
) -> None:
    agency = paid.agency
    ledger = at(agency, "compensation:ledger")
    last = agency.today()
    with days_later(agency, 1):
        payers, approvers = login(payer), login(approver)
        asking = at(agency, "compensation:ask_to_close")
        assert asking in payers.get(ledger).content.decode()
        answer = send(payers, asking, last=last.isoformat())
        assert answer.status_code == 302, answer.content
        asked = AccountingPeriod.objects.within(agency).get()
        closing = at(agency, "compensation:close_books", pk=asked.pk)
        assert closing not in payers.get(ledger).content.decode()
        assert payers.get(closing).status_code == 403
        assert closing in approvers.get(ledger).content.decode()
        assert at(agency, "compensation:close_books", pk=asked.pk) in (
            approvers.get(at(agency, "notifications:waiting")).content.decode()
        )
        assert "2 postings, $80.00" in approvers.get(closing).text
        assert send(approvers, closing).status_code == 302
        shown = payers.get(ledger).content.decode()
        assert at(agency, "compensation:books", pk=asked.pk) in shown
        assert "$40.00" in shown
        assert login(administrator).get(ledger).status_code == 403
        assert login(administrator).get(closing).status_code == 403
        assert_budget(payers, ledger)


@pytest.mark.django_db(transaction=True)
def test_nothing_slips_into_books_that_are_closed_at_the_same_moment(
    paid: Payment, payer: Member, approver: Member, agency: Agency
) -> None:
    last = agency.today()
    with days_later(agency, 1):
        asked = actions.ask_to_close(last=last, by=payer)
        late = claiming.claim_cost(
            member=paid.member,
            amount=Decimal(5),
            on=last,
            what_for="Bus",
            no_receipt="Lost",
            by=paid.member,
        )
    claiming.approve([late], by=approver, on=last)

    def pay() -> object:
        return paying.pay([late], by=payer, paid_on=last, method="cash")

    def close() -> object:
        return actions.close(asked, by=approver)

    together(agency, pay, close)
    connection.check_constraints()
    asked.refresh_from_db()
    postings = Posting.objects.within(agency).filter(on__lte=last)
    assert asked.closed_on is None or asked.postings == postings.count()
