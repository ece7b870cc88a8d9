"""Hundreds of generated series, with awkward ones, computed twice and compared by field.

Such series were also compared with the field's two R packages (decision 145); the case file lists
differences from those as deviations.
"""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from tests.charts.plain_rules import expected
from tests.charts.test_cases import differences, series_of, told

CHARTS = ("run", "i", "mr", "xbar", "s", "t", "p", "pp", "c", "u", "up", "g")
LENGTHS = (1, 2, 3, 7, 9, 10, 12, 13, 18, 24, 24, 36, 60)
EACH = 150


def made_up(chance: random.Random, chart: str) -> dict[str, Any]:
    """A case in the words of the case file."""
    length = chance.choice(LENGTHS)
    values, sizes, groups = results(chance, chart, length)
    options: dict[str, Any] = {
        "screened": chance.random() < 0.6,
        "freeze": chance.choice([None, None, 1, 2, 12, length, length + 5, max(1, length // 2)]),
        "phases": [],
        "exclude": [],
        "multiply": chance.choice([1, 1, 100, 0.5]),
    }
    if chance.random() < 0.3:
        options["phases"] = sorted(chance.randint(0, length + 1) for _ in range(3))
    if chance.random() < 0.25:
        options["exclude"] = chance.sample(range(length), min(length, 2))
    near = 0.4 if sizes else 10
    return {
        "chart": chart,
        "direction": chance.choice(["increase", "decrease", "neutral"]),
        "target": chance.choice([None, 0, near, 2 * near]),
        "dates": [(date(2024, 1, 1) + timedelta(week * 7)).isoformat() for week in range(length)],
        "y": values,
        "n": sizes,
        "subgroups": groups,
        "options": options,
    }


def results(chance: random.Random, chart: str, length: int) -> tuple[Any, Any, Any]:
    """Values, sizes and groups: steady or shifted, ties, zeros, gaps, trends, no spread at all."""
    shift = chance.choice([0, 0, 2, -2])
    levels = [10 + shift * (index >= length // 2) for index in range(length)]
    style = chance.choice(["spread", "spread", "spread", "ties", "walk", "constant", "one"])
    if chart in {"xbar", "s"}:
        equal = chance.choice([None, None, 1, 2, 5])
        groups = [
            [
                10.1 if style == "constant" else round(chance.gauss(level, 2), 1)
                for _ in range(equal or chance.choice([0, 1, 2, 3, 6, 9]))
            ]
            for level in levels
        ]
        return None, None, groups
    gaps = chance.choice([0, 0, 0.1, 0.4])
    if chart in {"p", "pp", "u", "up"}:
        return (*ratios(chance, length, gaps, style), None)
    whole = chart in {"c", "g"}
    values = numbers(chance, levels, style)
    if whole or chart == "t":
        values = [
            max(round(abs(value)) if whole else abs(value), 0 if whole else 0.1) for value in values
        ]
    return [None if chance.random() < gaps else value for value in values], None, None


def numbers(chance: random.Random, levels: list[int], style: str) -> list[float]:
    match style:
        case "constant":
            return [0.1] * len(levels)
        case "one":
            here = chance.randrange(len(levels))
            return [5 if index == here else 4 for index in range(len(levels))]
        case "ties":
            return [level + chance.choice([-1, -0.5, 0, 0, 0.5, 1]) for level in levels]
        case "walk":
            walk, step = [20.0], 1.0
            while len(walk) < len(levels):
                step = -step if chance.random() < 0.12 else step
                walk.append(walk[-1] + step * chance.choice([0, 0.5, 1, 1, 2]))
            return walk
        case _:
            return [
                round(chance.gauss(level, 2) + 12 * (chance.random() < 0.05), 2) for level in levels
            ]


def ratios(chance: random.Random, length: int, gaps: float, style: str) -> tuple[Any, Any]:
    most = chance.choice([4, 9, 25, 81, 400])
    share = {"constant": chance.choice([0, 1, 0.5])}.get(
        style, chance.choice([0.02, 0.1, 0.5, 0.9])
    )
    values: list[int | None] = []
    sizes: list[int | None] = []
    for _ in range(length):
        size = most if style in {"ties", "constant"} else chance.randint(1, most)
        value = int(size * share) if style == "constant" else binomial(chance, size, share)
        pair: tuple[int | None, int | None] = (value, size)
        if chance.random() < gaps:
            pair = chance.choice([(None, size), (value, None), (None, None), (0, 0)])
        values.append(pair[0])
        sizes.append(pair[1])
    return values, sizes


def binomial(chance: random.Random, size: int, share: float) -> int:
    return sum(chance.random() < share for _ in range(size))


@pytest.mark.parametrize("chart", CHARTS)
def test_two_computations_agree_on_made_up_series(chart: str) -> None:
    chance = random.Random(chart)
    for _ in range(EACH):
        case = made_up(chance, chart)
        assert list(differences(expected(case), told(series_of(case)))) == [], case
