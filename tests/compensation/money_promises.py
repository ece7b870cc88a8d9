"""What is true of money whatever was done, and what the database refuses, whoever writes it."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import DatabaseError, connection, transaction

from compensation.plan.models import PlanVersion
from compensation.proving.checking import findings
from groups.models import Seat
from tests.compensation.money_life import CENT, MoneyLife

# What somebody with the login of the server could write past all actions; each is refused, unless
# there is no such row.
ATTACKS = (
    "UPDATE compensation_claim SET amount = amount + 1 WHERE status IN ('approved', 'paid')",
    "UPDATE compensation_claim SET approved_by_id = member_id WHERE status = 'approved'",
    "UPDATE compensation_claim SET member_id = member_id + 1 WHERE status = 'approved'",
    "UPDATE compensation_claim SET status = 'earned', paid_by_id = NULL, payment_id = NULL,"
    " approved_by_id = NULL, approved_on = NULL WHERE status = 'paid'",
    "UPDATE compensation_claim SET status = 'paid', paid_by_id = approved_by_id"
    " WHERE status = 'approved'",
    "UPDATE compensation_claim SET status = 'approved', approved_by_id = {approver},"
    " approved_on = service_on WHERE status = 'earned'",
    "UPDATE compensation_claim SET amount = amount + 1 WHERE settles_id IS NOT NULL"
    " AND status = 'approved'",
    "UPDATE compensation_claim SET corrected_by_id = NULL WHERE corrected_by_id IS NOT NULL"
    " AND status <> 'earned'",
    "UPDATE compensation_spentadvance SET spent = spent + 1",
    "UPDATE compensation_deputy SET member_id = holder_id",
    "INSERT INTO compensation_deputy (agency_id, grant_id, member_id, holder_id, named_by_id,"
    " named_on) SELECT agency_id, id, member_id, {approver}, {approver}, since"
    " FROM accounts_rolegrant WHERE role IN ('approver', 'payer') AND until IS NULL LIMIT 1",
    "UPDATE compensation_payment SET amount = amount + 1",
    "UPDATE compensation_payment SET member_id = paid_by_id",
    "UPDATE compensation_payment SET paid_by_id = {approver} WHERE paid_by_id <> {approver}",
    "UPDATE compensation_payment SET reversed_on = paid_on, reversal_reason = 'Gone'"
    " WHERE reversed_on IS NULL",
    "UPDATE compensation_payment SET reversed_on = NULL, reversal_reason = ''"
    " WHERE reversed_on IS NOT NULL",
    "UPDATE compensation_election SET choice = 'decline' WHERE choice = 'accept'",
    'UPDATE compensation_posting SET "on" = "on" - 1',
    "UPDATE compensation_entry SET credit = credit + 1 WHERE credit > 0",
    "UPDATE compensation_planversion SET hourly_rate = hourly_rate + 1"
    " WHERE ratified_on IS NOT NULL",
    "UPDATE compensation_accountingperiod SET closed_on = NULL WHERE closed_on IS NOT NULL",
    "UPDATE compensation_dayfund SET handed = taken + 1 WHERE counted_on IS NOT NULL",
    "UPDATE compensation_dayfund SET taken = total + 1 WHERE taken_on IS NOT NULL",
    "UPDATE compensation_dayfund SET total = total + 1",
    *(
        f"DELETE FROM compensation_{table}"  # noqa: S608 - of our own tables
        for table in (
            *("claim", "payment", "posting", "entry", "election", "setoff", "arrival"),
            *("accountingperiod", "dayfund", "handout", "historicalclaim", "payquestion"),
        )
    ),
    # Lines for a posting that was written before.
    "INSERT INTO compensation_entry (agency_id, posting_id, account, member_id, debit, credit)"
    " SELECT p.agency_id, p.id, side.account, m.id, side.debit, side.credit"
    " FROM compensation_posting p, accounts_member m, (VALUES ('participation', 5, 0),"
    " ('payable', 0, 5)) AS side (account, debit, credit)"
    " WHERE p.id = (SELECT max(id) FROM compensation_posting)"
    " AND m.id = {member}",
    'INSERT INTO compensation_posting (agency_id, kind, "on", claim_id, by_id, at)'
    " SELECT agency_id, 'approved', approved_on, id, approved_by_id, now()"
    " FROM compensation_claim WHERE status = 'approved' LIMIT 1",
    'INSERT INTO compensation_posting (agency_id, kind, "on", payment_id, reverses_id, by_id, at)'
    " SELECT agency_id, 'reversed', \"on\", payment_id, id, by_id, now()"
    " FROM compensation_posting WHERE id = (SELECT max(id) FROM compensation_posting)",
    'INSERT INTO compensation_posting (agency_id, kind, "on", claim_id, by_id, at)'
    " SELECT p.agency_id, 'approved', p.last, c.id, {approver}, now()"
    " FROM compensation_accountingperiod p, compensation_claim c"
    " WHERE p.closed_on IS NOT NULL AND c.status = 'earned' LIMIT 1",
    "INSERT INTO compensation_payment (agency_id, member_id, paid_on, method, reference, amount,"
    " paid_by_id, recorded_at, reversal_reason) SELECT agency_id, member_id, service_on, 'cash',"
    " '', 9, {payer}, now(), '' FROM compensation_claim WHERE member_id = {member} LIMIT 1",
)


def attack(life: MoneyLife, n: int) -> None:
    """AssertionError if the database takes what it has to refuse."""
    sql = ATTACKS[n % len(ATTACKS)].format(
        approver=life.approver(n).pk, payer=life.payer(n).pk, member=life.member(n).pk
    )
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(sql)
                written = cursor.rowcount
            connection.check_constraints()
            transaction.set_rollback(True)
    except DatabaseError:
        return
    assert not written, f"the database took: {sql}"


# What is never true of any row, whatever is done; counted by the database.
NEVER = """
SELECT
    (SELECT count(*) FROM compensation_claim WHERE member_id IN (approved_by_id, paid_by_id)
        OR approved_by_id = paid_by_id OR entered_by_id IN (approved_by_id, paid_by_id)
        OR corrected_by_id = paid_by_id),
    (SELECT count(*) FROM compensation_claim c JOIN compensation_payment p ON p.id = c.payment_id
        WHERE p.reversed_on IS NOT NULL OR p.member_id <> c.member_id),
    (SELECT count(*) FROM compensation_claim WHERE donate_to_id IS NOT NULL
        AND kind = 'reimbursement'),
    (SELECT count(*) FROM compensation_dayfund f WHERE f.taken > f.total OR (
        SELECT coalesce(sum(p.amount), 0) FROM compensation_handout h
        JOIN compensation_payment p ON p.id = h.payment_id AND p.reversed_on IS NULL
        WHERE h.fund_id = f.id) > f.taken),
    (SELECT count(*) FROM compensation_spentadvance s
        JOIN compensation_claim c ON c.id = s.claim_id
        LEFT JOIN compensation_claim d ON d.settles_id = c.id
        WHERE NOT c.in_advance OR c.amount + coalesce(d.amount, 0) <> s.spent),
    (SELECT count(*) FROM compensation_claim c WHERE c.approved_on IS NOT NULL AND NOT EXISTS (
        SELECT FROM accounts_rolegrant g WHERE g.member_id = c.approved_by_id
            AND g.role = 'approver' AND g.since <= c.approved_on
            AND (g.until IS NULL OR g.until >= c.approved_on))),
    (SELECT count(*) FROM compensation_payment p WHERE NOT EXISTS (
        SELECT FROM accounts_rolegrant g WHERE g.member_id = p.paid_by_id AND g.role = 'payer'
            AND g.since <= (p.recorded_at AT TIME ZONE %(zone)s)::date
            AND (g.until IS NULL OR g.until >= (p.recorded_at AT TIME ZONE %(zone)s)::date)))
"""

# By member and month: how many lines of pay were paid, their sum, and the most that is wished for.
PAID = """
SELECT c.member_id, date_trunc('month', p.paid_on)::date, count(*), sum(c.amount), w.per_month
FROM compensation_claim c
JOIN compensation_payment p ON p.id = c.payment_id AND p.reversed_on IS NULL
LEFT JOIN compensation_partswish w ON w.member_id = c.member_id
WHERE c.kind <> 'reimbursement' AND c.amount > 0 GROUP BY 1, 2, 5
"""


def check(life: MoneyLife, seats: int, *, files: bool) -> None:
    """All that has to be true of money after every act; `files`: closed books, byte by byte."""
    connection.check_constraints()
    assert [*findings(life.agency, None if files else 0)] == []
    with connection.cursor() as cursor:
        cursor.execute(NEVER, {"zone": life.agency.timezone})
        assert cursor.fetchone() == (0,) * 7
        cursor.execute(PAID)
        in_parts(life, cursor.fetchall())
    assert Seat.objects.within(life.agency).count() == seats, "choices never move seats"
    worth = _worth_by_day(life)
    assert worth == {key: sums for key, sums in worth.items() if sums[0] <= sums[1]}, worth


def in_parts(life: MoneyLife, rows: list[Any]) -> None:
    """No act pays more in a month than its member wished for then, but for a line alone."""
    before = life.paid
    life.paid = {(member, month): (n, amount) for member, month, n, amount, _most in rows}
    for member, month, n, amount, most in rows:
        grew = n > before.get((member, month), (0, Decimal(0)))[0]
        assert not grew or most is None or n == 1 or amount <= most, (member, month, amount)


def _worth_by_day(life: MoneyLife) -> dict[Any, tuple[Decimal, Decimal]]:
    """By member and day: what their lines come to, and the most that their hours are worth."""
    lines: dict[Any, Decimal] = {}
    for claim in life.claims().exclude(attendance=None):
        key = claim.member_id, claim.service_on
        lines[key] = lines.get(key, Decimal(0)) + claim.amount
    found: dict[Any, tuple[Decimal, Decimal]] = {}
    plans = {plan.pk: plan for plan in PlanVersion.objects.within(life.agency)}
    worth: dict[Any, Decimal] = {}
    caps: dict[Any, Decimal | None] = {}
    first = life.claims().filter(kind="pay").select_related("attendance")
    for claim in first:
        key = claim.member_id, claim.service_on
        hours = Decimal(0) if claim.attendance.voided_on else claim.attendance.hours
        worth[key] = worth.get(key, Decimal(0)) + (hours * claim.rate).quantize(CENT, ROUND_HALF_UP)
        caps[key] = plans[claim.plan_id].daily_cap
    for key, amount in lines.items():
        cap = caps[key]
        most = worth[key] if cap is None else min(worth[key], cap)
        found[key] = amount, most
    return found
