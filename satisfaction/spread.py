"""How the answers to one statement are spread, where that tells nothing about a few people.

Shown are the shares of those who agree, are in between and disagree, beside the mean; or, where
fewer are left, of those who agree and of all others. Nobody should be able to work out from the
two that fewer than five people gave one of the answers behind them. So before anything is shown,
this finds all rounds that would look the same: whole numbers of people by answer and by side with
these means and these parts. It takes the exact sums and counts for known, which is more than the
page tells.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.minimum import MINIMUM, enough
from foundation.smallness import TENS

AGREE, BETWEEN, DISAGREE = frozenset({5, 4}), frozenset({3}), frozenset({2, 1})
NOT_AGREE = BETWEEN | DISAGREE

Maxima = dict[frozenset[int], int]
"""By answers, the most people who can have given one of them."""


@dataclass(frozen=True)
class SpreadPart:
    """People who gave one of these answers, as a share of all in percent, rounded to tens."""

    answers: frozenset[int]
    percent: int
    before: int
    """The sum of the parts before it, for a bar of all."""

    @property
    def kind(self) -> str:
        """A name for its color."""
        return {AGREE: "agree", BETWEEN: "between", DISAGREE: "disagree"}.get(self.answers, "rest")

    @property
    def words(self) -> str:
        """As in "60% agree"."""
        sentence = {
            AGREE: _("%(percent)d%% agree"),
            BETWEEN: _("%(percent)d%% in between"),
            DISAGREE: _("%(percent)d%% disagree"),
            NOT_AGREE: _("%(percent)d%% in between or disagree"),
        }[self.answers]
        return sentence % {"percent": self.percent}


@dataclass(frozen=True)
class SideSum:
    """What the mean of one side tells at most: how many answered, and the sum of their scores."""

    people: int
    total: int


def spread(sides: Sequence[Sequence[int]]) -> tuple[SpreadPart, ...]:
    """The parts to show; none if they would tell too much.

    `sides`: the scores from 1 to 5 of those whose means are shown apart; one list if none are.
    """
    scores = [score for side in sides for score in side]
    groups = _groups(scores)
    counts = [sum(score in group for score in scores) for group in groups]
    if not groups or not _safe([SideSum(len(side), sum(side)) for side in sides], groups, counts):
        return ()
    parts: list[SpreadPart] = []
    for group, count in zip(groups, counts, strict=True):
        before = sum(part.percent for part in parts)
        parts.append(SpreadPart(group, _tens(count, len(scores)), before))
    return tuple(parts)


def _tens(count: int, people: int) -> int:
    return (count * 100 + people * TENS // 2) // (people * TENS) * TENS


def _groups(scores: Sequence[int]) -> list[frozenset[int]]:
    """Three parts where each has enough people; two where three can't have, whoever said what."""
    agree, between, disagree = (
        sum(score in group for score in scores) for group in (AGREE, BETWEEN, DISAGREE)
    )
    if enough(agree) and enough(between) and enough(disagree):
        return [AGREE, BETWEEN, DISAGREE]
    others = between + disagree
    if enough(agree) and enough(others) and others < 2 * MINIMUM.value:
        return [AGREE, NOT_AGREE]
    return []


def _safe(
    sides: Sequence[SideSum], groups: Sequence[frozenset[int]], counts: Sequence[int]
) -> bool:
    """Whether the parts tell nothing about few people that the means don't tell already."""
    whole = [part for group in groups for part in _parts_of(group)]
    of_side = [*_parts_of(AGREE | NOT_AGREE)] if len(sides) > 1 else []
    found: list[Maxima] = [dict.fromkeys(whole, 0), *({**dict.fromkeys(of_side, 0)} for _ in sides)]
    for world in _worlds(sides, counts):
        _widen(found, world)
        if all(enough(most) for each in found for most in each.values()):
            return True
    before = [_most(side) for side in sides]
    known = [
        {part: sum(each[part] for each in before) for part in whole},
        *before,
    ]
    return all(
        enough(most) or most >= known[place][part]
        for place, each in enumerate(found)
        for part, most in each.items()
    )


Numbers = tuple[int, int, int]
"""How many agree, are in between, and disagree."""


def _worlds(
    sides: Sequence[SideSum], counts: Sequence[int]
) -> Iterator[list[tuple[SideSum, Numbers]]]:
    """All ways in which the parts can be made up of the sides."""
    totals: list[Numbers] = (
        [(counts[0], counts[1], counts[2])]
        if len(counts) > 2
        else [(counts[0], between, counts[1] - between) for between in range(counts[1] + 1)]
    )
    for agree, between, disagree in totals:
        if len(sides) == 1:
            worlds = [[(sides[0], (agree, between, disagree))]]
        else:
            first, second = sides
            worlds = [
                [(first, (a, b, d)), (second, (agree - a, between - b, disagree - d))]
                for a in range(min(agree, first.people) + 1)
                for b in range(min(between, first.people - a) + 1)
                if (d := first.people - a - b) <= disagree
            ]
        for world in worlds:
            if all(_possible(side, numbers) for side, numbers in world):
                yield world


def _above(side: SideSum, numbers: Numbers) -> int:
    """How many gave the higher answer of their part, agreeing a lot or only disagreeing."""
    agree, between, disagree = numbers
    return side.total - (4 * agree + 3 * between + disagree)


def _possible(side: SideSum, numbers: Numbers) -> bool:
    return 0 <= _above(side, numbers) <= numbers[0] + numbers[2]


def _most_of(side: SideSum, numbers: Numbers, part: frozenset[int]) -> int:
    """The most people of a side who can have given one of these answers."""
    agree, between, disagree = numbers
    above = _above(side, numbers)
    high = range(max(0, above - disagree), min(agree, above) + 1)
    # How many it is, is linear in how many of those above agree a lot: the ends are enough.
    return max(
        sum(
            count
            for answer, count in (
                (5, lots),
                (4, agree - lots),
                (3, between),
                (2, above - lots),
                (1, disagree - above + lots),
            )
            if answer in part
        )
        for lots in (high[0], high[-1])
    )


def _widen(found: Sequence[Maxima], world: Sequence[tuple[SideSum, Numbers]]) -> None:
    whole, *of_sides = found
    for part in whole:
        most = _most_together(world, part)
        whole[part] = max(whole[part], most)
    for maxima, (side, numbers) in zip(of_sides, world, strict=True):
        for part in maxima:
            maxima[part] = max(maxima[part], _most_of(side, numbers, part))


def _most_together(world: Sequence[tuple[SideSum, Numbers]], part: frozenset[int]) -> int:
    return sum(_most_of(side, numbers, part) for side, numbers in world)


def _most(side: SideSum) -> Mapping[frozenset[int], int]:
    """What the mean alone leaves possible."""
    found = dict.fromkeys(_parts_of(AGREE | NOT_AGREE), 0)
    for agree in range(side.people + 1):
        for between in range(side.people - agree + 1):
            numbers = (agree, between, side.people - agree - between)
            if _possible(side, numbers):
                for part, most in found.items():
                    found[part] = max(most, _most_of(side, numbers, part))
    return found


def _parts_of(group: frozenset[int]) -> list[frozenset[int]]:
    """All answers and sums of answers that are less than the whole group."""
    answers = sorted(group)
    return [
        frozenset(answer for place, answer in enumerate(answers) if chosen >> place & 1)
        for chosen in range(1, 2 ** len(answers) - 1)
    ]
