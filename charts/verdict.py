"""Whether a chart shows a change, in which direction, ongoing or not; the goal's outlook."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from charts.kinds import ChartShape
from charts.readings import Reading, above
from charts.run_rules import PhaseRuns
from charts.series import Direction


class Runs(StrEnum):
    SIGNAL = "signal"
    NONE = "none"
    INSUFFICIENT = "insufficient"
    NOT_APPLICABLE = "na"


class Sigma(StrEnum):
    SIGNAL = "signal"
    NONE = "none"
    UNDEFINED = "undefined"
    NOT_APPLICABLE = "na"


class ChangeFound(StrEnum):
    IMPROVEMENT = "improvement"
    WORSENING = "worsening"
    HIGHER = "higher"
    LOWER = "lower"
    UNCLEAR = "unclear"


class Assurance(StrEnum):
    """Whether a process that stays as it is meets its target."""

    ALWAYS = "consistent_pass"
    NEVER = "consistent_fail"
    SOMETIMES = "inconsistent"


@dataclass(frozen=True, slots=True)
class ChartVerdict:
    """The state of the latest phase, as code can use it.

    `change` is the direction of the latest long run, otherwise of the latest result outside the
    limits, otherwise unclear (too few crossings only); None without a signal. `ongoing` says
    whether that run or result includes the last result; None without such a run or result. On a
    chart of spread any change is unclear: results that vary more, or less, are neither better nor
    worse.
    """

    runs: Runs
    sigma: Sigma
    change: ChangeFound | None
    ongoing: bool | None

    @property
    def special_cause(self) -> bool:
        return self.runs is Runs.SIGNAL or self.sigma is Sigma.SIGNAL


def assurance(
    target: Reading, direction: Direction, lower: Reading, upper: Reading
) -> Assurance | None:
    """Whether the process, left as it is, will meet the target.

    Compares the target with the last limits, strictly; None if neither direction is better, there
    is no target, or limits are undefined.
    """
    if target is None or lower is None or upper is None or direction == Direction.NEUTRAL:
        return None
    higher_is_better = direction == Direction.INCREASE
    if above(target, upper):
        return Assurance.NEVER if higher_is_better else Assurance.ALWAYS
    if above(lower, target):
        return Assurance.ALWAYS if higher_is_better else Assurance.NEVER
    return Assurance.SOMETIMES


def way(side: int, direction: Direction) -> ChangeFound:
    """What being above (+1) or below (-1) the center means, given which direction is better."""
    if direction == Direction.NEUTRAL:
        return ChangeFound.HIGHER if side > 0 else ChangeFound.LOWER
    better = (side > 0) == (direction == Direction.INCREASE)
    return ChangeFound.IMPROVEMENT if better else ChangeFound.WORSENING


def verdict(
    shape: ChartShape,
    direction: Direction,
    part: PhaseRuns,
    plotted: Sequence[Reading],
    upper: Sequence[Reading],
    signals: Sequence[bool],
) -> ChartVerdict:
    """The verdict on one phase; `plotted`, `upper` and `signals` cover only that phase."""
    runs = _runs(part)
    sigma = _sigma(shape, upper, signals)
    if shape.spread:
        signal = Runs.SIGNAL is runs or Sigma.SIGNAL is sigma
        return ChartVerdict(runs, sigma, ChangeFound.UNCLEAR if signal else None, None)
    if runs is Runs.SIGNAL and part.long_runs:
        return ChartVerdict(runs, sigma, way(part.long_runs[-1].side, direction), part.unbroken)
    if sigma is Sigma.SIGNAL:
        latest = max(index for index, signal in enumerate(signals) if signal)
        last = max(index for index, value in enumerate(plotted) if value is not None)
        value, limit = plotted[latest], upper[latest]
        high = value is not None and limit is not None and above(value, limit)
        return ChartVerdict(runs, sigma, way(1 if high else -1, direction), latest == last)
    return ChartVerdict(runs, sigma, ChangeFound.UNCLEAR if runs is Runs.SIGNAL else None, None)


def _runs(part: PhaseRuns) -> Runs:
    if not part.judged:
        return Runs.NOT_APPLICABLE
    if not part.enough:
        return Runs.INSUFFICIENT
    return Runs.SIGNAL if part.signal else Runs.NONE


def _sigma(shape: ChartShape, upper: Sequence[Reading], signals: Sequence[bool]) -> Sigma:
    if not shape.limits:
        return Sigma.NOT_APPLICABLE
    if any(signals):
        return Sigma.SIGNAL
    if all(limit is None for limit in upper):
        return Sigma.UNDEFINED
    return Sigma.NONE
