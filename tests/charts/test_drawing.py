"""The geometry of charts, before any template."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts import (
    NARROW,
    WIDE,
    Chart,
    ChartEvent,
    DrawingSize,
    Labels,
    Series,
    analyze,
    draw,
    figure,
    sparkline,
)
from charts.axis import period_step, ticks
from charts.bench import months
from charts.words import Language

VALUES = [3, 6, 4, 5, 3, 6, 4, 6, 3, 5, 4, 6, None, 30, 5, 4]
SERIES = Series(
    chart=Chart.INDIVIDUAL,
    values=VALUES,
    dates=months(len(VALUES)),
    target=9,
    exclude=[2],
    freeze=12,
)
LABELS = Labels(
    id="chart",
    title="Days waited",
    events=[
        ChartEvent(date(2015, 4, 15), "Evening slots"),
        ChartEvent(date(2015, 5, 2), "Text reminders"),
    ],
)
sizes = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])


def places(path: str) -> list[tuple[float, float]]:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=False))


@sizes
def test_every_result_is_a_point_and_what_stands_out_has_another_shape(size: DrawingSize) -> None:
    drawing = draw(SERIES, analyze(SERIES), LABELS, size)
    assert len(drawing.points) == 13
    assert [(point.shape, point.label) for point in drawing.signals] == [
        ("diamond", "February 2016: 30")
    ]
    assert [(point.shape, point.label) for point in drawing.left_out] == [
        ("cross", "March 2015: 4")
    ]
    assert len({point.path.count("a") for point in drawing.points + drawing.signals}) == 2


def test_a_run_that_is_too_long_is_drawn_in_squares() -> None:
    values = [4, 3] * 6 + [8, 9, 8, 9, 8, 9, 8, 9, 8]
    series = Series(chart=Chart.RUN, values=values, freeze=12)
    drawing = draw(series, analyze(series), LABELS)
    assert [point.shape for point in drawing.signals] == ["square"] * 9


def test_a_gap_breaks_the_line() -> None:
    assert len(draw(SERIES, analyze(SERIES), LABELS).trace) == 2


@sizes
def test_everything_lies_within_the_drawing(size: DrawingSize) -> None:
    drawing = draw(SERIES, analyze(SERIES), LABELS, size)
    assert drawing.goal is not None
    assert drawing.goal.label is not None
    for path in (*drawing.trace, *drawing.center, drawing.goal.line):
        for x, y in places(re.sub(r"[VH]", " ", path))[:1]:
            assert 0 <= x <= drawing.width
            assert 0 <= y <= drawing.height
    texts = [*drawing.values, *drawing.dates, drawing.goal.label]
    texts += [key.text for key in drawing.keys]
    texts += [marker.label for marker in (*drawing.phases, *drawing.events)]
    for text in texts:
        assert 0 <= float(text.x) <= drawing.width
        assert drawing.letters <= float(text.y) <= drawing.height


@sizes
def test_letters_stay_12_pixels_high_on_a_small_phone(size: DrawingSize) -> None:
    shown = min(size.width, 290 if size is NARROW else 600)
    assert size.letters * shown / size.width >= 12


def test_the_goal_is_a_labelled_line() -> None:
    goal = draw(SERIES, analyze(SERIES), LABELS).goal
    assert goal is not None
    assert goal.label is not None
    assert goal.label.words == "Goal 9"


@sizes
def test_where_results_are_all_about_the_goal_the_key_names_it(size: DrawingSize) -> None:
    values = [40 + 7 * index % 31 for index in range(240)]
    series = Series(chart=Chart.RUN, values=values, dates=months(240), target=55)
    drawing = draw(series, analyze(series), LABELS, size)
    assert drawing.goal is not None
    assert drawing.goal.label is None
    assert [key.text.words for key in drawing.keys] == ["Usual middle", "Goal 55"]
    # Once it is met by far, its line has room for the label again.
    met = replace(series, target=5)
    goal = draw(met, analyze(met), LABELS, size).goal
    assert goal is not None
    assert goal.label is not None


@sizes
def test_labels_of_events_do_not_cover_each_other(size: DrawingSize) -> None:
    drawing = draw(SERIES, analyze(SERIES), LABELS, size)
    assert [marker.label.words for marker in drawing.events] == ["Evening slots", "Text reminders"]
    assert len({marker.label.y for marker in drawing.events}) == 2
    assert all(marker.mark for marker in drawing.events)


def test_phases_are_labelled_where_they_begin() -> None:
    series = replace(SERIES, phases=[4, 9])
    drawing = draw(series, analyze(series), replace(LABELS, phases=["New clinic"]))
    assert [marker.label.words for marker in drawing.phases] == ["New clinic", "New phase"]
    assert len(drawing.center) == 3
    begun = draw(series, analyze(series), replace(LABELS, begun="Old clinic"))
    assert begun.phases[0].label.words == "Old clinic"


@sizes
@pytest.mark.parametrize("values", [[], [None], [4], [4, None], [4, 5]])
def test_a_chart_is_never_blank(size: DrawingSize, values: list[float | None]) -> None:
    series = Series(chart=Chart.RUN, values=values)
    drawing = draw(series, analyze(series), LABELS, size)
    known = sum(value is not None for value in values)
    assert drawing.progress is not None
    assert drawing.progress.words == f"{known} of 10 results so far"
    assert len(drawing.points) == known
    assert drawing.values


def test_the_description_says_in_words_what_the_lines_show() -> None:
    assert draw(SERIES, analyze(SERIES), LABELS).description == (
        "Results from January 2015 to April 2016: 15. The lowest is 3, the highest 30. "
        "The usual middle is 4.6."
    )


def test_the_table_has_a_row_for_every_period_missing_ones_too() -> None:
    rows = figure(SERIES, analyze(SERIES), LABELS).rows
    assert len(rows) == len(VALUES)
    assert rows[12].result == "No result"
    assert rows[13].note == "Far outside"
    assert rows[2].note == "Left out"


def test_the_table_says_what_else_there_is_to_say_of_a_period() -> None:
    notes = {SERIES.dates[12]: "The counter was ill", SERIES.dates[13]: "Came late"}
    drawn = figure(SERIES, analyze(SERIES), replace(LABELS, notes=notes))
    assert [drawn.rows[at].note for at in (11, 12, 13)] == [
        "",
        "The counter was ill",
        "Far outside; Came late",
    ]
    steady = replace(SERIES, values=[4, 5] * 8, dates=SERIES.dates[:16], exclude=())
    assert not figure(steady, analyze(steady), LABELS).has_notes
    assert figure(steady, analyze(steady), replace(LABELS, notes=notes)).has_notes


def test_the_table_shows_the_counts_behind_a_proportion() -> None:
    series = Series(
        chart=Chart.P, values=[13, 26], denominators=[24, 30], dates=months(2), multiply=100
    )
    rows = figure(series, analyze(series), replace(LABELS, unit="%")).rows
    assert rows[0].result == "54.2% (13 of 24)"
    assert rows[0].range.endswith("to 99.7%")


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (3, 3, [2.6, 2.8, 3.0, 3.2, 3.4]),
        (-1, 1, [-1.0, -0.5, 0.0, 0.5, 1.0]),
        (12_345, 17_890, [12_000, 14_000, 16_000, 18_000]),
    ],
)
def test_axes_have_round_numbers(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high)[0] == expected


@given(st.integers(1, 500), st.integers(1, 12))
def test_there_are_no_more_date_labels_than_have_room(periods: int, most: int) -> None:
    assert len(range(0, periods, period_step(periods, most))) <= most


@given(st.lists(st.none() | st.floats(-1e299, 1e299), max_size=40))
def test_a_sparkline_stays_within_its_box(values: list[float | None]) -> None:
    drawn = sparkline(values)
    for path in drawn.trace:
        for x, y in places(path):
            assert 0 <= x <= 120
            assert 0 <= y <= 32
    assert bool(drawn.latest) == any(value is not None for value in values)


@pytest.mark.parametrize("values", [[0.0, 5e-324], [1e-310, 2e-310, 0.0]])
def test_numbers_with_nothing_between_them_are_drawn(values: list[float]) -> None:
    series = Series(chart=Chart.RUN, values=values)
    assert len(draw(series, analyze(series), LABELS).points) == len(values)
    assert sparkline(values).latest


def test_nothing_in_a_drawing_is_left_to_be_rounded() -> None:
    drawing = draw(SERIES, analyze(SERIES), LABELS)
    for path in (*drawing.trace, *drawing.center, *drawing.limits, drawing.axis):
        assert not re.search(r"\.\d\d", path)


@sizes
def test_days_have_their_year_below_where_it_changes(size: DrawingSize) -> None:
    def day(on: date) -> str:
        return f"{on:%b} {on.day}\n{on.year}"

    weeks = [date(2025, 9, 22) + timedelta(weeks=week) for week in range(30)]
    series = Series(chart=Chart.RUN, values=[4, 5] * 15, dates=weeks)
    labels = replace(LABELS, language=Language(short_month=day), events=())
    drawing = draw(series, analyze(series), labels, size)
    first, second = (
        [text.words for text in drawing.dates if text.y == y]
        for y in sorted({text.y for text in drawing.dates}, key=float)
    )
    assert first[0] == "Sep 22"
    assert second == ["2025", "2026"]
    below = max(float(text.y) for text in drawing.dates)
    assert all(float(key.text.y) > below + size.letters for key in drawing.keys)
