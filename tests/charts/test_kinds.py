"""Each kind of chart is one object that provides everything required of a kind."""

import pytest

from charts import Chart
from charts.kinds import SHAPES, Spread
from charts.words import OF_HOW_FAR_APART


def test_each_chart_has_its_object() -> None:
    assert list(SHAPES) == list(Chart)
    assert len({shape.name for shape in SHAPES.values()}) == len(Chart)
    assert len({shape.lines for shape in SHAPES.values()}) == len(Chart)


def test_a_chart_of_spread_has_words_of_its_own() -> None:
    assert set(OF_HOW_FAR_APART) == set(Spread)
    assert {shape.spread for shape in SHAPES.values() if shape.spread} == set(Spread)


@pytest.mark.parametrize("chart", Chart)
def test_a_kind_of_chart_does_not_contradict_itself(chart: Chart) -> None:
    shape = chart.shape
    assert not (shape.grouped and shape.sized)
    assert shape.sized or not shape.share
    assert shape.counts or not shape.share
    assert shape.limits or not (shape.even or shape.making_data_count)
    assert shape.companion is None or shape.companion.shape.beside
