"""A second, plain computation of a chart, from the formulas alone: floats and loops.

This module has center lines and limits. It shares nothing with the product, except that ties are
equal to within one part in a billion.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median, stdev
from typing import Any

type Value = float | None
type Limits = tuple[float, float, float, float]
type Case = dict[str, Any]

TIE = 1e-9


def side(value: Value, center: Value) -> int:
    """+1 above, -1 below, 0 on it or if either is missing."""
    if value is None or center is None:
        return 0
    if abs(value - center) <= TIE * max(1.0, abs(value), abs(center)):
        return 0
    return 1 if value > center else -1


def beyond(value: Value, lower: Value, upper: Value) -> int:
    return 1 if side(value, upper) > 0 else min(side(value, lower), 0)


def known(values: Iterable[Value]) -> list[float]:
    return [value for value in values if value is not None]


def mean(values: Iterable[Value]) -> Value:
    there = known(values)
    return math.fsum(there) / len(there) if there else None


def moving_range(values: Sequence[Value], *, screened: bool) -> Value:
    gaps = [abs(a - b) * bool(side(a, b)) for a, b in pairwise(values) if None not in (a, b)]  # type: ignore[operator]
    average = mean(gaps)
    if not screened or not average:
        return average
    kept = [gap for gap in gaps if gap < 3.267 * average]
    return mean(kept) or average


def around(middle: float, sigma: float, low: float = -math.inf, high: float = math.inf) -> Limits:
    a, b, c, d = (min(max(middle + times * sigma, low), high) for times in (-3, -2, 2, 3))
    return a, b, c, d


def bias(size: int) -> float:
    return math.sqrt(2 / (size - 1)) * math.exp(math.lgamma(size / 2) - math.lgamma((size - 1) / 2))


def plotted(case: Case) -> list[Value]:
    """The plotted value of each period, before phases turn them into moving ranges."""
    if case["subgroups"] is not None:
        if case["chart"] == "xbar":
            return [mean(group) for group in case["subgroups"]]
        return [stdev(group) if len(group) > 1 else None for group in case["subgroups"]]
    if case["n"] is None:
        return list(case["y"])
    return [
        None if y is None or not n else y / n for y, n in zip(case["y"], case["n"], strict=True)
    ]


def lines(case: Case, span: range, base: list[int], drawn: Sequence[Value]) -> Any:
    """A phase's center line, and a function for the limits of each of its periods."""
    chart = case["chart"]
    if chart in ("xbar", "s"):
        return grouped(case, span, base)
    if chart in ("p", "pp", "u", "up"):
        return weighted(case, base, drawn)
    values = [drawn[index] for index in base]
    simple = {"run": run, "i": individual, "mr": ranges, "c": count, "g": opportunities, "t": days}
    center, limits = simple[chart](values, screened=case["options"]["screened"])
    return center, lambda _index: limits


def run(values: list[Value], *, screened: bool) -> tuple[Value, Limits | None]:
    return (median(known(values)) if known(values) else None), None


def individual(values: list[Value], *, screened: bool) -> tuple[Value, Limits | None]:
    middle, width = mean(values), moving_range(values, screened=screened)
    return middle, None if middle is None or not width else around(middle, width / 1.128)


def ranges(values: list[Value], *, screened: bool) -> tuple[Value, Limits | None]:
    center = mean(values)
    return center, (0.0, 0.0, 3.267 * 2 / 3 * center, 3.267 * center) if center else None


def count(values: list[Value], *, screened: bool) -> tuple[Value, Limits | None]:
    center = mean(values)
    return center, around(center, math.sqrt(center), 0) if center else None


def opportunities(values: list[Value], *, screened: bool) -> tuple[Value, Limits | None]:
    average = mean(values)
    limits = around(average, math.sqrt(average * (average + 1)), 0) if average else None
    return run(values, screened=screened)[0], limits


def days(values: list[Value], *, screened: bool) -> tuple[Value, Limits | None]:
    scaled = [None if value is None else value ** (1 / 3.6) for value in values]
    middle, width = mean(scaled), moving_range(scaled, screened=screened)
    if middle is None or not width:
        return None if middle is None else middle**3.6, None
    a, b, c, d = around(middle, width / 1.128, 0)
    return middle**3.6, (a**3.6, b**3.6, c**3.6, d**3.6)


def grouped(case: Case, span: range, base: list[int]) -> Any:
    groups = case["subgroups"]
    there = [groups[index] for index in base if groups[index]]
    spread = [(len(group), stdev(group)) for group in there if len(group) > 1]
    if len({len(groups[index]) for index in span if groups[index]}) == 1:
        typical = mean(deviation for _, deviation in spread)
    else:
        freedom = sum(size - 1 for size, _ in spread)
        squares = math.fsum((size - 1) * deviation**2 for size, deviation in spread)
        typical = math.sqrt(squares / freedom) if freedom else None
    means = case["chart"] == "xbar"
    center = mean(value for group in there for value in group) if means else typical

    def limits(index: int) -> Limits | None:
        size = len(groups[index])
        if size < 2 or not typical or typical < TIE or center is None:
            return None
        if means:
            return around(center, typical / (bias(size) * math.sqrt(size)))
        return around(center, typical * math.sqrt(1 - bias(size) ** 2) / bias(size), 0)

    return center, limits


def weighted(case: Case, base: list[int], drawn: Sequence[Value]) -> Any:
    chart, sizes = case["chart"], case["n"]
    counted = [index for index in base if drawn[index] is not None]
    total = sum(sizes[index] for index in counted)
    if not total:
        return None, lambda _index: None
    center = sum(case["y"][index] for index in counted) / total
    share = chart in ("p", "pp")
    variance = center * (1 - center) if share else center
    if variance < TIE * TIE:
        return center, lambda _index: None
    wider: Value = 1.0
    if chart in ("pp", "up"):
        scores = [
            None if value is None else (value - center) / math.sqrt(variance / sizes[index])
            for index, value in ((index, drawn[index]) for index in base)
        ]
        wider = moving_range(scores, screened=case["options"]["screened"])
        wider = wider / 1.128 if wider else None

    def limits(index: int) -> Limits | None:
        if drawn[index] is None or wider is None:
            return None
        sigma = math.sqrt(variance / sizes[index]) * wider
        return around(center, sigma, 0, 1 if share else math.inf)

    return center, limits
