"""Shown survey results, and what must not be inferable from them."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest

from accounts.models import Member
from foundation.minimum import parts_shown
from foundation.models import Agency
from foundation.smallness import Mean
from satisfaction import results
from satisfaction.models import AnswerSide, SurveyRound
from tests.satisfaction.conftest import Answering, Finishing, open_now


def closed(
    number: int, answered: int, day: int, *, instrument: str = "1", on_paper: int = 0
) -> SurveyRound:
    return SurveyRound(
        pk=number,
        number=number,
        answered=answered,
        on_paper=on_paper,
        invited=9,
        closed_on=date(2026, 1, 1) + timedelta(days=day),
        instrument=instrument,
    )


def only(found: list[results.SurveyResult]) -> results.SurveyResult:
    """The single result of a round: that of answers on screen."""
    (result,) = found
    assert not result.on_paper
    return result


def grouped(*rounds: SurveyRound) -> list[list[int]]:
    return [[each.number for each in pool] for pool in results.pools(rounds, results.on_screen)]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"consumer": 5, "other": 5}, {"consumer", "other"}),
        ({"consumer": 9, "other": 4}, set()),
        ({"consumer": 4, "other": 9}, set()),
        ({"consumer": 7, "other": 0}, {"consumer"}),
        ({"consumer": 4, "other": 0}, set()),
        ({}, set()),
    ],
)
def test_a_part_that_is_too_small_hides_the_other_one(
    counts: dict[str, int], shown: set[str]
) -> None:
    assert parts_shown(counts) == shown


def test_nothing_is_shown_while_a_round_is_open(
    round_: SurveyRound, consumers: list[Member], answer: Answering
) -> None:
    for member in consumers:
        answer(round_, member, comment="a word")
    assert results.of_round(round_, comments=True) == []
    assert results.trend(round_.agency) == []


@pytest.mark.promise("few")
@pytest.mark.parametrize(("answers", "shown"), [(4, False), (5, True)])
def test_results_and_comments_are_shown_from_five_answers_on(
    round_: SurveyRound,
    consumers: list[Member],
    answer: Answering,
    finish: Finishing,
    answers: int,
    shown: bool,
) -> None:
    for member in consumers[:answers]:
        answer(round_, member, comment="a word")
    found = only(results.of_round(finish(round_), comments=True))
    assert found.shown == shown
    assert bool(found.comments) == shown
    assert found.latest.answered == answers
    assert found.answered == "most of 7"


def test_the_mean_of_a_statement_leaves_out_those_to_whom_it_does_not_apply(
    round_: SurveyRound, consumers: list[Member], answer: Answering, finish: Finishing
) -> None:
    for member, paid in zip(consumers, (5, 5, 4, 4, 2, 0, 0), strict=True):
        answer(round_, member, score=3, paid=paid)
    found = only(results.of_round(finish(round_), comments=False))
    means = {line.item.code: line.mean and line.mean.value for line in found.lines}
    assert means["paid"] == 4.0
    assert means["heard"] == 3.0


def test_a_statement_that_applies_to_fewer_than_five_is_left_out_of_everything(
    round_: SurveyRound, consumers: list[Member], answer: Answering, finish: Finishing
) -> None:
    for member, paid in zip(consumers, (1, 1, 1, 1, 0, 0, 0), strict=True):
        answer(round_, member, score=4, paid=paid)
    found = only(results.of_round(finish(round_), comments=False))
    means = {line.item.code: line.mean and line.mean.value for line in found.lines}
    assert means["paid"] is None
    # The overall mean does not reveal the hidden one.
    assert found.mean is not None
    assert found.mean.value == 4.0


@pytest.fixture
def colleagues(
    council: object, enter: Callable[..., Member], administrator: Member
) -> list[Member]:
    from accounts.models import StandingKind
    from devtools.seating import seat

    members = [enter(name, StandingKind.PROVIDER) for name in ("Pat", "Quin", "Rob", "Sue", "Tom")]
    for member in members:
        since = administrator.agency.today() - timedelta(days=90)
        seat(council, member, since=since, by=administrator)  # type: ignore[arg-type]
    return members


@pytest.fixture
def round_of_all(
    agency: Agency,
    consumers: list[Member],
    colleagues: list[Member],
    facilitator: Member,
    today: date,
) -> SurveyRound:
    return open_now(agency, facilitator)


@pytest.mark.parametrize(("staff", "apart"), [(5, True), (4, False)])
def test_classes_are_shown_apart_only_where_each_has_five(
    round_of_all: SurveyRound,
    consumers: list[Member],
    colleagues: list[Member],
    answer: Answering,
    finish: Finishing,
    staff: int,
    apart: bool,
) -> None:
    for member in consumers:
        answer(round_of_all, member, score=3)
    for member in colleagues[:staff]:
        answer(round_of_all, member, score=4, side=AnswerSide.OTHER)
    found = only(results.of_round(finish(round_of_all), comments=False))
    assert found.shown
    assert found.apart == apart
    for line in found.lines:
        assert (line.consumers is not None, line.others is not None) == (apart, apart)


def test_one_statement_too_small_in_one_class_is_hidden_in_both(
    round_of_all: SurveyRound,
    consumers: list[Member],
    colleagues: list[Member],
    answer: Answering,
    finish: Finishing,
) -> None:
    for member in consumers:
        answer(round_of_all, member, score=3)
    for number, member in enumerate(colleagues):
        answer(round_of_all, member, score=4, paid=0 if number == 0 else 4, side=AnswerSide.OTHER)
    found = only(results.of_round(finish(round_of_all), comments=False))
    by_code = {line.item.code: line for line in found.lines}
    paid, heard = by_code["paid"], by_code["heard"]
    assert (paid.consumers, paid.others) == (None, None)
    assert paid.mean is not None
    assert (heard.consumers, heard.others) == (Mean(3.0), Mean(4.0))


def test_small_rounds_wait_for_each_other_and_count_once() -> None:
    assert grouped(closed(1, 3, 0), closed(2, 3, 180)) == [[1, 2]]
    assert grouped(closed(1, 3, 0), closed(2, 9, 90), closed(3, 3, 180)) == [[2], [1, 3]]
    # The third one starts a new group: shown with the second, the difference between two results
    # would be that between two small rounds.
    assert grouped(closed(1, 3, 0), closed(2, 3, 100), closed(3, 3, 200)) == [[1, 2]]
    assert grouped(*(closed(n, 3, n * 50) for n in range(1, 5))) == [[1, 2], [3, 4]]


def test_small_rounds_more_than_a_year_apart_are_never_shown() -> None:
    assert grouped(closed(1, 4, 0), closed(2, 4, 366)) == []
    assert grouped(closed(1, 4, 0), closed(2, 4, 365)) == [[1, 2]]


def test_small_rounds_of_another_version_are_not_put_together() -> None:
    assert grouped(closed(1, 4, 0), closed(2, 4, 9, instrument="2")) == []


def test_a_later_round_never_changes_what_was_shown() -> None:
    rounds = [closed(n, answered, n * 40) for n, answered in enumerate((3, 6, 1, 1, 4, 2, 5, 3))]
    for until in range(len(rounds)):
        earlier = results.pools(rounds[:until], results.on_screen)
        later = results.pools(rounds, results.on_screen)
        assert set(earlier) <= set(later)


def test_no_two_results_share_a_round() -> None:
    pools: Sequence[tuple[SurveyRound, ...]] = results.pools(
        [closed(n, n % 5, n * 30) for n in range(30)], results.on_screen
    )
    numbers = [each.number for pool in pools for each in pool]
    assert len(numbers) == len(set(numbers))
    assert all(sum(each.answered or 0 for each in pool) >= 5 for pool in pools)


Shown = dict[bool, results.SurveyResult]


@pytest.fixture
def shown(finish: Finishing) -> Callable[[SurveyRound], Shown]:
    """Close a round; its visible results, by whether they are those on paper."""

    def shown(round_: SurveyRound) -> Shown:
        found = results.of_round(finish(round_), comments=True)
        return {each.on_paper: each for each in found if each.shown}

    return shown


def test_four_typed_sheets_do_not_give_the_one_other_answer_away(
    round_: SurveyRound,
    consumers: list[Member],
    answer: Answering,
    on_paper: Callable[..., None],
    shown: Callable[[SurveyRound], Shown],
) -> None:
    on_paper(round_, 4, score=3, comment="typed")
    answer(round_, consumers[0], score=1, comment="mine")
    assert shown(round_) == {}


@pytest.mark.parametrize(
    ("typed", "others", "seen"),
    [(4, 5, {False}), (5, 4, {True}), (5, 5, {False, True}), (4, 4, set())],
)
def test_typed_and_other_answers_are_two_results_each_with_its_own_floor(
    round_: SurveyRound,
    consumers: list[Member],
    answer: Answering,
    on_paper: Callable[..., None],
    shown: Callable[[SurveyRound], Shown],
    typed: int,
    others: int,
    seen: set[bool],
) -> None:
    on_paper(round_, typed, score=2, comment="typed")
    for member in consumers[:others]:
        answer(round_, member, score=4, comment="mine")
    found = shown(round_)
    assert found.keys() == seen
    for paper, result in found.items():
        assert set(result.comments) == {"typed" if paper else "mine"}
        # No number covers both: whoever typed some of them could work out the rest.
        assert {line.mean for line in result.lines} == {Mean(2.0 if paper else 4.0)}


def test_few_sheets_wait_for_those_of_the_next_round() -> None:
    rounds = [closed(1, 9, 0, on_paper=3), closed(2, 9, 100, on_paper=3)]
    pools = results.pools(rounds, results.on_paper)
    assert [[each.number for each in pool] for pool in pools] == [[1, 2]]
    assert grouped(*rounds) == [[1], [2]]


def test_that_everybody_gave_the_same_is_not_told(
    round_: SurveyRound,
    consumers: list[Member],
    answer: Answering,
    shown: Callable[[SurveyRound], Shown],
) -> None:
    for member in consumers[:5]:
        answer(round_, member, score=5, safe=1)
    found = shown(round_)[False]
    told = {line.item.code: str(line.mean) for line in found.lines}
    assert told["heard"] == "4.0 or more"
    assert told["safe"] == "2.0 or less"
    assert found.mean is not None
    assert found.mean.value < 4.0


def test_a_class_of_which_all_gave_the_same_is_not_told_apart(
    round_of_all: SurveyRound,
    consumers: list[Member],
    colleagues: list[Member],
    answer: Answering,
    shown: Callable[[SurveyRound], Shown],
) -> None:
    for member in consumers:
        answer(round_of_all, member, score=3)
    for member in colleagues:
        answer(round_of_all, member, score=5, side=AnswerSide.OTHER)
    found = shown(round_of_all)[False]
    assert found.apart
    assert {(line.consumers, line.others) for line in found.lines} == {(None, None)}
