"""By none of the three methods can a reader of the whole database match ballot and member.

Like test_ballot_secrecy.py, these tests read all tables as the cluster's superuser, including
PostgreSQL's own data on each row: the transaction that wrote it (xmin), and where it lies (ctid).
"""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import product
from typing import Any

import psycopg
import pytest
from psycopg import sql

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.ranking import actions, counting
from cells.ranking.models import PriorityRound, RankingMethod, RoundEntry
from devtools.postgresql.base import as_superuser
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from tests.cells.test_ballot_secrecy import BALLOTS, ballots, tables, written_by
from tests.conftest import Login

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize(
        "method", [each for each in RankingMethod.values if each != RankingMethod.PAPER]
    ),
]


@pytest.fixture
def voters(
    consumer: Member, second_consumer: Member, provider: Member, facilitator: Member
) -> list[Member]:
    return [consumer, second_consumer, provider, facilitator]


@pytest.fixture
def start_vote(
    seated: Cell, ideas: Sequence[Opportunity], facilitator: Member, today: date
) -> Callable[[str], PriorityRound]:
    return lambda method: actions.open_round(
        seated, opportunities=ideas, method=method, closes_on=today, by=facilitator
    )


def mark(ranking: PriorityRound, voter: int) -> dict[str, Any]:
    """A distinct ballot by which the test, and nobody else, recognizes its voter."""
    entries = list(ranking.entries.order_by("pk"))
    turned = entries[voter:] + entries[:voter]
    if ranking.method == RankingMethod.MATRIX:
        return {"ratings": {e: counting.ImpactAndEffort(voter + 1, 5 - voter) for e in entries}}
    return {"choices": turned[: ranking.votes_each]}


def sent(ranking: PriorityRound, entries: Sequence[RoundEntry]) -> dict[str, object]:
    """The same as what a form sends."""
    if ranking.method == RankingMethod.MATRIX:
        return {f"{name}_{code_of(e)}": "3" for name in ("impact", "effort") for e in entries}
    if ranking.method == RankingMethod.NOMINAL:
        return {f"card_{code_of(e)}": str(place) for place, e in enumerate(entries, 1)}
    return {"choices": [code_of(entries[0])]}


def test_a_ballot_that_is_sent_writes_nothing_else(
    method: str,
    start_vote: Callable[[str], PriorityRound],
    voters: Sequence[Member],
    login: Login,
    agency: Agency,
) -> None:
    ranking = start_vote(method)
    entries = list(ranking.entries.order_by("pk"))
    url = at(agency, "cells:round", pk=ranking.pk)
    for voter in voters[:2]:
        client = login(voter)
        key = client.get(url).context["form"]["submission"].value()
        answer = client.post(url, {"submission": key, **sent(ranking, entries)})
        assert answer.status_code == 302
    with as_superuser() as database:
        (wrote,) = {ballot["xmin"] for ballot in ballots(database, ranking)}
        assert written_by(database, wrote) == {BALLOTS}


def test_after_the_close_nothing_in_the_database_leads_from_a_ballot_to_a_member(
    method: str, start_vote: Callable[[str], PriorityRound], voters: Sequence[Member]
) -> None:
    ranking = start_vote(method)
    for place, voter in enumerate(voters):
        assert actions.cast(ranking, **mark(ranking, place), by=voter)
    with as_superuser() as database:
        before = ballots(database, ranking)
    actions.close_round(ranking, by=voters[3])
    with as_superuser() as database:
        after = ballots(database, ranking)
        assert {each["id"] for each in before}.isdisjoint(each["id"] for each in after)
        assert {(each["code"], each["side"]) for each in after} == {("", "")}
        assert len({each["xmin"] for each in after}) == 1
        # A ballot's identifying data exists nowhere else, and its codes nowhere at all.
        for each in after:
            assert tables_with(database, str(each["id"])) == {BALLOTS}
        for each in before:
            assert tables_with(database, str(each["id"])) == set()
            assert tables_with(database, each["code"]) == set()
        kinds = database.execute(
            "SELECT data_type FROM information_schema.columns WHERE table_name = 'cells_ballot'"
            " AND (data_type LIKE 'timestamp%' OR data_type = 'date' OR column_name LIKE '%seat%')"
        )
        assert kinds.fetchall() == []


def tables_with(database: psycopg.Connection[Any], text: str) -> set[str]:
    """The tables with a row that contains this."""
    return {
        name
        for name in tables(database)
        if database.execute(
            sql.SQL("SELECT 1 FROM {} AS row WHERE row::text LIKE %s LIMIT 1").format(
                sql.Identifier(name)
            ),
            [f"%{text}%"],
        ).fetchone()
    }


def test_no_order_of_rows_tells_whose_a_ballot_is(
    method: str, start_vote: Callable[[str], PriorityRound], voters: Sequence[Member]
) -> None:
    """Over many votes, pairing ballots with receipts by position or order is mostly wrong.

    Each ballot's contents tell the test, and only the test, whose it is.
    """
    right: dict[tuple[str, str], int] = {}
    votes = 7
    for _ in range(votes):
        ranking = start_vote(method)
        known: dict[str, int] = {}
        for place, voter in enumerate(voters):
            actions.cast(ranking, **mark(ranking, place), by=voter)
            with as_superuser() as database:
                new = {content(each) for each in ballots(database, ranking)} - set(known)
            known[new.pop()] = voter.pk
        actions.close_round(ranking, by=voters[3])
        with as_superuser() as database:
            for lying, listed in product(("ctid", "id"), ("ctid", "id", "member_id")):
                ordered = database.execute(
                    f"SELECT choices, points, efforts FROM cells_ballot WHERE round_id = %s"  # noqa: S608
                    f" ORDER BY {lying}",
                    [ranking.pk],
                ).fetchall()
                people = database.execute(
                    f"SELECT member_id FROM cells_ballotreceipt WHERE round_id = %s"  # noqa: S608
                    f" ORDER BY {listed}",
                    [ranking.pk],
                ).fetchall()
                found = sum(
                    known[content(ballot)] == member
                    for ballot, (member,) in zip(ordered, people, strict=True)
                )
                right[lying, listed] = right.get((lying, listed), 0) + found
    # By chance one in four is right; to know would take nearly all.
    assert max(right.values()) < 0.8 * votes * len(voters), right


def content(ballot: Any) -> str:
    """The contents of a ballot."""
    if isinstance(ballot, dict):
        return str([ballot["choices"], ballot["points"], ballot["efforts"]])
    return str(list(ballot))
