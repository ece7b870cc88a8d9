"""Which chart fits which measure."""

from datetime import date, timedelta

import pytest

from charts import Chart, Limits, ResultKind, choose, days_between

SCORES = [3.1, 4.2, 3.7, 2.9, 4.8, 3.3, 4.1, 3.9, 2.8, 4.4, 3.5, 4.6]
SIZES = [100, 110, 95, 105, 98, 102, 107, 99, 103, 101, 97, 104]
STEADY = [20, 24, 18, 22, 19, 21, 23, 17, 20, 22, 18, 21]
RESTLESS = [20, 60, 10, 55, 12, 58, 15, 52, 11, 61, 9, 50]
RARE = [0, 1, 0, 0, 2, 0, 0, 1, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("length", "limits"),
    [(9, Limits.NONE), (10, Limits.TRIAL), (18, Limits.TRIAL), (20, Limits.ESTABLISHED)],
)
def test_limits_are_trusted_by_how_many_results_there_are(length: int, limits: Limits) -> None:
    values = [index % 2 + index / 100 for index in range(length)]
    choice = choose(ResultKind.SCORE, values)
    assert choice.limits is limits
    assert choice.chart is (Chart.RUN if limits is Limits.NONE else Chart.INDIVIDUAL)


def test_a_proportion_gets_a_p_chart() -> None:
    choice = choose(ResultKind.PROPORTION, STEADY, denominators=SIZES)
    assert choice.chart is Chart.P
    assert not choice.longer_periods


def test_a_proportion_that_varies_more_than_chance_allows_gets_a_p_prime_chart() -> None:
    assert choose(ResultKind.PROPORTION, RESTLESS, denominators=SIZES).chart is Chart.P_PRIME


def test_a_proportion_of_few_asks_for_longer_periods() -> None:
    values = [1, 0, 2, 1, 3, 0, 1, 2, 1, 0, 2, 1]
    sizes = [11, 9, 10, 12, 10, 9, 8, 10, 9, 11, 10, 12]
    assert choose(ResultKind.PROPORTION, values, denominators=sizes).longer_periods


def test_a_rate_gets_a_u_chart_or_a_u_prime_chart() -> None:
    assert choose(ResultKind.RATE, STEADY, denominators=SIZES).chart is Chart.U
    assert choose(ResultKind.RATE, RESTLESS, denominators=SIZES).chart is Chart.U_PRIME


def test_a_rate_with_many_empty_periods_is_charted_by_what_lies_between() -> None:
    values = [0, 3, 0, 2, 4, 0, 1, 2, 3, 1, 5, 2]
    assert choose(ResultKind.RATE, values, denominators=SIZES).chart is Chart.T
    counted = choose(ResultKind.RATE, values, denominators=SIZES, opportunities_counted=True)
    assert counted.chart is Chart.G


def test_rare_events_get_a_t_chart_and_a_g_chart_when_several_fall_on_a_day() -> None:
    gaps = [3, 9, 5, 14, 2, 8, 20, 4, 11, 6, 7, 13]
    days = [date(2024, 1, 1)]
    for gap in gaps:
        days.append(days[-1] + timedelta(days=gap))
    assert days_between(days) == gaps
    assert choose(ResultKind.RARE_EVENTS, days=days).chart is Chart.T
    assert choose(ResultKind.RARE_EVENTS, days=[days[0], *days]).chart is Chart.G


def test_a_count_gets_a_c_chart_while_its_exposure_is_steady() -> None:
    assert choose(ResultKind.COUNT, STEADY).chart is Chart.C
    assert choose(ResultKind.COUNT, STEADY, denominators=SIZES).chart is Chart.C
    uneven = [size * (1 + index % 2) for index, size in enumerate(SIZES)]
    assert choose(ResultKind.COUNT, STEADY, denominators=uneven).chart is Chart.U_PRIME


def test_waits_get_xbar_and_s_charts_when_every_period_has_two_or_more() -> None:
    groups = [[value, value + 1.5, value / 2] for value in SCORES]
    choice = choose(ResultKind.WAIT, subgroups=groups)
    assert (choice.chart, choice.companion) == (Chart.XBAR, Chart.S)
    assert choose(ResultKind.WAIT, subgroups=[[4.0], *groups]).chart is Chart.INDIVIDUAL
    assert choose(ResultKind.WAIT, SCORES).chart is Chart.INDIVIDUAL


def test_ratings_get_a_p_chart_of_the_top_box_else_a_run_chart() -> None:
    assert choose(ResultKind.RATING, SCORES).chart is Chart.RUN
    assert choose(ResultKind.RATING, STEADY, denominators=SIZES).chart is Chart.P


@pytest.mark.parametrize("values", [[4.0] * 24, RARE * 2, [*RARE, *RARE, 3, 4, 5]])
def test_results_mostly_zero_or_constant_never_get_an_i_chart(values: list[float]) -> None:
    assert choose(ResultKind.SCORE, values).chart is Chart.RUN
