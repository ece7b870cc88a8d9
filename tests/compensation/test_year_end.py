"""Who crossed which sum in a year, by day of payment, and who gave a form W-9."""

import csv
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from openpyxl import load_workbook

from accounts.models import Member
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.employment import actions as employing
from compensation.payments import actions as paying
from compensation.policies import TAX_FORM_FROM
from compensation.registers.presenting import YEAR_END_LAYOUT
from compensation.registers.reading import year_end
from compensation.taxforms import actions
from compensation.taxforms.models import TaxFormNote
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from indicators import actions as settings
from notifications.waiting import waiting
from tests.accounts.answers import send
from tests.compensation.conftest import council, earned, meeting, plan
from tests.compensation.test_ledger import execute
from tests.compensation.test_periods import paid
from tests.compensation.test_registers import later, month
from tests.conftest import Login, assert_budget

__all__ = ["council", "earned", "later", "meeting", "month", "paid", "plan"]


@pytest.fixture
def asked_from_40(administrator: Member, agency: Agency) -> None:
    settings.change_policy(
        TAX_FORM_FROM.code, value=40, since=agency.today(), reason="Early.", by=administrator
    )


def to_ask(payer: Member) -> list[str]:
    titles = [each.title for each in waiting(payer, payer.agency.today())]
    return [title for title in titles if "W-9" in title]


def test_pay_counts_by_the_day_of_payment_and_costs_do_not(
    earned: Claim, consumer: Member, approver: Member, payer: Member, agency: Agency
) -> None:
    today = agency.today()
    cost = claiming.claim_cost(
        member=consumer,
        amount=Decimal(12),
        on=today,
        what_for="Bus",
        no_receipt="None.",
        by=consumer,
    )
    lines = claiming.approve([earned, cost], by=approver, on=today)
    new_year = datetime(today.year + 1, 1, 4, 17, tzinfo=UTC)
    with time_machine.travel(new_year, tick=True):
        paying.pay(lines, by=payer, paid_on=agency.today(), method="gift_card", reference="7")
        assert year_end(agency, today.year).lines == []
        (line,) = year_end(agency, today.year + 1).lines
        assert (line.sums.pay, line.sums.costs) == (Decimal(40), Decimal(12))
        assert line.reports is None, "nobody has entered from which sum that year is reported"


@pytest.mark.usefixtures("asked_from_40")
def test_whoever_reaches_the_sum_is_asked_until_it_is_written_down(
    earned: Claim, consumer: Member, approver: Member, payer: Member, agency: Agency, login: Login
) -> None:
    today = agency.today()
    (claim,) = claiming.approve([earned], by=approver, on=today)
    assert to_ask(payer) == []
    paying.pay([claim], by=payer, paid_on=today, method="check", reference="1")
    assert to_ask(payer) == [f"Ask {consumer} for a form W-9"]
    assert to_ask(approver) == []
    url = at(agency, "compensation:tax_form", pk=consumer.pk)
    assert "Not asked for yet." in login(payer).get(url).text
    assert send(login(payer), url, state="requested", on=today).status_code == 302
    assert to_ask(payer) == []
    assert url not in login(approver).get(at(agency, "compensation:year_end")).text
    page = login(payer).get(at(agency, "compensation:year_end"))
    assert url in page.text
    assert "Asked for on" in page.text
    assert_budget(login(payer), at(agency, "compensation:year_end"))
    actions.write_down(consumer, state="received", on=today, by=payer)
    (line,) = year_end(agency, today.year).lines
    assert line.note is not None
    assert (line.asks, line.reports, line.note.state) == (True, False, "received")


@pytest.mark.usefixtures("asked_from_40")
def test_nobody_is_asked_who_is_paid_through_payroll(
    paid: Any, payer: Member, administrator: Member, agency: Agency, login: Login
) -> None:
    assert len(to_ask(payer)) == 1
    employing.decide(
        kind="employee",
        words="",
        decided_by="The board",
        advice="A lawyer",
        decided_on=agency.today(),
        by=administrator,
    )
    assert to_ask(payer) == []
    assert "through payroll here" in login(payer).get(at(agency, "compensation:year_end")).text


@pytest.mark.usefixtures("asked_from_40")
def test_what_a_correction_took_does_not_count(
    month: Any, payer: Member, consumer: Member, agency: Agency
) -> None:
    (line,) = year_end(agency, agency.today().year).lines
    assert line.sums.pay == Decimal(50)
    assert len(to_ask(payer)) == 1


def test_files_say_what_the_page_says_of_everybody(
    month: Any, payer: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    client, year = login(payer), str(agency.today().year)
    names = [name for name, _words in YEAR_END_LAYOUT]
    sent = client.get(at(agency, "compensation:year_end_csv")).content.decode()
    rows = list(csv.reader(StringIO(sent)))
    assert rows[0][: len(names)] == names
    assert [row[:8] for row in rows[1:]] == [
        [year, consumer.full_name, "50.00", "0", "50.00", "7.50", "600", "no"]
    ]
    sheet = load_workbook(BytesIO(client.get(at(agency, "compensation:year_end_xlsx")).getvalue()))[
        year
    ]
    assert [cell.value for cell in sheet[1]] == names
    assert [cell.value for cell in sheet[2]][:3] == [int(year), consumer.full_name, 50]


def test_only_a_payer_writes_down_of_others_what_has_happened(
    consumer: Member, payer: Member, approver: Member, agency: Agency, login: Login
) -> None:
    today = agency.today()
    for by, member in ((approver, consumer), (payer, payer)):
        with pytest.raises(Refused):
            actions.write_down(member, state="received", on=today, by=by)
    with pytest.raises(ValidationError, match="still to come"):
        actions.write_down(consumer, state="received", on=today + timedelta(days=1), by=payer)
    for name in ("year_end", "year_end_csv", "year_end_xlsx"):
        assert login(consumer).get(at(agency, f"compensation:{name}")).status_code == 403
    url = at(agency, "compensation:tax_form", pk=payer.pk)
    assert login(consumer).get(url).status_code == 403


def test_notes_stay_as_they_were_written(consumer: Member, payer: Member, agency: Agency) -> None:
    note = actions.write_down(consumer, state="requested", on=date(2026, 1, 5), by=payer)
    for sql in (
        "UPDATE compensation_taxformnote SET state = 'received'",
        "DELETE FROM compensation_taxformnote",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            execute(sql)
    assert TaxFormNote.objects.within(agency).get() == note
