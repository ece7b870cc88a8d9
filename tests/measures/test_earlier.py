"""Lines stay as set, however long ago: a frozen baseline, a completed phase, a verdict."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Member
from cells.plans import evaluation
from cells.plans.models import ActionPlan
from charts import Chart
from foundation.addresses import at
from measures.charting import actions, computing
from measures.definitions import periods
from measures.definitions.judges import Touch, touching
from measures.definitions.models import Measure
from measures.numbers.models import LATEST, DataPoint
from tests.cells.conftest import Define, numbered, told
from tests.conftest import Login, assert_budget

FIRST = date(2024, 1, 1)
# Out of 200 each: varying by chance, then better.
START = (81, 84, 77, 82, 79, 86, 75, 83, 78, 85, 76, 84)
LATER = (121, 124, 117, 122, 119, 126, 115, 123, 118, 125, 116)


def fill(
    measure: Measure,
    values: Sequence[float | None],
    since: date | None = None,
    came_on: date | None = None,
) -> list[date]:
    """Add this many periods of numbers in bulk, after the existing ones; return the periods."""
    last = measure.points.order_by("period").last()
    after = periods.following(measure.frequency, last.period) if last else FIRST
    days = [periods.period_of(measure.frequency, since or after)]
    while len(days) < len(values):
        days.append(periods.following(measure.frequency, days[-1]))
    of = Decimal(200) if measure.shape.has_denominator else None
    DataPoint.objects.within(measure.agency).bulk_create(
        DataPoint(
            agency=measure.agency,
            measure=measure,
            kind=measure.kind,
            period=day,
            numerator=None if value is None else Decimal(str(value)),
            denominator=None if value is None else of,
            recorded_by=measure.collected_by,
            came_on=came_on or day,
        )
        for day, value in zip(days, values, strict=True)
    )
    return days


def many(count: int) -> list[float]:
    return [LATER[at % len(LATER)] for at in range(count)]


def shown(measure: Measure) -> computing.Charted:
    """The chart as pages get it."""
    return computing.charted(measure, numbered(measure))


def lines(chart: computing.Charted) -> set[tuple[Any, ...]]:
    """Middle and limits of the periods that have a result."""
    analysis = chart.analysis
    columns = (analysis.plotted, analysis.center, analysis.lower, analysis.upper)
    return {row[1:] for row in zip(*columns, strict=True) if row[0] is not None}


@pytest.fixture
def daily(define: Define) -> Measure:
    return define(name="Seen in ten minutes", frequency="day")


@pytest.fixture
def frozen(daily: Measure, facilitator: Member) -> Measure:
    """Shares of 200 a day, on a P chart, the first twelve of them the frozen baseline."""
    days = fill(daily, [*START, *many(8)])
    actions.override_chart(daily, chart="p", reason="As before.", by=facilitator)
    actions.adjust(daily, kind="baseline", period=days[11], reason="Start.", by=facilitator)
    return daily


@pytest.mark.parametrize("more", [LATEST - 20, LATEST - 14, LATEST, 3 * LATEST])
def test_a_frozen_start_keeps_middle_and_limits_for_ever(frozen: Measure, more: int) -> None:
    before = lines(shown(frozen))
    assert len(before) == 1
    fill(frozen, many(more))
    chart = shown(frozen)
    assert len(chart.series.dates) == LATEST
    assert chart.frozen
    assert lines(chart) == before


def test_a_start_longer_than_a_chart_rests_on_its_latest_results_and_stays(
    daily: Measure, facilitator: Member
) -> None:
    days = fill(daily, [*START, *many(LATEST + 30)])
    actions.override_chart(daily, chart="p", reason="As before.", by=facilitator)
    actions.adjust(daily, kind="baseline", period=days[-10], reason="Start.", by=facilitator)
    before = lines(shown(daily))
    for more in (1, 40, LATEST):
        fill(daily, many(more))
        assert lines(shown(daily)) == before


def test_a_history_that_is_brought_in_later_does_not_move_a_frozen_start(
    frozen: Measure,
) -> None:
    before = shown(frozen)
    tomorrow = frozen.agency.today() + timedelta(days=1)
    fill(frozen, many(100), since=date(2023, 9, 1), came_on=tomorrow)
    chart = shown(frozen)
    assert (chart.series.dates[0], chart.series.freeze_from) == (date(2023, 9, 1), 122)
    assert lines(chart) == lines(before)
    fill(frozen, many(LATEST))
    assert lines(shown(frozen)) == lines(before)


def test_days_without_a_number_and_results_left_out_change_nothing(
    define: Define, facilitator: Member
) -> None:
    score = define(name="A score", frequency="day", kind="score", denominator="")
    days = fill(score, [*START, 900, *START, *many(8)])
    fill(score, many(30), since=date(2024, 3, 1))
    actions.override_chart(score, chart="i", reason="As before.", by=facilitator)
    actions.adjust(score, kind="exclusion", period=days[12], reason="Flood.", by=facilitator)
    actions.adjust(score, kind="baseline", period=days[24], reason="Start.", by=facilitator)
    before = lines(shown(score))
    for more in (180, 30, LATEST):
        fill(score, many(more))
        assert lines(shown(score)) == before
    actions.override_chart(score, chart="mr", reason="The jumps.", by=facilitator)
    changes = shown(score)
    assert changes.series.chart is Chart.MOVING_RANGE
    # The result before the first is not shown, so its range is unknown.
    assert changes.analysis.plotted[0] is None
    assert len(lines(changes)) == 1


def test_a_phase_that_is_over_keeps_its_lines_and_its_name(
    frozen: Measure, facilitator: Member
) -> None:
    days = fill(frozen, [*many(40), *START * 5])
    for period, label in ((days[10], "New desk"), (days[40], "No desk")):
        actions.adjust(frozen, kind="phase", period=period, label=label, reason="x", by=facilitator)
    chart = shown(frozen)
    assert (chart.frozen, chart.begun, chart.phases) == (False, "", ("New desk", "No desk"))
    start, desk = chart.analysis.center[0], chart.analysis.center[30]
    limits = chart.analysis.upper[30]
    fill(frozen, many(LATEST - len(days) - 10))
    chart = shown(frozen)
    assert (chart.begun, chart.phases) == ("", ("New desk", "No desk"))
    assert chart.analysis.center[0] == start
    fill(frozen, many(40))
    chart = shown(frozen)
    assert (chart.begun, chart.phases) == ("New desk", ("No desk",))
    assert (chart.analysis.center[0], chart.analysis.upper[0]) == (desk, limits)
    assert [each.label.words for each in told(frozen).figure().wide.phases] == [
        "New desk",
        "No desk",
    ]


def test_a_phase_that_began_before_the_chart_still_wins_over_a_frozen_start(
    frozen: Measure, facilitator: Member
) -> None:
    days = fill(frozen, many(3))
    actions.adjust(frozen, kind="phase", period=days[0], label="Desk", reason="x", by=facilitator)
    fill(frozen, many(LATEST + 5))
    chart = shown(frozen)
    assert (chart.frozen, chart.begun, chart.phases) == (False, "Desk", ())
    expected = sum(many(LATEST + 5)[5:]) / (LATEST * 200) * 100
    assert chart.analysis.center[0] == pytest.approx(expected)


def test_a_verdict_holds_against_its_start_however_long_ago(
    active: ActionPlan, measure: Measure
) -> None:
    standard = active.standards.get()
    assert standard.baseline_through is not None
    since = standard.baseline_through
    for _month in range(11):
        since = periods.before(measure.frequency, since)
    with touching(measure, cause=Touch.ADDED, by=None):
        fill(measure, [*START, *many(30)], since=since)
    found = evaluation.begun_by(measure.agency, [standard.pk])[standard.pk]
    first = found.verdict
    assert first is not None
    assert "41%" in first.because or "40" in first.because
    fill(measure, many(LATEST))
    later = evaluation.begun_by(measure.agency, [standard.pk])[standard.pk].verdict
    assert later is not None
    assert (later.answer, later.goal) == (first.answer, first.goal)
    assert later.because.rsplit(" baseline of ", 1)[1] == first.because.rsplit(" baseline of ")[1]
    assert told(measure).verdict == later


def test_the_page_shows_the_frozen_lines_within_its_queries(
    frozen: Measure, provider: Member, login: Login
) -> None:
    fill(frozen, many(LATEST))
    client = login(provider)
    url = at(frozen.agency, "measures:measure", pk=frozen.pk)
    page = client.get(url)
    assert "Middle and limits come from the start" in page.content.decode()
    assert page.context["page"].chart.figure.rows[0].middle == "40.4%"
    for each in (url, at(frozen.agency, "measures:measures"), f"{url}chart/"):
        assert_budget(client, each)
