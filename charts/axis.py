"""Round numbers and dates along a chart's axes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

# Months, in the steps people think in; beyond these, whole years.
_PERIODS = (1, 2, 3, 6, 12)


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear mapping from values to places in the drawing."""

    low: float
    high: float
    at_low: float
    at_high: float

    def place(self, value: float) -> float:
        # Halve first: the difference of two huge numbers could overflow.
        whole = self.high / 2 - self.low / 2
        # The two ends may be so close to 0 that their difference is 0.
        share = (value / 2 - self.low / 2) / whole if whole else 0.5
        return self.at_low + share * (self.at_high - self.at_low)


def around(value: float) -> tuple[float, float]:
    """The ends of an axis with a single value."""
    widen = abs(value) / 10 or 1.0
    return value - widen, value + widen


def ticks(low: float, high: float, most: int = 5) -> tuple[list[float], int]:
    """Round values from at or below `low` to at or above `high`, and the decimals they need.

    Steps of 1, 2 or 5 times a power of ten; equal ends are widened first.
    """
    if not low < high:
        low, high = around(low)
    rough = max(high / most - low / most, math.ulp(max(abs(low), abs(high))) * 4, 1e-300)
    base = 10.0 ** math.floor(math.log10(rough))
    step = next((factor * base for factor in (1, 2, 5) if factor * base >= rough), 10 * base)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    values = (round(count * step, min(decimals, 300)) for count in range(first, last + 1))
    return [value for value in values if math.isfinite(value)], decimals


def decimals_for(values: Sequence[float | None], axis: int) -> int:
    """Decimals for showing results: one more than the axis, none if none is needed."""
    known = [value for value in values if value is not None]
    most = min(axis + 1, 6)
    return next(
        (few for few in range(most) if all(round(value, few) == value for value in known)), most
    )


def period_step(periods: int, most: int) -> int:
    """How many periods lie between labels, so that there are at most `most`."""
    least = max(1, math.ceil(periods / max(most, 1)))
    for step in _PERIODS:
        if step >= least:
            return step
    return 12 * math.ceil(least / 12)


def extent(*columns: Sequence[float | None]) -> tuple[float, float] | None:
    """The lowest and highest of all the numbers, if any."""
    known = [value for column in columns for value in column if value is not None]
    return (min(known), max(known)) if known else None
