"""From a measure's numbers to its chart and finding."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from charts import Chart, analyze
from measures.charting import computing
from measures.charting.findings import found
from measures.charting.reading import Numbers
from measures.definitions import wording
from measures.definitions.models import Frequency, Measure
from measures.kinds.shape import MeasureKind
from measures.numbers.results import MeasureResult


def measure(kind: str = MeasureKind.PROPORTION, **given: object) -> Measure:
    values = {"kind": kind, "direction": "increase", "frequency": Frequency.MONTH, "name": "x"}
    return Measure(**{**values, **given})


def months(count: int, *, skipping: int = -1) -> list[date]:
    return [date(2025 + at // 12, at % 12 + 1, 1) for at in range(count) if at != skipping]


@pytest.mark.parametrize(
    ("found", "value", "words"),
    [
        (measure(), 66.6667, "66.7%"),
        (measure(), 0.05, "0.1%"),
        (measure(), 0.04, "0.0%"),
        (measure(), 38.04, "38%"),
        (measure(), 37.96, "38%"),
        (measure(), 80.0, "80%"),
        (measure(), Decimal("100.0000"), "100%"),
        (measure(MeasureKind.COUNT, unit="calls"), 1234.0, "1,234 calls"),
        (measure(MeasureKind.RATE, per=1000), 3.25, "3.2 per 1,000"),
        (measure(MeasureKind.SCORE, unit="days"), 12.349, "12.3 days"),
        (measure(), None, ""),
    ],
)
def test_values_are_rounded_and_said_with_their_unit(
    found: Measure, value: float | Decimal | None, words: str
) -> None:
    assert wording.amount(found, value) == words


def test_the_latest_result_is_the_last_that_is_not_missing() -> None:
    numbers = [
        MeasureResult(date(2026, 1, 1), Decimal(2), Decimal(3)),
        MeasureResult(date(2026, 2, 1), None, None),
        MeasureResult(date(2026, 3, 1), Decimal(0), Decimal(0)),
    ]
    assert computing.latest(measure(), numbers) == "66.7% in January 2026"
    assert computing.latest(measure(), []) == ""


def test_skipped_periods_are_there_as_missing() -> None:
    numbers = [MeasureResult(day, Decimal(3), Decimal(4)) for day in months(12, skipping=5)]
    series = computing.series(measure(), Numbers(numbers))
    assert series.chart is Chart.RUN
    assert (len(series.dates), series.values[5], series.multiply) == (12, None, 100)


def test_a_gap_of_years_is_left_as_it_is() -> None:
    numbers = [
        MeasureResult(date(2001, 1, 1), Decimal(3), Decimal(4)),
        MeasureResult(date(2026, 1, 1), Decimal(3), Decimal(4)),
    ]
    assert len(computing.series(measure(), Numbers(numbers)).dates) == 2


def test_a_share_of_nothing_is_no_result() -> None:
    numbers = [MeasureResult(day, Decimal(0), Decimal(0)) for day in months(3)]
    assert analyze(computing.series(measure(), Numbers(numbers))).observed == 0


def test_what_was_calculated_is_kept_by_all_that_it_is_calculated_from() -> None:
    rows = [MeasureResult(day, Decimal(at % 5), Decimal(7)) for at, day in enumerate(months(14))]
    first = computing.charted(measure(), Numbers(rows))
    read_again = [
        MeasureResult(day, Decimal(f"{at % 5}.0000"), Decimal("7.0"))
        for at, day in enumerate(months(14))
    ]
    assert computing.charted(measure(), Numbers(read_again)).analysis is first.analysis
    others = [
        computing.charted(measure(), Numbers(corrected(rows, row)))
        for row in (
            rows[3]._replace(numerator=Decimal(6)),
            rows[3]._replace(numerator=None),
            rows[3]._replace(denominator=Decimal(8)),
        )
    ]
    others += [
        computing.charted(measure(), Numbers(rows[1:])),
        computing.charted(measure(), Numbers(rows), target=Decimal(50)),
        computing.charted(measure(direction="decrease"), Numbers(rows), target=Decimal(50)),
        computing.recharted(first, replace(first.series, chart=Chart.P)),
        computing.recharted(first, replace(first.series, chart=Chart.P, freeze=11)),
        computing.recharted(first, replace(first.series, phases=(6,))),
        computing.recharted(first, replace(first.series, exclude=(2,))),
        computing.recharted(first, replace(first.series, exclude=(2,), earlier=first.series)),
    ]
    for each in (first, *others):
        assert each.analysis == analyze(each.series)
    assert len({each.series for each in (first, *others)}) == 1 + len(others)


def corrected(rows: list[MeasureResult], row: MeasureResult) -> list[MeasureResult]:
    return [row if each.period == row.period else each for each in rows]


def test_few_results_say_so_and_a_shift_is_said_with_its_periods() -> None:
    low, high = Decimal(4), Decimal(8)
    numbers = [
        MeasureResult(day, (low if at < 12 else high) + at % 2, Decimal(10))
        for at, day in enumerate(months(24))
    ]
    assert found(measure(), Numbers(numbers[:4])).said == "Not enough results yet to tell."
    said = found(measure(), Numbers(numbers)).said
    assert said.startswith(
        "For 12 periods in a row (January 2026\u2013December 2026) results were better"
    )


def test_the_chart_has_its_goal_its_events_and_a_table() -> None:
    numbers = [
        MeasureResult(day, Decimal(at % 5), Decimal(10)) for at, day in enumerate(months(14))
    ]
    figure = found(measure(pk=7), Numbers(numbers)).figure(
        [(date(2025, 6, 17), "1")], "/numbers.csv"
    )
    assert len(figure.rows) == 14
    assert figure.wide.events
    assert figure.csv_url == "/numbers.csv"


def test_an_empty_measure_draws_and_says_something() -> None:
    figure = found(measure(pk=7), Numbers([])).figure()
    assert figure.finding == "Not enough results yet to tell."
