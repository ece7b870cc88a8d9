"""Small awkward inputs with answers computed by hand, and the effects of exclusions."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts import (
    Analysis,
    ChangeFound,
    Chart,
    Direction,
    MakingDataCount,
    Runs,
    Series,
    Sigma,
    analyze,
)

tenths = st.integers(-500, 500).map(lambda whole: whole / 10)
positive = st.integers(1, 500)
SIMPLE = [Chart.RUN, Chart.INDIVIDUAL, Chart.C, Chart.T, Chart.G]


def limits(analysis: Analysis) -> list[tuple[float | None, ...]]:
    return list(zip(analysis.center, analysis.lower, analysis.upper, strict=True))


def counted(analysis: Analysis) -> MakingDataCount:
    assert analysis.making_data_count is not None
    return analysis.making_data_count


def test_an_i_chart_of_three() -> None:
    analysis = analyze(Series(chart=Chart.INDIVIDUAL, values=[10, 12, 11]))
    sigma = 1.5 / 1.128
    assert analysis.center == (11.0,) * 3
    assert analysis.upper == pytest.approx([11 + 3 * sigma] * 3)
    assert analysis.lower_two == pytest.approx([11 - 2 * sigma] * 3)
    assert counted(analysis).upper == pytest.approx([11 + 2.66 * 1.5] * 3)


def test_a_missing_neighbor_gives_no_range_and_one_that_is_left_out_closes_up() -> None:
    series = Series(chart=Chart.INDIVIDUAL, values=[10, None, 20, 22])
    assert analyze(series).upper[0] == pytest.approx(52 / 3 + 3 * 2 / 1.128)
    left_out = Series(chart=Chart.INDIVIDUAL, values=[10, 99, 20, 22], exclude=[1])
    assert analyze(left_out).upper[0] == pytest.approx(52 / 3 + 3 * 6 / 1.128)


def test_large_ranges_are_dropped_once_only() -> None:
    values = [0, 1, 0, 1, 0, 1, 0, 50, 49, 50, 49, 50, 49]
    screened = analyze(Series(chart=Chart.INDIVIDUAL, values=values))
    whole = analyze(Series(chart=Chart.INDIVIDUAL, values=values, screened=False))
    middle = sum(values) / len(values)
    assert screened.upper[0] == pytest.approx(middle + 3 / 1.128)
    assert whole.upper[0] == pytest.approx(middle + 3 * (61 / 12) / 1.128)


def test_where_screening_leaves_nothing_but_zeros_the_whole_mean_stands() -> None:
    values = [4] * 9 + [5]
    analysis = analyze(Series(chart=Chart.INDIVIDUAL, values=values))
    assert analysis.upper[0] == pytest.approx(4.1 + 3 * (1 / 9) / 1.128)
    assert counted(analysis).upper[0] == pytest.approx(4.1 + 2.66 / 9)


@pytest.mark.parametrize("chart", [Chart.INDIVIDUAL, Chart.MOVING_RANGE, Chart.T, Chart.S])
def test_without_any_spread_there_are_no_limits(chart: Chart) -> None:
    series = (
        Series(chart=chart, subgroups=[[3, 3, 3]] * 12)
        if chart is Chart.S
        else Series(chart=chart, values=[3] * 12, target=9, direction=Direction.INCREASE)
    )
    analysis = analyze(series)
    assert set(analysis.upper + analysis.lower + analysis.upper_two) == {None}
    assert analysis.verdict.sigma is Sigma.UNDEFINED
    assert analysis.assurance is None


@pytest.mark.parametrize("chart", [Chart.P, Chart.P_PRIME])
@pytest.mark.parametrize("share", [0, 1])
def test_nobody_or_everybody_has_no_limits(chart: Chart, share: int) -> None:
    series = Series(chart=chart, values=[20 * share] * 12, denominators=[20] * 12)
    analysis = analyze(series)
    assert analysis.center == (float(share),) * 12
    assert set(analysis.upper) == {None}


def test_limits_of_shares_and_rates_are_clipped_before_they_are_multiplied() -> None:
    shares = analyze(Series(chart=Chart.P, values=[1, 3], denominators=[4, 4], multiply=100))
    assert limits(shares)[0] == (50.0, 0.0, 100.0)
    rates = analyze(Series(chart=Chart.U, values=[1, 3], denominators=[4, 4], multiply=100))
    sigma = (0.5 / 4) ** 0.5
    assert rates.lower[0] == 0.0
    assert rates.upper[0] == pytest.approx(100 * (0.5 + 3 * sigma))


def test_nothing_out_of_nothing_is_missing_and_counts_for_nothing() -> None:
    full = analyze(Series(chart=Chart.P, values=[3, 5, 4], denominators=[10, 9, 12]))
    holey = analyze(Series(chart=Chart.P, values=[3, 0, 5, 4], denominators=[10, 0, 9, 12]))
    assert (holey.plotted[1], holey.upper[1], holey.lower[1]) == (None, None, None)
    assert (holey.center[0], holey.upper[0]) == (full.center[0], full.upper[0])


def test_the_lower_limits_of_a_t_chart_are_zero_where_they_would_be_negative() -> None:
    analysis = analyze(Series(chart=Chart.T, values=[1, 400, 2, 350, 1, 300]))
    assert analysis.lower == analysis.lower_two == (0.0,) * 6


def test_a_g_chart_draws_the_median_and_takes_its_limits_from_the_mean() -> None:
    analysis = analyze(Series(chart=Chart.G, values=[0, 2, 10]))
    assert limits(analysis)[0][:2] == (2.0, 0.0)
    assert analysis.upper[0] == pytest.approx(4 + 3 * 20**0.5)


def test_equal_groups_take_the_mean_deviation_and_others_the_pooled_one() -> None:
    equal = analyze(Series(chart=Chart.S, subgroups=[[1, 3], [0, 4], []]))
    assert equal.center[0] == pytest.approx((2**0.5 + 8**0.5) / 2)
    other = analyze(Series(chart=Chart.S, subgroups=[[1, 3], [0, 2, 4], [7]]))
    assert other.center[0] == pytest.approx(((2 + 8) / 3) ** 0.5)
    assert other.plotted[2] is None


def test_on_a_limit_is_not_outside() -> None:
    # 3 sigma of a C chart with a middle of 9 reach exactly 18.
    values = [18, 9, 9, 9, 0, 9, 9, 9, 9, 9]
    assert not any(analyze(Series(chart=Chart.C, values=values)).sigma_signals)
    more = [19, 8, 9, 9, 0, 9, 9, 9, 9, 9]
    assert analyze(Series(chart=Chart.C, values=more)).sigma_signals[0]


@pytest.mark.parametrize(
    ("chart", "values", "size"),
    [
        # A share of one in ten of 81: 3 sigma are the same. So are those of a middle of 9.
        (Chart.P, [0, 9, 9, 8, 8, 9, 9, 9, 10, 10], 81),
        (Chart.U, [0, 10, 8, 9, 9, 10, 8, 9, 9, 18], 7),
    ],
)
def test_a_limit_that_is_zero_is_exactly_zero_and_none_is_not_below_it(
    chart: Chart, values: list[int], size: int
) -> None:
    sizes = [size] * len(values)
    series = Series(
        chart=chart, values=values, denominators=sizes, target=0, direction=Direction.INCREASE
    )
    analysis = analyze(series)
    assert set(analysis.lower) == {0.0}
    assert not any(analysis.sigma_signals)
    assert analysis.assurance == "inconsistent"


SHIFT = [1, 2, 1, 2, 1, 2, 1, 2, 8, 9, 8, 9, 8, 9, 8, 9]


@pytest.mark.parametrize(
    ("after", "ongoing"), [([], True), ([5], True), ([None], True), ([1], False)]
)
def test_a_run_goes_on_over_ties_and_gaps_and_ends_on_the_other_side(
    after: list[float | None], ongoing: bool
) -> None:
    series = Series(
        chart=Chart.RUN,
        values=[*SHIFT, *after],
        freeze=len(SHIFT),
        direction=Direction.INCREASE,
    )
    verdict = analyze(series).verdict
    assert (verdict.runs, verdict.change) == (Runs.SIGNAL, ChangeFound.IMPROVEMENT)
    assert verdict.ongoing is ongoing


def test_only_the_latest_phase_is_judged_and_any_phase_is_a_special_cause() -> None:
    series = Series(chart=Chart.RUN, values=[*SHIFT, *[5, 6] * 6], phases=[len(SHIFT)])
    analysis = analyze(series)
    assert analysis.special_cause
    assert analysis.verdict.runs is Runs.NONE
    few = analyze(replace(series, values=[*SHIFT, 5, 6, 5]))
    assert few.verdict.runs is Runs.INSUFFICIENT


def test_a_target_on_a_limit_is_met_sometimes() -> None:
    values = [18, 9, 9, 9, 0, 9, 9, 9, 9, 9]
    for target, said in ((18, "inconsistent"), (18.1, "consistent_pass"), (0, "inconsistent")):
        series = Series(chart=Chart.C, values=values, target=target, direction=Direction.DECREASE)
        assert analyze(series).assurance == said


def test_the_last_result_of_two_trends_back_to_back_belongs_to_the_later() -> None:
    values = [*range(1, 8), *range(6, 0, -1)]
    found = counted(analyze(Series(chart=Chart.INDIVIDUAL, values=values)))
    assert found.trend == (*[1] * 6, *[-1] * 7)
    tie = counted(analyze(Series(chart=Chart.INDIVIDUAL, values=[1, 2, 3, 4, 4, 5, 6, 7])))
    assert set(tie.trend) == {0}


def test_missing_results_are_not_there_for_making_data_count() -> None:
    found = counted(analyze(Series(chart=Chart.INDIVIDUAL, values=[None, 3, None, 4, 6])))
    assert found.index == (1, 3, 4)
    frozen = Series(chart=Chart.INDIVIDUAL, values=[None, 3, None, 4, 60], freeze=4)
    assert counted(analyze(frozen)).mean == (3.5,) * 3
    assert analyze(replace(frozen, values=[None] * 5)).making_data_count is None


@given(st.lists(positive, min_size=3, max_size=30), st.data(), st.sampled_from(SIMPLE))
def test_what_is_left_out_sets_no_line_and_makes_no_run(
    values: list[int], data: st.DataObject, chart: Chart
) -> None:
    kept = data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values)))
    exclude = [index for index, there in enumerate(kept) if not there]
    here = analyze(Series(chart=chart, values=values, exclude=exclude))
    there = analyze(Series(chart=chart, values=list(compress(values, kept))))
    assert list(compress(limits(here), kept)) == limits(there)
    assert here.parts[0].useful == there.parts[0].useful
    assert here.parts[0].crossings == there.parts[0].crossings
    assert len([value for value in here.plotted if value is not None]) == len(values)


@given(st.lists(positive, min_size=4, max_size=30), st.data(), st.sampled_from(SIMPLE))
def test_a_frozen_start_sets_the_lines_as_if_it_stood_alone(
    values: list[int], data: st.DataObject, chart: Chart
) -> None:
    first = data.draw(st.integers(2, len(values)))
    frozen = analyze(Series(chart=chart, values=values, freeze=first))
    alone = analyze(Series(chart=chart, values=values[:first]))
    assert set(limits(frozen)) == set(limits(alone))
    whole = analyze(Series(chart=chart, values=values))
    assert limits(analyze(Series(chart=chart, values=values, freeze=99))) == limits(whole)


@given(st.lists(positive, min_size=3, max_size=30), st.integers(2, 60))
def test_days_and_ranges_in_other_units_have_their_lines_in_those_units(
    values: list[int], factor: int
) -> None:
    for chart in (Chart.T, Chart.MOVING_RANGE):
        here = analyze(Series(chart=chart, values=values))
        there = analyze(Series(chart=chart, values=[value * factor for value in values]))
        for a, b in zip((here.center, here.upper), (there.center, there.upper), strict=True):
            assert list(b) == scaled(a, factor)


def scaled(column: Sequence[float | None], factor: int) -> list[object]:
    return [None if value is None else pytest.approx(value * factor) for value in column]


@given(
    st.lists(st.lists(tenths, min_size=2, max_size=5), min_size=2, max_size=12),
    st.integers(-50, 50),
)
def test_a_constant_moves_the_means_of_groups_and_leaves_their_spread(
    groups: list[list[float]], shift: int
) -> None:
    moved = [[value + shift for value in group] for group in groups]
    for chart, by in ((Chart.XBAR, shift), (Chart.S, 0)):
        here = analyze(Series(chart=chart, subgroups=groups))
        there = analyze(Series(chart=chart, subgroups=moved))
        for a, b in zip((here.center, here.upper), (there.center, there.upper), strict=True):
            expected = [None if v is None else pytest.approx(v + by, abs=1e-6) for v in a]
            assert list(b) == expected
