"""What the shares beside a mean tell: tried against everybody who could have answered."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from math import comb

import pytest

from foundation.minimum import MINIMUM
from satisfaction import results, spread
from satisfaction.instrument import CURRENT

FEW = MINIMUM.value
Counts = tuple[int, ...]
"""How many gave 1, 2, 3, 4 and 5."""


def rounds_of(people: int, answers: int = 5) -> Iterator[Counts]:
    """All ways in which so many people can have answered."""
    for bars in combinations(range(people + answers - 1), answers - 1):
        edges = (-1, *bars, people + answers - 1)
        yield tuple(edges[i + 1] - edges[i] - 1 for i in range(answers))


def scores_of(counts: Counts) -> list[int]:
    return [score for score, count in enumerate(counts, start=1) for _ in range(count)]


def line_of(consumers: Counts, others: Counts = (0,) * 5) -> results.StatementMean:
    """What the page shows of one statement."""
    item = CURRENT.items[0]
    answers = [(True, {item.code: each}) for each in scores_of(consumers)]
    answers += [(False, {item.code: each}) for each in scores_of(others)]
    apart = min(sum(consumers), sum(others)) >= FEW
    return results._line(item, answers, apart=apart)


SUBSETS = [frozenset(each) for size in range(1, 5) for each in combinations(range(1, 6), size)]


def told_about_few(
    alike: Sequence[Counts], before: Sequence[Counts], shown: Sequence[frozenset[int]]
) -> list[frozenset[int]]:
    """Answers of which everybody now knows that fewer than five gave them, but did not before."""

    def most(rounds: Sequence[Counts], part: frozenset[int]) -> int:
        return max(sum(counts[answer - 1] for answer in part) for counts in rounds)

    return [
        part
        for part in SUBSETS
        if any(part < group for group in shown)
        and most(alike, part) < FEW
        and most(alike, part) < most(before, part)
    ]


Shown = tuple[tuple[frozenset[int], int], ...]
"""The parts that are shown, with how many people they stand for."""


def leaks(people: int) -> tuple[list[frozenset[int]], int]:
    """Whatever of all rounds with so many people tells about few; and how many show parts.

    Somebody who reads is taken to know the exact sum, the exact parts, and how it is decided
    whether they are shown.
    """
    same_mean: dict[int, list[Counts]] = defaultdict(list)
    same_page: dict[tuple[int, Shown], list[Counts]] = defaultdict(list)
    shows = 0
    for counts in rounds_of(people):
        line = line_of(counts)
        total = sum(scores_of(counts))
        parts = tuple(
            (part.answers, sum(counts[answer - 1] for answer in part.answers))
            for part in line.spread
        )
        shows += bool(parts)
        same_mean[total].append(counts)
        same_page[total, parts].append(counts)
    found = [
        part
        for (total, parts), alike in same_page.items()
        for part in told_about_few(alike, same_mean[total], [group for group, _count in parts])
    ]
    return found, shows


@pytest.mark.promise("few")
@pytest.mark.parametrize("people", [5, 9, 10, 11, 13, 15, 16, 18])
def test_no_round_of_this_size_tells_about_a_few_people(people: int) -> None:
    found, shows = leaks(people)
    assert not found
    assert bool(shows) == (people > 12)


@pytest.mark.parametrize("weakness", ["parts of any size", "nothing is tried"])
def test_a_planted_weakness_is_found(weakness: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if weakness == "nothing is tried":
        monkeypatch.setattr(spread, "_safe", lambda *given: True)
    else:
        monkeypatch.setattr(spread, "enough", lambda people: people >= 2)
    found, _shows = leaks(13)
    assert found


def test_beside_the_means_of_two_sides_the_parts_tell_nothing_about_few() -> None:
    dice = random.Random(3)
    ways = {people: list(rounds_of(people)) for people in (7, 8, 9)}
    shows = 0
    for _round in range(150):
        first, second = dice.choice(ways[8]), dice.choice(ways[dice.choice((7, 9))])
        line = line_of(first, second)
        if not line.spread or line.consumers is None:
            continue
        shows += 1
        before = [
            [each for each in ways[sum(side)] if scored(each) == scored(side)]
            for side in (first, second)
        ]
        alike = [
            pair
            for pair in product(*before)
            if all(
                sum(pair[0][answer - 1] + pair[1][answer - 1] for answer in part.answers)
                == sum(first[answer - 1] + second[answer - 1] for answer in part.answers)
                for part in line.spread
            )
        ]
        groups = [part.answers for part in line.spread]
        assert not told_about_few(
            [added(*pair) for pair in alike], [added(*pair) for pair in product(*before)], groups
        )
        everything = [frozenset(range(1, 6))]
        for side in (0, 1):
            assert not told_about_few([pair[side] for pair in alike], before[side], everything)
    assert shows > 5


def scored(counts: Counts) -> int:
    return sum(scores_of(counts))


def added(first: Counts, second: Counts) -> Counts:
    return tuple(a + b for a, b in zip(first, second, strict=True))


def test_all_ways_are_tried() -> None:
    assert sum(1 for _counts in rounds_of(9)) == comb(13, 4)
