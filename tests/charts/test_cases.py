"""Every case of a JSON-lines file, compared in every expected field."""

import json
import math
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from charts import (
    Analysis,
    Chart,
    Direction,
    MakingDataCount,
    NotChartable,
    PhaseRuns,
    Series,
    analyze,
    reading,
)

CASES = Path(os.environ.get("SPC_CASES") or Path(__file__).with_name("cases.jsonl"))
# Charts of spread have their own cases, whichever file is named.
OF_SPREAD = Path(__file__).with_name("cases_of_spread.jsonl")


def cases() -> list[dict[str, Any]]:
    lines = [line for file in (CASES, OF_SPREAD) for line in file.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines if line.strip()]


def series_of(case: dict[str, Any]) -> Series:
    options = case["options"]
    values, sizes, groups = case["y"], case["n"], case["subgroups"]
    return Series(
        chart=Chart(case["chart"]),
        values=() if values is None else [reading(value) for value in values],
        denominators=None if sizes is None else [reading(size) for size in sizes],
        subgroups=None
        if groups is None
        else [[reading(value) for value in group or ()] for group in groups],
        dates=[date.fromisoformat(day) for day in case["dates"]],
        direction=Direction(case["direction"]),
        target=case["target"],
        screened=options["screened"],
        freeze=options["freeze"],
        phases=options["phases"] or (),
        exclude=options["exclude"] or (),
        multiply=options["multiply"],
    )


def told(series: Series) -> dict[str, Any]:
    """The module's results, in the words of the case file."""
    try:
        analysis = analyze(series)
    except NotChartable as refused:
        return {"error": refused.code}
    verdict = analysis.verdict
    return {
        "error": None,
        "y": analysis.plotted,
        "cl": analysis.center,
        "lcl": analysis.lower,
        "lcl2": analysis.lower_two,
        "ucl2": analysis.upper_two,
        "ucl": analysis.upper,
        "sigma_signal": analysis.sigma_signals,
        "parts": [part_of(part) for part in analysis.parts],
        "special_cause": analysis.special_cause,
        "assurance": analysis.assurance,
        "mdc": mdc_of(analysis),
        "verdict": {
            "runs": verdict.runs,
            "sigma": verdict.sigma,
            "special_cause": verdict.special_cause,
            "change": verdict.change,
            "ongoing": verdict.ongoing,
        },
    }


def part_of(part: PhaseRuns) -> dict[str, Any]:
    latest = part.long_runs[-1] if part.long_runs else None
    return {
        "start": part.start,
        "end": part.end,
        "n_obs": part.observed,
        "n_useful": part.useful,
        "longest_run": part.longest_run,
        "longest_run_max": part.longest_run_max,
        "n_crossings": part.crossings,
        "n_crossings_min": part.crossings_min,
        "long_run_signal": part.long_run_signal,
        "crossings_signal": part.crossings_signal,
        "runs_signal": part.signal,
        "long_run_side": latest and latest.side,
        "long_run_span": latest and [latest.start, latest.end],
    }


def mdc_of(analysis: Analysis) -> dict[str, Any] | None:
    found: MakingDataCount | None = analysis.making_data_count
    if found is None:
        return None
    return {
        "index": found.index,
        "groups": [
            {"start": group.start, "n": group.length, "short": group.short}
            for group in found.groups
        ],
        "mean": found.mean,
        "lpl": found.lower,
        "lpl2": found.lower_two,
        "upl2": found.upper_two,
        "upl": found.upper,
        "astronomical": found.astronomical,
        "shift": found.shift,
        "trend": found.trend,
        "two_in_three": found.two_in_three,
        "two_in_three_between": found.two_in_three_between,
        "cause": found.cause,
        "point_type": found.point_type,
        "variation": found.variation,
        "assurance": found.assurance,
    }


@dataclass(frozen=True)
class Difference:
    where: str
    expected: object
    told: object


def differences(expected: object, found: object, where: str = "") -> Iterator[Difference]:
    """Numbers must agree to one part in a million, everything else exactly."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            yield Difference(where, expected, found)
            return
        for key, value in expected.items():
            if key in found:
                yield from differences(value, found[key], f"{where}.{key}")
            else:
                yield Difference(f"{where}.{key}", value, "nothing")
    elif isinstance(expected, list):
        if not isinstance(found, list | tuple) or len(found) != len(expected):
            yield Difference(where, expected, found)
            return
        for index, (a, b) in enumerate(zip(expected, found, strict=True)):
            yield from differences(a, b, f"{where}[{index}]")
    elif not same(expected, found):
        yield Difference(where, expected, found)


def same(expected: object, found: object) -> bool:
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if isinstance(expected, int | float) and isinstance(found, int | float):
        return math.isclose(expected, found, rel_tol=1e-6, abs_tol=1e-9)
    return expected == found


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_a_case_is_told_as_expected(case: dict[str, Any]) -> None:
    # `deviations` say where the expectation differs from other software, not what a chart says.
    expected = {key: value for key, value in case["expected"].items() if key != "deviations"}
    found = told(series_of(case))
    if (code := expected["error"]) is not None and f"``{code}``" not in str(NotChartable.__doc__):
        # The rules name what is refused but no codes, so a foreign code has no counterpart.
        expected["error"] = found["error"]
        assert found["error"] is not None
    assert list(differences(expected, found)) == []


def test_the_file_of_cases_is_not_empty() -> None:
    assert CASES.read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("chart", ["mr", "s"])
@pytest.mark.parametrize("sigma", ["signal", "none"])
def test_charts_of_spread_have_cases_with_a_signal_and_without(chart: str, sigma: str) -> None:
    verdicts = [case["expected"]["verdict"] for case in cases() if case["chart"] == chart]
    assert sigma in {each["sigma"] for each in verdicts}
    assert {each["change"] for each in verdicts} <= {"unclear", None}
    assert {each["ongoing"] for each in verdicts} == {None}


def test_no_run_of_moving_ranges_is_a_signal_however_long() -> None:
    parts = [
        part for case in cases() if case["chart"] == "mr" for part in case["expected"]["parts"]
    ]
    assert any(part["longest_run"] > part["longest_run_max"] for part in parts)
    assert {part["runs_signal"] or part["long_run_signal"] for part in parts} == {False}
    assert {(part["long_run_side"], part["long_run_span"]) for part in parts} == {(None, None)}
