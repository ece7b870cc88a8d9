"""The result of a vote: plain counting over anonymous ballots.

Multivoting: the sum of votes. Nominal group technique: the sum of points, where the first of k
ranking cards gives k and the last one 1 (Delbecq, Van de Ven, Gustafson 1975). Matrix: impact minus
effort, both summed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from cells.ranking.models import RankingMethod, VoterSide
from foundation import minimum


@dataclass(frozen=True)
class Cast:
    """A ballot: its entries, what each was given, and in a matrix how hard each is."""

    choices: tuple[int, ...]
    points: tuple[int, ...]
    efforts: tuple[int, ...] = ()
    side: str = ""


@dataclass(frozen=True)
class ImpactAndEffort:
    """One person's ratings of an idea, each from 1 (very little) to 5 (very much)."""

    impact: int
    effort: int


@dataclass(frozen=True)
class Sums:
    """What an entry received from some people; `efforts` is None except in a matrix."""

    points: int
    efforts: int | None = None


@dataclass(frozen=True)
class CountedEntry:
    """An entry's place, from 1; ties share one. The sums are None if few voted."""

    place: int
    all: Sums | None = None
    consumers: Sums | None = None
    staff: Sums | None = None


def cards(ideas: int) -> int:
    """How many ranking cards each person has: 4 up to 20 ideas, 6 up to 35, 8 beyond.

    Never more than there are ideas (Delbecq and others; as in ASQ's quality toolboxes).
    """
    usual = 4 if ideas <= 20 else 6 if ideas <= 35 else 8
    return min(usual, ideas)


def count(method: str, entries: Sequence[int], ballots: Sequence[Cast]) -> dict[int, CountedEntry]:
    """The result of each entry: always its place; sums if enough people voted.

    Sums by side only if enough of each did, and enough of the others, who could be worked out from
    the rest.
    """
    given = {entry: _sums(method, entry, ballots) for entry in entries}
    order = {entry: sums.points - (sums.efforts or 0) for entry, sums in given.items()}
    apart = sides(ballots) is not None
    shown = minimum.enough(len(ballots))

    def of(side: VoterSide, entry: int) -> Sums | None:
        cast = (ballot for ballot in ballots if ballot.side == side)
        return _sums(method, entry, cast) if shown and apart else None

    return {
        entry: CountedEntry(
            place=1 + sum(other > order[entry] for other in order.values()),
            all=given[entry] if shown else None,
            consumers=of(VoterSide.CONSUMERS, entry),
            staff=of(VoterSide.STAFF, entry),
        )
        for entry in entries
    }


def places(results: Mapping[int, CountedEntry], *, ballots: int, dice: Random) -> dict[int, int]:
    """The place announced for each entry: below the first, chance decides between equals.

    A tie of all the others would reveal that everybody voted for the first. With few ballots even a
    tie of two for first place can reveal that; then chance decides there, too.
    """
    shuffled = sorted(results, key=lambda _entry: dice.random())
    in_order = sorted(shuffled, key=lambda entry: results[entry].place)
    first = minimum.enough(ballots)
    return {
        entry: 1 if first and results[entry].place == 1 else number
        for number, entry in enumerate(in_order, 1)
    }


def sides(ballots: Sequence[Cast]) -> tuple[int, int] | None:
    """The numbers of consumers' and staff ballots; None if they may not be shown apart."""
    by_side = Counter(ballot.side for ballot in ballots)
    # A ballot without a side could belong to either, so no side is shown apart.
    if not by_side[VoterSide.UNKNOWN] and {
        VoterSide.CONSUMERS,
        VoterSide.STAFF,
    } <= minimum.parts_shown(by_side):
        return by_side[VoterSide.CONSUMERS], by_side[VoterSide.STAFF]
    return None


def _sums(method: str, entry: int, ballots: Iterable[Cast]) -> Sums:
    points = efforts = 0
    for ballot in ballots:
        if entry in ballot.choices:
            place = ballot.choices.index(entry)
            points += ballot.points[place]
            efforts += ballot.efforts[place] if ballot.efforts else 0
    return Sums(points, efforts if method == RankingMethod.MATRIX else None)
