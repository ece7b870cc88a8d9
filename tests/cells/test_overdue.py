"""Work that has not moved for too long is reported, from dates alone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine

from accounts.models import Member, StandingKind
from cells.ideas import actions as idea_actions
from cells.ideas.models import Opportunity, Overdue
from cells.overview.stalled_ideas import overdue, overdue_of
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan
from cells.ranking.models import PriorityRound
from devtools import seating
from foundation.addresses import at
from groups import actions as group_actions
from groups.models import Choice, Office
from notifications.waiting import waiting
from tests.cells.conftest import Raise, noon
from tests.conftest import Login, assert_budget


def late(opportunity: Opportunity, days: int) -> Overdue | str:
    """What is late about it, this many days from today."""
    agency = opportunity.agency
    found = overdue_of(agency, [opportunity], agency.today() + timedelta(days=days))
    return found.get(opportunity.pk, "")


@pytest.mark.parametrize(("days", "expected"), [(0, ""), (60, ""), (61, Overdue.RANK)])
def test_an_idea_that_nobody_ranked_is_overdue_after_sixty_days(
    days: int, expected: str, raised: Raise
) -> None:
    assert late(raised(), days) == expected


def test_a_ranked_idea_is_not_overdue_until_it_is_taken_up_again(
    closed: PriorityRound, facilitator: Member, today: date
) -> None:
    idea = closed.entries.order_by("pk").last()
    assert idea is not None
    assert late(idea.opportunity, 200) == ""
    with time_machine.travel(noon(today + timedelta(days=10))):
        idea_actions.park(idea.opportunity, reason="Later.", by=facilitator)
        assert late(idea.opportunity, 300) == ""
        idea_actions.take_up_again(idea.opportunity, by=facilitator)
    assert late(idea.opportunity, 70) == ""
    assert late(idea.opportunity, 71) == Overdue.RANK


def test_an_idea_on_the_list_of_a_vote_is_not_overdue(ranking: PriorityRound) -> None:
    entry = ranking.entries.first()
    assert entry is not None
    assert late(entry.opportunity, 100) == ""


def test_a_chosen_idea_without_a_plan_under_way_is_overdue_after_thirty_days(
    chosen: Opportunity,
) -> None:
    assert late(chosen, 30) == ""
    assert late(chosen, 31) == Overdue.PLAN


def test_a_plan_is_overdue_after_the_day_of_its_goal(active: ActionPlan) -> None:
    assert late(active.opportunity, 120) == ""
    assert late(active.opportunity, 121) == Overdue.TARGET


def test_a_result_that_the_cell_does_not_confirm_is_overdue_after_thirty_days(
    active: ActionPlan, facilitator: Member, confirm: Callable[[Opportunity], Opportunity]
) -> None:
    plan_actions.finish_step(active.steps.get(), by=facilitator)
    idea = plan_actions.finish(active.opportunity, result="Better.", told="We did.", by=facilitator)
    assert late(idea, 30) == ""
    assert late(idea, 31) == Overdue.CONFIRM
    confirm(idea)
    assert late(idea, 400) == ""


def test_what_is_overdue_is_listed_and_waits_for_who_runs_the_cell(
    raised: Raise, consumer: Member, facilitator: Member, today: date, login: Login
) -> None:
    idea = raised()
    seat = idea.cell.group.seats.get(member=facilitator)
    seating.give_office(seat, office=Office.FACILITATOR, on=today, by=facilitator)
    words = f"Some ideas in {idea.cell.group.name} have been waiting too long"
    url = at(idea.agency, "cells:opportunities", pk=idea.cell_id) + "?state=overdue"
    assert words not in [str(each.title) for each in waiting(facilitator, today)]
    assert idea.title not in login(consumer).get(url).content.decode()
    with time_machine.travel(noon(today + timedelta(days=61))):
        idea_actions.raise_opportunity(idea.cell, kind="problem", title="Fresh", by=consumer)
        shown = login(consumer).get(url).content.decode()
        found = [str(each.title) for each in waiting(facilitator, idea.agency.today())]
        assert words in found
        assert words not in [str(e.title) for e in waiting(consumer, idea.agency.today())]
    assert idea.title in shown
    assert "Overdue: not ranked yet" in shown
    assert "Fresh" not in shown


def test_the_list_of_two_hundred_ideas_is_flat(
    raised: Raise, consumer: Member, today: date, login: Login
) -> None:
    idea = raised()
    url = at(idea.agency, "cells:opportunities", pk=idea.cell_id)
    client = login(consumer)
    first = assert_budget(client, url)
    for number in range(199):
        raised(f"Idea number {number}")
    assert assert_budget(client, url) == first
    rows = Opportunity.objects.within(idea.agency)
    assert overdue(rows, idea.agency, today + timedelta(days=99)).count() == 200


def test_pages_keep_within_ten_queries_with_two_hundred_ideas_and_a_hundred_members(
    ranking: PriorityRound,
    raised: Raise,
    many: Callable[..., list[Member]],
    facilitator: Member,
    consumer: Member,
    login: Login,
) -> None:
    cell, agency = ranking.cell, ranking.agency
    idea = raised("Something quite different")
    decision = group_actions.propose(cell.group, title="Tea", text="Tea at noon.", by=facilitator)
    pages = [
        ("cells:opportunities", cell.pk),
        ("cells:opportunity", idea.pk),
        ("cells:merge", idea.pk),
        ("cells:raise", cell.pk),
        ("cells:round", ranking.pk),
        ("groups:decision", decision.pk),
    ]
    clients = [login(member) for member in (facilitator, consumer)]

    def counted() -> list[int]:
        return [
            assert_budget(client, at(agency, name, pk=pk))
            for client, name, pk in [(clients[0], *page) for page in pages]
            + [(clients[1], *page) for page in pages if "merge" not in page[0]]
        ]

    group_actions.take_position(decision, member=consumer, choice=Choice.AGREE)
    # Too many for radios, so it becomes a drop-down.
    for number in range(8):
        raised(f"One of the first: {number}")
    first = counted()
    for number in range(187):
        raised(f"Idea number {number}")
    for member in many(StandingKind.PROVIDER, 96):
        group_actions.take_position(decision, member=member, choice=Choice.AGREE)
    assert counted() == first
