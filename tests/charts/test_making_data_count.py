"""The Making Data Count rules, one by one."""

from collections.abc import Sequence

import pytest

from charts import Assurance, Chart, Direction, MakingDataCount, Series, analyze


def told(
    values: Sequence[float | None],
    direction: Direction = Direction.INCREASE,
    target: float | None = None,
    freeze: int | None = None,
    phases: Sequence[int] = (),
) -> MakingDataCount:
    found = analyze(
        Series(
            chart=Chart.INDIVIDUAL,
            values=values,
            direction=direction,
            target=target,
            freeze=freeze,
            phases=phases,
        )
    ).making_data_count
    assert found is not None
    return found


def test_limits_are_the_mean_and_2_66_moving_ranges() -> None:
    found = told([10, 12, 10, 12, 10, 12])
    assert found.mean[0] == 11
    assert found.upper[0] == pytest.approx(11 + 2.66 * 2)
    assert found.lower_two[0] == pytest.approx(11 - 2.66 * 2 * 2 / 3)


def test_seven_on_one_side_are_a_shift_and_six_are_not() -> None:
    assert told([9] * 7 + [11] * 7).shift == (-1,) * 7 + (1,) * 7
    assert set(told([9] * 6 + [11] * 6).shift) == {0}


def test_a_result_on_the_mean_breaks_a_shift() -> None:
    values = [9, 9, 9, 10, 9, 9, 9, 9, 11, 11, 11, 11, 11, 11, 11]
    assert told(values).mean[0] == 10
    assert told(values).shift[:8] == (0,) * 8


def test_seven_results_strictly_rising_are_a_trend_and_a_tie_breaks_it() -> None:
    assert told([1, 2, 3, 4, 5, 6, 7]).trend == (1,) * 7
    assert set(told([1, 2, 3, 4, 4, 5, 6, 7]).trend) == {0}


def test_the_last_result_of_two_trends_back_to_back_belongs_to_the_later() -> None:
    found = told([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1])
    assert found.trend == (1,) * 6 + (-1,) * 7


def test_a_trend_that_ends_in_a_tie_with_the_next_keeps_its_own_way() -> None:
    found = told([1, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1])
    assert found.trend == (1,) * 7 + (-1,) * 7


def test_results_beyond_3_sigma_count_among_two_of_three_beyond_2_sigma() -> None:
    found = told([10, 11] * 8 + [15, 10.6, 13.5], freeze=16)
    assert found.astronomical[-3:] == (1, 0, 1)
    assert found.two_in_three[-3:] == (1, 0, 1)
    assert set(found.two_in_three_between) == {0}


def test_two_of_three_are_no_warning_with_the_third_on_the_other_side() -> None:
    found = told([10, 11] * 8 + [15, 9, 13], freeze=16)
    assert set(found.two_in_three) == {0}


def test_the_label_goes_to_the_rule_of_highest_priority() -> None:
    found = told([10, 11] * 8 + [10.6, 10.7, 10.8, 10.9, 11, 11.1, 30], freeze=16)
    assert found.trend[-1] == 1
    assert found.shift[-1] == 1
    assert found.cause[-2:] == ("trend_up", "above_ucl")


@pytest.mark.parametrize(
    ("direction", "variation"),
    [
        (Direction.INCREASE, "improvement"),
        (Direction.DECREASE, "concern"),
        (Direction.NEUTRAL, "neutral_high"),
    ],
)
def test_the_variation_is_the_type_of_the_last_result(direction: Direction, variation: str) -> None:
    assert told([9] * 7 + [11] * 7, direction).variation == variation


def test_missing_results_are_left_out_and_the_index_leads_back() -> None:
    found = told([5, None, 7, 6, None, None, 8])
    assert found.index == (0, 2, 3, 6)
    assert found.mean[0] == 6.5


def test_each_phase_starts_anew_and_says_whether_it_is_short() -> None:
    found = told([9] * 6 + [20] * 6 + [21] * 13, phases=[12])
    assert [(group.start, group.length, group.short) for group in found.groups] == [
        (0, 12, True),
        (12, 13, False),
    ]
    assert found.shift[12:] == (0,) * 13


def test_a_freeze_counts_periods_that_have_no_result_too() -> None:
    found = told([5, None, 7, 60, 61, 62], freeze=3)
    assert found.mean[0] == 6


def test_without_spread_there_are_neither_limits_nor_assurance() -> None:
    found = told([4] * 12, target=9)
    assert found.upper == (None,) * 12
    assert found.assurance is None


def test_a_target_beyond_the_last_limits_is_met_always_or_never() -> None:
    assert told([10, 12] * 6, target=40).assurance is Assurance.NEVER
    assert told([10, 12] * 6, Direction.DECREASE, target=40).assurance is Assurance.ALWAYS
    assert told([10, 12] * 6, target=11).assurance is Assurance.SOMETIMES


def test_a_series_without_any_result_has_no_rules() -> None:
    series = Series(chart=Chart.INDIVIDUAL, values=[None, None])
    assert analyze(series).making_data_count is None
