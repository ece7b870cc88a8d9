"""Asking a cell whether it worked: what is still open, and what it decides knowingly."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Member
from cells.ideas.models import Opportunity, OpportunityState
from cells.plans import actions
from cells.plans.models import ActionPlan, PDSACycle
from foundation.addresses import at
from foundation.refusals import Refused
from notifications.waiting import waiting
from tests.conftest import Login, assert_budget

SAID: dict[str, Any] = {"result": "Better.", "told": "You said, we did."}


@pytest.fixture
def running(active: ActionPlan, cycle: PDSACycle, provider: Member) -> PDSACycle:
    """A running test, in a plan whose steps are done."""
    actions.finish_step(active.steps.get(), by=provider)
    return actions.start_cycle(cycle, by=provider)


def test_the_page_says_which_steps_are_open_and_how_to_end_them(
    active: ActionPlan, login: Login, facilitator: Member
) -> None:
    step, url = active.steps.get(), at(active.agency, "cells:finish", pk=active.opportunity_id)
    shown = login(facilitator).get(url).text
    assert "These steps are still open" in shown
    assert at(active.agency, "cells:step", pk=step.pk) in shown
    assert "What came of it?" not in shown
    assert_budget(login(facilitator), url)


def test_a_test_that_goes_on_is_named_and_the_cell_decides_knowingly(
    running: PDSACycle,
    active: ActionPlan,
    planned: dict[str, Any],
    login: Login,
    facilitator: Member,
) -> None:
    actions.plan_cycle(active, **{**planned, "title": "Never begun"}, by=facilitator)
    url = at(active.agency, "cells:finish", pk=active.opportunity_id)
    page = login(facilitator).get(url)
    assert "These small tests still go on" in page.text
    assert "Never begun" in page.text
    keys = {name: page.context["form"][name].value() for name in ("submission", "version")}
    answer = login(facilitator).post(url, {**SAID, **keys})
    assert answer.status_code == 422
    assert "A small test still goes on. Check the box, or end the test first." in answer.text
    assert login(facilitator).post(url, {**SAID, **keys, "knowing": "on"}).status_code == 302
    idea = Opportunity.objects.within(active.agency).get(pk=active.opportunity_id)
    assert idea.state == OpportunityState.CLOSING
    assert idea.closing is not None
    assert f"Small tests that still go on:\nTest 1: {running.title}" in idea.closing.text
    assert "What the charts say now:" in idea.closing.text
    assert "Never begun" not in idea.closing.text


def test_a_test_that_was_started_is_written_to_its_end_when_its_idea_is_done(
    running: PDSACycle,
    active: ActionPlan,
    confirm: Callable[[Opportunity], Opportunity],
    facilitator: Member,
    provider: Member,
) -> None:
    with pytest.raises(ValidationError):
        actions.finish(active.opportunity, **SAID, by=facilitator)
    confirm(actions.finish(active.opportunity, **SAID, knowing=True, by=facilitator))
    today = active.agency.today()
    assert running.to_day is not None
    late = max(today, running.to_day)
    assert any(running.title in each.title for each in waiting(provider, late))
    done = actions.record_doing(running, happened="Fine.", unexpected="", over=True, by=provider)
    actions.record_study(done, foretold="yes", learned="It helps.", by=provider)
    ended = actions.conclude_cycle(done, outcome="adopt", reason="It helps.", by=provider)
    assert ended.ended_on == today
    assert not any(running.title in each.title for each in waiting(provider, late))


def test_one_that_was_never_started_stays_as_not_tried(
    active: ActionPlan,
    cycle: PDSACycle,
    confirm: Callable[[Opportunity], Opportunity],
    login: Login,
    facilitator: Member,
    provider: Member,
) -> None:
    actions.finish_step(active.steps.get(), by=provider)
    confirm(actions.finish(active.opportunity, **SAID, by=facilitator))
    with pytest.raises(Refused):
        actions.start_cycle(cycle, by=provider)
    url = at(active.agency, "cells:cycles", pk=active.pk)
    assert "Not tried" in login(facilitator).get(url).text
