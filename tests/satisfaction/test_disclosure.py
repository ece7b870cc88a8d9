"""No sum of hidden answers can be worked out from all that is shown: by linear algebra.

Everything that the pages and the file show of all rounds is written as equations over the unknown
numbers of people (by round, paper, side, statement and answer). A number is given away if it is a
combination of them. Whoever reads is taken to know the sums behind the means exactly.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

import pytest

from foundation.minimum import MINIMUM
from foundation.smallness import Bound
from satisfaction import results, spread
from satisfaction.instrument import CURRENT
from satisfaction.models import SurveyRound
from satisfaction.results import Answers, SurveyResult

ITEM = CURRENT.items[0].code
# round, on paper, consumer, answer
Cell = tuple[int, bool, bool, int]
Row = dict[Cell, Fraction]
Scores = Mapping[tuple[int, bool], Answers]


class Equations:
    """The row space of some equations, kept in echelon form with exact fractions."""

    def __init__(self) -> None:
        self.rows: dict[Cell, Row] = {}

    def _rest(self, row: Row) -> Row:
        rest = dict(row)
        for cell, basis in self.rows.items():
            if factor := rest.get(cell):
                for key, value in basis.items():
                    rest[key] = rest.get(key, Fraction(0)) - factor * value
        return {cell: value for cell, value in rest.items() if value}

    def add(self, row: Row) -> None:
        if not (rest := self._rest(row)):
            return
        pivot = min(rest)
        scaled = {cell: value / rest[pivot] for cell, value in rest.items()}
        for cell, basis in list(self.rows.items()):
            if factor := basis.get(pivot):
                merged = {
                    key: basis.get(key, Fraction(0)) - factor * scaled.get(key, Fraction(0))
                    for key in {*basis, *scaled}
                }
                self.rows[cell] = {key: value for key, value in merged.items() if value}
        self.rows[pivot] = scaled

    def gives(self, cells: Iterable[Cell]) -> bool:
        return not self._rest(dict.fromkeys(cells, Fraction(1)))


def cells_of(
    result: SurveyResult, answers: Iterable[int], *, sides: tuple[bool, ...] = (True, False)
) -> list[Cell]:
    return [
        (each.pk, result.on_paper, side, answer)
        for each in result.rounds
        for side in sides
        for answer in answers
    ]


def shown(found: Iterable[SurveyResult]) -> Equations:
    """All that is told about the first statement."""
    equations = Equations()
    for result in found:
        line = result.lines[0]
        for mean, sides in (
            (line.mean, (True, False)),
            (line.consumers, (True,)),
            (line.others, (False,)),
        ):
            if mean is None or mean.bound != Bound.EXACT:
                continue
            cells = cells_of(result, range(1, 6), sides=sides)
            equations.add(dict.fromkeys(cells, Fraction(1)))
            equations.add({cell: Fraction(cell[3]) for cell in cells})
        for part in line.spread:
            equations.add(dict.fromkeys(cells_of(result, part.answers), Fraction(1)))
    return equations


def given_away(found: list[SurveyResult], scores: Scores) -> list[list[Cell]]:
    """Sums of answers, of all or of one side or of one round, of fewer than five people."""
    people: dict[Cell, int] = defaultdict(int)
    for (round_, paper), answers in scores.items():
        for consumer, said in answers:
            people[round_, paper, consumer, said[ITEM]] += 1
    equations = shown(found)
    parts = [each for size in range(1, 6) for each in combinations(range(1, 6), size)]
    leaks = []
    for result in found:
        for sides in ((True, False), (True,), (False,)):
            for part in parts:
                whole = cells_of(result, part, sides=sides)
                of_one = [[cell for cell in whole if cell[0] == each.pk] for each in result.rounds]
                for cells in (whole, *of_one):
                    few = sum(people[cell] for cell in cells) < MINIMUM.value
                    if few and equations.gives(cells):
                        leaks.append(cells)
    return leaks


def world(seed: int) -> tuple[list[SurveyRound], Scores]:
    """Some rounds, small and large, with answers on a screen and on paper."""
    dice = random.Random(seed)
    rounds, scores = [], {}
    for number in range(1, dice.randint(2, 5)):
        answers: dict[bool, Answers] = {}
        weights = [dice.random() for _answer in range(6)]
        for paper in (False, True):
            people = dice.choice((0, 3, 4, 7, 16, 24, 40))
            answers[paper] = [
                (dice.random() < 0.6, {ITEM: each})
                for each in dice.choices(range(6), weights, k=people)
            ]
            scores[number, paper] = answers[paper]
        rounds.append(
            SurveyRound(
                pk=number,
                number=number,
                answered=len(answers[False]) + len(answers[True]),
                on_paper=len(answers[True]),
                invited=99,
                closed_on=date(2026, 1, 1) + timedelta(days=40 * number),
            )
        )
    return rounds, scores


def results_of(rounds: list[SurveyRound], scores: Scores) -> list[SurveyResult]:
    found = []
    for counted, paper in ((results.on_screen, False), (results.on_paper, True)):
        for pool in results.pools(rounds, counted):
            result = results._result(pool, dict(scores), on_paper=paper)
            if result.lines:
                found.append(result)
    return found


@pytest.fixture(autouse=True)
def one_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements don't share answers, so one shows what holds for each."""
    one = type(CURRENT)(CURRENT.version, CURRENT.title, CURRENT.items[:1], CURRENT.credit)
    monkeypatch.setattr(SurveyRound, "asks", one)


def leaky_worlds(worlds: int) -> list[int]:
    found = []
    for seed in range(worlds):
        rounds, scores = world(seed)
        if given_away(results_of(rounds, scores), scores):
            found.append(seed)
    return found


@pytest.mark.promise("few")
def test_nothing_that_is_hidden_is_a_combination_of_what_is_shown() -> None:
    shows = 0
    for seed in range(60):
        rounds, scores = world(seed)
        shows += sum(len(result.lines[0].spread) > 0 for result in results_of(rounds, scores))
    assert shows > 20
    assert not leaky_worlds(60)


def parts_of_any_size(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(spread, "enough", lambda people: people >= 1)


def five_parts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(spread, "_groups", lambda scores: [frozenset({each}) for each in range(1, 6)])
    patch.setattr(spread, "_safe", lambda *given: True)


def rounds_that_count_twice(patch: pytest.MonkeyPatch) -> None:
    """A small round beside a pool of it and the next: the difference is the next one."""
    pools = results.pools

    def overlapping(
        rounds: list[SurveyRound], counted: Callable[[SurveyRound], int]
    ) -> list[tuple[SurveyRound, ...]]:
        found = pools(rounds, counted)
        return [*found, *(tuple(rounds[:end]) for end in range(1, len(rounds) + 1))]

    patch.setattr(results, "pools", overlapping)
    patch.setattr(spread, "_safe", lambda *given: True)


@pytest.mark.parametrize("plant", [parts_of_any_size, five_parts, rounds_that_count_twice])
def test_a_planted_weakness_gives_something_away(
    plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    assert leaky_worlds(60)
