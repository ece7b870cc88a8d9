"""What is shown of a survey, and what may not follow from it."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest

from accounts.models import Member
from foundation.anonymity import parts_shown
from foundation.models import Agency
from satisfaction import actions, results
from satisfaction.models import Audience, SurveyRound
from tests.satisfaction.conftest import Answering


def closed(
    number: int, answered: int, day: int, *, instrument: str = "1", audience: str = "consumers"
) -> SurveyRound:
    return SurveyRound(
        pk=number,
        number=number,
        answered=answered,
        invited=9,
        closed_on=date(2026, 1, 1) + timedelta(days=day),
        instrument=instrument,
        audience=audience,
    )


def grouped(*rounds: SurveyRound) -> list[list[int]]:
    return [[each.number for each in pool] for pool in results.pools(rounds)]


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
    found = results.of_round(round_, comments=True)
    assert not found.shown
    assert not found.lines
    assert not found.comments
    assert results.trend(round_.agency) == []


@pytest.mark.parametrize(("answers", "shown"), [(4, False), (5, True)])
def test_results_and_comments_are_shown_from_five_answers_on(
    round_: SurveyRound,
    consumers: list[Member],
    answer: Answering,
    facilitator: Member,
    answers: int,
    shown: bool,
) -> None:
    for member in consumers[:answers]:
        answer(round_, member, comment="a word")
    found = results.of_round(actions.close_round(round_, by=facilitator), comments=True)
    assert found.shown == shown
    assert bool(found.comments) == shown
    assert (found.answered, found.invited) == (answers, 7)


def test_the_mean_of_a_statement_leaves_out_those_to_whom_it_does_not_apply(
    round_: SurveyRound, consumers: list[Member], answer: Answering, facilitator: Member
) -> None:
    for member, paid in zip(consumers, (5, 5, 4, 4, 2, 0, 0), strict=True):
        answer(round_, member, score=3, paid=paid)
    found = results.of_round(actions.close_round(round_, by=facilitator), comments=False)
    means = {line.item.code: line.mean for line in found.lines}
    assert means["paid"] == 4.0
    assert means["heard"] == 3.0


def test_a_statement_that_applies_to_fewer_than_five_is_left_out_of_everything(
    round_: SurveyRound, consumers: list[Member], answer: Answering, facilitator: Member
) -> None:
    for member, paid in zip(consumers, (1, 1, 1, 1, 0, 0, 0), strict=True):
        answer(round_, member, score=4, paid=paid)
    found = results.of_round(actions.close_round(round_, by=facilitator), comments=False)
    means = {line.item.code: line.mean for line in found.lines}
    assert means["paid"] is None
    # The mean over all does not let the hidden one be worked out.
    assert found.mean == 4.0


@pytest.fixture
def colleagues(
    council: object, enter: Callable[..., Member], administrator: Member
) -> list[Member]:
    from accounts.models import StandingKind
    from groups.actions import seat

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
    return actions.open_round(
        agency,
        by=facilitator,
        since=today - timedelta(days=180),
        until=today,
        closes=today + timedelta(days=14),
        audience=Audience.EVERYONE,
    )


@pytest.mark.parametrize(("staff", "apart"), [(5, True), (4, False)])
def test_classes_are_shown_apart_only_where_each_has_five(
    round_of_all: SurveyRound,
    consumers: list[Member],
    colleagues: list[Member],
    answer: Answering,
    facilitator: Member,
    staff: int,
    apart: bool,
) -> None:
    for member in consumers:
        answer(round_of_all, member, score=2)
    for member in colleagues[:staff]:
        answer(round_of_all, member, score=4)
    found = results.of_round(actions.close_round(round_of_all, by=facilitator), comments=False)
    assert found.shown
    assert found.sides == (frozenset({"consumer", "other"}) if apart else frozenset())
    assert all(bool(line.by_side) == apart for line in found.lines)


def test_one_statement_too_small_in_one_class_is_hidden_in_both(
    round_of_all: SurveyRound,
    consumers: list[Member],
    colleagues: list[Member],
    answer: Answering,
    facilitator: Member,
) -> None:
    for member in consumers:
        answer(round_of_all, member, score=2)
    for number, member in enumerate(colleagues):
        answer(round_of_all, member, score=4, paid=0 if number == 0 else 5)
    found = results.of_round(actions.close_round(round_of_all, by=facilitator), comments=False)
    by_code = {line.item.code: line for line in found.lines}
    assert by_code["paid"].by_side == {}
    assert by_code["paid"].mean is not None
    assert by_code["heard"].by_side == {"consumer": 2.0, "other": 4.0}


def test_small_rounds_wait_for_each_other_and_count_once() -> None:
    assert grouped(closed(1, 3, 0), closed(2, 3, 180)) == [[1, 2]]
    assert grouped(closed(1, 3, 0), closed(2, 9, 90), closed(3, 3, 180)) == [[2], [1, 3]]
    # The third one starts a new group: were it shown with the second, the difference between
    # two results would be that between two small rounds.
    assert grouped(closed(1, 3, 0), closed(2, 3, 100), closed(3, 3, 200)) == [[1, 2]]
    assert grouped(*(closed(n, 3, n * 50) for n in range(1, 5))) == [[1, 2], [3, 4]]


def test_small_rounds_more_than_a_year_apart_are_never_shown() -> None:
    assert grouped(closed(1, 4, 0), closed(2, 4, 366)) == []
    assert grouped(closed(1, 4, 0), closed(2, 4, 365)) == [[1, 2]]


def test_small_rounds_of_another_version_or_audience_are_not_put_together() -> None:
    assert grouped(closed(1, 4, 0), closed(2, 4, 9, audience="everyone")) == []
    assert grouped(closed(1, 4, 0), closed(2, 4, 9, instrument="2")) == []


def test_a_later_round_never_changes_what_was_shown() -> None:
    rounds = [closed(n, answered, n * 40) for n, answered in enumerate((3, 6, 1, 1, 4, 2, 5, 3))]
    for until in range(len(rounds)):
        earlier = results.pools(rounds[:until])
        later = results.pools(rounds)
        assert set(earlier) <= set(later)


def test_no_two_results_share_a_round() -> None:
    pools: Sequence[tuple[SurveyRound, ...]] = results.pools(
        [closed(n, n % 5, n * 30) for n in range(30)]
    )
    numbers = [each.number for pool in pools for each in pool]
    assert len(numbers) == len(set(numbers))
    assert all(sum(each.answered or 0 for each in pool) >= 5 for pool in pools)
