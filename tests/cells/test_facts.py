"""A cell's stage, and whether consumers took part, derived from what is on record."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts.models import Member, StandingKind
from cells.cell import actions as cell_actions
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.overview import facts, stages
from cells.overview.next_step import ahead
from cells.overview.stages import Facts, MissionStage
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan
from cells.ranking import actions as ranking_actions
from cells.ranking.models import PriorityRound
from devtools import seating
from foundation.addresses import at
from groups import actions as group_actions
from groups.models import Decision
from tests.cells.conftest import Raise
from tests.conftest import Login


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (Facts(), MissionStage.IDENTIFY),
        (Facts(ideas=9), MissionStage.IDENTIFY),
        (Facts(ideas=9, open_round=1), MissionStage.RANK),
        (Facts(ranked=1), MissionStage.CHOOSE),
        (Facts(ranked=1, deciding=2), MissionStage.CHOOSE),
        (Facts(to_plan=3), MissionStage.PLAN),
        (Facts(active_plan=4), MissionStage.EVALUATE),
        (Facts(active_plan=4, open_round=1), MissionStage.RANK),
        (Facts(active_plan=4, deciding=2), MissionStage.CHOOSE),
        (Facts(active_plan=4, to_plan=3), MissionStage.PLAN),
        (Facts(active_plan=4, ranked=1), MissionStage.EVALUATE),
    ],
)
def test_the_stage_follows_from_the_facts(known: Facts, expected: MissionStage) -> None:
    assert stages.stage(known) is expected


def read(cell: Cell, reader: Member) -> facts.CellFacts:
    cells = Cell.objects.within(reader.agency).filter(pk=cell.pk)
    [found] = facts.facts_of(cells, reader, reader.agency.today())
    return found


def stage_of(cell: Cell, reader: Member) -> MissionStage:
    return read(cell, reader).stage


def next_of(cell: Cell, reader: Member) -> str:
    return ahead(read(cell, reader), reader, reader.agency.today()).action


def test_a_new_cell_looks_for_ideas(seated: Cell, consumer: Member) -> None:
    assert stage_of(seated, consumer) is MissionStage.IDENTIFY
    assert next_of(seated, consumer) == "Share an improvement idea"


def test_with_ideas_a_vote_is_next(
    seated: Cell, ideas: Sequence[Opportunity], consumer: Member, facilitator: Member
) -> None:
    assert next_of(seated, facilitator) == "Start a vote"
    assert next_of(seated, consumer) == "Share an improvement idea"


def test_during_a_vote_each_voter_is_asked_until_they_voted(
    ranking: PriorityRound, cast: Callable[..., bool], consumer: Member, manager: Member
) -> None:
    assert stage_of(ranking.cell, consumer) is MissionStage.RANK
    assert next_of(ranking.cell, consumer) == "Vote now"
    cast(consumer, 0)
    assert next_of(ranking.cell, consumer) == "See how the vote goes"
    assert next_of(ranking.cell, manager) == "See how the vote goes"


def test_after_the_vote_one_idea_is_proposed_then_decided(
    closed: PriorityRound, ideas: Sequence[Opportunity], consumer: Member, manager: Member
) -> None:
    assert stage_of(closed.cell, consumer) is MissionStage.CHOOSE
    assert next_of(closed.cell, consumer) == "Propose one idea"
    assert next_of(closed.cell, manager) == "See what came out of the vote"
    ranking_actions.propose_choice(closed, opportunity=ideas[0], text="This.", by=consumer)
    assert next_of(closed.cell, consumer) == "Say what you think"
    assert next_of(closed.cell, manager) == ""


@pytest.mark.parametrize("decides", [False, True])
def test_the_page_of_a_cell_tells_what_its_card_in_the_list_tells(
    decides: bool, closed: PriorityRound, consumer: Member, login: Login
) -> None:
    """An open decision of the group is separate from what was ranked."""
    if decides:
        group_actions.propose(closed.cell.group, title="Mondays", text="Each week.", by=consumer)
    client, agency = login(consumer), consumer.agency
    for url in (at(agency, "cells:cell", pk=closed.cell_id), at(agency, "cells:cells")):
        assert "Next, we choose one idea" in client.get(url).content.decode()


def test_after_the_choice_a_plan_is_made_and_then_looked_at(
    chosen: Opportunity, whole: ActionPlan, consumer: Member
) -> None:
    assert stage_of(chosen.cell, consumer) is MissionStage.PLAN
    assert next_of(chosen.cell, consumer) == "Make the plan"
    plan_actions.activate(whole, by=consumer)
    assert stage_of(chosen.cell, consumer) is MissionStage.EVALUATE
    assert next_of(chosen.cell, consumer) == "See the plan"
    ActionPlan.objects.within(chosen.agency).update(next_review_on=consumer.agency.today())
    assert next_of(chosen.cell, consumer) == "Write down what you see"


def test_when_it_is_done_ideas_are_looked_for_again(
    active: ActionPlan,
    facilitator: Member,
    provider: Member,
    confirm: Callable[[Opportunity], Opportunity],
) -> None:
    plan_actions.finish_step(active.steps.get(), by=provider)
    closing = plan_actions.finish(
        active.opportunity, result="Better.", told="We did.", by=facilitator
    )
    assert stage_of(active.opportunity.cell, facilitator) is MissionStage.EVALUATE
    confirm(closing)
    assert stage_of(active.opportunity.cell, facilitator) is MissionStage.IDENTIFY


def parts(cell: Cell, reader: Member) -> dict[str, tuple[bool, bool]]:
    found = read(cell, reader).took_part
    return {part.stage.value: (part.begun, part.consumers) for part in found}


BEGUN_WITH, BEGUN_WITHOUT, NOT_BEGUN = (True, True), (True, False), (False, False)


def test_a_cell_without_anything_has_begun_nothing(seated: Cell, consumer: Member) -> None:
    assert set(parts(seated, consumer).values()) == {NOT_BEGUN}


def test_consumers_took_part_in_what_they_did(
    active: ActionPlan, consumer: Member, facilitator: Member
) -> None:
    found = parts(active.opportunity.cell, facilitator)
    assert found["identify"] == found["rank"] == found["choose"] == BEGUN_WITH
    assert found["plan"] == BEGUN_WITHOUT
    assert found["evaluate"] == NOT_BEGUN


def test_ideas_of_staff_alone_are_a_signal(
    seated: Cell, raised: Raise, provider: Member, facilitator: Member, consumer: Member
) -> None:
    raised(by=provider)
    assert parts(seated, facilitator)["identify"] == BEGUN_WITHOUT
    raised("Another", by=facilitator, on_behalf_of=consumer, consented=True)
    assert parts(seated, facilitator)["identify"] == BEGUN_WITH


def test_a_vote_without_consumers_is_a_signal(
    ranking: PriorityRound,
    cast: Callable[..., bool],
    many: Callable[..., list[Member]],
    provider: Member,
    facilitator: Member,
    consumer: Member,
    second_consumer: Member,
    today: date,
) -> None:
    (third,) = many(StandingKind.PROVIDER, 1)
    for member in (consumer, second_consumer):
        seat = ranking.cell.group.seats.get(member=member)
        group_actions.end_seat(seat, on=today, by=facilitator)
    for member in (provider, facilitator, third):
        cast(member, 0)
    ranking_actions.close_round(ranking, by=facilitator)
    assert parts(ranking.cell, facilitator)["rank"] == BEGUN_WITHOUT


def test_a_consumer_who_owns_a_step_takes_part_in_the_plan(
    whole: ActionPlan, consumer: Member, today: date
) -> None:
    plan_actions.add_step(whole, what="Ask people", owner=consumer, due=today, by=consumer)
    plan_actions.activate(whole, by=consumer)
    assert parts(whole.opportunity.cell, consumer)["plan"] == BEGUN_WITH


def test_a_consumer_at_a_meeting_while_the_plan_was_made_takes_part_in_it(
    whole: ActionPlan, consumer: Member, facilitator: Member
) -> None:
    cell = whole.opportunity.cell
    meeting = group_actions.plan_meeting(cell.group, starts_at=now(), by=facilitator)
    group_actions.record_attendance(meeting, present={consumer: Decimal(1)}, by=facilitator)
    plan_actions.activate(whole, by=facilitator)
    assert parts(cell, facilitator)["plan"] == BEGUN_WITH


def test_a_look_by_staff_alone_is_a_signal_and_one_with_consumers_is_not(
    active: ActionPlan, consumer: Member, facilitator: Member
) -> None:
    cell = active.opportunity.cell
    plan_actions.review(active, outcome="go_on", note="Fine.", by=facilitator)
    assert parts(cell, facilitator)["evaluate"] == BEGUN_WITHOUT
    meeting = group_actions.plan_meeting(cell.group, starts_at=now(), by=facilitator)
    group_actions.record_attendance(meeting, present={consumer: Decimal(1)}, by=facilitator)
    plan_actions.review(active, outcome="go_on", note="Fine.", meeting=meeting, by=facilitator)
    assert parts(cell, facilitator)["evaluate"] == BEGUN_WITH


def test_a_consumer_who_looks_takes_part(active: ActionPlan, consumer: Member) -> None:
    plan_actions.review(active, outcome="go_on", note="Fine.", by=consumer)
    assert parts(active.opportunity.cell, consumer)["evaluate"] == BEGUN_WITH


def test_whoever_has_a_seat_elsewhere_is_no_consumer_here(
    active: ActionPlan,
    enter: Callable[..., Member],
    facilitator: Member,
    administrator: Member,
    today: date,
) -> None:
    """A consumer's place in another group says nothing about this cell's review."""
    stranger = enter("Stray", StandingKind.PRIMARY_CONSUMER)
    other = cell_actions.open_cell(name="Other", focus="Other", by=facilitator, on=today)
    seating.seat(other.group, stranger, since=today, by=facilitator)
    looked = plan_actions.review(active, outcome="go_on", note="Fine.", by=facilitator)
    type(looked).objects.within(active.agency).update(by=stranger)
    assert parts(active.opportunity.cell, facilitator)["evaluate"] == BEGUN_WITHOUT


def test_many_cells_are_one_query(
    seated: Cell, active: ActionPlan, facilitator: Member, today: date
) -> None:
    for n in range(5):
        cell_actions.open_cell(name=f"Cell {n}", focus="More", by=facilitator, on=today)
    # The agency's policies are read once and cached.
    facts.facts_of(Cell.objects.within(facilitator.agency), facilitator, today)
    with CaptureQueriesContext(connection) as queries:
        found = facts.facts_of(Cell.objects.within(facilitator.agency), facilitator, today)
        assert len([each.stage for each in found]) == 6
    assert len(queries) == 1


def test_the_next_meeting_is_the_first_that_is_planned(
    seated: Cell, consumer: Member, facilitator: Member
) -> None:
    for days in (9, 3, -3):
        group_actions.plan_meeting(
            seated.group, starts_at=now() + timedelta(days=days), by=facilitator, place=f"{days}"
        )
    meeting = read(seated, consumer).meeting
    assert meeting is not None
    assert meeting.place == "3"


def test_a_decision_of_another_kind_is_no_choice(seated: Cell, consumer: Member) -> None:
    proposed: Decision = group_actions.propose(
        seated.group, title="Meet on Mondays", text="Each week.", by=consumer
    )
    assert proposed.pk
    assert stage_of(seated, consumer) is MissionStage.IDENTIFY
