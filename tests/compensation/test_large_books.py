"""Ten years of a large agency's money: no page reads all of it."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.db import connection, transaction

from accounts.models import Member
from compensation.claims.models import Claim
from compensation.ledger.models import Entry
from compensation.periods.models import AccountingPeriod
from foundation.addresses import at
from foundation.models import Agency
from tests.compensation.conftest import council, earned, meeting, plan
from tests.conftest import Login
from tests.owner import owner

__all__ = ["council", "earned", "meeting", "plan"]

# Claims, payments and postings, by SQL past the triggers: what counts is how many there are.
CLAIMS, POSTINGS = 20_000, 100_000
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
TABLES = ("claim", "entry", "payment", "posting")


@pytest.fixture
def ten_years(earned: Claim, approver: Member, payer: Member, agency: Agency) -> AccountingPeriod:
    values = {
        "agency": agency.pk,
        "claim": earned.pk,
        "approver": approver.pk,
        "payer": payer.pk,
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
    assert found == {name: set() for name in found}

    def add_up() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sum(debit) FROM compensation_entry")

    assert read_whole(add_up) == {"entry"}
