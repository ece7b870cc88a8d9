"""Who may do what, as tables of people, states and answers."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from accounts.models import Member
from cells.cell import rules as cell_rules
from cells.cell.models import Cell
from cells.ideas import rules as idea_rules
from cells.ideas.models import Opportunity, OpportunityState
from cells.plans import actions as plan_actions
from cells.plans import rules as plan_rules
from cells.plans.models import ActionPlan
from cells.ranking import rules as ranking_rules
from cells.ranking.models import PriorityRound
from devtools import seating
from measures.definitions import actions as measure_actions
from measures.definitions import rules as measure_rules
from measures.definitions.models import Measure
from measures.numbers import rules as number_rules
from tests.cells.conftest import Raise, close

PEOPLE = ["consumer", "provider", "facilitator", "administrator", "manager", "committee_chair"]


def allowed(rule: Callable[[Member], object], request: pytest.FixtureRequest) -> set[str]:
    return {person for person in PEOPLE if rule(request.getfixturevalue(person)) is None}


def test_facilitators_and_administrators_open_cells(request: pytest.FixtureRequest) -> None:
    assert allowed(cell_rules.opening, request) == {"facilitator", "administrator"}


def test_those_who_run_the_cell_run_it(seated: Cell, request: pytest.FixtureRequest) -> None:
    assert allowed(lambda member: cell_rules.running(seated, member), request) == {
        "facilitator",
        "administrator",
    }


def test_a_consumer_who_chairs_the_cell_runs_it_too(
    seated: Cell, consumer: Member, facilitator: Member, today: date
) -> None:
    seat = seated.group.seats.get(member=consumer)
    seating.give_office(seat, office="chair", on=today, by=facilitator)
    assert cell_rules.running(seated, consumer) is None


def test_everyone_in_the_cell_works_in_it(seated: Cell, request: pytest.FixtureRequest) -> None:
    everyone = {"consumer", "provider", "facilitator", "administrator"}
    assert allowed(lambda member: cell_rules.working(seated, member), request) == everyone
    assert allowed(lambda member: measure_rules.defining(seated.group, member), request) == everyone


def test_everyone_in_the_program_raises_ideas(seated: Cell, request: pytest.FixtureRequest) -> None:
    assert allowed(lambda member: idea_rules.raising(seated, member), request) == set(PEOPLE)


def test_nothing_is_done_in_a_closed_cell(
    seated: Cell, facilitator: Member, consumer: Member, today: date
) -> None:
    close(seated, facilitator)
    seated.group.refresh_from_db()
    for rule in (cell_rules.running, cell_rules.working, idea_rules.raising):
        assert rule(seated, facilitator) is not None
        assert rule(seated, consumer) is not None
    for member in (facilitator, consumer):
        assert measure_rules.defining(seated.group, member) is not None


def test_what_happened_in_a_closed_cell_is_written_down_by_those_who_were_in_it(
    seated: Cell,
    measure: Measure,
    facilitator: Member,
    provider: Member,
    manager: Member,
    today: date,
) -> None:
    close(seated, facilitator)
    measure.owner.refresh_from_db()
    for member in (facilitator, provider):
        assert number_rules.recording(measure, member) is None
    assert number_rules.recording(measure, manager) is not None


@pytest.mark.parametrize("before", OpportunityState)
@pytest.mark.parametrize("after", OpportunityState)
def test_an_idea_moves_only_along_the_table(
    before: OpportunityState,
    after: OpportunityState,
    raised: Raise,
    facilitator: Member,
    consumer: Member,
) -> None:
    table = {
        ("raised", "parked"),
        ("raised", "declined"),
        ("chosen", "parked"),
        ("parked", "raised"),
        ("parked", "declined"),
        ("declined", "raised"),
    }
    idea = raised()
    idea.state = before
    may = idea_rules.moving(idea, after, facilitator) is None
    assert may == ((before.value, after.value) in table)
    assert idea_rules.moving(idea, after, consumer) is not None


@pytest.mark.parametrize(
    ("ideas", "voters", "under_way", "may"),
    [
        (2, 3, False, True),
        (30, 12, False, True),
        (1, 3, False, False),
        (4, 2, False, False),
        (4, 4, True, False),
    ],
)
def test_a_vote_opens_over_two_ideas_with_three_voters(
    ideas: int, voters: int, under_way: bool, may: bool, seated: Cell, facilitator: Member
) -> None:
    refusal = ranking_rules.opening_round(
        seated, facilitator, ideas=ideas, voters=voters, under_way=under_way
    )
    assert (refusal is None) == may


def test_only_those_who_run_the_cell_open_a_vote(seated: Cell, provider: Member) -> None:
    assert (
        ranking_rules.opening_round(seated, provider, ideas=4, voters=4, under_way=False)
        is not None
    )


@pytest.mark.parametrize(
    ("cast", "still_to_vote", "days_after", "may"),
    [
        (4, 0, 0, True),
        (3, 1, 1, True),
        (3, 1, 0, False),
        (2, 0, 0, False),
        (2, 2, 30, False),
    ],
)
def test_a_vote_closes_when_all_voted_or_its_last_day_is_over_and_three_did(
    cast: int,
    still_to_vote: int,
    days_after: int,
    may: bool,
    ranking: PriorityRound,
    facilitator: Member,
) -> None:
    on = ranking.closes_on + timedelta(days=days_after)
    refusal = ranking_rules.closing_round(
        ranking, facilitator, on, cast=cast, still_to_vote=still_to_vote
    )
    assert (refusal is None) == may


@pytest.mark.parametrize(
    ("days_after", "voted", "may"), [(0, False, True), (1, False, False), (0, True, False)]
)
def test_one_votes_once_until_the_last_day(
    days_after: int, voted: bool, may: bool, ranking: PriorityRound, consumer: Member
) -> None:
    seat = ranking.cell.group.seats.get(member=consumer)
    on = ranking.closes_on + timedelta(days=days_after)
    assert (ranking_rules.voting(ranking, seat, on, voted=voted) is None) == may


def test_who_has_no_vote_in_the_cell_does_not_vote(
    ranking: PriorityRound, consumer: Member, today: date
) -> None:
    seat = ranking.cell.group.seats.get(member=consumer)
    seat.voting = False
    assert ranking_rules.voting(ranking, seat, today, voted=False) is not None
    assert ranking_rules.voting(ranking, None, today, voted=False) is not None


def test_the_result_is_proposed_by_anyone_in_the_cell(
    closed: PriorityRound, request: pytest.FixtureRequest
) -> None:
    assert allowed(
        lambda member: ranking_rules.proposing(closed, member, under_way=False), request
    ) == {
        "consumer",
        "provider",
        "facilitator",
        "administrator",
    }
    facilitator = request.getfixturevalue("facilitator")
    assert ranking_rules.proposing(closed, facilitator, under_way=True) is not None


def test_nothing_is_proposed_before_the_vote_is_closed(
    ranking: PriorityRound, facilitator: Member
) -> None:
    assert ranking_rules.proposing(ranking, facilitator, under_way=False) is not None


def test_a_plan_is_made_for_a_chosen_idea_by_the_people_of_the_cell(
    chosen: Opportunity, raised: Raise, request: pytest.FixtureRequest
) -> None:
    everyone = {"consumer", "provider", "facilitator", "administrator"}
    assert allowed(lambda member: plan_rules.planning(chosen, member), request) == everyone
    waiting = raised("Something else")
    assert allowed(lambda member: plan_rules.planning(waiting, member), request) == set()


def test_aim_and_goal_stay_as_they_are_while_the_plan_is_under_way(
    active: ActionPlan, facilitator: Member
) -> None:
    assert plan_rules.changing_plan(active, facilitator) is not None
    assert plan_rules.adding_steps(active, facilitator) is None
    plan_actions.review(active, outcome="stop", note="It got worse.", by=facilitator)
    active.refresh_from_db()
    assert plan_rules.changing_plan(active, facilitator) is None


def test_whoever_collects_a_number_writes_it_down_also_from_outside_of_the_cell(
    measure: Measure, manager: Member, facilitator: Member
) -> None:
    assert number_rules.recording(measure, manager) is not None
    measure_actions.redefine(measure, collected_by=manager, by=facilitator)
    measure.refresh_from_db()
    assert number_rules.recording(measure, manager) is None
    measure_actions.retire(measure, by=facilitator)
    measure.refresh_from_db()
    # Late numbers of the days before are still written down.
    assert number_rules.recording(measure, manager) is None
    assert measure_rules.redefining(measure, facilitator) is not None
