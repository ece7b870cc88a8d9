"""What may be shown of closed rounds: numbers over at least five answers, and no differences.

Nothing is shown before a round is closed, so that no two looks differ by one person. A round that
is too small is shown together with the small ones after it, once they are enough together; each
round counts in one result only, so that no two results differ by a small one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from foundation.anonymity import enough, parts_shown
from foundation.models import Agency
from satisfaction.instrument import DOES_NOT_APPLY, Item
from satisfaction.models import Answer, Comment, Side, SurveyRound

POOLED = timedelta(days=366)
Scores = dict[str, int]


@dataclass(frozen=True)
class Line:
    """One statement's mean on the scale from 1 to 5; None where too few answered it."""

    item: Item
    mean: float | None
    by_side: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """One or more rounds of which a result may be shown; or one that has too few answers."""

    rounds: tuple[SurveyRound, ...]
    mean: float | None = None
    lines: tuple[Line, ...] = ()
    comments: tuple[str, ...] = ()
    sides: frozenset[str] = frozenset()

    @property
    def shown(self) -> bool:
        return self.mean is not None

    @property
    def latest(self) -> SurveyRound:
        return self.rounds[-1]

    @property
    def numbers(self) -> str:
        """As in "survey 4" or "surveys 3, 4"."""
        return ", ".join(str(each.number) for each in self.rounds)

    @property
    def invited(self) -> int:
        return sum(each.invited or 0 for each in self.rounds)

    @property
    def answered(self) -> int:
        return sum(each.answered or 0 for each in self.rounds)

    @property
    def response(self) -> int:
        """Percent of those invited who answered, rounded down."""
        return self.answered * 100 // self.invited if self.invited else 0


def pools(rounds: Iterable[SurveyRound]) -> list[tuple[SurveyRound, ...]]:
    """Closed rounds, the first one first, in the groups that are shown together.

    A round with enough answers stands alone. Smaller ones wait for the next small ones of the
    same version and audience, for a year at most. Later rounds never change an earlier group.
    """
    found: list[tuple[SurveyRound, ...]] = []
    waiting: dict[tuple[str, str], list[SurveyRound]] = defaultdict(list)
    for each in rounds:
        if enough(each.answered or 0):
            found.append((each,))
            continue
        small = waiting[each.instrument, each.audience]
        small[:] = [other for other in small if _closed(each) - _closed(other) < POOLED]
        small.append(each)
        if enough(sum(other.answered or 0 for other in small)):
            found.append(tuple(small))
            small.clear()
    return sorted(found, key=lambda pool: pool[-1].number)


def trend(agency: Agency) -> list[Result]:
    """The result of every group of rounds, and of every round that is in none, the last first."""
    rounds = list(SurveyRound.objects.within(agency).closed(agency.today()).order_by("number"))
    grouped = pools(rounds)
    used = {each.pk for pool in grouped for each in pool}
    scores = _scores(agency, used)
    shown = [_result(pool, scores, ()) for pool in grouped]
    hidden = [Result((each,)) for each in rounds if each.pk not in used]
    return sorted([*shown, *hidden], key=lambda each: each.latest.number, reverse=True)


def of_round(round_: SurveyRound, *, comments: bool) -> Result:
    """The result in which a closed round counts; the comments, in random order, if asked for."""
    agency = round_.agency
    rounds = SurveyRound.objects.within(agency).closed(agency.today()).order_by("number")
    pool = next((pool for pool in pools(rounds) if round_ in pool), None)
    if round_.closed_on is None or pool is None:
        return Result((round_,))
    said: Sequence[str] = ()
    if comments:
        written = Comment.objects.within(agency).filter(round__in=pool).order_by("pk")
        said = list(written.values_list("text", flat=True))
    return _result(pool, _scores(agency, {each.pk for each in pool}), said)


def _closed(round_: SurveyRound) -> date:
    assert round_.closed_on is not None
    return round_.closed_on


def _scores(agency: Agency, rounds: set[int]) -> dict[int, list[tuple[str, Scores]]]:
    found: dict[int, list[tuple[str, Scores]]] = defaultdict(list)
    answers = Answer.objects.within(agency).filter(round__in=rounds)
    for round_id, side, scores in answers.values_list("round_id", "side", "scores"):
        found[round_id].append((side, scores))
    return found


def _result(
    pool: tuple[SurveyRound, ...],
    scores: dict[int, list[tuple[str, Scores]]],
    comments: Sequence[str],
) -> Result:
    answers = [each for round_ in pool for each in scores[round_.pk]]
    if not enough(len(answers)):
        return Result(pool)
    sides = parts_shown({side: sum(s == side for s, _ in answers) for side in Side.values})
    if len(sides) < 2:
        sides = frozenset()
    lines = tuple(_line(item, answers, sides) for item in pool[-1].asks.items)
    # Over the statements that are shown only: the rest must not follow from the difference.
    codes = {line.item.code for line in lines if line.mean is not None}
    counted = [score for _, each in answers for code, score in each.items() if code in codes]
    given = [score for score in counted if score != DOES_NOT_APPLY]
    return Result(pool, _mean(given) if given else None, lines, tuple(comments), sides)


def _line(item: Item, answers: list[tuple[str, Scores]], sides: frozenset[str]) -> Line:
    given: dict[str, list[int]] = defaultdict(list)
    for side, scores in answers:
        if scores[item.code] != DOES_NOT_APPLY:
            given[side].append(scores[item.code])
    all_given = [score for each in given.values() for score in each]
    if not enough(len(all_given)):
        return Line(item, None)
    apart = parts_shown({side: len(given[side]) for side in sides})
    by_side = {side: _mean(given[side]) for side in sides} if apart == sides else {}
    return Line(item, _mean(all_given), by_side)


def _mean(scores: Sequence[int]) -> float:
    return round(sum(scores) / len(scores), 1)
