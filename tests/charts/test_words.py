"""The plain sentences, in the words that people read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from charts import (
    Assurance,
    ChangeFound,
    Chart,
    Direction,
    Language,
    Rules,
    Sentence,
    Series,
    analyze,
    find,
    goal,
    in_words,
    meets,
    progress,
)
from charts.bench import months
from charts.words import english_number

BOUNCING = [3, 6, 4, 5, 3, 6, 4, 6, 3, 5, 4, 6]


def run_chart(values: Sequence[float | None], **options: Any) -> Series:
    series = Series(chart=Chart.RUN, values=values, dates=months(len(values)))
    return replace(series, **options)


def said(series: Series, rules: Rules = Rules.ANHOEJ, language: Language | None = None) -> str:
    return in_words(series, find(series, analyze(series), rules), language or Language())[0]


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


# Runs of at most eight: none is too long, but there are too few crossings.
CLIMB = [*range(1, 8), *range(60, 68), *range(2, 9), *range(70, 76)]

THERE = [1, 2, 1, 2, 9, 8, 9, 8, 9, 8, 9, 2, 1, 2]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (CLIMB, "Results have been climbing since January 2015."),
        ([-value for value in CLIMB], "Results have been falling since January 2015."),
        ([*CLIMB, 5, 4], "Results climbed from January 2015 to April 2017. Now they do not."),
        (
            [*THERE, *THERE[::-1]],
            "Results drift slowly instead of varying from one to the next.",
        ),
    ],
)
def test_few_crossings_without_a_long_run_are_told_with_their_direction(
    values: list[float], words: str
) -> None:
    assert said(run_chart(values)) == words


@pytest.mark.parametrize(
    ("direction", "value", "words"),
    [
        (Direction.INCREASE, 30, "above the usual range (better)"),
        (Direction.DECREASE, 30, "above the usual range (worse)"),
        (Direction.NEUTRAL, 30, "above the usual range"),
        (Direction.INCREASE, -30, "below the usual range (worse)"),
        (Direction.DECREASE, -30, "below the usual range (better)"),
        (Direction.NEUTRAL, -30, "below the usual range"),
    ],
)
def test_a_month_far_outside_is_named_with_its_side_and_its_way(
    direction: Direction, value: float, words: str
) -> None:
    series = run_chart([*BOUNCING, value], chart=Chart.INDIVIDUAL, freeze=12, direction=direction)
    assert said(series) == f"January 2016 was far {words}; something different probably happened."


def test_what_is_over_is_told_after_what_came_later() -> None:
    values = [*BOUNCING, *[9, 8] * 5, 4, 5, 4, 3, 60]
    series = run_chart(
        values, chart=Chart.INDIVIDUAL, freeze=12, direction=Direction.DECREASE, target=1
    )
    assert said(series).startswith("March 2017 was far above the usual range (worse)")
    assert said(series).endswith("This ended in October 2016.")


def test_results_much_closer_to_the_middle_than_their_limits_are_to_be_checked() -> None:
    values = [50, 51] * 9
    series = run_chart(values, chart=Chart.P, denominators=[100] * len(values))
    words = "The results vary much less than their limits allow; check how they are counted."
    assert said(series) == words
    assert said(replace(series, values=[*values[:-4], 70, *values[-3:]])) != words
    assert words not in said(
        replace(series, values=values[:14], denominators=[100] * 14, dates=series.dates[:14])
    )


@pytest.mark.parametrize("direction", [Direction.INCREASE, Direction.DECREASE])
def test_a_change_of_spread_is_never_told_as_better_or_worse(direction: Direction) -> None:
    jumped = run_chart([*BOUNCING, 60], chart=Chart.MOVING_RANGE, direction=direction)
    restless = run_chart([4, 5] * 6 + [1, 20] * 6, chart=Chart.MOVING_RANGE, direction=direction)
    close, apart = [[10, 11], [9, 11], [10, 12]] * 4, [[1, 20], [2, 25], [0, 22]] * 4
    spread = Series(
        chart=Chart.S, subgroups=[*close, *apart], dates=months(24), direction=direction
    )
    assert said(jumped).startswith("January 2016 differed from the result before by far more")
    assert "ordinary variation" in said(restless)
    assert said(spread).startswith("For 12 periods in a row (January 2016\u2013December 2016) the")
    for series in (jumped, restless, spread):
        found = find(series, analyze(series))
        assert found.change in {None, ChangeFound.UNCLEAR}
        assert "better" not in said(series)
        assert "worse" not in said(series)


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
    sentence = goal(find(series, analyze(series)))
    assert sentence is not None
    assert sentence.text() == words


def test_nothing_is_expected_where_the_last_limits_and_the_middle_of_the_results_disagree() -> None:
    # The last period is so large that it sets the middle, and its limits are close to it.
    series = run_chart(
        [3, 1, 3, 1, 3, 1, 3, 1, 3, 3, 3, 4000],
        chart=Chart.P,
        denominators=[4] * 11 + [10_000],
        direction=Direction.INCREASE,
        target=0.5,
    )
    found = find(series, analyze(series))
    assert analyze(series).assurance is Assurance.NEVER
    assert (found.now, meets(found, series)) == (0.75, True)
    assert goal(found) is None


def test_nothing_is_expected_of_a_goal_while_there_are_too_few_results() -> None:
    series = run_chart([3, 5, 4], chart=Chart.INDIVIDUAL, direction=Direction.INCREASE, target=9)
    assert goal(find(series, analyze(series))) is None


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
        ([*BOUNCING, 30], "far above the usual range"),
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
    assert said(series).startswith("Period 13 was far above")


def test_sentences_and_months_are_said_in_the_language_given() -> None:
    outside = "{month} was far above the usual range; something different probably happened."
    spanish = {outside: "{month} quedó muy fuera de lo habitual."}
    language = Language(
        gettext=lambda message: spanish.get(message, message),
        month=lambda day: f"enero de {day.year}",
    )
    series = run_chart([*BOUNCING, 30], chart=Chart.INDIVIDUAL, freeze=12)
    assert said(series, language=language) == "Enero de 2016 quedó muy fuera de lo habitual."


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
