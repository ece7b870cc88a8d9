"""The ledger is recomputed from nothing each night; an independent book-keeper agrees with it."""

import csv
import io
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from os import environ
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import Sum

from accounts.models import Member
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.ledger.models import Entry
from compensation.payments import actions as paying
from compensation.periods import actions as closing
from compensation.periods.models import PROOF_WORDS, AccountingPeriod, LedgerProof
from compensation.proving import actions, tasks
from compensation.proving.checking import QUERIES
from foundation.addresses import at
from foundation.models import Agency
from groups.models import Meeting
from tests.compensation.conftest import attend, council, earned, meeting, plan
from tests.conftest import Login
from tests.owner import owner

__all__ = ["council", "earned", "meeting", "plan"]

committed = pytest.mark.django_db(transaction=True)


@pytest.fixture
def books(
    earned: Claim,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
) -> AccountingPeriod:
    """Closed books with pay, a cost, a correction that was set off, and a payment undone."""
    today = agency.today()
    claiming.approve([earned], by=approver, on=today)
    lines = Claim.objects.within(agency).to_pay()
    (first,) = paying.pay(lines.all(), by=payer, paid_on=today, method="check")
    attend(meeting, administrator, {consumer: "1.50"})
    cost = claiming.claim_cost(
        member=consumer,
        amount=Decimal("3.50"),
        on=today,
        what_for="Bus",
        no_receipt="Lost",
        by=consumer,
    )
    claiming.approve(Claim.objects.within(agency).to_approve(), by=approver, on=today)
    paying.reverse(first, reason="Came back.", by=payer, on=today)
    paying.pay(lines.all(), by=payer, paid_on=today, method="cash", reference="7")
    cost.refresh_from_db()
    with time_machine.travel(timedelta(days=1), tick=True):
        asked = closing.ask_to_close(last=today, by=payer)
        return closing.close(asked, by=approver)


FAULTS = {
    "balance": "UPDATE compensation_entry SET debit = debit + 1 WHERE account = 'participation'"
    " AND debit > 0",
    "approval": "UPDATE compensation_claim SET amount = amount - 1 WHERE kind = 'pay'",
    "payment": "UPDATE compensation_payment SET amount = amount + 1",
    "lines": "UPDATE compensation_claim SET status = 'approved', payment_id = NULL, paid_by_id ="
    " NULL WHERE kind = 'reimbursement'",
    "reversal": "UPDATE compensation_entry SET account = 'receivable' WHERE account = 'cash'"
    " AND debit > 0",
    "owed": "UPDATE compensation_claim SET status = 'approved', payment_id = NULL, paid_by_id ="
    " NULL WHERE kind = 'reimbursement'",
    "set_off": "UPDATE compensation_setoff SET amount = amount - 1",
    "period": 'UPDATE compensation_posting SET "on" = "on" - 400 WHERE kind = \'reversed\'',
}


@committed
def test_each_query_finds_what_it_is_for(books: AccountingPeriod) -> None:
    assert {*FAULTS} == {*QUERIES} == {*PROOF_WORDS} - {"file"}

    def wrong(fault: str = "") -> set[str]:
        with owner() as raw, raw.transaction(force_rollback=True):
            raw.execute("SET LOCAL session_replication_role = replica")
            if fault:
                assert raw.execute(fault.encode()).rowcount
            rows = {
                code: raw.execute(query.encode(), {"agency": books.agency_id}).fetchall()
                for code, query in QUERIES.items()
            }
        return {code for code, found in rows.items() if found}

    assert wrong() == set()
    for code, fault in FAULTS.items():
        assert code in wrong(fault), code


@committed
def test_what_does_not_agree_is_told_once_and_shown_until_it_does(
    books: AccountingPeriod, payer: Member, login: Login, agency: Agency
) -> None:
    call_command("prove_ledger")
    assert tasks.due() == []
    change = "UPDATE compensation_payment SET reference = %s WHERE reference = %s"
    with owner() as raw:
        raw.execute("SET session_replication_role = replica")
        raw.execute(change.encode(), ["8", "7"])
    with time_machine.travel(timedelta(days=1), tick=True):
        assert tasks.due() == [agency.pk]
        tasks.prove(agency.pk)
        proof = LedgerProof.objects.within(agency).get()
        assert proof.findings == [["file", 1]]
        page = login(payer).get(at(agency, "compensation:ledger")).content.decode()
        assert "does not agree" in page
        assert str(PROOF_WORDS["file"]) in page
        with pytest.raises(CommandError, match="1 places"):
            call_command("prove_ledger", agency.slug)
        with owner() as raw:
            raw.execute("SET session_replication_role = replica")
            raw.execute(change.encode(), ["7", "8"])
        assert actions.prove(agency) == []
        page = login(payer).get(at(agency, "compensation:ledger")).content.decode()
        assert "every posting agrees" in page
    with pytest.raises(CommandError, match="no agency nowhere"):
        call_command("prove_ledger", "nowhere")


def journal_of(rows: list[dict[str, str]]) -> str:
    """The file as hledger reads it: a transaction for each posting, a posting for each line."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        found[row["number"]].append(row)
    parts = []
    for number, lines in found.items():
        parts.append(f"{lines[0]['date']} ({number}) {lines[0]['kind']}")
        for line in lines:
            amount = Decimal(line["debit"]) - Decimal(line["credit"])
            parts.append(f"    {line['account']}:{line['person']}  USD {amount}")
        parts.append("")
    return "\n".join(parts)


@pytest.fixture
def hledger(tmp_path: Path) -> Callable[..., str]:
    """An independent book-keeper, from Debian."""
    program = shutil.which("hledger")
    if program is None:
        if environ.get("CI"):
            pytest.fail("hledger is missing: apt-get install hledger", pytrace=False)
        pytest.skip("needs hledger, which is absent here")

    def run(journal: str, *command: str) -> str:
        path = tmp_path / "books.journal"
        path.write_text(journal)
        done = subprocess.run(
            [program, "-f", path, *command], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_an_independent_book_keeper_agrees(
    books: AccountingPeriod, payer: Member, login: Login, hledger: Callable[..., str]
) -> None:
    agency = books.agency
    response = login(payer).get(at(agency, "compensation:books", pk=books.pk))
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    journal = journal_of(rows)
    hledger(journal, "check", "ordereddates")
    told = hledger(journal, "balance", "--depth", "1", "--no-total", "--output-format", "csv")
    said = {
        row["account"]: Decimal(row["balance"].removeprefix("USD ").replace("USD", "") or 0)
        for row in csv.DictReader(io.StringIO(told))
    }
    sums = Entry.objects.within(agency).order_by().values("account")
    ours = {
        row["account"]: row["d"] - row["c"]
        for row in sums.annotate(d=Sum("debit"), c=Sum("credit"))
    }
    assert {key: value for key, value in ours.items() if value} == {
        key: value for key, value in said.items() if value
    }
    assert hledger(journal, "print").count("USD") == len(rows)
    with pytest.raises(AssertionError, match="balance"):
        hledger(journal.replace("USD 40.00", "USD 41.00", 1), "check")


def test_a_ledger_without_postings_is_not_proved(agency: Agency) -> None:
    assert tasks.due() == []
    tasks.prove(agency.pk)
    assert LedgerProof.objects.within(agency).get().postings == 0
