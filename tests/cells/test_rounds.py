"""Ranking: opened, voted, closed; what is shown of it, and the choice that follows."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import Member, StandingKind
from cells.cell import actions as cell_actions
from cells.cell.models import Cell
from cells.ideas import actions as idea_actions
from cells.ideas.models import Opportunity, OpportunityState
from cells.ranking import actions as ranking_actions
from cells.ranking.actions import default_votes
from cells.ranking.models import Ballot, BallotReceipt, PriorityRound, RoundStatus
from devtools import seating
from foundation.addresses import at
from foundation.models import Event
from foundation.refusals import Refused
from groups import actions as group_actions
from groups.models import Choice, Decision, DecisionStatus
from notifications.models import Message
from privacy.holds import actions as holds
from privacy.holds.models import HoldScope
from tests.cells.conftest import noon
from tests.conftest import Login

Cast = Callable[..., bool]


def counts(ranking: PriorityRound) -> list[tuple[int | None, int | None]]:
    return list(ranking.entries.order_by("pk").values_list("place", "votes"))


@pytest.mark.parametrize(
    ("ideas", "votes"), [(2, 1), (3, 1), (4, 1), (5, 2), (9, 3), (15, 5), (30, 5)]
)
def test_each_person_has_about_a_third_of_the_list(ideas: int, votes: int) -> None:
    assert default_votes(ideas) == votes


def test_opening_a_vote_is_recorded_without_naming_anybody(ranking: PriorityRound) -> None:
    event = Event.objects.within(ranking.agency).get(name="round.opened")
    assert event.data == {"cell": ranking.cell_id, "ideas": 4, "votes": 2}


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("votes_each", {"votes_each": 4}),
        ("votes_each", {"votes_each": 0}),
        ("closes_on", {"closes_on": -1}),
        ("closes_on", {"closes_on": 400}),
    ],
)
def test_a_vote_that_makes_no_sense_is_not_opened(
    field: str,
    change: dict[str, Any],
    seated: Cell,
    ideas: Sequence[Opportunity],
    facilitator: Member,
    today: date,
) -> None:
    days = change.pop("closes_on", 7)
    with pytest.raises(ValidationError) as caught:
        ranking_actions.open_round(
            seated,
            opportunities=ideas,
            closes_on=today + timedelta(days=days),
            by=facilitator,
            **change,
        )
    assert set(caught.value.message_dict) == {field}


def test_only_waiting_ideas_of_this_cell_are_on_the_list(
    seated: Cell, ideas: Sequence[Opportunity], facilitator: Member, today: date
) -> None:
    other = cell_actions.open_cell(name="Other", focus="Other", by=facilitator, on=today)
    stray = idea_actions.raise_opportunity(other, by=facilitator, kind="problem", title="Stray")
    idea_actions.park(ideas[0], reason="Later.", by=facilitator)
    for strange in (stray, ideas[0]):
        with pytest.raises(ValidationError, match="Choose from the ideas of this cell"):
            ranking_actions.open_round(
                seated, opportunities=[ideas[1], strange], closes_on=today, by=facilitator
            )


def test_the_list_needs_two_ideas(
    seated: Cell, ideas: Sequence[Opportunity], facilitator: Member, today: date
) -> None:
    with pytest.raises(ValidationError, match="from 2 to 30"):
        ranking_actions.open_round(seated, opportunities=ideas[:1], closes_on=today, by=facilitator)


def test_one_vote_is_open_at_a_time(
    ranking: PriorityRound, ideas: Sequence[Opportunity], facilitator: Member, today: date
) -> None:
    with pytest.raises(Refused, match="A vote is open"):
        ranking_actions.open_round(
            ranking.cell, opportunities=ideas, closes_on=today, by=facilitator
        )


def test_a_second_ballot_of_the_same_member_changes_nothing(
    ranking: PriorityRound, cast: Cast, consumer: Member
) -> None:
    assert cast(consumer, 0, 1) is True
    assert cast(consumer, 2) is False
    ballot = Ballot.objects.within(ranking.agency).get()
    assert len(ballot.choices) == 2


def test_a_ballot_chooses_at_least_one_and_at_most_so_many(
    ranking: PriorityRound, cast: Cast, consumer: Member
) -> None:
    with pytest.raises(ValidationError, match="at least one"):
        cast(consumer)
    with pytest.raises(ValidationError, match="You have 2 votes"):
        cast(consumer, 0, 1, 2)
    assert not Ballot.objects.within(ranking.agency).exists()


def test_a_ballot_is_only_for_ideas_on_the_list(
    closed: PriorityRound,
    ideas: Sequence[Opportunity],
    facilitator: Member,
    consumer: Member,
    today: date,
) -> None:
    second = ranking_actions.open_round(
        closed.cell, opportunities=ideas[1:], closes_on=today, by=facilitator
    )
    with pytest.raises(ValidationError, match="on the list"):
        ranking_actions.cast(second, choices=[closed.entries.first()], by=consumer)  # type: ignore[list-item]


def test_people_without_a_vote_cast_none(
    ranking: PriorityRound,
    cast: Cast,
    manager: Member,
    provider: Member,
    facilitator: Member,
    today: date,
) -> None:
    with pytest.raises(Refused):
        cast(manager, 0)
    seat = ranking.cell.group.seats.get(member=provider)
    seating.give_office(seat, office="note_taker", on=today, voting=False, by=facilitator)
    with pytest.raises(Refused):
        cast(provider, 0)


def test_nobody_votes_after_the_last_day(
    ranking: PriorityRound, cast: Cast, consumer: Member
) -> None:
    with time_machine.travel(noon(ranking.closes_on + timedelta(days=2))), pytest.raises(Refused):
        cast(consumer, 0)


def test_a_vote_stays_open_until_all_voted_or_the_last_day_is_over(
    ranking: PriorityRound,
    cast: Cast,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    facilitator: Member,
) -> None:
    for member in (consumer, second_consumer, provider):
        cast(member, 0)
    with pytest.raises(Refused, match="Not everyone has voted"):
        ranking_actions.close_round(ranking, by=facilitator)
    with time_machine.travel(noon(ranking.closes_on + timedelta(days=2))):
        assert ranking_actions.close_round(ranking, by=facilitator).ballots_cast == 3


def test_too_few_ballots_are_not_counted(
    ranking: PriorityRound, cast: Cast, consumer: Member, facilitator: Member
) -> None:
    cast(consumer, 0)
    with (
        time_machine.travel(noon(ranking.closes_on + timedelta(days=2))),
        pytest.raises(Refused, match="Fewer than 3"),
    ):
        ranking_actions.close_round(ranking, by=facilitator)


def test_the_order_is_shown_and_the_counts_are_not_below_five_ballots(
    closed: PriorityRound,
) -> None:
    assert counts(closed) == [(1, None), (2, None), (4, None), (3, None)]


def test_authors_hear_in_which_place_their_idea_came(
    closed: PriorityRound, consumer: Member
) -> None:
    rows = Message.objects.within(closed.agency).filter(member=consumer, code="opportunity.ranked")
    assert sorted(message.data["place"] for message in rows) == [1, 2, 4]


def test_counts_are_shown_from_five_ballots_on(
    ranking: PriorityRound,
    cast: Cast,
    many: Callable[..., list[Member]],
    facilitator: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    login: Login,
) -> None:
    (other,) = many(StandingKind.OTHER, 1)
    for member in (consumer, second_consumer, provider, facilitator):
        cast(member, 0, 2)
    cast(other, 3)
    ranking = ranking_actions.close_round(ranking, by=facilitator)
    assert counts(ranking) == [(1, 4), (4, 0), (1, 4), (3, 1)]
    few, most = ["half or fewer"], ["most"]
    assert told(ranking, login(consumer)) == [most, few, most, few]
    assert set(ranking.entries.values_list("votes_staff", flat=True)) == {None}


def told(ranking: PriorityRound, client: Client) -> list[list[str]]:
    """The numbers the page shows for each entry, in list order."""
    rows = client.get(at(ranking.agency, "cells:round", pk=ranking.pk)).context["page"].rows
    by_title = {row.title: [cell.value for cell in row.cells] for row in rows}
    return [by_title[entry.opportunity.title] for entry in ranking.entries.order_by("pk")]


@pytest.fixture
def big(
    seated: Cell,
    ideas: Sequence[Opportunity],
    many: Callable[..., list[Member]],
    facilitator: Member,
    today: date,
) -> tuple[PriorityRound, dict[str, list[Member]]]:
    """A vote in a cell of five consumers and five staff."""
    many(StandingKind.PRIMARY_CONSUMER, 3)
    many(StandingKind.PROVIDER, 3)
    opened = ranking_actions.open_round(
        seated, opportunities=ideas, votes_each=1, closes_on=today, by=facilitator
    )
    people: dict[str, list[Member]] = {"consumers": [], "staff": []}
    for seat in seated.group.seats.select_related("member"):
        people["consumers" if seat.is_consumer else "staff"].append(seat.member)
    return opened, people


def test_that_all_voted_alike_is_not_told(
    ranking: PriorityRound,
    cast: Cast,
    many: Callable[..., list[Member]],
    facilitator: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    login: Login,
) -> None:
    (other,) = many(StandingKind.OTHER, 1)
    for member in (consumer, second_consumer, provider, facilitator, other):
        cast(member, 1)
    ranking = ranking_actions.close_round(ranking, by=facilitator)
    few, most = ["half or fewer"], ["most"]
    assert told(ranking, login(consumer)) == [few, most, few, few]
    # Nor by a shared place: chance decides which of them gets it.
    assert sorted(place for place, _votes in counts(ranking) if place) == [1, 2, 3, 4]
    assert counts(ranking)[1] == (1, 5)


def test_where_a_side_voted_alike_no_number_by_side_is_exact(
    big: Any, facilitator: Member, login: Login
) -> None:
    opened, people = big
    entries = list(opened.entries.order_by("pk"))
    for member in people["consumers"]:
        ranking_actions.cast(opened, choices=[entries[0]], by=member)
    for number, member in enumerate(people["staff"]):
        ranking_actions.cast(opened, choices=[entries[0 if number == 0 else 1]], by=member)
    closed = ranking_actions.close_round(opened, by=facilitator)
    few, most = "half or fewer", "most"
    first, second, *_others = told(closed, login(facilitator))
    # Six of ten: an exact number would mean five consumers and one staff member.
    assert first == [most, most, few]
    assert second == ["fewer than 5", few, most]


def test_votes_are_counted_by_side_where_each_has_five(big: Any, facilitator: Member) -> None:
    opened, people = big
    assert opened.by_side
    entries = list(opened.entries.order_by("pk"))
    for member in people["consumers"]:
        ranking_actions.cast(opened, choices=[entries[0]], by=member)
    for member in people["staff"]:
        ranking_actions.cast(opened, choices=[entries[1]], by=member)
    closed = ranking_actions.close_round(opened, by=facilitator)
    sides = closed.entries.order_by("pk").values_list("votes_consumers", "votes_staff")
    assert list(sides)[:2] == [(5, 0), (0, 5)]
    assert set(Ballot.objects.within(closed.agency).values_list("side", flat=True)) == {""}


def test_votes_are_not_counted_by_side_when_one_side_cast_fewer(
    big: Any, facilitator: Member
) -> None:
    opened, people = big
    entry = opened.entries.first()
    for member in people["consumers"][:4] + people["staff"]:
        ranking_actions.cast(opened, choices=[entry], by=member)
    with time_machine.travel(noon(opened.closes_on + timedelta(days=2))):
        closed = ranking_actions.close_round(opened, by=facilitator)
    assert set(closed.entries.values_list("votes_consumers", flat=True)) == {None}
    assert closed.entries.order_by("place").first().votes == 9  # type: ignore[union-attr]


def test_no_side_is_kept_where_it_could_never_be_shown(
    ranking: PriorityRound, cast: Cast, consumer: Member
) -> None:
    cast(consumer, 0)
    assert not ranking.by_side
    assert Ballot.objects.within(ranking.agency).get().side == ""


def test_a_legal_hold_keeps_the_ballots_of_an_open_vote(
    ranking: PriorityRound,
    cast: Cast,
    consumer: Member,
    facilitator: Member,
    administrator: Member,
    login: Login,
) -> None:
    cast(consumer, 0)
    group = ranking.cell.group
    hold = holds.hold(scope=HoldScope.GROUP, group=group, reason="A lawsuit", by=administrator)
    with pytest.raises(Refused):
        ranking_actions.cancel_round(ranking, by=facilitator)
    assert Ballot.objects.within(ranking.agency).exists()
    page = login(facilitator).get(at(ranking.agency, "cells:round", pk=ranking.pk))
    away = at(ranking.agency, "cells:cancel_round", pk=ranking.pk)
    assert away not in page.text
    holds.end(hold, reason="It was dropped", by=administrator)
    assert away in login(facilitator).get(at(ranking.agency, "cells:round", pk=ranking.pk)).text
    ranking_actions.cancel_round(ranking, by=facilitator)


def test_a_vote_that_is_called_off_leaves_no_ballot(
    ranking: PriorityRound, cast: Cast, consumer: Member, facilitator: Member
) -> None:
    cast(consumer, 0)
    ended = ranking_actions.cancel_round(ranking, by=facilitator)
    assert (ended.status, ended.salt, ended.seal) == (RoundStatus.CANCELLED, "", "")
    assert not Ballot.objects.within(ranking.agency).exists()
    assert not BallotReceipt.objects.within(ranking.agency).exists()
    with pytest.raises(Refused):
        ranking_actions.close_round(ranking, by=facilitator)


def test_people_can_be_given_more_time(
    ranking: PriorityRound, cast: Cast, consumer: Member, facilitator: Member, today: date
) -> None:
    later = today + timedelta(days=30)
    assert ranking_actions.extend_round(ranking, closes_on=later, by=facilitator).closes_on == later
    with pytest.raises(ValidationError):
        ranking_actions.extend_round(ranking, closes_on=today - timedelta(days=1), by=facilitator)


def test_the_choice_is_the_cells_decision(
    chosen: Opportunity, proposed: Decision, consumer: Member
) -> None:
    assert (chosen.state, chosen.decision_id) == (OpportunityState.CHOSEN, proposed.pk)
    event = Event.objects.within(chosen.agency).get(name="opportunity.chosen")
    assert event.data == {"cell": chosen.cell_id, "decision": proposed.pk}
    rows = Message.objects.within(chosen.agency).filter(member=consumer)
    assert rows.filter(code="opportunity.chosen").count() == 1


def test_a_proposal_that_is_not_adopted_leaves_the_idea_on_the_list(
    proposed: Decision,
    consumer: Member,
    second_consumer: Member,
    facilitator: Member,
    ideas: Sequence[Opportunity],
    closed: PriorityRound,
) -> None:
    group_actions.take_position(proposed, member=consumer, choice=Choice.AGREE)
    group_actions.take_position(
        proposed, member=second_consumer, choice=Choice.OBJECT, reason="It costs too much."
    )
    group_actions.close_decision(proposed, adopted=False, by=facilitator)
    ideas[0].refresh_from_db()
    assert ideas[0].state == OpportunityState.RAISED
    again = ranking_actions.propose_choice(
        closed, opportunity=ideas[1], text="Then this.", by=consumer
    )
    assert again.status == DecisionStatus.OPEN


def test_one_choice_is_proposed_at_a_time_and_from_the_list(
    proposed: Decision,
    closed: PriorityRound,
    ideas: Sequence[Opportunity],
    facilitator: Member,
    consumer: Member,
) -> None:
    with pytest.raises(Refused, match="deciding on a choice"):
        ranking_actions.propose_choice(closed, opportunity=ideas[1], text="This.", by=consumer)
    group_actions.withdraw(proposed, by=consumer)
    stray = idea_actions.raise_opportunity(closed.cell, by=consumer, kind="problem", title="New")
    with pytest.raises(ValidationError, match="ideas of this vote"):
        ranking_actions.propose_choice(closed, opportunity=stray, text="This.", by=consumer)
