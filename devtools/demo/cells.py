"""Five cells: their people, their ideas, rankings, and choices by consent."""

from datetime import timedelta
from random import Random

from cells.cell.actions import open_cell
from cells.ideas.actions import SplitPart, merge, park, raise_opportunity, split
from cells.ranking.actions import (
    cast,
    close_round,
    gather,
    go_round,
    open_round,
    propose_choice,
    write_down,
)
from cells.ranking.counting import ImpactAndEffort
from cells.ranking.models import PriorityRound, RankingMethod
from devtools.demo import cell_texts as texts
from devtools.demo.groups import series, take_places
from devtools.demo.story import Story
from groups.actions import amend, answer, ask, close_decision, look_again, take_position
from groups.models import Choice, Decision, ReviewAnswer

OPENED = {"planning": 498, "first_visit": 430, "calm": 380, "work": 168, "rides": 34}
FACILITATORS = {
    "planning": "femi",
    "first_visit": "alice",
    "calm": "femi",
    "work": "kofi",
    "rides": "femi",
}
MEMBERS = {
    "planning": "rosa walter marcus imani priya dan daniel",
    "first_visit": "nadia peter opal ivan grace",
    "calm": "theo gil hank dolores amara yusuf tom",
    "work": "joel andre winnie lena helen daniel",
    "rides": "ruth gil nadia edie helen yusuf",
}
LATER = {"first_visit": (("robin", 296), ("mei", 188))}
# Ideas people raise themselves; others come out of dialogues.
RAISED = {
    "planning": (("plain", 466), ("friend", 464), ("evenings", 461)),
    "first_visit": (("callback", 416), ("greeter", 414), ("form", 412)),
    "calm": (("quiet", 366), ("debrief", 364)),
    "work": (("club", 150), ("letters", 148), ("fares", 146)),
    "rides": (("bus", 30), ("cards", 29), ("early", 27)),
}


def write(story: Story) -> None:
    """Open the cells one by one; most rounds are over, and each cell is at another stage now."""
    story.began |= OPENED
    for key, ago in OPENED.items():
        story.on(ago, _open, story, key)
        for idea, raised in RAISED[key]:
            story.on(raised, _raise, story, idea, hour=14)
    for key, arrivals in LATER.items():
        for member, ago in arrivals:
            story.on(ago, lambda key=key, who=member: take_places(story, story.groups[key], who))
    series(
        story,
        "planning",
        range(486, 0, -34),
        hours="2",
        minutes=texts.CELLS["planning"].minutes,
        next_in=4,
    )
    series(
        story,
        "first_visit",
        range(422, 0, -35),
        hours="1.5",
        minutes=texts.CELLS["first_visit"].minutes,
    )
    series(
        story,
        "calm",
        range(368, 0, -40),
        hours="2",
        minutes=texts.CELLS["calm"].minutes,
        next_in=2,
        planned=6,
    )
    series(
        story,
        "work",
        range(155, 0, -21),
        hours="1.5",
        minutes=texts.CELLS["work"].minutes,
        next_in=6,
    )
    series(story, "rides", (20,), hours="1.5", minutes=texts.CELLS["rides"].minutes, next_in=8)
    _choose_first_of_all(story)
    _choose(story, "first_visit", "callback", "callback greeter form", 404, "peter")
    _choose(story, "calm", "ask", "ask quiet debrief", 352, "gil")
    _choose(story, "planning", "plain", "plain friend strengths evenings", 190, "marcus")
    _choose(story, "work", "club", "club letters fares", 60, "lena", RankingMethod.MATRIX)
    _choose(story, "calm", "quiet", "quiet debrief", 48, "hank", RankingMethod.NOMINAL)
    story.on(
        172,
        lambda: park(
            story.ideas["friend"],
            reason="People may bring somebody already. We will say so on the letter, and look at "
            "it again in spring.",
            by=story["femi"],
        ),
    )
    story.on(38, _raise, story, "words", hour=14)
    story.on(
        36, lambda: merge(story.ideas["words"], into=story.ideas["strengths"], by=story["femi"])
    )
    story.on(24, _raise, story, "night", hour=14)
    story.on(
        22,
        lambda: split(
            story.ideas["night"], parts=[SplitPart(*each) for each in texts.PARTS], by=story["femi"]
        ),
    )
    _now(story)


def _open(story: Story, key: str) -> None:
    words = texts.CELLS[key]
    story.cells[key] = open_cell(
        name=words.name,
        focus=words.focus,
        mission=words.mission,
        by=story[FACILITATORS[key]],
        on=story.agency.today(),
    )
    story.groups[key] = story.cells[key].group
    host = FACILITATORS[key]
    take_places(story, story.groups[key], host, offices=[f"{host} facilitator"], voting=False)
    take_places(story, story.groups[key], MEMBERS[key])


def _raise(story: Story, key: str) -> None:
    idea = texts.IDEAS[key]
    story.ideas[key] = raise_opportunity(
        story.cells[idea.cell],
        by=story[idea.written_by or idea.by],
        kind=idea.kind,
        title=idea.title,
        description=idea.description,
        on_behalf_of=story[idea.by] if idea.written_by else None,
        consented=bool(idea.written_by),
    )


def _round(
    story: Story,
    cell: str,
    ideas: str,
    ago: int,
    last: int,
    name: str,
    method: RankingMethod = RankingMethod.MULTIVOTING,
) -> None:
    """A vote that opens on one day and runs until another."""
    story.on(ago, _open_round, story, cell, ideas, last, name, method)


def _open_round(
    story: Story, cell: str, ideas: str, last: int, name: str, method: RankingMethod
) -> None:
    story.rounds[name] = open_round(
        story.cells[cell],
        opportunities=[story.ideas[key] for key in ideas.split()],
        closes_on=story.day(last),
        method=method,
        by=story[FACILITATORS[cell]],
    )


def _vote(story: Story, name: str, voter: str, first: str, dice: Random) -> None:
    """A vote for the idea that finally wins, with the other votes at random."""
    ranking: PriorityRound = story.rounds[name]
    entries = list(ranking.entries.order_by("pk"))
    wanted = [entry for entry in entries if entry.opportunity_id == story.ideas[first].pk]
    others = [entry for entry in entries if entry not in wanted]
    if ranking.method == RankingMethod.MATRIX:
        ratings = {each: ImpactAndEffort(dice.randint(2, 4), dice.randint(2, 5)) for each in others}
        ratings |= {
            each: ImpactAndEffort(dice.randint(4, 5), dice.randint(1, 3)) for each in wanted
        }
        cast(ranking, ratings=ratings, by=story[voter])
        return
    choices = wanted + dice.sample(others, ranking.votes_each - 1)
    cast(ranking, choices=choices, by=story[voter])


def _choose(
    story: Story,
    cell: str,
    first: str,
    ideas: str,
    ago: int,
    proposer: str,
    method: RankingMethod = RankingMethod.MULTIVOTING,
) -> None:
    """A six-day round; a few days later the choice is proposed, and adopted by consent."""
    name = f"{cell} {first}"
    _round(story, cell, ideas, ago, ago - 6, name, method)
    dice = story.dice(name)
    for number, voter in enumerate(MEMBERS[cell].split()):
        story.on(ago - 1 - number % 3, _vote, story, name, voter, first, dice, hour=15, alone=True)
    story.on(ago - 8, _close_round, story, name)
    story.on(ago - 10, _propose, story, name, first, proposer)
    story.on(ago - 12, _agree, story, name, MEMBERS[cell], hour=12)
    story.on(ago - 14, _adopt, story, name, FACILITATORS[cell])


def _close_round(story: Story, name: str) -> None:
    ranking = story.rounds[name]
    close_round(ranking, by=story[FACILITATORS[name.split()[0]]])


def _propose(story: Story, name: str, idea: str, proposer: str, ranked: str = "") -> None:
    story.decisions[name] = propose_choice(
        story.rounds[ranked or name],
        opportunity=story.ideas[idea],
        text=texts.PROPOSALS[idea],
        by=story[proposer],
    )


def _agree(story: Story, name: str, members: str) -> None:
    for key in members.split():
        take_position(story.decisions[name], member=story[key], choice=Choice.AGREE)


# Days until these decisions are reviewed; the first was, the second is due.
LOOKS = {"planning copy": 90, "work club": 44}


def _adopt(story: Story, name: str, by: str) -> None:
    days = LOOKS.get(name)
    review_on = story.agency.today() + timedelta(days=days) if days else None
    close_decision(story.decisions[name], by=story[by], outcome="We try it.", review_on=review_on)


def _choose_one_more(story: Story) -> None:
    """Choose another idea of a vote that was closed long ago."""
    name = "planning evenings"
    story.on(30, _propose, story, name, "evenings", "priya", "planning plain")
    story.on(29, _agree, story, name, "rosa walter marcus imani priya dan", hour=12)
    story.on(27, _adopt, story, name, "femi")


def _choose_first_of_all(story: Story) -> None:
    """The first choice: somebody objects, the objection is worked in, then all agree."""
    name = "planning copy"
    _round(story, "planning", "copy plain friend strengths evenings", 456, 450, name)
    dice = story.dice(name)
    for number, voter in enumerate(MEMBERS["planning"].split()):
        story.on(455 - number % 3, _vote, story, name, voter, "copy", dice, hour=15, alone=True)
    story.on(448, _close_round, story, name)
    story.on(446, _propose, story, name, "copy", "imani")
    story.on(445, _agree, story, name, "rosa walter marcus imani priya", hour=12)
    story.on(445, _ask, story, name, hour=11)
    story.on(445, _object, story, name, hour=16)
    story.on(441, _amend, story, name)
    story.on(440, _agree, story, name, "rosa walter marcus imani dan", hour=12)
    story.on(440, _reserve, story, name, hour=13)
    story.on(438, _adopt, story, name, "femi")
    story.on(347, _look, story, name)


def _object(story: Story, name: str) -> None:
    take_position(
        story.decisions[name],
        member=story["dan"],
        choice=Choice.OBJECT,
        reason=texts.OBJECTION,
    )


def _amend(story: Story, name: str) -> None:
    decision: Decision = story.decisions[name]
    story.decisions[name] = amend(
        decision,
        title=decision.title,
        text=texts.AMENDED,
        changed=texts.CHANGED,
        by=story["imani"],
    )


def _ask(story: Story, name: str) -> None:
    question = ask(story.decisions[name], text=texts.QUESTIONS[0], by=story["walter"])
    answer(question, text=texts.QUESTIONS[1], by=story["imani"])


def _look(story: Story, name: str) -> None:
    look_again(
        story.decisions[name], finding=ReviewAnswer.KEEP, note=texts.LOOKED_AGAIN, by=story["femi"]
    )


def _reserve(story: Story, name: str) -> None:
    take_position(
        story.decisions[name],
        member=story["priya"],
        choice=Choice.RESERVATIONS,
        reason="I would like to look at it again after three months.",
    )


def _now(story: Story) -> None:
    """What is under way today: a vote in one cell, a decision in another, a vote that is over."""
    _choose_one_more(story)
    story.on(44, _raise, story, "phone", hour=14)
    story.on(31, _raise, story, "photo", hour=14)
    story.on(26, _raise, story, "own", hour=14)
    _round(story, "planning", "phone photo strengths own", 5, -6, "planning now")
    dice = story.dice("planning now")
    for ago, voter in ((4, "walter"), (3, "priya"), (2, "imani")):
        story.on(ago, _vote, story, "planning now", voter, "phone", dice, hour=15, alone=True)
    story.on(4, _ask_in_silence, story)
    story.on(9, _talk, story)
    name = "first_visit greeter"
    _round(story, "first_visit", "greeter form", 24, 18, name)
    dice = story.dice(name)
    for voter in ("nadia", "peter", "opal", "ivan", "grace", "robin", "mei"):
        story.on(21, _vote, story, name, voter, "greeter", dice, hour=15, alone=True)
    story.on(16, _close_round, story, name)
    story.on(7, _propose, story, name, "greeter", "peter")
    # Enough have answered to decide; two have not yet.
    story.on(5, _agree, story, name, "opal grace nadia peter ivan", hour=12)
    story.on(14, _raise, story, "water", hour=14)
    story.on(13, _raise, story, "once", hour=14)
    story.on(12, lambda: merge(story.ideas["once"], into=story.ideas["form"], by=story["alice"]))
    _over(story)


def _over(story: Story) -> None:
    """The last day of a new cell's first vote is over, but nobody has closed it."""
    name = "rides first"
    _round(story, "rides", "bus cards early", 12, 2, name)
    dice = story.dice(name)
    for ago, voter in ((11, "ruth"), (10, "gil"), (10, "yusuf"), (9, "nadia"), (8, "edie")):
        story.on(ago, _vote, story, name, voter, "bus", dice, hour=15, alone=True)


def _talk(story: Story) -> None:
    """Another cell has reached the talk: all ideas have been read out, round robin."""
    ranking = gather(story.cells["work"], question=texts.TALK_QUESTION, by=story["kofi"])
    for member, title in texts.TALKED:
        write_down(ranking, kind=texts.PROBLEM, title=title, by=story[member])
    go_round(ranking, by=story["kofi"])


def _ask_in_silence(story: Story) -> None:
    """Begin the nominal group technique: nobody sees yet what others wrote."""
    ranking = gather(story.cells["calm"], question=texts.QUESTION, by=story["femi"])
    for member, title in texts.SILENT:
        write_down(ranking, kind=texts.PROBLEM, title=title, by=story[member])
