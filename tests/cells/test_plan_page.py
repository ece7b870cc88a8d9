"""What the page of a plan shows, from its parts alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.plans.models import ActionPlan, ActionStep, Driver, PDSACycle, SustainPlan
from cells.plans.presenting.plans import PlanPage, PlanParts, PlanRights, plan_page
from foundation.models import Agency
from foundation.paging import Few
from foundation.presenting import PageLink

TODAY = date(2026, 5, 4)
EVERYTHING = PlanRights(add_steps=True, review=True, sustain=True, look_on=True)
AGENCY = Agency(pk=1, slug="harbor", name="Harbor")


def somebody(name: str) -> Member:
    return Member(pk=1, agency=AGENCY, shown_name=name)


def a_plan(**given: object) -> ActionPlan:
    idea = Opportunity(pk=4, agency=AGENCY, title="Calls", cell=Cell(pk=3, agency=AGENCY))
    under_way = {"status": "active", "activated_on": TODAY, "aim": "Answer at night"}
    return ActionPlan(pk=5, agency=AGENCY, opportunity=idea, **{**under_way, **given})


def parts(plan: ActionPlan, *, missing: int = 0, sustain: SustainPlan | None = None) -> PlanParts:
    return PlanParts(plan, [], [], Few([], 0), [], sustain, missing)


def sustained(plan: ActionPlan, next_look_on: date | None) -> SustainPlan:
    return SustainPlan(
        pk=6,
        agency=AGENCY,
        plan=plan,
        looked_at_by=somebody("Nora"),
        cadence="month",
        reopen_if="It gets <worse>",
        next_look_on=next_look_on,
    )


def lasting(page: PlanPage) -> list[PageLink]:
    return [link for part in page.facts for link in part.links]


def test_a_plan_says_what_it_lacks_while_it_is_made() -> None:
    draft = parts(a_plan(status="draft", activated_on=None), missing=2)
    page = plan_page(draft, PlanRights(change=True), TODAY)
    assert "2 things" in page.missing
    assert (page.tone, page.since, len(page.watching)) == ("quiet", "", 1)
    assert not plan_page(replace(draft, missing=0), PlanRights(change=True), TODAY).missing


@pytest.mark.parametrize("late", [0, 1])
def test_a_look_is_asked_for_from_its_day_on_and_offered_before(late: int) -> None:
    plan = a_plan(next_review_on=TODAY + timedelta(days=1 - late))
    page = plan_page(parts(plan), EVERYTHING, TODAY)
    assert (page.duty is not None, len(page.reviewing)) == (bool(late), 1 - late)


def test_what_slipped_comes_before_a_look_that_is_due() -> None:
    plan = a_plan(status="finished", ended_on=TODAY, slipped_on=TODAY)
    held = sustained(plan, TODAY)
    slipped = plan_page(parts(plan, sustain=held), EVERYTHING, TODAY).duty
    plan.left_on = TODAY
    due = plan_page(parts(plan, sustain=held), EVERYTHING, TODAY).duty
    assert slipped is not None
    assert due is not None
    assert slipped.href == due.href
    assert slipped.action != due.action


def test_nothing_is_asked_of_who_may_not_do_it() -> None:
    plan = a_plan(status="finished", ended_on=TODAY, slipped_on=TODAY, next_review_on=TODAY)
    page = plan_page(parts(plan, sustain=sustained(plan, TODAY)), PlanRights(), TODAY)
    assert page.duty is None
    assert [*page.adding_steps, *page.reviewing, *page.watching] == []
    assert lasting(page) == []


def test_whether_it_lasts_can_be_written_down_before_it_is_due() -> None:
    plan = a_plan(status="finished", ended_on=TODAY)
    early = sustained(plan, TODAY + timedelta(days=1))
    may = replace(EVERYTHING, sustain=False)
    assert len(lasting(plan_page(parts(plan, sustain=early), may, TODAY))) == 1
    due = sustained(plan, TODAY)
    assert lasting(plan_page(parts(plan, sustain=due), may, TODAY)) == []


def test_how_it_lasts_is_told_or_asked_for() -> None:
    plan = a_plan(status="finished", ended_on=TODAY)
    asked = plan_page(parts(plan), EVERYTHING, TODAY).facts[-1]
    assert not asked.facts
    assert asked.words
    [told] = plan_page(parts(plan, sustain=sustained(plan, None)), PlanRights(), TODAY).facts
    assert told.facts[0]["value"] == "Nora"
    assert told.facts[-1]["value"] == "It gets &lt;worse&gt;"
    assert not plan_page(parts(plan), PlanRights(), TODAY).facts


def test_how_it_is_evaluated_leaves_out_what_nobody_said() -> None:
    assert not plan_page(parts(a_plan()), PlanRights(), TODAY).facts
    plan = a_plan(looked_at_by=somebody("Ann"), next_review_on=TODAY)
    [shown] = plan_page(parts(plan), PlanRights(), TODAY).facts
    assert len(shown.facts) == 2
    assert shown.facts[0]["value"] == "Ann"
    assert 'datetime="2026-05-04"' in shown.facts[1]["value"]


def test_a_step_names_its_people_its_day_and_its_change_idea() -> None:
    plan = a_plan()
    idea = Driver(pk=9, agency=AGENCY, text="A night line")
    full = ActionStep(
        pk=10,
        agency=AGENCY,
        plan=plan,
        what="Call",
        change_idea=idea,
        owner=somebody("Ann"),
        co_owner=somebody("Bo"),
        due=TODAY - timedelta(days=1),
        status="to_do",
    )
    # As the page loads it: its owner is not away.
    vars(full)["clock_stopped"] = False
    bare = ActionStep(pk=11, agency=AGENCY, plan=plan, what="Ask", status="to_do")
    with_steps = replace(parts(plan), steps=[full, bare])
    page = plan_page(with_steps, EVERYTHING, TODAY)
    first, second = page.steps
    assert (first.people, first.late, second.late) == ("Ann, Bo", True, False)
    assert "A night line" in first.origin
    assert not second.origin
    assert second.people
    assert second.due
    assert len(page.adding_steps) == 1
    finished = replace(with_steps, plan=a_plan(status="finished", ended_on=TODAY))
    assert not plan_page(finished, EVERYTHING, TODAY).adding_steps


def test_a_test_that_ended_early_says_so_quietly() -> None:
    plan = a_plan()
    test = PDSACycle(
        pk=30, agency=AGENCY, plan=plan, number=2, title="Nights", started_on=TODAY,
        broken_off_on=TODAY,
    )  # fmt: skip
    [shown] = plan_page(replace(parts(plan), tests=Few([test], 1)), EVERYTHING, TODAY).tests
    assert shown.tone == "quiet"
    assert "2" in shown.name
    assert "Nights" in shown.name
