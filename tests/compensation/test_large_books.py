"""Ten years of a large agency's money: no page reads all of it."""

import gc
import resource
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import Member
from compensation.budget.models import BudgetLine
from compensation.claims.models import Claim
from compensation.ledger.models import Entry
from compensation.payments.models import PaymentRun
from compensation.periods.models import AccountingPeriod
from compensation.same_day.models import DayFund
from foundation.addresses import at
from foundation.models import Agency
from tests.compensation.conftest import council, earned, meeting, plan
from tests.conftest import Login
from tests.owner import owner

__all__ = ["council", "earned", "meeting", "plan"]

# Claims, payments and postings, by SQL past the triggers: what counts is how many there are.
CLAIMS, POSTINGS = 20_000, 100_000
# What sending a file of all entries may take.
MEGABYTE, MEGABYTES = 1 << 20, 40
ROWS = """
INSERT INTO accounts_member (agency_id, name, display_name, language, email_level, contact, since)
SELECT agency_id, 'Person ' || n, 'Person ' || n, language, email_level, '', since
FROM accounts_member, generate_series(1, 300) AS n
WHERE id = (SELECT member_id FROM compensation_claim WHERE id = %(claim)s);
INSERT INTO compensation_payment (agency_id, member_id, paid_on, method, reference, amount,
    paid_by_id, recorded_at, reversal_reason)
SELECT agency_id, id, date '2016-01-01' + n * 54 AS paid_on, 'check', n::text, 20, %(payer)s,
    now(), ''
FROM generate_series(1, %(claims)s / 300) AS n, accounts_member WHERE name LIKE 'Person %%'
ORDER BY paid_on;
INSERT INTO compensation_claim (agency_id, member_id, kind, status, service_on, amount, what_for,
    clock_since, due_on, returned_reason, approved_by_id, approved_on, paid_by_id, payment_id)
SELECT agency_id, member_id, 'reimbursement', 'paid', paid_on, 20, 'Bus', paid_on, paid_on, '',
    %(approver)s, paid_on, %(payer)s, id
FROM compensation_payment WHERE agency_id = %(agency)s;
UPDATE compensation_claim SET cost = 'fare', in_advance = id %% 2 = 0
WHERE agency_id = %(agency)s AND kind = 'reimbursement';
INSERT INTO compensation_spentadvance (agency_id, claim_id, spent, no_receipt, settled_on, by_id,
    recorded_at)
SELECT agency_id, id, 20, 'Lost', service_on, member_id, now() FROM compensation_claim
WHERE agency_id = %(agency)s AND in_advance;
INSERT INTO compensation_dayfund (agency_id, meeting_id, people_most, each_most, total, reason,
    approved_by_id, approved_on, method, taken, taken_by_id, taken_on, handed, brought_back,
    difference_reason, counted_by_id, counted_on)
SELECT %(agency)s, %(meeting)s, 10, 20, 200, 'Far', %(approver)s, day, 'cash', 200, %(payer)s, day,
    200 - short, 0, repeat('Lost', short), %(payer)s, day
FROM (SELECT date '2016-01-01' + n AS day, (n %% 40 = 0)::int AS short
    FROM generate_series(1, 3600) AS n) AS days;
INSERT INTO compensation_handout (agency_id, fund_id, member_id, payment_id, proof, drawing,
    initials, sheet_line, handed_at)
SELECT p.agency_id, f.id, p.member_id, p.id, 'paper', '', '', 1, now()
FROM compensation_payment p JOIN compensation_dayfund f ON f.agency_id = p.agency_id
    AND f.taken_on = p.paid_on WHERE p.agency_id = %(agency)s;
INSERT INTO compensation_paymentrun (agency_id, paid_on, method, people, total, prepared_by_id,
    prepared_on, released_by_id, released_on)
SELECT %(agency)s, date '2016-01-01' + n, 'check', 10, 200, %(payer)s, date '2016-01-01' + n,
    %(approver)s, date '2016-01-01' + n FROM generate_series(1, 3600) AS n;
INSERT INTO compensation_runline (agency_id, run_id, claim_id, member_id, amount, reference)
SELECT c.agency_id, r.id, c.id, c.member_id, c.amount, '' FROM compensation_claim c
JOIN compensation_paymentrun r ON r.agency_id = c.agency_id AND r.paid_on = c.service_on
WHERE c.agency_id = %(agency)s AND c.kind = 'reimbursement';
INSERT INTO compensation_budgetline (agency_id, name, covers, since, until, amount, decided_on,
    decided_by, entered_by_id, entered_at)
SELECT %(agency)s, 'Line ' || n, 'costs', date '2016-01-01' + n * 30, date '2016-01-31' + n * 30,
    500, date '2016-01-01', 'The board', %(payer)s, now() FROM generate_series(1, 120) AS n;
INSERT INTO compensation_specialcaserule (agency_id, "case", words, contact, decided_by, advice,
    since, until, recorded_by_id, at)
SELECT %(agency)s, 'minor', 'Ask', 'Ada', 'The board', 'None', date '2016-01-01' + n,
    date '2016-01-02' + n, %(payer)s, now() FROM generate_series(1, 60) AS n;
INSERT INTO compensation_partswish (agency_id, member_id, per_month, changed_on)
SELECT agency_id, id, 100, since FROM accounts_member WHERE name LIKE 'Person %%';
INSERT INTO compensation_namedpayee (agency_id, member_id, name, reaches, named_on, limit_on,
    kept_until)
SELECT agency_id, id, 'Luz', 'By mail', date '2026-01-01', date '2026-12-31', date '2026-12-31'
FROM accounts_member WHERE name LIKE 'Person %%';
INSERT INTO compensation_posting (agency_id, kind, "on", claim_id, by_id, at)
SELECT %(agency)s, 'approved', date '2016-01-01' + n %% 3600, %(claim)s, %(approver)s, now()
FROM generate_series(1, %(postings)s) AS n;
INSERT INTO compensation_entry (agency_id, posting_id, account, member_id, debit, credit)
SELECT p.agency_id, p.id, side.account, c.member_id, side.debit, side.credit
FROM compensation_posting p JOIN compensation_claim c ON c.id = p.claim_id,
    (VALUES ('participation', 20, 0), ('payable', 0, 20)) AS side (account, debit, credit)
WHERE p.agency_id = %(agency)s;
INSERT INTO compensation_accountingperiod (agency_id, first, last, asked_by_id, asked_as, asked_on,
    closed_by_id, closed_on, postings, total, checksum)
SELECT %(agency)s, min("on"), date '2025-10-31', %(payer)s, 'payer', date '2025-11-01',
    %(approver)s, date '2025-11-01', 1, 1, repeat('a', 64)
FROM compensation_posting WHERE agency_id = %(agency)s;
"""
# These lists say how many rows they have; counting so few is cheaper than by an index.
COUNTED = {"day_funds": {"dayfund"}, "payment_runs": {"paymentrun"}}
TABLES = (
    "budgetline",
    "claim",
    "dayfund",
    "entry",
    "handout",
    "namedpayee",
    "partswish",
    "payment",
    "paymentrun",
    "posting",
    "runline",
    "specialcaserule",
    "spentadvance",
)


@pytest.fixture
def ten_years(earned: Claim, approver: Member, payer: Member, agency: Agency) -> AccountingPeriod:
    values = {
        "agency": agency.pk,
        "claim": earned.pk,
        "approver": approver.pk,
        "payer": payer.pk,
        "meeting": earned.attendance.meeting_id if earned.attendance else 0,
        "claims": CLAIMS,
        "postings": POSTINGS,
    }
    with owner() as raw:
        raw.execute("SET session_replication_role = replica")
        with raw.transaction():
            for statement in ROWS.split(";\n"):
                if statement.strip():
                    raw.execute(statement.encode(), values)
        for table in TABLES:
            raw.execute(f"ANALYZE compensation_{table}".encode())
    return AccountingPeriod.objects.within(agency).get()


def read_so_far() -> dict[str, int]:
    """How many rows were read in scans of each table of money from end to end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, seq_tup_read FROM pg_stat_xact_user_tables"
            " WHERE relname LIKE 'compensation_%%'"
        )
        return {name.removeprefix("compensation_"): count for name, count in cursor.fetchall()}


def read_whole(do: Callable[[], object]) -> set[str]:
    """The tables of money that this reads from end to end, but for small ones."""
    with transaction.atomic():
        before = read_so_far()
        do()
        after = read_so_far()
    return {name for name, count in after.items() if count - before.get(name, 0) > 1000}


def resident() -> int:
    """Megabytes of memory that this process has now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // MEGABYTE


def streamed(answer: Any) -> tuple[int, int]:
    """The lines of a file as it is sent, and the megabytes that sending it took at most."""
    gc.collect()
    before = most = resident()
    lines = 0
    for part in answer:
        lines += part.count(b"\n")
        most = max(most, resident())
    return lines, most - before


@pytest.mark.django_db(transaction=True)
def test_no_page_reads_all_of_it(
    ten_years: AccountingPeriod,
    consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    login: Login,
) -> None:
    assert Entry.objects.within(agency).count() == 2 * POSTINGS
    assert ten_years.last == date(2025, 10, 31)
    found = {}
    for who, name in (
        (payer, "ledger"),
        (payer, "to_pay"),
        (payer, "paid"),
        (payer, "register"),
        (approver, "payments"),
        (consumer, "my_payments"),
        (consumer, "equal_pay"),
    ):
        client, url = login(who), at(agency, f"compensation:{name}")
        assert client.get(url).status_code == 200
        found[name] = read_whole(partial(client.get, url))
    fund = DayFund.objects.within(agency).latest("pk").pk
    run = PaymentRun.objects.within(agency).latest("pk").pk
    line = BudgetLine.objects.within(agency).latest("pk").pk
    for who, name, pk in (
        (payer, "year_end", None),
        (payer, "day_funds", None),
        (payer, "day_fund", fund),
        (approver, "pre_approve", None),
        (payer, "fund_differences", None),
        (payer, "payment_runs", None),
        (payer, "payment_run", run),
        (payer, "budget", None),
        (payer, "budget_line", line),
        (payer, "deputies", None),
        (payer, "overrides", None),
        (payer, "questions", None),
        (consumer, "special_cases", None),
        (consumer, "claim_cost", None),
        (consumer, "ask_advance", None),
        (consumer, "statement", None),
        (consumer, "my_parts", None),
        (consumer, "my_payee", None),
        (consumer, "choose", None),
    ):
        url = at(agency, f"compensation:{name}", **({} if pk is None else {"pk": pk}))
        client = login(who)
        assert client.get(url).status_code == 200, name
        found[name] = read_whole(partial(client.get, url)) - COUNTED.get(name, set())
    assert found == {name: set() for name in found}
    # All of the ledger at once would be hundreds of megabytes.
    lines, grown = streamed(login(payer).get(at(agency, "compensation:ledger_csv")))
    assert lines > 2 * POSTINGS
    assert grown < MEGABYTES

    def add_up() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sum(debit) FROM compensation_entry")

    assert read_whole(add_up) == {"entry"}
