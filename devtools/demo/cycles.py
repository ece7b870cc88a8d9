"""Driver diagram and small tests: a ramp of three, and one that was abandoned."""

from datetime import timedelta
from typing import Any, NamedTuple

from cells.plans.actions import (
    add_driver,
    conclude_cycle,
    plan_cycle,
    record_doing,
    record_study,
    start_cycle,
)
from cells.plans.models import CycleOutcome, Foretold, PDSACycle
from devtools.demo.story import Story

ADOPT, ADAPT, ABANDON = CycleOutcome.ADOPT, CycleOutcome.ADAPT, CycleOutcome.ABANDON


class Trial(NamedTuple):
    """One test: its plan and, unless it is still running, its result."""

    title: str
    objective: str
    prediction: str
    what: str
    who: str
    where: str
    scale: str
    happened: str = ""
    unexpected: str = ""
    foretold: str = ""
    learned: str = ""
    outcome: str = ""
    reason: str = ""


PLAIN = (
    Trial(
        "The list of plain words at one table",
        "Whether the list helps two people to write a plan together.",
        "Both will say that they understand every line.",
        "Dan keeps the list on the table while a plan is written.",
        "One staff member, one person at a time",
        "Room 2",
        "Two plans in one week",
        "The list was used in both talks. One person read it aloud.",
        "The list was too long. Nobody turned the page.",
        Foretold.PARTLY,
        "The list helps, but only its first page is read.",
        ADAPT,
        "We cut it to one page and try it again.",
    ),
    Trial(
        "One page of plain words",
        "Whether one page is enough.",
        "In at least four of five talks, people point at a word.",
        "The one page lies on the table while a plan is written.",
        "Three staff members",
        "Rooms 1 and 2",
        "Five plans in two weeks",
        "People pointed at a word in four of five talks.",
        "Staff began to use the words in their own notes.",
        Foretold.YES,
        "One page works. It also changes how we write.",
        ADOPT,
        "Five talks went well. Now we see if it works for a whole team.",
    ),
    Trial(
        "One page of plain words for the whole team",
        "Whether it still works when nobody sits beside it.",
        "Of the people asked, 85 in 100 say that they helped to write their plan.",
        "Each room has the page. Nobody is reminded.",
        "The whole planning team",
        "All four rooms",
        "All plans of one month",
    ),
)
CALLBACK = (
    Trial(
        "A call on the evening before",
        "Whether people come if we call the evening before.",
        "Nobody will miss the first visit that week.",
        "Ivan calls everyone who has a first visit the next day.",
        "The front desk",
        "At the front desk",
        "One week",
        "Nine people were called, four could be reached.",
        "Two people did not like a call in the evening.",
        Foretold.NO,
        "Most people do not pick up in the evening.",
        ABANDON,
        "It takes an hour a day and bothers people.",
    ),
    Trial(
        "A card with the name of who will meet you",
        "Whether a name makes the first visit easier.",
        "At least eight of ten people come to the first visit.",
        "Each person gets a card with a first name and a phone number.",
        "The front desk and two of the staff",
        "At the front desk",
        "Ten people",
        "Eight of ten people came. Six brought the card.",
        "People showed the card to their family.",
        Foretold.YES,
        "The card helps people to come.",
        ADOPT,
        "It costs little, and people like it.",
    ),
)


DRIVERS: dict[str, dict[str, tuple[str, ...]]] = {
    "The words in the plan": {
        "Long words nobody explains": ("A list of plain words on the table", "Read it aloud"),
        "Forms with too many boxes": ("A short form beside the long one",),
    },
    "The talk about the plan": {
        "Too little time": ("Half an hour more for the first plan",),
        "Who sits at the table": ("Bring somebody you trust",),
    },
}


def write(story: Story) -> None:
    """Plan and start each test; some days later its cell concludes it."""
    story.on(160, _draw, story)
    first = _trial(story, "plain", PLAIN[0], 154, 140, "rosa dan", after=None)
    second = _trial(story, "plain", PLAIN[1], 118, 101, "rosa dan", after=first)
    _trial(story, "plain", PLAIN[2], 12, -18, "rosa dan", after=second)
    _trial(story, "callback", CALLBACK[0], 350, 340, "grace ivan", after=None)
    _trial(story, "callback", CALLBACK[1], 300, 270, "grace ivan", after=None)


def _draw(story: Story) -> None:
    """The driver diagram in plain words."""
    plan, by = story.plans["plain"], story["rosa"]
    for main, parts in DRIVERS.items():
        first = add_driver(plan, text=main, by=by)
        for part, ideas in parts.items():
            second = add_driver(plan, text=part, parent=first, by=by)
            for idea in ideas:
                add_driver(plan, text=idea, parent=second, by=by)


def _trial(
    story: Story,
    idea: str,
    words: Trial,
    first: int,
    last: int,
    people: str,
    *,
    after: str | None,
) -> str:
    """A test run from `first` to `last` days ago; return its key."""
    story.on(first + 2, _plan, story, idea, words, last - first, people, after)
    story.on(first, lambda: _start(story, words.title, people))
    if words.outcome:
        story.on(last, lambda: _end(story, words, people))
    return words.title


def _plan(story: Story, idea: str, words: Trial, days: int, people: str, after: str | None) -> None:
    by, leader = story.everyone(people)
    plan, today = story.plans[idea], story.agency.today()
    planned: dict[str, Any] = words._asdict()
    for name in ("happened", "unexpected", "foretold", "learned", "outcome", "reason"):
        planned.pop(name)
    story.cycles[words.title] = plan_cycle(
        plan,
        **planned,
        former=story.cycles[after] if after else None,
        leader=leader,
        from_day=today + timedelta(days=2),
        to_day=today + timedelta(days=2 - days),
        measure=plan.standards.get().measure,
        by=by,
    )


def _start(story: Story, title: str, people: str) -> None:
    start_cycle(story.cycles[title], by=story.everyone(people)[1])


def _end(story: Story, words: Trial, people: str) -> None:
    by, leader = story.everyone(people)
    cycle: PDSACycle = story.cycles[words.title]
    record_doing(cycle, happened=words.happened, unexpected=words.unexpected, over=True, by=leader)
    record_study(cycle, foretold=words.foretold, learned=words.learned, by=by)
    conclude_cycle(cycle, outcome=words.outcome, reason=words.reason, by=by)
