"""Registers add up to what was handed over, and their files say the same line by line."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from urllib.parse import urlencode

import pytest
from django.db.models import Sum
from openpyxl import load_workbook

from accounts.models import Member
from compensation.budget.actions import enter
from compensation.budget.models import Covers
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.ledger.models import Entry
from compensation.payments import actions as paying
from compensation.payments.models import Payment
from compensation.registers.presenting import LAYOUT
from compensation.registers.reading import PaidDays, RegisterGrouping, register
from foundation.addresses import at
from foundation.models import Agency
from groups.models import Group, Meeting
from tests.compensation.conftest import attend, council, earned, meeting, plan
from tests.compensation.test_correcting import later, paid
from tests.conftest import Login, assert_budget

__all__ = ["council", "earned", "later", "meeting", "paid", "plan"]


@pytest.fixture
def month(
    paid: Claim,
    later: Meeting,
    meeting: Meeting,
    consumer: Member,
    administrator: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
) -> PaidDays:
    """Two standing payments, one with a correction deducted, and a third that was undone."""
    today = agency.today()
    attend(meeting, administrator, {consumer: "1.50"})
    attend(later, administrator, {consumer: "1.00"})
    cost = claiming.claim_cost(
        member=consumer,
        amount=Decimal("7.50"),
        on=today,
        what_for="=SUM(1)",
        no_receipt="None.",
        by=consumer,
    )
    lines = claiming.approve(
        [*Claim.objects.within(agency).to_approve().order_by("pk")], by=approver, on=today
    )
    cost = next(each for each in lines if each.pk == cost.pk)
    rest = [each for each in lines if each.amount > 0 and each.pk != cost.pk]
    (wrong,) = paying.pay(rest, by=payer, paid_on=today, method="check")
    paying.reverse(wrong, by=payer, on=today, reason="It came back.")
    again = Claim.objects.within(agency).filter(status="approved", amount__gt=0).order_by("pk")
    paying.pay([*again], by=payer, paid_on=today, method="transfer", reference="=1+1")
    return PaidDays(today.replace(day=1), today)


@pytest.mark.parametrize("by", RegisterGrouping)
def test_a_register_adds_up_to_what_was_handed_over(
    by: RegisterGrouping, month: PaidDays, agency: Agency
) -> None:
    found = register(agency, month, by)
    made = Payment.objects.within(agency).filter(reversed_on=None)
    assert found.total.paid == made.aggregate(sum=Sum("amount"))["sum"] == Decimal("57.50")
    cash = Entry.objects.within(agency).filter(account="cash")
    sums = cash.aggregate(out=Sum("credit"), back=Sum("debit"))
    assert found.total.paid == sums["out"] - sums["back"]
    assert (found.total.pay, found.total.costs) == (Decimal(50), Decimal("7.50"))
    assert (found.total.lines, found.total.hours) == (3, Decimal(3))
    assert sum(row.sums.paid for row in found.rows) == found.total.paid


def test_rows_are_by_group_and_by_kind(month: PaidDays, council: Group, agency: Agency) -> None:
    groups = register(agency, month, RegisterGrouping.GROUP)
    assert [(row.label, row.sums.paid) for row in groups.rows] == [
        (council.name, Decimal(50)),
        (None, Decimal("7.50")),
    ]
    kinds = register(agency, month, RegisterGrouping.KIND)
    assert {row.key: row.sums.paid for row in kinds.rows} == {
        "pay": Decimal(60),
        "reimbursement": Decimal("7.50"),
        "adjustment": Decimal(-10),
    }


def test_a_page_shows_each_register_and_asks_for_days_again(
    month: PaidDays, payer: Member, agency: Agency, login: Login
) -> None:
    client, url = login(payer), at(agency, "compensation:register")
    assert "$57.50" in client.get(url).text
    for by in RegisterGrouping:
        asked = {"since": str(month.first), "until": str(month.last), "by": str(by)}
        assert client.get(url, asked).text.count("$57.50") == (
            2 if by in ("person", "month", "budget") else 1
        )
    wrong = client.get(url, {"since": "2026-05-02", "until": "2026-05-01", "by": "person"})
    assert "The last day is before the first one." in wrong.text
    none = client.get(url, {"since": "2020-01-01", "until": "2020-12-31", "by": "kind"})
    assert "Nothing was paid in these days" in none.text
    assert_budget(client, url)


def test_members_do_not_see_the_register(
    month: PaidDays, consumer: Member, agency: Agency, login: Login
) -> None:
    for name in ("register", "register_csv", "register_xlsx"):
        assert login(consumer).get(at(agency, f"compensation:{name}")).status_code == 403


def test_files_have_the_documented_columns_and_the_same_lines(
    month: PaidDays, payer: Member, agency: Agency, login: Login
) -> None:
    client = login(payer)
    asked = urlencode({"since": month.first, "until": month.last, "by": "person"})
    answer = client.get(f"{at(agency, 'compensation:register_csv')}?{asked}")
    rows = list(csv.reader(StringIO(answer.getvalue().decode())))
    names = [name for name, _words in LAYOUT]
    assert rows[0][: len(names)] == names
    lines = [dict(zip(names, row, strict=True)) for row in rows[1:]]
    assert sum(Decimal(line["amount"]) for line in lines) == Decimal("57.50")
    assert {line["kind"]: line["amount"] for line in lines if line["kind"] != "pay"} == {
        "reimbursement": "7.50",
        "adjustment": "-10.00",
    }
    assert {line["reference"] for line in lines if line["reference"]} == {"'=1+1"}
    sent = client.get(f"{at(agency, 'compensation:register_xlsx')}?{asked}")
    book = load_workbook(BytesIO(sent.getvalue()))
    assert book.sheetnames == ["Lines", "Columns"]
    sheet = book["Lines"]
    assert [cell.value for cell in sheet[1]] == names
    cells = [dict(zip(names, row, strict=True)) for row in sheet["2:99"]]
    cells = [row for row in cells if row["payment"].value]
    assert [row["amount"].value for row in cells] == [float(line["amount"]) for line in lines]
    assert {row["paid_on"].value.date() for row in cells} == {agency.today()}
    formulas = [cell for row in cells for cell in row.values() if cell.data_type == "f"]
    assert formulas == []
    assert {row["reference"].value for row in cells} == {"=1+1", None}
    assert [row[0].value for row in book["Columns"]["2:18"]] == names


def test_long_registers_are_read_in_parts(
    month: PaidDays, payer: Member, agency: Agency, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each payment is a part of its own here, and none is left out or doubled."""
    url = at(agency, "compensation:register_csv")
    whole = login(payer).get(url).getvalue()
    monkeypatch.setattr("compensation.registers.reading.TOGETHER", 1)
    assert login(payer).get(url).getvalue() == whole
    assert whole.count(b"\n") == 5


def test_other_years_are_asked_for_by_their_days(
    month: PaidDays, payer: Member, agency: Agency, login: Login
) -> None:
    span = PaidDays(date(2020, 1, 1), date(2020, 12, 31))
    assert register(agency, span, RegisterGrouping.PERSON).rows == []


def test_rows_are_by_budget_line_of_the_day_of_the_work(
    month: PaidDays, administrator: Member, agency: Agency
) -> None:
    today = agency.today()
    for name, covers in (("Meetings", Covers.MEETINGS), ("Work", Covers.OTHER_PAY)):
        enter(
            name=name,
            covers=covers,
            since=today,
            last_day=today,
            amount=Decimal(900),
            decided_on=today,
            decided_by="The board",
            by=administrator,
        )
    found = register(agency, month, RegisterGrouping.BUDGET)
    assert [(row.label, row.sums.paid) for row in found.rows] == [
        ("Meetings", Decimal(50)),
        (None, Decimal("7.50")),
    ]
