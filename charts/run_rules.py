"""The Anhøj rules: unusually long runs and unusually few crossings of the center line.

J. Anhøj and A. V. Olesen, PLoS ONE 9(11), 2014; J. Anhøj, PLoS ONE 10(3), 2015. The longest run is
compared with M. F. Schilling's limit, the crossings with Z. Chen's.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from charts.readings import Reading, side

ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive results on one side: first and last index, length, and +1 above or -1 below."""

    start: int
    end: int
    length: int
    side: int


@dataclass(frozen=True, slots=True)
class PhaseRuns:
    """The runs analysis of one phase, from `start` to `end` (exclusive).

    `observed` counts the included periods, even those without a result; `useful` those with a
    result that is not on the center line. The four numbers are None if nothing is useful.
    `long_runs` are all runs longer than `longest_run_max`, oldest first; `unbroken` says that the
    last of them continues to the end. Where the rules do not apply, `judged` is False and there is
    no signal: neighboring moving ranges share a result, so their runs mean nothing.
    """

    start: int
    end: int
    observed: int
    useful: int
    longest_run: int | None
    longest_run_max: int | None
    crossings: int | None
    crossings_min: int | None
    long_runs: tuple[Run, ...]
    crossings_signal: bool
    unbroken: bool
    judged: bool

    @property
    def long_run_signal(self) -> bool:
        return bool(self.long_runs)

    @property
    def signal(self) -> bool:
        return self.long_run_signal or self.crossings_signal

    @property
    def enough(self) -> bool:
        """Whether there are enough results for the rules to be meaningful."""
        return self.useful >= ENOUGH


def longest_run_max(useful: int) -> int:
    """The longest run expected by chance among `useful` results (1 or more)."""
    return round(math.log2(useful)) + 3


@lru_cache
def crossings_min(useful: int) -> int:
    """The fewest crossings expected by chance among `useful` results.

    The smallest k with P(Bin(useful - 1, 1/2) <= k) of 5% or more, in integers.
    """
    tosses = max(useful - 1, 0)
    total, ways = 0, 2**tosses
    for crossings in range(tosses + 1):
        total += math.comb(tosses, crossings)
        if 20 * total >= ways:
            return crossings
    return tosses


def runs(
    values: Sequence[Reading], center: Sequence[Reading], include: Sequence[bool], start: int = 0
) -> list[Run]:
    """Runs on one side of the center; ties, gaps and excluded results neither break nor count.

    The three sequences have the same length; `start` is added to the indices.
    """
    found: list[Run] = []
    for index, (value, middle, taken) in enumerate(zip(values, center, include, strict=True)):
        if not taken or value is None or middle is None:
            continue
        where = side(value, middle)
        if where == 0:
            continue
        place = start + index
        if found and found[-1].side == where:
            found[-1] = Run(found[-1].start, place, found[-1].length + 1, where)
        else:
            found.append(Run(place, place, 1, where))
    return found


def part(
    values: Sequence[Reading],
    center: Sequence[Reading],
    include: Sequence[bool],
    start: int = 0,
    *,
    judged: bool = True,
) -> PhaseRuns:
    """The runs analysis of one phase whose first index is `start`."""
    found = runs(values, center, include, start)
    useful = sum(run.length for run in found)
    end, observed = start + len(values), sum(include)
    if not useful:
        return PhaseRuns(start, end, observed, 0, None, None, None, None, (), False, False, judged)
    longest, most = max(run.length for run in found), longest_run_max(useful)
    crossings, fewest = len(found) - 1, crossings_min(useful)
    return PhaseRuns(
        start=start,
        end=end,
        observed=observed,
        useful=useful,
        longest_run=longest,
        longest_run_max=most,
        crossings=crossings,
        crossings_min=fewest,
        long_runs=tuple(run for run in found if judged and run.length > most),
        crossings_signal=judged and crossings < fewest,
        unbroken=judged and found[-1].length > most,
        judged=judged,
    )
