"""Results before the charted ones: a frozen baseline, or a phase that began earlier."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts import Analysis, Chart, Direction, NotChartable, Runs, Series, analyze
from tests.charts.test_properties import series_of

results = st.lists(st.none() | st.integers(1, 90).map(float), min_size=4, max_size=40)
# An X-bar chart checks whether all subgroups have one size, even those not shown.
charts = st.sampled_from(sorted(set(Chart) - {Chart.XBAR, Chart.S}))


def cut(series: Series, start: int, end: int) -> Series:
    """The periods from `start` to `end` (exclusive), with nothing set."""

    def part[T](column: Sequence[T] | None) -> Sequence[T] | None:
        return None if column is None else column[start:end]

    return replace(
        series,
        values=part(series.values) or (),
        denominators=part(series.denominators),
        subgroups=part(series.subgroups),
        freeze=None,
        phases=(),
        exclude=[index - start for index in series.exclude if start <= index < end],
    )


def lines(analysis: Analysis) -> list[tuple[float | None, ...]]:
    columns = (analysis.center, analysis.lower, analysis.lower_two, analysis.upper)
    return list(zip(*columns, strict=True))


def counted(analysis: Analysis) -> Any:
    found = analysis.making_data_count
    return found and list(zip(found.mean, found.lower, found.upper, found.cause, strict=True))


@given(results, charts, st.data())
def test_a_frozen_start_keeps_its_lines_when_it_is_no_longer_shown(
    values: list[float | None], chart: Chart, data: st.DataObject
) -> None:
    whole = series_of(chart, values)
    frozen = data.draw(st.integers(1, len(values) - 1))
    first = data.draw(st.integers(0, len(values) - 1))
    exclude = data.draw(st.sets(st.integers(0, len(values) - 1), max_size=2))
    whole = replace(whole, freeze=frozen, exclude=exclude)
    shown = replace(
        cut(whole, first, len(values)),
        freeze=max(0, frozen - first),
        earlier=cut(whole, 0, min(first, frozen)),
    )
    assert lines(analyze(shown)) == lines(analyze(whole))[first:]


@given(results, charts, st.data())
def test_a_phase_keeps_its_lines_when_its_first_results_are_no_longer_shown(
    values: list[float | None], chart: Chart, data: st.DataObject
) -> None:
    whole = series_of(chart, values)
    phase = data.draw(st.integers(1, len(values) - 1))
    first = data.draw(st.integers(0, phase - 1))
    shown = replace(
        cut(whole, first, len(values)), phases=[phase - first], earlier=cut(whole, 0, first)
    )
    there, here = analyze(replace(whole, phases=[phase])), analyze(shown)
    assert lines(here) == lines(there)[first:]
    assert here.plotted[1:] == there.plotted[first + 1 :]
    if first < phase - 1:
        assert here.plotted == there.plotted[first:]


def test_making_data_count_keeps_the_lines_of_a_start_that_is_not_shown() -> None:
    values = [3, 5, None, 4, 6, 5, 4, 9, 8, 9, None, 9, 8, 9, 9, 8]
    whole = Series(chart=Chart.INDIVIDUAL, values=values, freeze=6)
    shown = replace(cut(whole, 8, 16), freeze=0, earlier=cut(whole, 0, 6))
    assert counted(analyze(shown)) == counted(analyze(whole))[7:]
    left_out = replace(shown, earlier=replace(cut(whole, 0, 6), exclude=[1]))
    assert analyze(left_out).making_data_count is None


def test_what_comes_before_a_frozen_start_is_shown_and_sets_nothing() -> None:
    series = Series(
        chart=Chart.INDIVIDUAL, values=[90, 80, 3, 5, 4, 6, 30], freeze=6, freeze_from=2
    )
    alone = Series(chart=Chart.INDIVIDUAL, values=[3, 5, 4, 6])
    analysis, start = analyze(series), analyze(alone)
    assert set(lines(analysis)) == set(lines(start))
    assert analysis.sigma_signals == (True, True, False, False, False, False, True)
    assert counted(analysis)[0][:3] == counted(start)[0][:3]


def test_groups_that_are_not_shown_count_for_the_lines_of_those_that_are() -> None:
    groups = [[3, 5, 4], [6, 2, 4], [5, 5, 8], [4, 6, 9]]
    whole = Series(chart=Chart.XBAR, subgroups=groups, freeze=2)
    shown = replace(cut(whole, 3, 4), freeze=0, earlier=cut(whole, 0, 2))
    assert lines(analyze(shown)) == lines(analyze(whole))[3:]


def test_runs_are_those_of_what_is_shown() -> None:
    start = Series(chart=Chart.RUN, values=[1, 9] * 6)
    series = Series(
        chart=Chart.RUN, values=[8] * 12, freeze=0, earlier=start, direction=Direction.INCREASE
    )
    part = analyze(series).parts[0]
    assert (part.start, part.end, part.observed, part.useful) == (0, 12, 12, 12)
    assert analyze(series).center == (5.0,) * 12
    assert analyze(series).verdict.runs is Runs.SIGNAL


def test_a_change_from_a_result_that_is_not_shown_is_not_made_up() -> None:
    start = Series(chart=Chart.MOVING_RANGE, values=[3, 5, 4, None])
    series = Series(chart=Chart.MOVING_RANGE, values=[90, 91], freeze=0, earlier=start)
    analysis = analyze(series)
    assert analysis.plotted == (None, 1.0)
    assert analysis.center == (1.5, 1.5)


def test_an_earlier_result_that_cannot_be_is_refused_without_a_place() -> None:
    start = Series(chart=Chart.C, values=[3, -1])
    with pytest.raises(NotChartable) as refused:
        analyze(Series(chart=Chart.C, values=[3, 4], earlier=start))
    assert (refused.value.code, refused.value.index) == ("negative_count", None)


def test_without_anything_shown_there_is_nothing_to_see() -> None:
    start = Series(chart=Chart.INDIVIDUAL, values=[3, 4, 5])
    analysis = analyze(Series(chart=Chart.INDIVIDUAL, earlier=start))
    assert analysis.plotted == ()
    assert analysis.making_data_count is None
