"""What the page of an action step shows, from its parts alone."""

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.plans.models import ActionPlan, ActionStep, Driver
from cells.plans.presenting.steps import StepPage, StepRights, step_page
from foundation.models import Agency

TODAY = date(2026, 5, 4)
AGENCY = Agency(pk=1, slug="harbor", name="Harbor")


def a_step(plan_status: str = "active", **given: object) -> ActionStep:
    idea = Opportunity(pk=4, agency=AGENCY, title="Calls", cell=Cell(pk=3, agency=AGENCY))
    plan = ActionPlan(pk=5, agency=AGENCY, opportunity=idea, status=plan_status)
    return ActionStep(agency=AGENCY, plan=plan, **{"pk": 7, "what": "Ask", **given})


def shown(step: ActionStep, *needs: ActionStep, **may: bool) -> StepPage:
    return step_page(step, needs, [], StepRights(**may), TODAY)


def test_a_step_says_who_does_it_by_when() -> None:
    nora, lee = (Member(pk=pk, agency=AGENCY, shown_name=n) for pk, n in ((1, "Nora"), (2, "Lee")))
    idea = Driver(pk=9, agency=AGENCY, text="A <desk>")
    step = a_step(owner=nora, co_owner=lee, due=TODAY, change_idea=idea)
    values = [row["value"] for row in shown(step).facts]
    assert values[:3] == ["Calls", "Nora", "Lee"]
    assert "A &lt;desk&gt;</a>" in values[4]
    assert len(shown(a_step()).facts) == 3


def test_a_step_is_late_after_its_day() -> None:
    assert shown(a_step(due=TODAY - timedelta(days=1))).late
    assert not shown(a_step(due=TODAY)).late


@pytest.mark.parametrize(("status", "starts"), [("to_do", True), ("started", False)])
def test_a_step_is_started_once(status: str, starts: bool) -> None:
    assert bool(shown(a_step(status=status), doing=True, change=True).start) is starts


def test_what_a_step_waits_for_is_told_to_who_could_do_it() -> None:
    need = a_step(pk=8, status="to_do")
    plan, first = shown(a_step("draft"), need, change=True), shown(a_step(), need, change=True)
    assert plan.waiting
    assert first.waiting
    assert plan.waiting != first.waiting
    assert not shown(a_step(), a_step(pk=8, status="done"), change=True).waiting
    assert not shown(a_step("draft"), need).waiting
    assert not shown(a_step(), need, change=True, doing=True).waiting


def test_a_step_that_is_over_says_how_and_is_opened_again_by_its_own_words() -> None:
    over: dict[str, Any] = {"started_on": TODAY, "ended_on": TODAY}
    done = shown(a_step(status="done", **over), reopen=True)
    dropped = shown(a_step(status="dropped", reason="No\nroom", **over), reopen=True)
    assert done.reopening[0].href == dropped.reopening[0].href
    assert done.reopening[0].text != dropped.reopening[0].text
    assert done.facts[-1]["key"] == "Done"
    assert [row["key"] for row in dropped.facts[-2:]] == ["Dropped", "Why"]
    assert dropped.facts[-1]["value"] == "No<br>room"


def test_only_who_may_is_led_on() -> None:
    assert len(shown(a_step(), change=True).changing) == 2
    page = shown(a_step())
    assert (page.changing, page.reopening) == ([], [])
