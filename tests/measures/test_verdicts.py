"""Whether it worked: by the chart against the frozen baseline, in five answers."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from measures.charting.findings import STATUS, WORDS, PlanVerdict, WhetherItWorked
from measures.charting.findings import found as finding_of
from measures.charting.reading import Numbers
from measures.charting.settings import PLAIN, Adjusted, ChartSettings, ChosenChart
from measures.charting.standards import Standard
from measures.definitions.models import Measure
from measures.kinds.shape import MeasureKind
from measures.numbers.results import MeasureResult

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
    settings: ChartSettings = PLAIN,
    baseline: Decimal | None = Decimal(40),
    target: Decimal | None = Decimal(55),
) -> PlanVerdict:
    """The verdict on these values, the first `before` of which are the baseline."""
    days = months(len(values))
    numbers = [
        MeasureResult(day, None if value is None else Decimal(str(value)))
        for day, value in zip(days, values, strict=True)
    ]
    standard = Standard(
        "Plan before the meeting",
        baseline=baseline,
        target=target,
        through=days[before - 1] if before else date(2023, 12, 1),
    )
    told = finding_of(found or measure(), Numbers(numbers, settings), standard)
    assert told.verdict is not None
    return told.verdict


@pytest.mark.parametrize(
    ("after", "answer"),
    [
        ((), WhetherItWorked.NOT_ENOUGH),
        (BETTER[:2], WhetherItWorked.NOT_ENOUGH),
        (BETTER[:5], WhetherItWorked.NOT_ENOUGH),
        (BETTER, WhetherItWorked.SUSTAINED),
        ((*BETTER, *BEFORE), WhetherItWorked.NOT_SUSTAINED),
        (BEFORE, WhetherItWorked.NO_CHANGE),
        (WORSE, WhetherItWorked.WORSE),
        ((*WORSE, *BEFORE), WhetherItWorked.NO_CHANGE),
        ((*WORSE, *BETTER), WhetherItWorked.SUSTAINED),
        ((*BETTER, *WORSE), WhetherItWorked.WORSE),
    ],
)
@pytest.mark.parametrize("chart", ["run", "i"])
def test_the_five_answers_come_from_the_runs_since_the_start(
    after: Sequence[float], answer: WhetherItWorked, chart: str
) -> None:
    settings = on_chart(chart)
    # Two results far outside are a signal on an I chart, but not on a line.
    if chart == "i" and answer is WhetherItWorked.NOT_ENOUGH and after:
        answer = WhetherItWorked.NOT_SUSTAINED
    said = judged(*BEFORE, *after, settings=settings)
    assert said.answer is answer
    assert said.because


def _chosen(chart: str) -> ChosenChart:
    return ChosenChart(chart, "anhoej", "trial", chart, "", "", date(2024, 1, 1), 12)


def _adjusted(kind: str, period: date) -> Adjusted:
    return Adjusted(1, kind, period, "x", "x", "x", date(2024, 1, 1), None, "", "")


def on_chart(chart: str, *adjusted: str) -> ChartSettings:
    """A chart with adjustments made in January 2025."""
    return ChartSettings(
        (_chosen(chart),), tuple(_adjusted(kind, date(2025, 1, 1)) for kind in adjusted)
    )


@pytest.mark.parametrize("after", [BETTER, WORSE, BEFORE, (*BETTER, *BEFORE), BETTER[:3]])
def test_mirrored_results_with_the_other_direction_have_the_same_verdict(
    after: Sequence[float],
) -> None:
    here = judged(*BEFORE, *after)
    mirrored = [100 - value for value in (*BEFORE, *after)]
    there = judged(*mirrored, found=measure("decrease"), baseline=Decimal(60))
    assert here.answer is there.answer


def test_one_result_far_outside_does_not_show_that_it_lasts() -> None:
    settings = on_chart("i")
    said = judged(*BEFORE, 90, settings=settings)
    assert said.answer is WhetherItWorked.NOT_SUSTAINED
    assert said.because == (
        "January 2025 was far above the usual range (better); something different probably "
        "happened. There is 1 number since the start. More are needed to tell."
    )
    assert judged(*BEFORE, 2, settings=settings).answer is WhetherItWorked.WORSE
    assert judged(*BEFORE, 2, 41, settings=settings).answer is WhetherItWorked.NOT_ENOUGH


def test_a_result_that_was_left_out_decides_nothing() -> None:
    settings = on_chart("i", "exclusion")
    assert judged(*BEFORE, 90, settings=settings).answer is WhetherItWorked.NOT_ENOUGH


def test_a_new_phase_of_the_chart_does_not_take_the_verdict_away() -> None:
    settings = on_chart("i", "phase")
    assert judged(*BEFORE, *BETTER, settings=settings).answer is WhetherItWorked.SUSTAINED


def test_the_start_begins_with_the_phase_that_was_going_on() -> None:
    settings = on_chart("i")
    values = (*WORSE, *BEFORE, *BEFORE)
    # Compared with both phases together, the usual level looks like an improvement.
    assert judged(*values, settings=settings, before=24).answer is WhetherItWorked.SUSTAINED
    settings = on_chart("i", "phase")
    assert judged(*values, settings=settings, before=24).answer is WhetherItWorked.NO_CHANGE


def test_without_ten_results_at_the_start_the_plan_s_own_number_is_the_middle() -> None:
    assert judged(*BETTER, before=0).answer is WhetherItWorked.SUSTAINED
    assert judged(*BEFORE[:4], *BETTER, before=4).answer is WhetherItWorked.SUSTAINED
    assert judged(*BETTER, before=0, baseline=None).answer is WhetherItWorked.NOT_ENOUGH
    assert judged(*BETTER[:9], before=0).answer is WhetherItWorked.NOT_ENOUGH


def test_a_chart_without_a_before_shows_what_it_is_held_against() -> None:
    days = months(12)
    numbers = [MeasureResult(day, Decimal(each)) for day, each in zip(days, BETTER, strict=True)]
    standard = Standard("Walk", baseline=Decimal(40), through=date(2023, 12, 1))
    told = finding_of(measure(pk=1), Numbers(numbers), standard)
    figure = told.figure()
    assert (told.baseline, figure.middle) == (40, "Baseline")
    assert {row.middle for row in figure.rows} == {"40.0"}
    assert figure.finding.endswith("above the baseline of 40 points.")


def test_gaps_and_ties_neither_make_nor_break_a_verdict() -> None:
    gappy = [value for each in BETTER for value in (each, None)]
    assert judged(*BEFORE, *gappy).answer is WhetherItWorked.SUSTAINED
    tied = [value for each in BETTER for value in (each, 40.5)]
    assert judged(*BEFORE, *tied).answer is WhetherItWorked.SUSTAINED


def test_the_reason_and_the_way_to_the_goal_are_said() -> None:
    said = judged(*BEFORE, *BETTER)
    assert said.because == (
        "Better since January 2025: 12 results in a row above the baseline of 40.5 points."
    )
    assert said.goal == (
        "Results are now around 59.5 points. That meets the goal of 55 points for “Plan "
        "before the meeting”."
    )
    missed = judged(*BEFORE, *BETTER, target=Decimal(70))
    assert missed.goal == (
        "Results are now around 59.5 points. That does not meet the goal of 70 points "
        "for “Plan before the meeting” yet."
    )
    assert judged(*BEFORE, *BETTER, target=None).goal == ""


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (30, "we expect to meet the goal every time"),
        (59, "we expect sometimes to meet the goal and sometimes not"),
        (95, "we expect not to meet the goal"),
    ],
)
def test_what_is_expected_of_the_goal_comes_from_the_results_as_they_are_now(
    target: int, said: str
) -> None:
    # By the baseline's limits, around 40, none of the three could be predicted.
    settings = on_chart("i")
    told = judged(*BEFORE, *BETTER, settings=settings, target=Decimal(target))
    assert told.answer is WhetherItWorked.SUSTAINED
    assert said in told.goal
    assert ("That meets" in told.goal) == (target <= 59)
    # Too few of them for a prediction.
    assert "we expect" not in judged(*BEFORE, *BETTER[:9], settings=settings).goal


def test_before_the_start_is_frozen_and_without_numbers_there_is_no_verdict() -> None:
    standard = Standard("Walk", baseline=Decimal(40), target=Decimal(55))
    numbers = [MeasureResult(day, Decimal(40)) for day in months(3)]
    for rows in (numbers, []):
        told = finding_of(measure(), Numbers(rows), standard).verdict
        assert told is not None
        assert told.answer is WhetherItWorked.NOT_ENOUGH
    neutral = judged(*BEFORE, *BETTER, found=measure("neutral"))
    assert neutral.answer is WhetherItWorked.NEITHER


def test_every_answer_has_its_words_and_its_sign() -> None:
    assert set(WORDS) == set(STATUS) == set(WhetherItWorked)
