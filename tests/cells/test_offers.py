"""An idea's page does not offer what the rule would refuse; it says what comes first."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas import actions as idea_actions
from cells.ideas.models import Opportunity
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan
from cells.ranking import actions as ranking_actions
from cells.ranking.models import PriorityRound
from foundation.addresses import at
from groups.models import Decision
from tests.cells.addresses import page_name
from tests.conftest import Login

pytestmark = pytest.mark.django_db

MOVES = ("merge", "split", "park", "decline")


def offered(client: object, idea: Opportunity, *moves: str) -> list[str]:
    """The moves that the idea's page links to; all others must refuse."""
    page = client.get(at(idea.agency, "cells:opportunity", pk=idea.pk)).text  # type: ignore[attr-defined]
    there = []
    for move in moves:
        url = at(idea.agency, page_name(move), pk=idea.pk)
        status = client.get(url).status_code  # type: ignore[attr-defined]
        assert status == (200 if url in page else 403), move
        if url in page:
            there.append(move)
    return there


def test_nothing_is_offered_of_an_idea_that_people_vote_on(
    ranking: PriorityRound, ideas: Sequence[Opportunity], facilitator: Member, login: Login
) -> None:
    client = login(facilitator)
    assert offered(client, ideas[0], *MOVES) == []
    page = client.get(at(ranking.agency, "cells:opportunity", pk=ideas[0].pk)).text
    assert "People are voting on this idea now." in page
    ranking_actions.cancel_round(ranking, by=facilitator)
    assert offered(client, ideas[0], *MOVES) == list(MOVES)


def test_nothing_is_offered_of_an_idea_that_the_cell_decides_on(
    proposed: Decision, ideas: Sequence[Opportunity], facilitator: Member, login: Login
) -> None:
    client = login(facilitator)
    assert offered(client, ideas[0], *MOVES) == []
    assert offered(client, ideas[1], *MOVES) == list(MOVES)


def test_undoing_is_not_offered_while_people_vote(
    seated: Cell,
    ideas: Sequence[Opportunity],
    facilitator: Member,
    login: Login,
    today: date,
) -> None:
    client = login(facilitator)
    joined = idea_actions.merge(ideas[1], into=ideas[0], by=facilitator)
    halves = idea_actions.split(
        ideas[2], parts=[idea_actions.SplitPart("A"), idea_actions.SplitPart("B")], by=facilitator
    )
    whole = Opportunity.objects.within(seated.agency).get(pk=ideas[2].pk)
    assert offered(client, joined, "take_apart") == ["take_apart"]
    assert offered(client, whole, "put_together") == ["put_together"]
    ranking_actions.open_round(
        seated,
        opportunities=[ideas[0], halves[1]],
        closes_on=today + timedelta(days=3),
        by=facilitator,
    )
    assert offered(client, joined, "take_apart") == []
    assert offered(client, whole, "put_together") == []


def test_asking_if_it_worked_is_offered_once_something_was_tried(
    chosen: Opportunity, request: pytest.FixtureRequest, facilitator: Member, login: Login
) -> None:
    client = login(facilitator)
    assert offered(client, chosen, "finish") == []
    active: ActionPlan = request.getfixturevalue("active")
    # The page says which steps are still open before it asks anything.
    assert offered(client, active.opportunity, "finish") == ["finish"]


def test_whoever_is_not_in_the_cell_is_not_led_to_its_question_if_it_worked(
    active: ActionPlan, facilitator: Member, consumer: Member, manager: Member, login: Login
) -> None:
    plan_actions.finish_step(active.steps.get(), by=consumer)
    idea = plan_actions.finish(active.opportunity, result="Yes.", told="We did.", by=facilitator)
    page = at(idea.agency, "cells:opportunity", pk=idea.pk)
    decision = at(idea.agency, "groups:decision", pk=idea.closing_id)
    assert decision in login(consumer).get(page).text
    outside = login(manager)
    assert outside.get(decision).status_code == 403
    assert decision not in outside.get(page).text


def test_an_idea_can_be_split_put_together_and_split_again(
    ideas: Sequence[Opportunity], facilitator: Member, login: Login
) -> None:
    halves = [idea_actions.SplitPart("A"), idea_actions.SplitPart("B")]
    idea_actions.split(ideas[0], parts=halves, by=facilitator)
    whole = idea_actions.put_together(ideas[0], by=facilitator)
    parts = idea_actions.split(whole, parts=halves, by=facilitator)
    whole = Opportunity.objects.within(whole.agency).get(pk=whole.pk)
    assert offered(login(facilitator), whole, "put_together") == ["put_together"]
    whole = idea_actions.put_together(whole, by=facilitator)
    assert whole.state == "raised"
    assert all(again(part).merged_into_id == whole.pk for part in parts)


def again(idea: Opportunity) -> Opportunity:
    return Opportunity.objects.within(idea.agency).get(pk=idea.pk)
