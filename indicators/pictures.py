"""The run chart of an indicator's headline value by month."""

from collections.abc import Sequence

import charts
from charts.figures import Figure, figure
from charts.labels import Labels
from indicators import words
from indicators.history import HistoryPoint
from indicators.registry import CriterionUnit, Indicator

FEWEST_FOR_CHART = 3


def run_chart(found: Indicator, points: Sequence[HistoryPoint]) -> Figure | None:
    """The chart of these monthly points, oldest first; None without enough numbers to chart."""
    criterion = words.headline(found)
    numbers = [point for point in points if point.value is not None]
    if criterion is None or len(numbers) < FEWEST_FOR_CHART:
        return None
    series = charts.Series(
        chart=charts.Chart.RUN,
        values=[point.value for point in numbers],
        dates=[point.month for point in numbers],
        direction=charts.Direction.DECREASE if criterion.at_most else charts.Direction.INCREASE,
        target=numbers[-1].goal,
    )
    labels = Labels(
        id=f"indicator-{found.number}",
        title=str(criterion.title),
        unit="%" if criterion.unit is CriterionUnit.PERCENT else "",
    )
    return figure(series, charts.analyze(series), labels)
