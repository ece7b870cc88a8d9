"""Nobody can tell who voted how, not even a reader of the whole database, at any time.

These tests read as the cluster's superuser, including PostgreSQL's own data on each row: which
transaction wrote it (xmin), and where it lies (ctid).
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from psycopg import sql

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.ranking import actions, secrecy
from cells.ranking.models import Ballot, BallotReceipt, PriorityRound, RoundStatus
from devtools.postgresql.base import as_superuser
from foundation import tenancy
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from foundation.refusals import Refused
from tests.cells.conftest import TITLES
from tests.conftest import Login

pytestmark = pytest.mark.django_db(transaction=True)

# Tables that every request may write to, or whose rows are anonymous.
BALLOTS = "cells_ballot"


@contextmanager
def reading() -> Iterator[psycopg.Connection[Any]]:
    with as_superuser() as found:
        yield found


def tables(database: psycopg.Connection[Any]) -> list[str]:
    names = database.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    )
    return [name for (name,) in names]


def written_by(database: psycopg.Connection[Any], transaction_id: str) -> set[str]:
    """The tables with a row that this transaction wrote."""
    return {
        name
        for name in tables(database)
        if database.execute(
            sql.SQL("SELECT 1 FROM {} WHERE xmin::text = %s LIMIT 1").format(sql.Identifier(name)),
            [transaction_id],
        ).fetchone()
    }


def ballots(database: psycopg.Connection[Any], ranking: PriorityRound) -> list[dict[str, Any]]:
    """Everything the database knows of the round's ballots, in physical order."""
    rows = database.execute(
        "SELECT xmin::text, id, code, side, choices, points, efforts FROM cells_ballot"
        " WHERE round_id = %s ORDER BY ctid",
        [ranking.pk],
    )
    names = ("xmin", "id", "code", "side", "choices", "points", "efforts")
    return [dict(zip(names, row, strict=True)) for row in rows]


@pytest.fixture
def voters(
    consumer: Member, second_consumer: Member, provider: Member, facilitator: Member
) -> list[Member]:
    return [consumer, second_consumer, provider, facilitator]


@pytest.mark.promise("ballots")
def test_while_the_vote_is_open_a_ballots_transaction_wrote_nothing_else(
    ranking: PriorityRound, voters: Sequence[Member], login: Login, agency: Agency
) -> None:
    entries = list(ranking.entries.order_by("pk"))
    url = at(agency, "cells:round", pk=ranking.pk)
    for voter in voters[:2]:
        client = login(voter)
        page = client.get(url)
        key = page.context["form"]["submission"].value()
        answer = client.post(url, {"submission": key, "choices": [code_of(entries[0])]})
        assert answer.status_code == 302
    with reading() as database:
        found = ballots(database, ranking)
        assert len(found) == 2
        # The last voter's transaction rewrote both: neither shows when it was cast.
        (wrote,) = {ballot["xmin"] for ballot in found}
        assert written_by(database, wrote) == {BALLOTS}
        # Nor was a session, or anything else, written right after.
        later = database.execute(
            "SELECT count(*) FROM django_session WHERE xmin::text::bigint > %s", [wrote]
        )
        assert later.fetchone() == (0,)


@pytest.mark.promise("ballots")
def test_a_ballot_has_neither_member_nor_time() -> None:
    fields = {field.name for field in Ballot._meta.get_fields()}
    assert fields == {"id", "agency", "round", "choices", "points", "efforts", "code", "side"}


def test_the_codes_of_ballots_can_not_be_worked_out_from_the_database(
    ranking: PriorityRound, cast: Callable[..., bool], consumer: Member, settings: Any
) -> None:
    """Somebody with every row but without the server's key finds no member for a ballot."""
    cast(consumer, 0)
    code = Ballot.objects.within(ranking.agency).get().code
    assert secrecy.code(ranking, consumer) == code
    settings.SECRET_KEY = "a guess"
    assert secrecy.code(ranking, consumer) is None
    ranking.seal = secrecy.seal(ranking.salt)
    assert secrecy.code(ranking, consumer) != code


@pytest.mark.promise("ballots")
def test_after_the_close_no_ballot_can_be_matched_to_a_member(
    ranking: PriorityRound,
    cast: Callable[..., bool],
    voters: Sequence[Member],
    facilitator: Member,
) -> None:
    for place, voter in enumerate(voters):
        cast(voter, place)
    with reading() as database:
        before = ballots(database, ranking)
    actions.close_round(ranking, by=facilitator)
    with reading() as database:
        after = ballots(database, ranking)
        # Neither keys nor codes from before, so what was seen during the vote does not help.
        assert {each["id"] for each in before}.isdisjoint(each["id"] for each in after)
        assert {(each["code"], each["side"]) for each in after} == {("", "")}
        # One transaction, that of the close, wrote them all, with everybody's receipts.
        (wrote,) = {each["xmin"] for each in after}
        receipts = database.execute(
            "SELECT xmin::text, member_id FROM cells_ballotreceipt WHERE round_id = %s",
            [ranking.pk],
        ).fetchall()
        assert {each for each, _ in receipts} == {wrote}
        assert {member for _, member in receipts} == {voter.pk for voter in voters}
        salt = database.execute(
            "SELECT salt, seal FROM cells_priorityround WHERE id = %s", [ranking.pk]
        ).fetchone()
        assert salt == ("", "")
        # No event reports a single vote; the one of the close reports how many.
        events = database.execute(
            "SELECT name, data FROM foundation_event WHERE subject_type = 'priority_round'"
            " ORDER BY id"
        ).fetchall()
    assert [name for name, _ in events] == ["round.opened", "round.closed"]
    assert events[1][1] == {"cell": ranking.cell_id}


@pytest.mark.promise("ballots")
def test_neither_ballots_nor_receipts_lie_in_the_order_of_the_votes(
    seated: Cell,
    ideas: Sequence[Opportunity],
    voters: Sequence[Member],
    facilitator: Member,
    today: date,
) -> None:
    """Over many votes, a ballot's position says nothing about when it was cast."""
    places = []
    for _ in range(12):
        ranking = actions.open_round(
            seated, opportunities=ideas, votes_each=1, closes_on=today, by=facilitator
        )
        entries = list(ranking.entries.order_by("pk"))
        for entry, voter in zip(entries, voters, strict=True):
            actions.cast(ranking, choices=[entry], by=voter)
        actions.close_round(ranking, by=facilitator)
        with reading() as database:
            lying = [each["choices"][0] for each in ballots(database, ranking)]
            members = database.execute(
                "SELECT member_id FROM cells_ballotreceipt WHERE round_id = %s ORDER BY id",
                [ranking.pk],
            ).fetchall()
        cast_in = [entry.pk for entry in entries]
        in_order = [voter.pk for voter in voters]
        places.append(
            (tuple(map(cast_in.index, lying)), tuple(in_order.index(m) for (m,) in members))
        )
    assert len({ballot for ballot, _ in places}) > 1
    assert len({receipt for _, receipt in places}) > 1
    assert any(ballot != receipt for ballot, receipt in places)


def test_a_member_who_votes_twice_at_once_has_one_ballot(
    ranking: PriorityRound, agency: Agency, consumer: Member
) -> None:
    entries = list(ranking.entries.order_by("pk"))
    together = threading.Barrier(4)
    answers: list[bool] = []

    def vote(place: int) -> None:
        try:
            with tenancy.entering(agency):
                together.wait(10)
                answers.append(actions.cast(ranking, choices=[entries[place]], by=consumer))
        finally:
            connection.close()

    threads = [threading.Thread(target=vote, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == [False, False, False, True]
    assert Ballot.objects.within(agency).count() == 1


def test_the_database_itself_holds_a_second_ballot_off(
    ranking: PriorityRound, cast: Callable[..., bool], consumer: Member
) -> None:
    cast(consumer, 0)
    first = Ballot.objects.within(ranking.agency).get()
    with pytest.raises(IntegrityError, match="ballot_once_per_voter"), transaction.atomic():
        Ballot.objects.within(ranking.agency).create(
            round=ranking, choices=first.choices, points=first.points, code=first.code
        )


def test_a_vote_that_meets_the_close_is_counted_or_refused(
    ranking: PriorityRound,
    cast: Callable[..., bool],
    agency: Agency,
    voters: Sequence[Member],
    facilitator: Member,
) -> None:
    """Whichever comes first, no ballot with its code remains in a closed round."""
    consumer, *others = voters
    for voter in others:
        cast(voter, 0)
    PriorityRound.objects.within(agency).update(
        opened_on=ranking.opened_on - timedelta(days=9),
        closes_on=ranking.opened_on - timedelta(days=1),
    )
    entry = ranking.entries.get(opportunity__title=TITLES[0])
    together = threading.Barrier(2)
    outcome: list[object] = []

    def late() -> None:
        try:
            with tenancy.entering(agency):
                together.wait(10)
                outcome.append(actions.cast(ranking, choices=[entry], by=consumer))
        except Refused as refused:
            outcome.append(refused)
        finally:
            connection.close()

    thread = threading.Thread(target=late)
    thread.start()
    together.wait(10)
    actions.close_round(ranking, by=facilitator)
    thread.join(30)
    assert isinstance(outcome[0], Refused)
    codes = Ballot.objects.within(agency).filter(round=ranking).values_list("code", flat=True)
    assert list(codes) == [""] * 3


def test_no_vote_is_lost_or_doubled_when_the_server_gets_a_new_key(
    ranking: PriorityRound, cast: Callable[..., bool], voters: Sequence[Member], settings: Any
) -> None:
    first, second, third, fourth = voters
    cast(first, 0)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "a new key that nobody can guess"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert cast(first, 1) is False
    assert cast(second, 1) is True
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Refused, match="key has changed"):
        cast(third, 0)
    settings.SECRET_KEY_FALLBACKS = [old]
    cast(third, 0)
    cast(fourth, 0)
    assert actions.close_round(ranking, by=fourth).ballots_cast == 4
    receipts = BallotReceipt.objects.within(ranking.agency).filter(round=ranking)
    assert set(receipts.values_list("member", flat=True)) == {voter.pk for voter in voters}


def test_a_round_can_not_end_and_keep_its_salt(ranking: PriorityRound, today: date) -> None:
    rows = PriorityRound.objects.within(ranking.agency).filter(pk=ranking.pk)
    with (
        pytest.raises(IntegrityError, match="priority_round_forgets_its_salt"),
        transaction.atomic(),
    ):
        rows.update(status=RoundStatus.CANCELLED, ended_on=today)
