"""The wording of small counts, shares and means."""

from itertools import pairwise

import pytest

from foundation import smallness
from foundation.minimum import MINIMUM
from foundation.smallness import Bound, Mean

WHOLES = range(MINIMUM.value, 40)


def alike(whole: int, words: str) -> list[int]:
    """The parts of a whole that are worded like this."""
    return [part for part in range(whole + 1) if smallness.part(part, whole) == words]


@pytest.mark.promise("few")
@pytest.mark.parametrize("whole", WHOLES)
def test_that_nobody_or_everybody_did_is_never_told(whole: int) -> None:
    for extreme in (0, whole):
        assert len(alike(whole, smallness.part(extreme, whole))) > 1


@pytest.mark.promise("few")
@pytest.mark.parametrize("whole", WHOLES)
def test_a_part_is_exact_only_where_it_and_the_rest_have_enough(whole: int) -> None:
    for part in range(whole + 1):
        exact = smallness.part(part, whole) == str(part)
        assert exact == (part >= MINIMUM.value and whole - part >= MINIMUM.value)


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (3, 4, "fewer than 5"),
        (5, 5, "most of 5"),
        (3, 5, "most of 5"),
        (2, 5, "half or fewer of 5"),
        (4, 18, "fewer than 5 of 18"),
        (13, 18, "13 of 18"),
        (14, 18, "most of 18"),
        (18, 18, "most of 18"),
    ],
)
def test_a_share_in_words(part: int, whole: int, words: str) -> None:
    assert smallness.share(part, whole) == words


@pytest.mark.promise("few")
@pytest.mark.parametrize("whole", WHOLES)
def test_two_looks_at_a_growing_count_differ_by_several_or_not_at_all(whole: int) -> None:
    told = [smallness.so_far(number, whole) for number in range(whole + 1)]
    changes = [number for number, (a, b) in enumerate(pairwise(told), 1) if a != b]
    assert all(b - a >= MINIMUM.value for a, b in pairwise([0, *changes]))
    # That all of them have is not revealed either.
    assert told[whole] == told[whole - 1]
    reached = [smallness.reached(number, whole) for number in range(whole + 1)]
    assert all(said <= number for number, said in enumerate(reached))


@pytest.mark.parametrize("whole", WHOLES)
def test_a_percentage_tells_neither_all_nor_one_more(whole: int) -> None:
    assert smallness.percent(whole, whole) < 100
    assert {smallness.percent(number, whole) % 10 for number in range(whole + 1)} == {0}


@pytest.mark.parametrize("people", [5, 7, 10, 30])
def test_a_mean_never_says_that_everybody_gave_the_same_extreme(people: int) -> None:
    highest = smallness.mean(5 * people, people, lowest=1, highest=5)
    nearly = smallness.mean(5 * people - 4, people, lowest=1, highest=5)
    assert highest == nearly
    assert highest.bound == Bound.OR_MORE
    lowest = smallness.mean(people, people, lowest=1, highest=5)
    assert lowest == smallness.mean(people + 4, people, lowest=1, highest=5)
    assert lowest.bound == Bound.OR_LESS
    assert smallness.mean(3 * people, people, lowest=1, highest=5) == Mean(3.0)


def test_means_in_words() -> None:
    assert [str(Mean(3.26)), str(Mean(4.0, Bound.OR_MORE)), str(Mean(2.0, Bound.OR_LESS))] == [
        "3.3",
        "4.0 or more",
        "2.0 or less",
    ]
