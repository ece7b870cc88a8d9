"""What the page of a cell shows, from its parts alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Member
from cells.cell.models import Cell
from cells.handing_on.settlements import ToldSettlement
from cells.ideas.models import Opportunity
from cells.overview.at_work import IdeaAtWork, PlanInShort
from cells.overview.facts import MeetingAhead
from cells.overview.next_step import Ahead
from cells.overview.presenting.cell import CellPage, CellParts, CellRights, IdeaCard, cell_page
from cells.overview.stages import MissionStage, TookPart
from cells.plans.models import ActionPlan
from foundation.addresses import at
from foundation.models import Agency
from foundation.paging import Few
from groups.models import Closure, Group, Seat
from measures.definitions.models import Measure

TODAY = date(2026, 5, 4)
AGENCY = Agency(pk=1, slug="harbor", name="Harbor")
EVERYTHING = CellRights(work=True, run=True, close=True, open_again=True, see_signs=True)
NOTHING = CellRights()
GOES = PlanInShort(
    steps_done=1, steps_open=2, test=None, test_key=None, test_until=None, measure=None
)


def parts(*, closed: date | None = None) -> CellParts:
    group = Group(pk=2, agency=AGENCY, name="Welcome cell", opened=TODAY, closed=closed)
    return CellParts(
        cell=Cell(pk=3, agency=AGENCY, group=group),
        stage=MissionStage.CHOOSE,
        next=Ahead("We choose."),
        late=[],
        took_part=[],
        ideas=Few([], 0),
        waiting=0,
        charted=False,
        measures=Few([], 0),
        meeting=None,
        people=Few([], 0),
    )


def shown(given: CellParts, may: CellRights = NOTHING) -> CellPage:
    return cell_page(given, may, TODAY)


def at_work(status: str = "", state: str = "chosen", goes: PlanInShort = GOES) -> IdeaAtWork:
    idea = Opportunity(pk=4, agency=AGENCY, title="Calls at night", state=state)
    plan = ActionPlan(pk=5, agency=AGENCY, opportunity=idea, status=status, aim="Answer")
    return IdeaAtWork(idea, plan if status else None, goes)


def cards(*work: IdeaAtWork) -> list[IdeaCard]:
    page = shown(replace(parts(), ideas=Few(list(work), len(work))))
    assert page.work is not None
    return list(page.work.ideas)


def card(work: IdeaAtWork) -> IdeaCard:
    [found] = cards(work)
    return found


def test_a_cell_without_anything_says_so_in_each_part() -> None:
    page = shown(parts())
    assert page.work is not None
    assert page.meeting is not None
    assert page.people is not None
    assert all([page.work.words, page.no_measure, page.meeting.words, page.people.words])
    assert (page.closed, page.ended, page.measures, page.work.waiting) == ("", None, None, "")


def test_the_stages_before_this_one_are_past() -> None:
    where = shown(parts()).where
    assert where is not None
    assert [each.place for each in where.stages] == ["past", "past", "now", "", ""]


def test_who_took_part_is_told_by_stages_that_have_begun() -> None:
    told = [
        TookPart(MissionStage.IDENTIFY, begun=True, consumers=True),
        TookPart(MissionStage.RANK, begun=True, consumers=False),
        TookPart(MissionStage.PLAN, begun=False, consumers=False),
    ]
    where = shown(replace(parts(), took_part=told)).where
    assert where is not None
    assert [(each.stages, each.alert) for each in where.took_part] == [
        ("finding ideas", False),
        ("ranking them", True),
    ]
    [alone] = shown(replace(parts(), took_part=told[:1])).where.took_part  # type: ignore[union-attr]
    assert not alone.alert


def test_an_idea_leads_to_its_plan_or_to_itself_before_there_is_one() -> None:
    with_plan, without = card(at_work("active")), card(at_work())
    assert (with_plan.aim, without.aim) == ("Answer", "")
    assert with_plan.href != without.href


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (at_work(), "being made"),
        (at_work("draft"), "being made"),
        (at_work("stopped"), "stopped"),
        (at_work("active"), "1 step done, 2 to do."),
        (at_work("finished", state="closing"), "asked if it worked. 1 step done"),
    ],
)
def test_how_far_an_idea_is_follows_from_its_plan(work: IdeaAtWork, words: str) -> None:
    assert words in card(work).how_far


def test_what_is_tried_names_its_last_day_where_it_has_one() -> None:
    trying = replace(GOES, test="A night line", test_key=6)
    assert not card(at_work("active")).trying
    found = card(at_work("active", goes=trying)).trying
    assert found is not None
    assert found.text.endswith("A night line")
    until = card(at_work("active", goes=replace(trying, test_until=TODAY))).trying
    assert until is not None
    assert "May 4, 2026" in until.text
    assert until.href == found.href == at(AGENCY, "cells:cycle", pk=6)


def test_only_the_first_test_is_a_link_beside_its_plan() -> None:
    trying = replace(GOES, test="A night line", test_key=6)
    work = at_work("active", goes=trying)
    links = [each.trying for each in cards(at_work("active"), work, work)]
    assert [bool(each and each.href) for each in links] == [False, True, False]
    assert all(each and each.text for each in links[1:])


def test_a_closed_cell_tells_how_it_ended_and_looks_ahead_to_nothing() -> None:
    closure = Closure(agency=AGENCY, on=TODAY, by=Member(pk=9, shown_name="Nora"), why="Done.")
    settled = [ToldSettlement("Calls", "", "Ended.", "")]
    closed = replace(parts(closed=TODAY), closure=closure, settled=settled)
    page = shown(closed)
    assert page.ended is not None
    assert "Nora" in page.ended.words
    assert (page.ended.why, page.ended.settled, page.ended.links) == ("Done.", settled, [])
    assert [page.where, page.work, page.meeting, page.people] == [None] * 4
    assert page.closed
    assert not page.packet
    again = shown(closed, EVERYTHING).ended
    assert again is not None
    assert len(again.links) == 1
    unnamed = Closure(agency=AGENCY, on=TODAY)
    ended = shown(replace(closed, closure=unnamed)).ended
    assert ended is not None
    assert "Nora" not in ended.words
    assert shown(replace(closed, ideas=Few([at_work("active")], 1))).work is not None


def test_a_cell_that_will_close_still_works() -> None:
    closure = Closure(agency=AGENCY, on=TODAY + timedelta(days=9))
    page = shown(replace(parts(closed=closure.on), closure=closure))
    assert not page.closed
    packet = at(AGENCY, "cells:packet", pk=3)
    assert packet in [each.href for each in page.links]
    runs = shown(replace(parts(closed=closure.on), closure=closure), EVERYTHING)
    assert [each.href for each in runs.packet] == [packet]
    assert packet not in [each.href for each in runs.links]


def test_what_a_cell_does_next_is_not_told_before_it_opens() -> None:
    before = cell_page(parts(), EVERYTHING, TODAY - timedelta(days=1))
    assert before.where is not None
    assert before.where.next is None
    assert before.closed


def test_the_next_meeting_leads_to_its_page() -> None:
    there = MeetingAhead(7, datetime(2026, 5, 6, 16, tzinfo=UTC), "Room 2")
    meeting = shown(replace(parts(), meeting=there)).meeting
    assert meeting is not None
    assert meeting.meeting == there
    assert meeting.href


def test_people_are_named_in_a_line() -> None:
    seats = [Seat(member=Member(shown_name=name)) for name in ("Ann", "Bo")]
    people = shown(replace(parts(), people=Few(seats, 5))).people
    assert people is not None
    assert (people.words, people.people.more) == ("Ann, Bo", 3)


def test_other_measures_are_folded_under_words_that_fit_them() -> None:
    other = Measure(pk=8, agency=AGENCY, name="Calls")
    measures = Few([other], 1)
    seen = shown(replace(parts(), charted=True, measures=measures)).measures
    first = shown(parts(), EVERYTHING).measures
    more = shown(replace(parts(), charted=True), EVERYTHING).measures
    assert seen is not None
    assert first is not None
    assert more is not None
    assert len({seen.summary, first.summary, more.summary}) == 3
    assert [len(each.links) for each in (seen, first, more)] == [1, 1, 1]


def test_only_what_one_may_do_is_offered() -> None:
    assert len(shown(parts(), EVERYTHING).links) == 6
    assert len(shown(parts()).links) == 4
    may_only_close = shown(parts(), CellRights(close=True)).links
    assert len(may_only_close) == 5


def test_ideas_that_wait_are_counted() -> None:
    work = shown(replace(parts(), waiting=1)).work
    assert work is not None
    assert work.waiting.startswith("1 idea ")
