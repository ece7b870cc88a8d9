"""What the page of a vote that is over shows, from its rows alone."""

from datetime import date

import pytest

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.ranking.models import PriorityRound, RoundEntry
from cells.ranking.presenting import ResultPage, ResultReader, result_page
from foundation.models import Agency

TODAY = date(2026, 5, 4)
AGENCY = Agency(pk=1, slug="harbor", name="Harbor")
ALL = ResultReader(voted=True, may_propose=True)


def a_vote(**given: object) -> PriorityRound:
    closed = {"method": "multivoting", "votes_each": 2, "status": "closed", "ended_on": TODAY}
    return PriorityRound(
        pk=5,
        agency=AGENCY,
        cell=Cell(pk=3, agency=AGENCY),
        **{**closed, "ballots_cast": 8, **given},
    )


def entry(ranking: PriorityRound, pk: int = 1, **given: object) -> RoundEntry:
    idea = {name: given.pop(name) for name in ("state", "chosen_on") if name in given}
    opportunity = Opportunity(pk=pk, agency=AGENCY, title=f"Idea {pk}", **idea)
    return RoundEntry(
        pk=pk, agency=AGENCY, round=ranking, opportunity=opportunity, **{"place": pk, **given}
    )


def shown(
    ranking: PriorityRound, *given: dict[str, object], reader: ResultReader = ALL
) -> ResultPage:
    entries = [entry(ranking, pk, **each) for pk, each in enumerate(given, 1)]
    return result_page(ranking, entries, reader)


def test_an_open_result_shows_what_each_idea_got() -> None:
    page = shown(a_vote(), {"votes": 7}, {"votes": 5, "state": "parked"})
    assert (page.columns, page.pictures, len(page.notes)) == (["Votes"], [], 1)
    assert [row.cells[0].name for row in page.rows] == ["Votes", "Votes"]
    assert [(row.number, row.place, bool(row.state)) for row in page.rows] == [
        ("", 1, False),
        ("", 2, True),
    ]


def test_of_few_votes_only_the_order_is_shown() -> None:
    page = shown(a_vote(ballots_cast=3), {}, {})
    assert (page.columns, len(page.notes)) == ([], 2)
    assert all(row.cells == [] for row in page.rows)


def test_a_matrix_is_drawn_with_the_numbers_of_its_table() -> None:
    given: list[dict[str, object]] = [{"votes": 24, "effort": 16}, {"votes": 16, "effort": 24}]
    page = shown(a_vote(method="matrix", votes_each=0), *given)
    assert len(page.columns) == 2
    assert [row.number for row in page.rows] == ["1. ", "2. "]
    assert {mark.numbers for mark in page.pictures[0].marks} == {"1", "2"}
    few = shown(a_vote(method="matrix", votes_each=0, ballots_cast=3), *given)
    assert (few.pictures, few.rows[0].number) == ([], "")


def test_sides_are_told_apart_under_columns_of_their_own() -> None:
    ranking = a_vote(ballots_cast=20, ballots_consumers=10, ballots_staff=10)
    page = shown(ranking, {"votes": 10, "votes_consumers": 5, "votes_staff": 5})
    assert len(page.columns) == 3
    assert len(page.rows[0].cells) == 3
    assert not page.together


def test_why_no_side_is_told_apart_is_said_where_numbers_are_shown() -> None:
    assert shown(a_vote(), {"votes": 7}).together
    assert not shown(a_vote(ballots_cast=3), {}).together
    nora = Member(pk=1, agency=AGENCY, shown_name="Nora")
    paper = a_vote(method="paper", recorded_on=TODAY, opened_by=nora)
    assert not shown(paper, {}).together


def test_what_was_ranked_in_a_room_says_who_wrote_it_down() -> None:
    nora = Member(pk=1, agency=AGENCY, shown_name="Nora")
    paper = {"method": "paper", "votes_each": 0, "recorded_on": TODAY, "opened_by": nora}
    counted, nobody = shown(a_vote(**paper), {}), shown(a_vote(**paper, ballots_cast=0), {})
    assert (counted.columns, counted.notes) == ([], [])
    assert counted.said.startswith(nobody.said)
    assert len(counted.said) > len(nobody.said)


@pytest.mark.parametrize(
    ("given", "offered"),
    [
        ([{}, {"state": "parked"}], True),
        ([{"state": "parked"}], False),
        ([{}, {"state": "done", "chosen_on": TODAY}], False),
    ],
)
def test_a_choice_is_proposed_while_an_idea_waits_and_none_is_chosen(
    given: list[dict[str, object]], offered: bool
) -> None:
    assert (shown(a_vote(), *given).proposing is not None) is offered
    nobody = shown(a_vote(), *given, reader=ResultReader())
    assert (nobody.proposing, nobody.once_more) == (None, [])


def test_after_a_choice_one_more_idea_can_be_proposed_while_one_waits() -> None:
    chosen = {"state": "done", "chosen_on": TODAY}
    assert len(shown(a_vote(), {}, chosen).once_more) == 1
    assert shown(a_vote(), chosen).once_more == []
    assert shown(a_vote(), {}).once_more == []


def test_a_vote_that_was_called_off_says_what_became_of_it() -> None:
    off = shown(a_vote(status="cancelled", ballots_cast=None), {})
    early = shown(a_vote(status="cancelled", method="nominal", votes_each=0), {})
    assert off.called_off
    assert early.called_off
    assert off.called_off != early.called_off
    assert (off.said, off.heading != shown(a_vote(), {}).heading) == ("", True)
    assert not shown(a_vote(), {}).called_off
