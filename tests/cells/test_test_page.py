"""What the page of a small test shows, from its parts alone."""

from datetime import date

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.plans.models import ActionPlan, PDSACycle
from cells.plans.models.cycles import CyclePart
from cells.plans.presenting.cycles import CycleParts, CycleRights, WrittenPart, cycle_page
from foundation.models import Agency
from measures.definitions.models import Measure

TODAY = date(2026, 5, 4)
AGENCY = Agency(pk=1, slug="harbor", name="Harbor")
DONE = {"started_on": TODAY, "done_on": TODAY, "happened": "Nine called", "unexpected": "Rain"}
STUDIED = {**DONE, "studied_on": TODAY, "learned": "It helps", "foretold": "partly"}
ENDED = {**STUDIED, "ended_on": TODAY, "outcome": "adopt", "reason": "All <agree>"}


def a_test(**given: object) -> PDSACycle:
    idea = Opportunity(pk=4, agency=AGENCY, title="Calls", cell=Cell(pk=3, agency=AGENCY))
    plan = ActionPlan(pk=5, agency=AGENCY, opportunity=idea, status="active")
    named = {"pk": 7, "number": 2, "title": "One desk"}
    return PDSACycle(agency=AGENCY, plan=plan, **{**named, **given})


def may_write(*parts: CyclePart) -> CycleRights:
    return CycleRights(write=frozenset(parts))


def parts(cycle: PDSACycle, may: CycleRights, said: str = "") -> tuple[WrittenPart, ...]:
    return tuple(cycle_page(CycleParts(cycle, said=said), may).parts)


def test_a_test_that_lacks_something_leads_to_its_plan_and_cannot_start() -> None:
    may = CycleRights(write=frozenset({CyclePart.PLAN}), start=True)
    page = cycle_page(CycleParts(a_test(), lacks=["Say where."]), may)
    assert (page.lacks, page.ready, page.may_start, page.changing) == (
        ["Say where."],
        "",
        False,
        [],
    )


def test_a_whole_test_can_start_with_its_plan() -> None:
    read = CycleParts(a_test())
    begun = cycle_page(read, CycleRights(write=frozenset({CyclePart.PLAN}), start=True))
    waiting = cycle_page(read, may_write(CyclePart.PLAN))
    assert (begun.may_start, waiting.may_start) == (True, False)
    assert begun.ready
    assert waiting.ready
    assert begun.ready != waiting.ready
    assert waiting.changing[0].href == begun.filling.href
    assert not cycle_page(read, CycleRights()).ready


def test_the_plan_shows_what_was_said_only() -> None:
    bare = cycle_page(CycleParts(a_test(what="A & B")), CycleRights()).planned
    assert [row["value"] for row in bare] == ["A &amp; B"]
    leader = Member(pk=1, agency=AGENCY, shown_name="Nora")
    measure = Measure(pk=2, agency=AGENCY, name="No-shows <18")
    full = a_test(leader=leader, measure=measure, from_day=TODAY)
    who, when, number = cycle_page(CycleParts(full), CycleRights()).planned
    assert who["value"] == "Nora"
    assert when["value"].endswith("…")
    assert "No-shows &lt;18</a>" in number["value"]


def test_a_part_that_comes_next_has_a_button_and_an_earlier_one_a_link() -> None:
    may = may_write(CyclePart.DO, CyclePart.STUDY)
    doing, study, act = parts(a_test(**DONE), may)
    assert (doing.button, len(doing.links)) == (None, 1)
    assert study.button is not None
    assert study.links == []
    assert (act.button, act.links) == (None, [])
    assert all(each.button is None for each in parts(a_test(**DONE), CycleRights()))


def test_what_was_written_is_shown_with_its_days() -> None:
    doing, study, act = parts(a_test(**ENDED), CycleRights(), said="It went up.")
    assert (doing.text, doing.unexpected, len(doing.lines)) == ("Nine called", "Rain", 1)
    assert doing.lines[0].count("May 4, 2026") == 2
    assert study.lines[0].endswith("It went up.")
    assert "<strong>In part</strong>" in study.lines[1]
    assert act.text == "All <agree>"
    assert act.lines[0].startswith("<strong>Keep the change</strong>")
    assert [each.text for each in parts(a_test(), CycleRights())] == ["", "", ""]


def test_the_next_test_is_shown_or_offered() -> None:
    may = CycleRights(go_on=True, reconsider=True)
    offered = cycle_page(CycleParts(a_test(**ENDED)), may)
    assert offered.going_on is not None
    assert "?after=" in offered.going_on.href
    following = a_test(pk=8, number=3, title="Two desks")
    there = cycle_page(CycleParts(a_test(**ENDED), following), may)
    assert there.going_on is None
    assert [("Two desks" in link.text) for link in there.parts[-1].links] == [False, True]


def test_where_it_came_from_and_how_it_ended_is_told() -> None:
    nora = Member(pk=1, agency=AGENCY, shown_name="Nora")
    told = a_test(
        former=a_test(pk=6, number=1, title="At the door"),
        recorded_on=TODAY,
        recorded_by=nora,
        broken_off_on=TODAY,
        broken_off_because="Too few",
    )
    page = cycle_page(CycleParts(told), CycleRights(take_away=True))
    assert "At the door" in page.former[0].text
    assert page.ended.endswith("Too few")
    assert "May 4, 2026" in page.on_paper
    assert len(page.taking_away) == 1
    plain = cycle_page(CycleParts(a_test()), CycleRights())
    assert (plain.former, plain.ended, plain.on_paper, plain.taking_away) == ([], "", "", [])
