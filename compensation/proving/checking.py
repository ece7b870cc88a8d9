"""Recomputes the ledger in plain SQL, and names each row that does not agree with it.

Nothing here uses what wrote the rows: neither the actions, nor the triggers of the database.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from compensation.periods.models import AccountingPeriod
from compensation.periods.reading import Books, checksum
from foundation.models import Agency

# Approvals that no reversal undid, with what they say is owed (less than nothing: to set off).
STANDING = """
    SELECT p.claim_id, count(*) AS approvals, sum(e.credit - e.debit) AS owed
    FROM compensation_posting p
    LEFT JOIN compensation_entry e
        ON e.posting_id = p.id AND e.account IN ('payable', 'receivable')
    WHERE p.agency_id = %(agency)s AND p.kind = 'approved'
        AND NOT EXISTS (SELECT FROM compensation_posting r WHERE r.reverses_id = p.id)
    GROUP BY p.claim_id
"""
# By code, a query for the keys of what is wrong.
QUERIES = {
    "balance": """
        SELECT p.id FROM compensation_posting p
        LEFT JOIN compensation_entry e ON e.posting_id = p.id
        WHERE p.agency_id = %(agency)s
        GROUP BY p.id
        HAVING coalesce(sum(e.debit), 0) <> coalesce(sum(e.credit), 0) OR count(e.id) < 2
    """,
    "approval": f"""
        SELECT c.id FROM compensation_claim c LEFT JOIN ({STANDING}) AS s ON s.claim_id = c.id
        WHERE c.agency_id = %(agency)s AND (
            coalesce(s.approvals, 0) <> (c.status IN ('approved', 'paid'))::int
            OR (s.approvals IS NOT NULL AND s.owed IS DISTINCT FROM c.amount)
        )
    """,  # noqa: S608 - a part of the query
    "payment": """
        SELECT m.id FROM compensation_payment m
        LEFT JOIN (
            SELECT p.payment_id, count(DISTINCT p.id) AS posted, count(DISTINCT r.id) AS undone,
                sum(e.credit) FILTER (WHERE e.account = 'cash') AS cash,
                sum(e.credit) FILTER (WHERE e.account = 'receivable') AS set_off,
                sum(e.debit) FILTER (WHERE e.account = 'payable') AS settled
            FROM compensation_posting p
            LEFT JOIN compensation_posting r ON r.reverses_id = p.id
            LEFT JOIN compensation_entry e ON e.posting_id = p.id
            WHERE p.agency_id = %(agency)s AND p.kind = 'paid'
            GROUP BY p.payment_id
        ) AS l ON l.payment_id = m.id
        WHERE m.agency_id = %(agency)s AND (
            l.posted IS DISTINCT FROM 1
            OR l.undone <> (m.reversed_on IS NOT NULL)::int
            OR coalesce(l.cash, 0) <> m.amount
            OR coalesce(l.set_off, 0) <> m.set_off
            OR coalesce(l.settled, 0) <> m.amount + m.set_off
        )
    """,
    "lines": """
        SELECT m.id FROM compensation_payment m
        LEFT JOIN (
            SELECT payment_id, sum(amount) AS amount FROM compensation_claim
            WHERE agency_id = %(agency)s AND amount > 0 GROUP BY payment_id
        ) AS c ON c.payment_id = m.id
        WHERE m.agency_id = %(agency)s AND coalesce(c.amount, 0)
            <> CASE WHEN m.reversed_on IS NULL THEN m.amount + m.set_off ELSE 0 END
    """,
    "reversal": """
        SELECT r.id FROM compensation_posting r
        JOIN compensation_posting p ON p.id = r.reverses_id
        WHERE r.agency_id = %(agency)s AND (p.reverses_id IS NOT NULL OR EXISTS (
            (SELECT account, member_id, debit, credit FROM compensation_entry
                WHERE posting_id = r.id
             EXCEPT ALL
             SELECT account, member_id, credit, debit FROM compensation_entry
                WHERE posting_id = p.id)
        ) OR EXISTS (
            (SELECT account, member_id, credit, debit FROM compensation_entry
                WHERE posting_id = p.id
             EXCEPT ALL
             SELECT account, member_id, debit, credit FROM compensation_entry
                WHERE posting_id = r.id)
        ))
    """,
    "owed": """
        SELECT coalesce(l.member_id, c.member_id) FROM (
            SELECT member_id, sum(credit - debit) AS owed FROM compensation_entry
            WHERE agency_id = %(agency)s AND account = 'payable' GROUP BY member_id
        ) AS l FULL JOIN (
            SELECT member_id, sum(amount) AS owed FROM compensation_claim
            WHERE agency_id = %(agency)s AND status = 'approved' AND amount > 0
            GROUP BY member_id
        ) AS c USING (member_id)
        WHERE coalesce(l.owed, 0) <> coalesce(c.owed, 0)
    """,
    "set_off": """
        SELECT coalesce(l.member_id, c.member_id) FROM (
            SELECT member_id, sum(debit - credit) AS left_over FROM compensation_entry
            WHERE agency_id = %(agency)s AND account = 'receivable' GROUP BY member_id
        ) AS l FULL JOIN (
            SELECT c.member_id, sum(-c.amount - coalesce(s.taken, 0)) AS left_over
            FROM compensation_claim c LEFT JOIN (
                SELECT t.claim_id, sum(t.amount) AS taken FROM compensation_setoff t
                JOIN compensation_payment m ON m.id = t.payment_id AND m.reversed_on IS NULL
                WHERE t.agency_id = %(agency)s GROUP BY t.claim_id
            ) AS s ON s.claim_id = c.id
            WHERE c.agency_id = %(agency)s AND c.amount < 0 AND c.status IN ('approved', 'paid')
            GROUP BY c.member_id
        ) AS c USING (member_id)
        WHERE coalesce(l.left_over, 0) <> coalesce(c.left_over, 0)
    """,
    "period": """
        SELECT b.id FROM compensation_accountingperiod b
        LEFT JOIN LATERAL (
            SELECT count(DISTINCT p.id) AS postings, coalesce(sum(e.debit), 0) AS total
            FROM compensation_posting p JOIN compensation_entry e ON e.posting_id = p.id
            WHERE p.agency_id = %(agency)s AND p."on" BETWEEN b.first AND b.last
        ) AS l ON true
        WHERE b.agency_id = %(agency)s AND b.closed_on IS NOT NULL
            AND (l.postings, l.total) IS DISTINCT FROM (b.postings, b.total)
    """,
}


@dataclass(frozen=True)
class Disagreement:
    """A row that does not agree: the code of the check, and the row's key."""

    code: str
    key: int


def findings(agency: Agency, periods: int | None = None) -> Iterator[Disagreement]:
    """What does not agree in one agency's books; nine queries, and those for files.

    `periods`: how many closed books have their file read again, another one each day; None: all.
    """
    with connection.cursor() as cursor:
        for code, query in QUERIES.items():
            cursor.execute(query, {"agency": agency.pk})
            yield from (Disagreement(code, key) for (key,) in cursor.fetchall())
    for period in _turn(agency, periods):
        if checksum(Books(agency, period.first, period.last)) != period.checksum:
            yield Disagreement("file", period.pk)


def _turn(agency: Agency, most: int | None) -> list[AccountingPeriod]:
    closed = list(AccountingPeriod.objects.within(agency).closed().order_by("last"))
    if most is None or len(closed) <= most:
        return closed
    begin = agency.today().toordinal() * most
    return [closed[(begin + each) % len(closed)] for each in range(most)]
