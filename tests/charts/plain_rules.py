"""The second, plain computation continued: runs, verdict and Making Data Count.

`expected` takes a case and returns everything expected of it, both in the words of the case file.
"""

import math
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise
from typing import Any

from tests.charts.plain import (
    Case,
    Value,
    around,
    beyond,
    known,
    lines,
    mean,
    moving_range,
    plotted,
    side,
)

NAMES = ("lcl", "lcl2", "ucl2", "ucl")
WAYS = {
    ("increase", 1): "improvement",
    ("increase", -1): "worsening",
    ("decrease", 1): "worsening",
    ("decrease", -1): "improvement",
    ("neutral", 1): "higher",
    ("neutral", -1): "lower",
}
POINTS = {
    "improvement": "improvement",
    "worsening": "concern",
    "higher": "neutral_high",
    "lower": "neutral_low",
}
CAUSES = {
    "astronomical": ("above_ucl", "below_lcl"),
    "trend": ("trend_up", "trend_down"),
    "two_in_three": ("two_in_three_above", "two_in_three_below"),
    "shift": ("shift_above", "shift_below"),
}


def fewest_crossings(useful: int) -> int:
    below = 0
    for crossings in range(useful):
        below += math.comb(useful - 1, crossings)
        if below >= 0.05 * 2 ** (useful - 1):
            return crossings
    return 0


def runs_of(places: Sequence[tuple[int, int]]) -> list[tuple[int, list[int]]]:
    """Runs on one side: the side, and the periods."""
    return [
        (where, [index for index, _ in run])
        for where, run in groupby(places, key=lambda place: place[1])
    ]


def part(
    case: Case, span: range, drawn: Sequence[Value], center: Value
) -> tuple[dict[str, Any], bool]:
    """The runs analysis of a phase, and whether its last run is too long."""
    kept = [index for index in span if index not in case["options"]["exclude"]]
    places = [(index, side(drawn[index], center)) for index in kept]
    found = runs_of([place for place in places if place[1]])
    useful = sum(len(run) for _, run in found)
    longest = max((len(run) for _, run in found), default=None)
    most = round(math.log2(useful)) + 3 if useful else None
    crossings = len(found) - 1 if useful else None
    fewest = fewest_crossings(useful) if useful else None
    long = [run for run in found if most is not None and len(run[1]) > most]
    few = crossings is not None and fewest is not None and crossings < fewest
    if case["chart"] == "mr":
        # Neighbors share a result, so runs mean nothing.
        long, few = [], False
    answer = {
        "start": span.start,
        "end": span.stop,
        "n_obs": len(kept),
        "n_useful": useful,
        "longest_run": longest,
        "longest_run_max": most,
        "n_crossings": crossings,
        "n_crossings_min": fewest,
        "long_run_signal": bool(long),
        "crossings_signal": few,
        "runs_signal": bool(long) or few,
        "long_run_side": long[-1][0] if long else None,
        "long_run_span": [long[-1][1][0], long[-1][1][-1]] if long else None,
    }
    return answer, bool(long) and long[-1] == found[-1]


def assured(case: Case, lower: Value, upper: Value) -> str | None:
    target, direction = case["target"], case["direction"]
    if target is None or lower is None or upper is None or direction == "neutral":
        return None
    where = beyond(target, lower, upper)
    if not where:
        return "inconsistent"
    return "consistent_fail" if (where > 0) == (direction == "increase") else "consistent_pass"


def expected(case: Case) -> dict[str, Any]:
    """Everything expected of a case that is not refused."""
    options = case["options"]
    chart, factor = case["chart"], options["multiply"]
    results = plotted(case)
    length = len(results)
    starts = sorted({0, *(start for start in options["phases"] if 0 < start < length)})
    spans = [range(a, b) for a, b in pairwise([*starts, length])]
    frozen = length if options["phases"] or options["freeze"] is None else options["freeze"]
    columns: dict[str, list[Value]] = {name: [] for name in ("y", "cl", *NAMES)}
    parts = []
    lasts = False
    for span in spans:
        drawn = list(results)
        if chart == "mr":
            for index in span:
                pair = (results[index - 1] if index > span.start else None, results[index])
                a, b = pair
                drawn[index] = None if a is None or b is None else abs(a - b)
        base = [index for index in span if index < frozen and index not in options["exclude"]]
        center, limits = lines(case, span, base, drawn)
        for index in span:
            here = limits(index) or (None,) * 4
            row = (drawn[index], center, *here)
            for name, value in zip(columns, row, strict=True):
                columns[name].append(None if value is None else value * factor)
        told, lasts = part(case, span, drawn, center)
        parts.append(told)
    sides = [
        beyond(y, low, high)
        for y, low, high in zip(columns["y"], columns["lcl"], columns["ucl"], strict=True)
    ]
    return {
        "error": None,
        **columns,
        "sigma_signal": [bool(where) for where in sides],
        "parts": parts,
        "special_cause": any(sides) or any(each["runs_signal"] for each in parts),
        "assurance": assured(case, columns["lcl"][-1], columns["ucl"][-1]),
        "verdict": verdict(case, spans[-1], columns, sides, parts[-1], lasts=lasts),
        "mdc": counted(case, columns["y"], spans) if chart == "i" else None,
    }


def verdict(
    case: Case,
    span: range,
    columns: dict[str, list[Value]],
    sides: Sequence[int],
    told: dict[str, Any],
    *,
    lasts: bool,
) -> dict[str, Any]:
    """The verdict on the latest phase; `lasts` if its last run is too long."""
    runs = "signal" if told["runs_signal"] else "none"
    if told["n_useful"] < 10:
        runs = "insufficient"
    if case["chart"] == "mr":
        runs = "na"
    outside = [index for index in span if sides[index]]
    sigma = "signal" if outside else "none"
    if not known(columns["ucl"][index] for index in span):
        sigma = "na" if case["chart"] == "run" else "undefined"
    change, ongoing = ("unclear" if runs == "signal" else None), None
    if case["chart"] in {"mr", "s"}:
        change = "unclear" if "signal" in (runs, sigma) else None
    elif runs == "signal" and told["long_run_side"]:
        change, ongoing = WAYS[case["direction"], told["long_run_side"]], lasts
    elif outside:
        observed = [index for index in span if columns["y"][index] is not None]
        change = WAYS[case["direction"], sides[outside[-1]]]
        ongoing = outside[-1] == observed[-1]
    return {
        "runs": runs,
        "sigma": sigma,
        "special_cause": "signal" in (runs, sigma),
        "change": change,
        "ongoing": ongoing,
    }


def counted(case: Case, drawn: Sequence[Value], spans: Sequence[range]) -> dict[str, Any] | None:
    """Making Data Count."""
    options = case["options"]
    frozen = math.inf if options["phases"] or options["freeze"] is None else options["freeze"]
    if options["exclude"] or not known(drawn):
        return None
    found: dict[str, list[Any]] = {
        name: [] for name in ("index", "groups", "mean", "lpl", "lpl2", "upl2", "upl", *CAUSES)
    }
    found["two_in_three_between"] = []
    for span in spans:
        there = [(index, value) for index in span if (value := drawn[index]) is not None]
        if not there:
            continue
        values = [value for _, value in there]
        base = [value for index, value in there if index < frozen]
        middle, width = mean(base), moving_range(base, screened=options["screened"])
        limits: Sequence[Value] = (None,) * 4
        if middle is not None and width:
            limits = around(middle, 2.66 * width / 3)
        place, count = len(found["index"]), len(values)
        found["groups"].append({"start": place, "n": count, "short": count < 13})
        found["index"] += [index for index, _ in there]
        for name, value in zip(
            ("mean", "lpl", "lpl2", "upl2", "upl"), (middle, *limits), strict=True
        ):
            found[name] += [value] * count
        sides = [side(value, middle) for value in values]
        far = [beyond(value, limits[0], limits[3]) for value in values]
        near = [beyond(value, limits[1], limits[2]) for value in values]
        found["astronomical"] += far
        found["shift"] += shifts(sides)
        steps = [side(b, a) for a, b in pairwise(values)]
        found["trend"] += trends(steps, count)
        found["two_in_three"] += two_in_three(sides, near)
        between = [0 if out else close for out, close in zip(far, near, strict=True)]
        found["two_in_three_between"] += two_in_three(sides, between)
    causes = [
        next(
            (
                (high if found[rule][at] > 0 else low, found[rule][at])
                for rule, (high, low) in CAUSES.items()
                if found[rule][at]
            ),
            ("common_cause", 0),
        )
        for at in range(len(found["index"]))
    ]
    points = [POINTS[WAYS[case["direction"], way]] if way else "common_cause" for _, way in causes]
    return {
        **found,
        "cause": [cause for cause, _ in causes],
        "point_type": points,
        "variation": points[-1],
        "assurance": assured(case, found["lpl"][-1], found["upl"][-1]),
    }


def windows(
    sides: Sequence[int], width: int, meets: Callable[[int], bool], marks: Sequence[int]
) -> list[int]:
    """The marks of everything in a window that meets a rule; 0 elsewhere."""
    marked = [0] * len(sides)
    for at in range(len(sides) - width + 1):
        if meets(at):
            for index in range(at, at + width):
                marked[index] = marks[index] or marked[index]
    return marked


def shifts(sides: Sequence[int]) -> list[int]:
    return windows(sides, 7, lambda at: abs(sum(sides[at : at + 7])) == 7, sides)


def two_in_three(sides: Sequence[int], near: Sequence[int]) -> list[int]:
    def meets(at: int) -> bool:
        three = slice(at, at + 3)
        return abs(sum(sides[three])) == 3 and sum(map(abs, near[three])) >= 2

    return windows(sides, 3, meets, near)


def trends(steps: Sequence[int], count: int) -> list[int]:
    """Seven in one direction, window by window; the later window wins."""
    marked = [0] * count
    for at in range(count - 6):
        if abs(sum(steps[at : at + 6])) == 6:
            marked[at : at + 7] = [steps[at]] * 7
    return marked
