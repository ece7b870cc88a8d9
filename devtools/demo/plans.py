"""The cells' work on chosen ideas: aim, goal, steps, reviews, replies."""

from datetime import timedelta
from decimal import Decimal

from cells.plans.actions import (
    activate,
    add_step,
    begin_plan,
    finish,
    finish_step,
    review,
    set_aim,
    set_evaluation,
    set_standard,
    start_step,
)
from cells.plans.models import Cadence, ReviewOutcome, StandardRole
from devtools.demo import cell_texts as texts
from devtools.demo.cells import FACILITATORS
from devtools.demo.story import Story
from groups.actions import close_decision, take_position
from groups.models import Choice

GO_ON, ADAPT = ReviewOutcome.GO_ON, ReviewOutcome.ADAPT


def write(story: Story) -> None:
    """One idea is done and reported, three are under way, two plans are still being made."""
    _plan(story, "planning", "copy", 434, "helped", ("38", "70"), days=365, by="rosa")
    _plan(story, "planning", "plain", 168, "helped", ("66", "90"), days=240, by="rosa")
    _plan(story, "first_visit", "callback", 384, "wait", ("11", "7"), days=220, by="alice")
    _plan(story, "calm", "ask", 330, "held", ("6.5", "3.2"), days=380, by="theo")
    _plan(story, "work", "club", 31, "club", ("11", "20"), days=200, by="kofi")
    story.on(30, _begin_only, story)
    story.on(24, _begin_with_care, story)
    story.on(329, _watch, story)
    _steps(story, "copy", (420, 411, 300))
    _steps(story, "callback", (370, 362, 170))
    _steps(story, "ask", (300, 280, 200))
    _steps(story, "plain", (128, 66))
    _steps(story, "club", (20,))
    _looks(story)
    story.on(96, _finish_copy, story)
    story.on(94, _confirm_copy, story, hour=12)
    story.on(11, _ask_if_it_worked, story)


def _plan(
    story: Story,
    cell: str,
    idea: str,
    ago: int,
    measure: str,
    goal: tuple[str, str],
    *,
    days: int,
    by: str,
) -> None:
    """A plan written on one day with its steps, and begun two days later."""
    story.on(ago, _write_plan, story, cell, idea, measure, goal, days, by)
    story.on(ago - 2, lambda: activate(story.plans[idea], by=story[FACILITATORS[cell]]))


def _write_plan(
    story: Story,
    cell: str,
    idea: str,
    measure: str,
    goal: tuple[str, str],
    days: int,
    by: str,
) -> None:
    today, member = story.agency.today(), story[by]
    plan = begin_plan(story.ideas[idea], by=member)
    set_aim(plan, aim=texts.AIMS[idea], by=member)
    set_standard(
        plan,
        measure=story.measures[measure],
        baseline=Decimal(goal[0]),
        target=Decimal(goal[1]),
        target_on=today + timedelta(days=days),
        by=member,
    )
    set_evaluation(
        plan,
        looked_at_by=story[FACILITATORS[cell]],
        cadence=Cadence.MONTH,
        adapt_if=texts.ADAPT_IF[idea],
        by=member,
    )
    story.plans[idea] = plan
    for number, (what, owner) in enumerate(texts.STEPS[idea], 1):
        story.steps[idea, number] = add_step(
            plan,
            what=what,
            owner=story[owner],
            due=today + timedelta(days=30 * number + 14),
            by=member,
        )


def _watch(story: Story) -> None:
    """Besides its outcome, a plan watches a process and a side effect."""
    for measure, role in (("asked", StandardRole.PROCESS), ("longer", StandardRole.BALANCING)):
        set_standard(
            story.plans["ask"],
            measure=story.measures[measure],
            baseline=None,
            target=None,
            target_on=None,
            role=role,
            by=story["theo"],
        )


def _begin_only(story: Story) -> None:
    """A plan that still lacks a measure and steps."""
    plan = begin_plan(story.ideas["quiet"], by=story["hank"])
    set_aim(plan, aim=texts.AIMS["quiet"], by=story["hank"])


def _begin_with_care(story: Story) -> None:
    """A plan that so far only states what must not get worse."""
    plan = begin_plan(story.ideas["evenings"], by=story["priya"])
    set_aim(plan, aim=texts.AIMS["evenings"], by=story["priya"])
    set_standard(
        plan,
        measure=story.measures["helped"],
        baseline=None,
        target=None,
        target_on=None,
        role=StandardRole.BALANCING,
        by=story["priya"],
    )


def _steps(story: Story, idea: str, days: tuple[int, ...]) -> None:
    """These steps are done on these days; the others are still open."""
    for number, ago in enumerate(days, 1):
        owner = texts.STEPS[idea][number - 1][1]
        story.on(ago + 6, _start, story, idea, number, owner)
        story.on(ago, _done, story, idea, number, owner)


def _start(story: Story, idea: str, number: int, owner: str) -> None:
    start_step(story.steps[idea, number], by=story[owner])


def _done(story: Story, idea: str, number: int, owner: str) -> None:
    finish_step(story.steps[idea, number], by=story[owner])


def _looks(story: Story) -> None:
    """Each plan is reviewed about once a month, in its reviewer's words."""
    for idea, by, first, last, kept in (
        ("copy", "femi", 402, 98, texts.LOOKS["copy"]),
        ("plain", "femi", 138, 10, texts.LOOKS["plain"]),
        ("callback", "alice", 352, 12, texts.LOOKS["callback"]),
        ("ask", "femi", 298, 14, texts.LOOKS["ask"]),
    ):
        for number, ago in enumerate(range(first, last, -30)):
            outcome, note = kept[min(number, len(kept) - 1)]
            story.on(ago, _look, story, idea, by, outcome, note)


def _look(story: Story, idea: str, by: str, outcome: ReviewOutcome, note: str) -> None:
    review(story.plans[idea], outcome=outcome, note=note, by=story[by])


def _ask_if_it_worked(story: Story) -> None:
    """The cell is asked, but has not answered yet."""
    finish(story.ideas["ask"], result=texts.ASKED_RESULT, told=texts.ASKED_TOLD, by=story["femi"])


def _finish_copy(story: Story) -> None:
    done = finish(story.ideas["copy"], result=texts.RESULT, told=texts.TOLD, by=story["femi"])
    assert done.closing is not None
    story.decisions["copy worked"] = done.closing


def _confirm_copy(story: Story) -> None:
    """The cell agrees that it worked."""
    for key in ("rosa", "walter", "marcus", "priya"):
        take_position(story.decisions["copy worked"], member=story[key], choice=Choice.AGREE)
    close_decision(story.decisions["copy worked"], by=story["femi"])
