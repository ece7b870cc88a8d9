"""The story of an idea, in dated steps; links and waiting items."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from cells.cell import actions as cell_actions
from cells.cell.models import Cell
from cells.ideas import actions as idea_actions
from cells.ideas.models import Opportunity
from cells.overview import story
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan
from cells.ranking.models import PriorityRound
from foundation.addresses import at
from foundation.links import link
from foundation.models import Agency
from measures.definitions import periods
from measures.definitions.models import Measure
from measures.numbers import actions as number_actions
from notifications.waiting import waiting
from tests.cells.addresses import in_cells
from tests.cells.conftest import Raise, noon


def codes(steps: Sequence[story.StoryStep]) -> list[str]:
    return [step.code for step in steps]


def of(opportunity: Opportunity, reader: Member) -> list[story.StoryStep]:
    rows = story.with_people(Opportunity.objects.within(reader.agency))
    return story.of(rows.get(pk=opportunity.pk), reader)


def test_a_new_idea_has_its_way_ahead(raised: Raise, consumer: Member) -> None:
    steps = of(raised(), consumer)
    assert codes(steps) == ["raised", "ahead", "ahead", "ahead"]
    assert [step.done for step in steps] == [True, False, False, False]


def test_the_whole_way_is_told_in_the_order_of_its_days(
    active: ActionPlan,
    measure: Measure,
    provider: Member,
    facilitator: Member,
    consumer: Member,
    confirm: Callable[[Opportunity], Opportunity],
    today: date,
) -> None:
    with time_machine.travel(noon(today + timedelta(days=80))):
        period = periods.latest(measure.frequency, provider.agency.today())
        number_actions.record_point(
            measure, period=period, numerator=Decimal(8), denominator=Decimal(10), by=provider
        )
        plan_actions.finish_step(active.steps.get(), by=provider)
    with time_machine.travel(noon(today + timedelta(days=90))):
        closing = plan_actions.finish(
            active.opportunity,
            result="Eight of ten are seen in time.",
            told="You said the wait was long. We opened a second desk.",
            by=facilitator,
        )
        steps = of(confirm(closing), consumer)
    assert codes(steps) == ["raised", "ranked", "chosen", "plan", "numbers", "result"]
    days = [step.on for step in steps]
    assert days == sorted(days, key=lambda day: day or date.min)
    assert steps[1].text == "Ranked first."
    assert "80% in" in str(steps[4].title)
    assert "We opened a second desk." in steps[5].text


def test_an_idea_that_is_not_taken_up_says_why(
    raised: Raise, facilitator: Member, consumer: Member
) -> None:
    idea = raised()
    idea_actions.decline(idea, reason="The law does not allow it.", by=facilitator)
    steps = of(idea, consumer)
    assert codes(steps) == ["raised", "declined"]
    assert steps[1].text == "The law does not allow it."


def test_what_came_of_a_theme_is_told_with_its_words(
    raised: Raise, facilitator: Member, consumer: Member, manager: Member
) -> None:
    origin = idea_actions.Origin("theme", 7, "We wait and nobody says why.")
    raised(by=facilitator, origin=origin)
    raised("Tell people how long", by=facilitator, origin=origin)
    raised("Something else", by=facilitator)
    steps = story.steps("theme", 7, manager)
    assert codes(steps) == ["raised", "raised"]
    assert steps[0].quote == "We wait and nobody says why."
    assert story.steps("theme", 8, manager) == []


def test_telling_of_more_ideas_takes_no_more_queries(
    raised: Raise, chosen: Opportunity, facilitator: Member, consumer: Member
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            story.steps("theme", 7, consumer)
        return len(queries)

    origin = idea_actions.Origin("theme", 7, "Words")
    raised(by=facilitator, origin=origin)
    few = asked()
    for n in range(5):
        raised(f"Idea {n}", by=facilitator, origin=origin)
    assert asked() == few <= 4


@pytest.fixture
def hidden(seated: Cell, facilitator: Member) -> Cell:
    return cell_actions.change_cell(
        seated,
        name="Welcome cell",
        focus=seated.focus,
        mission="",
        hidden=True,
        by=facilitator,
    )


def test_what_is_in_a_hidden_cell_is_told_to_its_people_only(
    raised: Raise, hidden: Cell, facilitator: Member, consumer: Member, manager: Member
) -> None:
    origin = idea_actions.Origin("theme", 7, "Words")
    idea = raised(by=facilitator, origin=origin)
    assert story.steps("theme", 7, manager) == []
    assert link("opportunity", idea.pk, manager) is None
    assert len(story.steps("theme", 7, consumer)) == 1


def test_each_subject_has_a_title_and_an_address_for_those_who_may_know_of_it(
    active: ActionPlan,
    closed: PriorityRound,
    measure: Measure,
    agency: Agency,
    consumer: Member,
    manager: Member,
    facilitator: Member,
) -> None:
    step = active.steps.get()
    subjects = {
        ("cell", closed.cell_id): ("Welcome cell", "cells:cell"),
        ("opportunity", active.opportunity_id): (
            active.opportunity.title,
            "cells:opportunity",
        ),
        ("measure", measure.pk): (measure.name, "measures:measure"),
        ("priority_round", closed.pk): ("Welcome cell", "cells:round"),
        ("action_plan", active.pk): (active.opportunity.title, "cells:plan"),
    }
    for (kind, pk), (title, page) in subjects.items():
        found = link(kind, pk, manager)
        assert found is not None
        assert (found.title, found.url) == (title, at(agency, page, pk=pk))
        assert link(kind, 10**9, manager) is None
    found = link("action_step", step.pk, manager)
    assert found is not None
    assert found.url == at(agency, "cells:plan", pk=active.pk)
    cell_actions.change_cell(
        closed.cell, name="Welcome cell", focus="x", mission="", hidden=True, by=facilitator
    )
    for kind, pk in subjects:
        assert link(kind, pk, manager) is None
        assert link(kind, pk, consumer) is not None


def titles(member: Member, on: date) -> set[str]:
    return {each.url for each in waiting(member, on) if in_cells(each.url)}


def test_a_vote_waits_until_it_is_cast(
    ranking: PriorityRound,
    cast: Callable[..., bool],
    consumer: Member,
    manager: Member,
    today: date,
) -> None:
    page = at(consumer.agency, "cells:round", pk=ranking.pk)
    assert titles(consumer, today) == {page}
    assert titles(manager, today) == set()
    cast(consumer, 0)
    assert titles(consumer, today) == set()


def test_closing_waits_for_who_opened_the_vote_when_its_last_day_is_over(
    ranking: PriorityRound, cast: Callable[..., bool], facilitator: Member, today: date
) -> None:
    page = at(facilitator.agency, "cells:round", pk=ranking.pk)
    cast(facilitator, 0)
    assert titles(facilitator, ranking.closes_on) == set()
    assert titles(facilitator, ranking.closes_on + timedelta(days=1)) == {page}


def test_a_step_waits_for_its_owner_until_it_is_done(
    active: ActionPlan, measure: Measure, provider: Member, consumer: Member, today: date
) -> None:
    step = active.steps.get()
    page = at(provider.agency, "cells:step", pk=step.pk)
    assert page in titles(provider, today)
    assert page not in titles(consumer, today)
    plan_actions.finish_step(step, by=provider)
    assert page not in titles(provider, today)


def test_steps_of_a_plan_that_has_not_started_do_not_wait(
    whole: ActionPlan, provider: Member, today: date
) -> None:
    assert titles(provider, today) == set()


def test_the_latest_number_waits_for_who_collects_it(
    active: ActionPlan, measure: Measure, provider: Member, today: date
) -> None:
    page = at(provider.agency, "measures:record", pk=measure.pk)
    assert page in titles(provider, today)
    period = periods.latest(measure.frequency, today)
    number_actions.record_point(measure, period=period, numerator=None, by=provider)
    assert page not in titles(provider, today)
    assert page in titles(provider, periods.following("month", today + timedelta(days=31)))


def test_a_look_waits_from_its_day_on(active: ActionPlan, consumer: Member, today: date) -> None:
    page = at(consumer.agency, "cells:review", pk=active.pk)
    assert page not in titles(consumer, today)
    due = active.next_review_on
    assert due is not None
    assert page in titles(consumer, due)
    with time_machine.travel(noon(due)):
        plan_actions.review(active, outcome="go_on", note="Fine.", by=consumer)
    assert page not in titles(consumer, due)


def test_what_waits_stays_two_queries_with_these_kinds(
    active: ActionPlan, consumer: Member, today: date
) -> None:
    # The agency's policies are read once and cached.
    waiting(consumer, today)
    with CaptureQueriesContext(connection) as queries:
        waiting(consumer, today)
    assert len(queries) == 2


def test_a_cells_group_leads_to_the_cell(
    seated: Cell, agency: Agency, consumer: Member, login: Callable[[Member], Any]
) -> None:
    answer = login(consumer).get(at(agency, "groups:group", pk=seated.group_id))
    assert answer["Location"] == at(agency, "cells:cell", pk=seated.pk)
