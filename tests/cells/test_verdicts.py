"""Whether it worked: from the chart against the frozen start, in five answers."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cells.models import Measure, MeasureKind, OutcomeStandard
from cells.models.charts import Adjusted, Chosen
from cells.results import Result
from cells.verdicts import STATUS, WORDS, Finding, Verdict, verdict

BEFORE = (40, 44, 37, 42, 39, 46, 35, 43, 38, 45, 36, 41)
BETTER = (60, 64, 57, 62, 59, 66, 55, 63, 58, 65, 56, 61)
WORSE = (20, 24, 17, 22, 19, 26, 15, 23, 18, 25, 16, 21)


def months(count: int) -> list[date]:
    return [date(2024 + at // 12, at % 12 + 1, 1) for at in range(count)]


def measure(direction: str = "increase", **given: Any) -> Measure:
    return Measure(
        **{
            "kind": MeasureKind.SCORE,
            "frequency": "month",
            "direction": direction,
            "unit": "points",
            **given,
        }
    )


def judged(
    *values: float | None,
    before: int = 12,
    found: Measure | None = None,
    baseline: Decimal | None = Decimal(40),
    target: Decimal | None = Decimal(55),
) -> Verdict:
    """The verdict over these values, of which the first so many are the start."""
    days = months(len(values))
    numbers = [
        Result(day, None if value is None else Decimal(str(value)))
        for day, value in zip(days, values, strict=True)
    ]
    standard = OutcomeStandard(
        baseline=baseline,
        target=target,
        baseline_through=days[before - 1] if before else date(2023, 12, 1),
    )
    return verdict(found or measure(), numbers, standard)


@pytest.mark.parametrize(
    ("after", "finding"),
    [
        ((), Finding.NOT_ENOUGH),
        (BETTER[:2], Finding.NOT_ENOUGH),
        (BETTER[:5], Finding.NOT_ENOUGH),
        (BETTER, Finding.SUSTAINED),
        ((*BETTER, *BEFORE), Finding.NOT_SUSTAINED),
        (BEFORE, Finding.NO_CHANGE),
        (WORSE, Finding.WORSE),
        ((*WORSE, *BEFORE), Finding.NO_CHANGE),
        ((*WORSE, *BETTER), Finding.SUSTAINED),
        ((*BETTER, *WORSE), Finding.WORSE),
    ],
)
@pytest.mark.parametrize("chart", ["run", "i"])
def test_the_five_answers_come_from_the_runs_since_the_start(
    after: Sequence[float], finding: Finding, chart: str
) -> None:
    found = measure(pk=1)
    row: Any = found
    row.chart_rows = [_chosen(chart)]
    row.adjustment_rows = []
    # Two results far outside are a signal on the I chart already; on a line they are not.
    if chart == "i" and finding is Finding.NOT_ENOUGH and after:
        finding = Finding.NOT_SUSTAINED
    said = judged(*BEFORE, *after, found=found)
    assert said.finding is finding
    assert said.because


def _chosen(chart: str) -> dict[str, Any]:
    held = Chosen(chart, "anhoej", "trial", chart, "", "", date(2024, 1, 1), 12)
    return {**held.__dict__, "since": "2024-01-01"}


def _adjusted(kind: str, period: str) -> dict[str, Any]:
    held = Adjusted(1, kind, date(2024, 1, 1), "x", "x", "x", date(2024, 1, 1), None, "", "")
    return {**held.__dict__, "period": period, "on": "2024-01-01"}


@pytest.mark.parametrize("after", [BETTER, WORSE, BEFORE, (*BETTER, *BEFORE), BETTER[:3]])
def test_mirrored_results_with_the_other_direction_have_the_same_verdict(
    after: Sequence[float],
) -> None:
    here = judged(*BEFORE, *after)
    mirrored = [100 - value for value in (*BEFORE, *after)]
    there = judged(*mirrored, found=measure("decrease"), baseline=Decimal(60))
    assert here.finding is there.finding


def test_one_result_far_outside_does_not_show_that_it_lasts() -> None:
    found = measure(pk=1)
    row: Any = found
    row.chart_rows, row.adjustment_rows = [_chosen("i")], []
    said = judged(*BEFORE, 90, found=found)
    assert said.finding is Finding.NOT_SUSTAINED
    assert said.because == (
        "January 2025 was far better than before. One result does not show that it lasts."
    )
    assert judged(*BEFORE, 2, found=found).finding is Finding.WORSE
    assert judged(*BEFORE, 2, 41, found=found).finding is Finding.NOT_ENOUGH


def test_a_result_that_was_left_out_decides_nothing() -> None:
    found = measure(pk=1)
    row: Any = found
    row.chart_rows = [_chosen("i")]
    row.adjustment_rows = [_adjusted("exclusion", "2025-01-01")]
    assert judged(*BEFORE, 90, found=found).finding is Finding.NOT_ENOUGH


def test_a_new_phase_of_the_chart_does_not_take_the_verdict_away() -> None:
    found = measure(pk=1)
    row: Any = found
    row.chart_rows = [_chosen("i")]
    row.adjustment_rows = [_adjusted("phase", "2025-01-01")]
    assert judged(*BEFORE, *BETTER, found=found).finding is Finding.SUSTAINED


def test_the_start_begins_with_the_phase_that_was_going_on() -> None:
    found = measure(pk=1)
    row: Any = found
    row.chart_rows = [_chosen("i")]
    row.adjustment_rows = []
    values = (*WORSE, *BEFORE, *BEFORE)
    # Against both phases together, what is as ever looks better than before.
    assert judged(*values, found=found, before=24).finding is Finding.SUSTAINED
    row.adjustment_rows = [_adjusted("phase", "2025-01-01")]
    assert judged(*values, found=found, before=24).finding is Finding.NO_CHANGE


def test_without_ten_results_at_the_start_the_plan_s_own_number_is_the_middle() -> None:
    assert judged(*BETTER, before=0).finding is Finding.SUSTAINED
    assert judged(*BEFORE[:4], *BETTER, before=4).finding is Finding.SUSTAINED
    assert judged(*BETTER, before=0, baseline=None).finding is Finding.NOT_ENOUGH
    assert judged(*BETTER[:9], before=0).finding is Finding.NOT_ENOUGH


def test_a_chart_without_a_before_is_said_to_have_none() -> None:
    # Its own sentence, "nothing shows a real change", is of results that are all after.
    words = "The chart has only results from after the start."
    assert judged(*BETTER, before=0).because.endswith(words)
    assert judged(*WORSE, before=0).because.endswith(words)
    assert words not in judged(*BEFORE[:4], *BETTER, before=4).because
    assert words not in judged(*BEFORE, *BETTER).because
    assert words not in judged(*BETTER[:9], before=0).because


def test_gaps_and_ties_neither_make_nor_break_a_verdict() -> None:
    gappy = [value for each in BETTER for value in (each, None)]
    assert judged(*BEFORE, *gappy).finding is Finding.SUSTAINED
    tied = [value for each in BETTER for value in (each, 40.5)]
    assert judged(*BEFORE, *tied).finding is Finding.SUSTAINED


def test_the_reason_and_the_way_to_the_goal_are_said() -> None:
    said = judged(*BEFORE, *BETTER)
    assert said.because == (
        "12 results in a row (January 2025 to December 2025) were better than the 40.5 points "
        "before."
    )
    assert said.goal == (
        "The usual middle since then is 60.5 points. That meets the goal of 55 points."
    )
    missed = judged(*BEFORE, *BETTER, target=Decimal(70))
    assert missed.goal == "The usual middle since then is 60.5 points. The goal is 70 points."
    assert judged(*BEFORE, *BETTER, target=None).goal == ""


def test_before_the_start_is_frozen_and_without_numbers_there_is_no_verdict() -> None:
    standard = OutcomeStandard(baseline=Decimal(40), target=Decimal(55))
    numbers = [Result(day, Decimal(40)) for day in months(3)]
    for rows in (numbers, []):
        assert verdict(measure(), rows, standard).finding is Finding.NOT_ENOUGH
    neutral = judged(*BEFORE, *BETTER, found=measure("neutral"))
    assert neutral.finding is Finding.NOT_ENOUGH


def test_every_answer_has_its_words_and_its_sign() -> None:
    assert set(WORDS) == set(STATUS) == set(Finding)
