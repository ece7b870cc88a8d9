"""What the page of an idea and the list of ideas show, from their parts alone."""

from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity, Overdue
from cells.overview.presenting.idea import IdeaPage, IdeaParts, IdeaRights, idea_page
from cells.overview.presenting.ideas import IdeasPage, IdeasParts, WaysToRank, ideas_page
from cells.overview.story import StoryStep
from cells.plans.models import ActionPlan
from cells.ranking.models import PriorityRound
from foundation.links import Link
from foundation.models import Agency
from foundation.refusals import Refusal
from groups.models import Group

TODAY = date(2026, 5, 4)
AGENCY = Agency(pk=1, slug="harbor", name="Harbor")
ANN, BO = Member(pk=1, shown_name="Ann"), Member(pk=2, shown_name="Bo")
EVERYTHING = IdeaRights(**{each.name: each.name != "say" for each in fields(IdeaRights)})
NOTHING = IdeaRights()
NO_WAY = WaysToRank()
NOT_NOW = Refusal("People vote on it.", "Wait.")


def a_cell(closed: date | None = None) -> Cell:
    group = Group(pk=2, agency=AGENCY, name="Welcome cell", opened=TODAY, closed=closed)
    return Cell(pk=3, agency=AGENCY, group=group)


def an_idea(**given: Any) -> Opportunity:
    known: dict[str, Any] = {"pk": 4, "title": "Calls", "state": "raised"}
    known |= {"cell": a_cell(), "raised_by": ANN, "raised_on": TODAY, "kind": "problem"}
    return Opportunity(agency=AGENCY, **(known | given))


def parts(idea: Opportunity | None = None, **given: Any) -> IdeaParts:
    known: dict[str, Any] = {"plan": None, "late": None, "origin": None, "not_yet": None}
    known |= {"parts": [], "joined": [], "steps": []}
    return IdeaParts(idea=idea or an_idea(), **(known | given))


def shown(given: IdeaParts, may: IdeaRights = NOTHING, reader: Member = BO) -> IdeaPage:
    return idea_page(given, may, reader, TODAY)


def test_an_idea_says_whose_it_is_and_who_wrote_it_down() -> None:
    own, others = shown(parts(), reader=ANN).whose, shown(parts()).whose
    assert "Ann" not in own
    assert "Ann" in others
    entered = parts(an_idea(on_behalf_of=BO))
    assert shown(entered, reader=ANN).whose.startswith("From Bo, May 4, 2026.")
    assert shown(entered, reader=ANN).whose.endswith("Ann wrote it down.")


def test_where_it_came_from_is_a_way_on_for_who_may_know_of_it() -> None:
    [link] = shown(parts(origin=Link("A theme", "/there/"))).origin
    assert link.href == "/there/"
    assert "A theme" in link.text
    assert not shown(parts()).origin


@pytest.mark.parametrize("may_answer", [True, False])
def test_what_slipped_is_put_to_who_may_answer_and_told_to_others(may_answer: bool) -> None:
    asks = ActionPlan(pk=5, agency=AGENCY, status="finished", ended_on=TODAY, slipped_on=TODAY)
    slip = shown(parts(plan=asks), IdeaRights(answer=may_answer)).slip
    assert slip is not None
    assert (slip.link is not None) is may_answer
    assert shown(parts(), EVERYTHING).slip is None


def test_the_plan_is_offered_in_words_that_fit_it() -> None:
    plans = [ActionPlan(pk=5, agency=AGENCY, status=each) for each in ("draft", "active")]
    draft, active = (shown(parts(plan=plan), EVERYTHING).plan for plan in plans)
    assert draft is not None
    assert active is not None
    assert draft.href == active.href
    assert draft.text != active.text
    assert shown(parts(plan=plans[0])).plan is None


def test_an_idea_that_ended_with_its_cell_can_be_shared_again() -> None:
    taken_up = shown(parts(an_idea(state="ended", chosen_on=TODAY))).notes
    left = shown(parts(an_idea(state="ended"))).notes
    assert len(taken_up) == len(left) == 1
    assert taken_up[0].words != left[0].words
    assert not shown(parts()).notes


def test_an_idea_leads_to_the_one_it_went_into_before_the_one_it_came_from() -> None:
    whole, into = an_idea(pk=10, title="Whole"), an_idea(pk=11, title="Into")
    of_whole = shown(parts(an_idea(split_from=whole)))
    [link] = of_whole.part_of
    assert "Whole" in link.text
    joined = shown(parts(an_idea(split_from=whole, merged_into=into, state="merged")))
    assert not joined.part_of
    assert [note.link.text for note in joined.notes] == ["Into"]


def test_parts_and_joined_ideas_are_named() -> None:
    page = shown(parts(parts=[an_idea(pk=12)], joined=[an_idea(pk=13)]))
    assert len(page.parts) == 1
    [joined] = page.joined
    assert "Ann" in joined.whose


def test_nothing_is_ahead_in_a_closed_cell() -> None:
    steps = [StoryStep("raised", "Raised", TODAY), StoryStep("ahead", "Ranked", None)]
    going_on = shown(parts(steps=steps)).steps
    over = shown(parts(an_idea(cell=a_cell(TODAY)), steps=steps)).steps
    assert [len(going_on), len(over)] == [2, 1]


def test_what_people_vote_on_stays_and_the_page_says_why() -> None:
    free, busy = shown(parts(), EVERYTHING).deeds, shown(parts(not_yet=NOT_NOW), EVERYTHING).deeds
    assert free is not None
    assert busy is not None
    assert (len(free.links), free.not_yet) == (8, "")
    assert (len(busy.links), busy.not_yet) == (2, "People vote on it. Wait.")
    assert shown(parts()).deeds is None


def test_whether_it_worked_is_said_in_the_decision_that_asks() -> None:
    asked = parts(an_idea(state="closing", closing_id=6))
    assert len(shown(asked, IdeaRights(say=True)).saying) == 1
    assert not shown(asked).saying


def the_list(ways: WaysToRank = NO_WAY, **given: Any) -> IdeasPage:
    known: dict[str, Any] = {"ideas": [], "late": {}, "sought": False, "may_raise": True}
    return ideas_page(IdeasParts(cell=a_cell(), ways=ways, **(known | given)))


def test_a_list_without_ideas_has_one_way_on_that_the_reader_may_go() -> None:
    may, may_not = the_list().empty, the_list(may_raise=False).empty
    assert may is not None
    assert may_not is not None
    assert may.href != may_not.href
    assert the_list(may_raise=False).raising is None


def test_a_list_in_which_nothing_was_found_is_not_an_empty_one() -> None:
    assert the_list(sought=True).empty is None


def test_a_line_says_whose_it_is_and_what_is_late() -> None:
    on_time, late = an_idea(pk=20), an_idea(pk=21)
    lines = the_list(ideas=[on_time, late], late={21: Overdue.PLAN}).lines
    assert [line.late for line in lines] == ["", Overdue.PLAN.label]
    assert "Ann" in lines[0].whose


def test_ways_to_a_ranking_are_shown_or_why_there_are_none() -> None:
    assert the_list().ranking is None
    refused = the_list(WaysToRank(not_yet=NOT_NOW)).ranking
    assert refused is not None
    assert (refused.not_yet, refused.links) == ("People vote on it. Wait.", [])
    every = WaysToRank(
        PriorityRound(pk=7, agency=AGENCY), vote=True, choose=True, gather=True, on_paper=True
    )
    ranking = the_list(every, ideas=[an_idea()]).ranking
    assert ranking is not None
    assert len(ranking.links) == 5


def test_a_ranking_on_paper_needs_ideas() -> None:
    on_paper = WaysToRank(on_paper=True)
    assert the_list(on_paper).ranking is None
    assert the_list(on_paper, ideas=[an_idea()]).ranking is not None
