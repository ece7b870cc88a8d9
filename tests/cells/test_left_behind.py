"""What a closing cell leaves undone, and who is told."""

from collections.abc import Sequence
from datetime import timedelta

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas import actions
from cells.ideas.models import Opportunity
from foundation.addresses import at
from notifications.models import Message
from tests.cells.conftest import Raise, close, noon
from tests.conftest import Login


def test_an_idea_that_a_closed_cell_left_behind_promises_nothing(
    seated: Cell, ideas: Sequence[Opportunity], consumer: Member, facilitator: Member, login: Login
) -> None:
    url = at(seated.agency, "cells:opportunity", pk=ideas[0].pk)
    ahead, left = "The cell ranks its ideas and chooses", "This cell is closed."
    shown = login(consumer).get(url).content.decode()
    assert ahead in shown
    assert left not in shown
    close(seated, facilitator)
    with time_machine.travel(noon(seated.agency.today() + timedelta(days=1))):
        shown = login(consumer).get(url).content.decode()
    assert left in shown
    assert ahead not in shown


def _told(cell: Cell) -> list[Message]:
    rows = Message.objects.within(cell.agency).filter(code="cell.closed")
    return list(rows.select_related("member").order_by("member__display_name"))


def test_all_whose_ideas_are_left_hear_of_it_once(
    seated: Cell,
    ideas: Sequence[Opportunity],
    raised: Raise,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    facilitator: Member,
) -> None:
    raised("Plants in the hall", by=facilitator)
    refused = raised("Longer doors", by=second_consumer)
    actions.decline(refused, reason="The doors stay.", by=facilitator)
    close(seated, facilitator)
    # Whoever closes it knows, and authors of declined ideas were told why.
    told = _told(seated)
    assert {each.member for each in told} == {consumer, provider}
    assert len(told) == 2
    assert {each.subject_id for each in told} == {seated.pk}
    assert {each.title for each in told} == {seated.group.name}


def test_who_has_a_part_in_an_idea_that_is_left_hears_of_it_too(
    seated: Cell,
    ideas: Sequence[Opportunity],
    consumer: Member,
    provider: Member,
    facilitator: Member,
) -> None:
    actions.merge(ideas[3], into=ideas[0], by=facilitator)
    close(seated, facilitator)
    assert {each.member for each in _told(seated)} == {consumer, provider}


def test_an_idea_that_a_closed_cell_had_chosen_says_that_the_work_has_ended(
    chosen: Opportunity, consumer: Member, facilitator: Member, login: Login
) -> None:
    url = at(chosen.agency, "cells:opportunity", pk=chosen.pk)
    close(chosen.cell, facilitator)
    with time_machine.travel(noon(chosen.agency.today() + timedelta(days=1))):
        shown = login(consumer).get(url).text
    assert "Its work on this idea has ended." in shown
    assert "It did not take this idea up." not in shown


def test_hearing_of_it_costs_as_much_with_many_ideas_as_with_one(
    seated: Cell, raised: Raise, facilitator: Member
) -> None:
    def queries() -> int:
        rows = seated.opportunities.select_related("raised_by", "on_behalf_of")
        ideas = list(rows)
        with CaptureQueriesContext(connection) as made:
            actions.leave_behind(seated, ideas, by=facilitator)
        return len(made)

    raised("Tea")
    with_one = queries()
    for number in range(20):
        raised(f"Idea {number}")
    assert queries() == with_one
