"""The plain sentences, in the words that people read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from charts import (
    Chart,
    Direction,
    Labels,
    Language,
    Rules,
    Sentence,
    Series,
    analyze,
    finding,
    goal,
    progress,
)
from charts.bench import months
from charts.words import english_number

BOUNCING = [3, 6, 4, 5, 3, 6, 4, 6, 3, 5, 4, 6]


def run_chart(values: Sequence[float | None], **options: Any) -> Series:
    series = Series(chart=Chart.RUN, values=values, dates=months(len(values)))
    return replace(series, **options)


def said(series: Series, rules: Rules = Rules.ANHOEJ, language: Language | None = None) -> str:
    labels = Labels(id="said", title="Said", rules=rules, language=language or Language())
    return finding(series, analyze(series), labels)


@pytest.mark.parametrize(
    ("direction", "words"),
    [
        (Direction.INCREASE, "better"),
        (Direction.DECREASE, "worse"),
        (Direction.NEUTRAL, "higher"),
    ],
)
def test_a_long_run_is_told_with_its_months_and_its_way(direction: Direction, words: str) -> None:
    series = run_chart([4, 3] * 6 + [8, 9, 8, 9, 8, 9, 8, 9, 8], direction=direction, freeze=12)
    assert said(series) == (
        f"For 9 periods in a row (January 2016\u2013September 2016) results were {words} than the "
        "usual middle; that is very unlikely to be luck."
    )


def test_a_long_run_that_is_over_is_told_with_the_month_of_its_end() -> None:
    values = [4, 3] * 6 + [8, 9, 8, 9, 8, 9, 8, 9, 8, 2]
    series = run_chart(values, direction=Direction.INCREASE, freeze=12)
    assert said(series).endswith("unlikely to be luck. This ended in September 2016.")


def test_few_crossings_without_a_long_run_are_drifting() -> None:
    values = [*range(1, 8), *range(60, 68), *range(2, 9), *range(70, 76)]
    assert said(run_chart(values)) == (
        "Results are drifting rather than bouncing around; something is changing, but the "
        "direction is not yet clear."
    )


def test_a_month_far_outside_is_named() -> None:
    series = run_chart([*BOUNCING, 30], chart=Chart.INDIVIDUAL, freeze=12)
    assert said(series) == (
        "January 2016 was far outside the usual range; something different probably happened."
    )


def test_ordinary_variation_is_told_as_such() -> None:
    assert said(run_chart(BOUNCING)) == (
        "The ups and downs look like ordinary variation; nothing shows a real change."
    )


def test_too_few_results_are_told_as_such_and_counted() -> None:
    series = run_chart([3, None, 4])
    assert said(series) == "Not enough results yet to tell."
    so_far = progress(analyze(series))
    assert so_far is not None
    assert so_far.text() == "2 of 10 results so far"
    assert progress(analyze(run_chart(BOUNCING))) is None


def test_results_so_far_are_counted_anew_after_re_phasing() -> None:
    so_far = progress(analyze(run_chart([*BOUNCING, 3, 4, 3], phases=[12])))
    assert so_far is not None
    assert so_far.text() == "3 of 10 results so far in this phase"


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (0.5, "If nothing changes, we expect to meet the goal every time."),
        (40, "If nothing changes, we expect not to meet the goal."),
        (5, "If nothing changes, we expect sometimes to meet the goal and sometimes not."),
    ],
)
def test_the_goal_is_told_by_what_to_expect(target: float, words: str) -> None:
    values = [value + 10 for value in BOUNCING] if target < 1 else BOUNCING
    series = run_chart(values, chart=Chart.INDIVIDUAL, direction=Direction.INCREASE, target=target)
    sentence = goal(analyze(series))
    assert sentence is not None
    assert sentence.text() == words


def test_nothing_is_expected_of_a_goal_while_there_are_too_few_results() -> None:
    series = run_chart([3, 5, 4], chart=Chart.INDIVIDUAL, direction=Direction.INCREASE, target=9)
    assert goal(analyze(series)) is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([*BOUNCING, 1, 2, 3, 4, 5, 6, 7], "Results moved up for seven results running."),
        (
            [*BOUNCING, 3, 2.9, 2.8, 2.7, 2.6, 2.5, 2.4],
            "Results moved down for seven results running.",
        ),
        (
            [*BOUNCING, 5, 9, 9],
            "Two of three recent results were unusually high; an early warning.",
        ),
        ([*BOUNCING, 30], "far outside the usual range"),
        (BOUNCING, "ordinary variation"),
        ([3, 4], "Not enough results yet to tell."),
        ([*BOUNCING, 4, 8, 7, 8, 7, 8, 7, 8], "For 7 periods in a row"),
        ([*BOUNCING, 4, 8, 7, 8, 7, 8, 7, 8, 3], "This ended in August 2016."),
    ],
)
def test_making_data_count_has_its_own_sentences(values: list[float], words: str) -> None:
    series = run_chart(values, chart=Chart.INDIVIDUAL, freeze=12)
    assert words in said(series, Rules.MAKING_DATA_COUNT)


def test_a_series_without_dates_numbers_its_periods() -> None:
    series = replace(run_chart([*BOUNCING, 30], chart=Chart.INDIVIDUAL, freeze=12), dates=())
    assert said(series).startswith("Period 13 was far outside")


def test_sentences_and_months_are_said_in_the_language_given() -> None:
    outside = "{month} was far outside the usual range; something different probably happened."
    spanish = {outside: "{month} quedó muy fuera de lo habitual."}
    language = Language(
        gettext=lambda message: spanish.get(message, message),
        month=lambda day: f"enero de {day.year}",
    )
    series = run_chart([*BOUNCING, 30], chart=Chart.INDIVIDUAL, freeze=12)
    assert said(series, language=language) == "enero de 2016 quedó muy fuera de lo habitual."


def test_a_sentence_within_a_sentence_is_translated_too() -> None:
    inner = Sentence("Period {number}", {"number": 3})
    outer = Sentence("{what} in {when}", {"what": inner, "when": date(2024, 3, 1)})
    assert outer.text(Language(gettext=lambda m: m.replace("Period", "Periodo"))) == (
        "Periodo 3 in March 2024"
    )


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [(1234.5, 1, "1,234.5"), (-0.04, 1, "0.0"), (2e15, 0, "2e+15"), (0, 0, "0"), (-3, 0, "-3")],
)
def test_numbers_are_written_as_people_read_them(value: float, decimals: int, words: str) -> None:
    assert english_number(value, decimals) == words
