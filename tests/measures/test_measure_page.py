"""What the page of a measure shows, from its parts alone."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from foundation.models import Agency
from groups.models import Group
from measures.charting.findings import found
from measures.charting.reading import Numbers
from measures.definitions import periods
from measures.definitions.models import Measure
from measures.numbers import results
from measures.numbers.models import LATEST, DataPoint
from measures.overview.presenting import (
    CORRECTABLE,
    MOST_SHOWN,
    MeasureParts,
    MeasureRights,
    measure_page,
)

TODAY = date(2026, 5, 4)
EVERYTHING = MeasureRights(record=True, change=True, retire=True)
AGENCY = Agency(pk=1, slug="harbor", name="Harbor")
KINDS = ["events", "count", "values", "proportion"]


def parts(kind: str, *days: date) -> MeasureParts:
    measure = Measure(
        pk=1,
        agency=AGENCY,
        name="Falls",
        kind=kind,
        frequency="day" if kind == "events" else "month",
        direction="decrease",
        owner=Group(pk=2, agency=AGENCY, name="Front door"),
    )
    points = [
        DataPoint(
            pk=pk,
            agency=AGENCY,
            measure=measure,
            period=day,
            numerator=Decimal(1),
            denominator=Decimal(9) if kind == "proportion" else None,
            values=[Decimal(1)] * 2 if kind == "values" else None,
        )
        for pk, day in enumerate(days)
    ]
    shown = results.of_points(measure, points)
    figure = found(measure, Numbers(shown)).figure()
    return MeasureParts(measure, points, shown, figure, 0, "/owner/")


def monthly(n: int) -> list[date]:
    return [date(2010 + month // 12, month % 12 + 1, 1) for month in range(n)]


def daily(n: int) -> list[date]:
    return [TODAY - timedelta(days=back) for back in range(n, 0, -1)]


@pytest.mark.parametrize("kind", KINDS)
def test_without_numbers_the_page_asks_for_the_first_one_or_leads_back(kind: str) -> None:
    asked = measure_page(parts(kind), EVERYTHING, TODAY)
    assert asked.empty is not None
    assert asked.record is not None
    assert (asked.empty.href, asked.empty.kind) == (asked.record.href, "")
    led = measure_page(parts(kind), MeasureRights(), TODAY)
    assert led.empty is not None
    assert (led.empty.href, led.empty.kind) == ("/owner/", "secondary")
    assert (asked.chart, led.record, asked.correcting) == (None, None, None)


def test_each_kind_says_what_is_added() -> None:
    said = [measure_page(parts(kind), EVERYTHING, TODAY).record for kind in KINDS]
    words = {link.text for link in said if link is not None}
    assert len(words) == 3


def test_a_chart_of_days_says_how_to_read_it() -> None:
    days = measure_page(parts("events", *daily(3)), MeasureRights(), TODAY)
    months = measure_page(parts("count", *monthly(3)), MeasureRights(), TODAY)
    assert days.chart is not None
    assert months.chart is not None
    assert days.chart.note
    assert not months.chart.note


@pytest.mark.parametrize("kind", ["events", "count"])
def test_what_the_chart_leaves_out_is_said(kind: str) -> None:
    dated = daily if kind == "events" else monthly
    whole = measure_page(parts(kind, *dated(LATEST - 1)), MeasureRights(), TODAY).chart
    cut = measure_page(parts(kind, *dated(LATEST)), MeasureRights(), TODAY).chart
    assert whole is not None
    assert cut is not None
    assert (bool(whole.cut), bool(cut.cut)) == (False, True)


def test_only_days_are_told_since_the_last_time() -> None:
    told = parts("events", TODAY - timedelta(days=9), TODAY - timedelta(days=4))
    assert "4 days ago" in measure_page(told, MeasureRights(), TODAY).since
    today = parts("events", TODAY)
    assert measure_page(today, MeasureRights(), TODAY).since
    assert not measure_page(parts("events"), MeasureRights(), TODAY).since
    assert not measure_page(parts("count", *monthly(3)), MeasureRights(), TODAY).since


def test_a_longer_time_than_ever_is_said() -> None:
    told = parts("events", TODAY - timedelta(days=9), TODAY - timedelta(days=4))
    usual, ever = (
        measure_page(told, MeasureRights(), TODAY + timedelta(days=days)).since for days in (1, 2)
    )
    assert len(ever) > len(usual) + 20


def test_the_latest_numbers_can_be_corrected_by_who_records_them() -> None:
    held = parts("count", *monthly(CORRECTABLE + 1))
    offered = measure_page(held, EVERYTHING, TODAY).correcting
    assert offered is not None
    assert (len(offered.links), offered.older) == (CORRECTABLE, True)
    assert offered.links[0].text == periods.named("month", held.points[-1].period)
    all_of_them = replace(held, points=held.points[1:])
    offered = measure_page(all_of_them, EVERYTHING, TODAY).correcting
    assert offered is not None
    assert not offered.older
    assert measure_page(held, MeasureRights(change=True), TODAY).correcting is None


def test_many_marks_are_folded() -> None:
    held = parts("count", *monthly(3))
    folded = [
        measure_page(replace(held, marks=n), MeasureRights(), TODAY).folded
        for n in (MOST_SHOWN, MOST_SHOWN + 1)
    ]
    assert folded == [False, True]


@pytest.mark.parametrize(
    ("may", "offered"),
    [
        (MeasureRights(), 0),
        (MeasureRights(record=True), 1),
        (MeasureRights(change=True), 1),
        (MeasureRights(change=True, retire=True), 2),
        (MeasureRights(retire=True), 0),
        (EVERYTHING, 3),
    ],
)
def test_only_what_one_may_do_is_offered(may: MeasureRights, offered: int) -> None:
    assert len(measure_page(parts("count"), may, TODAY).links) == offered


def test_a_measure_that_is_not_used_says_since_when() -> None:
    held = parts("count")
    assert not measure_page(held, MeasureRights(), TODAY).retired
    held.measure.retired_on = TODAY
    assert "May 4, 2026" in measure_page(held, MeasureRights(), TODAY).retired
