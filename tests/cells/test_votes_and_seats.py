"""People come and go, and cells end, during a vote: its secrets stay secret."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Member, StandingKind
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.ranking import actions, rules
from cells.ranking.counting import Cast as Counted
from cells.ranking.counting import sides
from cells.ranking.models import Ballot, BallotReceipt, PriorityRound
from devtools import seating
from foundation.addresses import at
from foundation.keys import code_of
from foundation.refusals import Refused
from groups import actions as group_actions
from groups.models import Seat
from tests.cells.conftest import close
from tests.conftest import Enter, Login

pytestmark = pytest.mark.django_db
Cast = Callable[..., bool]


@pytest.fixture
def apart(
    seated: Cell,
    ideas: Sequence[Opportunity],
    many: Callable[..., list[Member]],
    facilitator: Member,
    today: date,
) -> PriorityRound:
    """A vote of five consumers and five staff, with sides counted separately."""
    many(StandingKind.PRIMARY_CONSUMER, 3)
    many(StandingKind.PROVIDER, 3)
    opened = actions.open_round(
        seated, opportunities=ideas, votes_each=1, closes_on=today, by=facilitator
    )
    assert opened.by_side
    return opened


def voters(ranking: PriorityRound) -> list[Member]:
    seats = Seat.objects.within(ranking.agency).filter(group=ranking.cell.group_id)
    return [seat.member for seat in seats.select_related("member").order_by("pk")]


def kept_sides(ranking: PriorityRound) -> set[str]:
    ballots = Ballot.objects.within(ranking.agency).filter(round=ranking)
    return set(ballots.values_list("side", flat=True))


def test_the_only_one_of_a_side_who_joins_late_is_not_known_by_their_ballot(
    apart: PriorityRound, enter: Enter, facilitator: Member, today: date
) -> None:
    """A single family member would cast the only ballot of "others", readable in the rows."""
    entry = apart.entries.order_by("pk").first()
    before, *others = voters(apart)
    actions.cast(apart, choices=[entry], by=before)  # type: ignore[list-item]
    assert kept_sides(apart) == {"consumers"}
    late = enter("Luis Late", StandingKind.FAMILY_MEMBER)
    seating.seat(apart.cell.group, late, since=today, by=facilitator)
    actions.cast(apart, choices=[entry], by=late)  # type: ignore[list-item]
    assert kept_sides(apart) == {""}
    for member in others:
        actions.cast(apart, choices=[entry], by=member)  # type: ignore[list-item]
    assert kept_sides(apart) == {""}
    closed = actions.close_round(apart, by=facilitator)
    assert (closed.ballots_cast, closed.ballots_consumers, closed.ballots_staff) == (11, None, None)


def test_one_more_of_a_large_side_changes_nothing(
    apart: PriorityRound, enter: Enter, facilitator: Member, today: date
) -> None:
    entry = apart.entries.order_by("pk").first()
    late = enter("Lou Late", StandingKind.PROVIDER)
    seating.seat(apart.cell.group, late, since=today, by=facilitator)
    for member in voters(apart):
        actions.cast(apart, choices=[entry], by=member)  # type: ignore[list-item]
    closed = actions.close_round(apart, by=facilitator)
    assert (closed.ballots_consumers, closed.ballots_staff) == (5, 6)


def test_no_side_is_told_where_a_ballot_has_none() -> None:
    """The whole would reveal the missing part."""
    five = [Counted((1,), (1,), side=side) for side in ("consumers", "staff") for _ in range(5)]
    assert sides(five) == (5, 5)
    assert sides([*five, Counted((1,), (1,))]) is None
    assert sides([*five, *[Counted((1,), (1,))] * 5]) is None


def test_one_who_voted_and_left_on_the_same_day_decides_nothing_in_the_cell_any_more(
    ranking: PriorityRound,
    cast: Cast,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    facilitator: Member,
    today: date,
) -> None:
    cast(consumer, 0)
    seat = Seat.objects.within(ranking.agency).get(group=ranking.cell.group_id, member=consumer)
    group_actions.end_seat(seat, on=today, by=consumer)
    for voter in (second_consumer, provider, facilitator):
        cast(voter, 0)
    closed = actions.close_round(ranking, by=facilitator)
    receipts = BallotReceipt.objects.within(ranking.agency).filter(round=closed)
    assert receipts.count() == closed.ballots_cast == 3
    assert not receipts.filter(member=consumer).exists()
    assert closed.entries.get(place=1).votes is None  # fewer than are shown


def test_one_who_changes_sides_during_the_vote_votes_once(
    ranking: PriorityRound, cast: Cast, consumer: Member, facilitator: Member, today: date
) -> None:
    cast(consumer, 0)
    seat = Seat.objects.within(ranking.agency).get(group=ranking.cell.group_id, member=consumer)
    group_actions.end_seat(seat, on=today, by=facilitator)
    seating.seat(
        ranking.cell.group,
        consumer,
        standing=StandingKind.UNDISCLOSED,
        since=today,
        by=facilitator,
    )
    assert cast(consumer, 1) is False
    assert Ballot.objects.within(ranking.agency).count() == 1


def test_a_cell_is_not_closed_on_an_open_vote(
    ranking: PriorityRound, cast: Cast, consumer: Member, facilitator: Member, today: date
) -> None:
    """Nobody could close the vote then: its ballots would keep their codes forever."""
    cast(consumer, 0)
    with pytest.raises(Refused, match="vote is open"):
        group_actions.close_group(ranking.cell.group, on=today, by=facilitator)
    actions.cancel_round(ranking, by=facilitator)
    assert close(ranking.cell, facilitator).group.closed == today


def test_the_pages_say_so_and_do_not_offer_it(
    ranking: PriorityRound, facilitator: Member, login: Login
) -> None:
    client, agency = login(facilitator), ranking.agency
    closing = at(agency, "cells:close", pk=ranking.cell_id)
    assert "Close the vote or call it off first." in client.get(closing).text
    page = at(agency, "cells:cell", pk=ranking.cell_id)
    assert closing not in client.get(page).text
    actions.cancel_round(ranking, by=facilitator)
    assert closing in client.get(page).text
    assert client.get(closing).status_code == 200
    old = client.get(at(agency, "groups:close", pk=ranking.cell.group_id))
    assert old["Location"] == closing


def test_a_cell_never_ends_on_a_day_to_come_so_no_vote_outlives_it(
    seated: Cell, facilitator: Member, today: date
) -> None:
    """Until then somebody could start a vote that nobody would be there to close."""
    tomorrow = today + timedelta(days=1)
    with pytest.raises(ValidationError, match="Choose today"):
        close(seated, facilitator, on=tomorrow)
    with pytest.raises(ValidationError, match="Choose today"):
        group_actions.close_group(seated.group, on=tomorrow, by=facilitator)


def test_after_the_talk_it_also_takes_three_who_vote(
    seated: Cell, consumer: Member, facilitator: Member
) -> None:
    """People may have left the cell since ideas were requested."""
    silent = actions.gather(seated, question="What helps?", by=facilitator)
    actions.write_down(silent, kind="problem", title="A quiet thought", by=consumer)
    talking = actions.go_round(silent, by=facilitator)
    assert rules.ranking_in_silence(talking, facilitator, ideas=4, voters=3) is None
    refusal = rules.ranking_in_silence(talking, facilitator, ideas=4, voters=2)
    assert refusal is not None
    assert "voting members" in str(refusal.reason)


def test_nothing_of_a_ballot_is_in_the_log_or_the_session(
    ranking: PriorityRound, consumer: Member, login: Login, caplog: Any
) -> None:
    client = login(consumer)
    url = at(ranking.agency, "cells:round", pk=ranking.pk)
    key = client.get(url).context["form"]["submission"].value()
    entries = list(ranking.entries.order_by("pk"))
    before = dict(client.session)
    with caplog.at_level("DEBUG"):
        client.post(url, {"submission": key, "choices": [code_of(entries[2])]})
        client.post(url, {"submission": key, "choices": [code_of(entries[1])]})
    assert dict(client.session) == before
    said = "\n".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    assert code_of(entries[2]) not in said
    assert "choices" not in said
