"""Waits and other single values: their average, their chart, and its companion."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Member
from charts import Chart
from devtools.states import begins_at, state
from foundation.addresses import at
from foundation.models import Agency
from measures.charting import actions as chart_actions
from measures.charting import computing
from measures.charting.findings import WhetherItWorked
from measures.charting.findings import found as finding_of
from measures.charting.standards import Standard
from measures.definitions.finding import page_of
from measures.definitions.models import Measure
from measures.kinds.shape import MeasureKind
from measures.numbers import actions as number_actions
from measures.numbers.models import DataPoint
from measures.numbers.values import several
from tests.cells.addresses import page_name
from tests.cells.conftest import Define, numbered, send, told
from tests.conftest import Login, assert_budget

WAITS: dict[str, Any] = {
    "name": "Days until the first visit",
    "kind": MeasureKind.VALUES,
    "direction": "decrease",
    "numerator": "Days from the first call to the first visit, of one person",
    "denominator": "",
    "unit": "days",
    "source": "The call book",
}
JUNE = date(2026, 6, 1)
# Months that vary by chance.
AROUND = (10, 12, 9, 13, 11, 8, 14, 10, 12, 7, 13, 9, 11, 15, 8, 12, 10, 14, 9, 11, 13, 8, 12, 10)


_july = begins_at("2026-07-15T12:00:00-04:00")


@state
def waits(define: Define) -> Measure:
    return define(**WAITS)


def write(waits: Measure, by: Member, *values: float, period: date = JUNE) -> DataPoint:
    return number_actions.record_point(waits, period=period, values=of(*values), by=by)


def of(*values: float) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


def months(count: int) -> list[date]:
    """This many months up to June 2026."""
    return [date(2026 + (5 - back) // 12, (5 - back) % 12 + 1, 1) for back in range(count)][::-1]


def write_all(waits: Measure, by: Member, middles: tuple[int, ...], *, alone: int = -1) -> None:
    """Record three or four values around each of these; only one in the month `alone`."""
    for place, (period, middle) in enumerate(zip(months(len(middles)), middles, strict=True)):
        around = (middle - 3, middle, middle + 3 + place % 3, middle + 1)
        values = around[:1] if place == alone else around[: 3 + place % 2]
        write(waits, by, *values, period=period)


def shown(measure: Measure) -> computing.Charted:
    """The chart as pages get it."""
    return computing.charted(measure, numbered(measure))


@pytest.mark.parametrize(
    ("text", "found", "wrong"),
    [
        ("3 7 12.5", [3, 7, 12.5], []),
        ("3,7,9;12\n\n 4 ,", [3, 7, 9, 12, 4], []),
        ("3,5 7", [7], ["3,5"]),
        ("12,435", [], ["12,435"]),
        ("0,5", [], ["0,5"]),
        ("3, 7,\t12", [3, 7, 12], []),
        ("", [], []),
        (" , ;\n", [], []),
        ("3 days 7", [3, 7], ["days"]),
        ("3 * 7", [3, 7], ["*"]),
        ("1,200 5", [5], ["1,200"]),
        ("100,200,300", [], ["100,200,300"]),
        ("10,20,30", [10, 20, 30], []),
        ("1e5 NaN ٣", [], ["1e5", "NaN", "٣"]),
        ("-4", [-4], []),
    ],
)
def test_several_numbers_in_a_text(text: str, found: list[float], wrong: list[str]) -> None:
    assert several(text) == (of(*found), wrong)


def test_values_are_stored_by_size_with_their_average(waits: Measure, provider: Member) -> None:
    write(waits, provider, 9, 4, 7)
    point = waits.points.get()
    assert point.values == of(4, 7, 9)
    assert point.numerator == Decimal("6.6667")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((3, -1), "“-1”: A number can't be less than 0."),
        ((3, 1.23456), "Use at most four digits after the point."),
        (tuple(range(201)), "There are more than 200 values."),
    ],
)
def test_values_that_can_not_be_are_refused(
    values: tuple[float, ...], said: str, waits: Measure, provider: Member
) -> None:
    with pytest.raises(ValidationError) as caught:
        write(waits, provider, *values)
    assert said in caught.value.message_dict["values"][0]
    assert not waits.points.exists()


def test_each_value_is_held_against_what_is_expected(define: Define, provider: Member) -> None:
    waits = define(**WAITS, lowest=Decimal(0), highest=Decimal(60))
    with pytest.raises(ValidationError) as caught:
        write(waits, provider, 4, 400, 90, 400)
    (said,) = caught.value.message_dict["confirmed"]
    assert "is more than the most that is expected (60 days). There is 1 more like it." in said
    point = number_actions.record_point(
        waits, period=JUNE, values=[Decimal(400)], confirmed=True, by=provider
    )
    assert point.confirmed_by == provider


def test_a_correction_and_a_missing_one_keep_what_was(waits: Measure, provider: Member) -> None:
    point = write(waits, provider, 4, 7)
    point = number_actions.correct_point(
        point, values=[Decimal(9), Decimal(4)], reason="Misread", by=provider
    )
    assert (point.values, point.numerator) == (of(4, 9), Decimal("6.5"))
    point = number_actions.correct_point(point, reason="The book was lost.", by=provider)
    assert (point.values, point.numerator, point.missing_because) == (
        None,
        None,
        "The book was lost.",
    )
    history = [row.values for row in point.history.order_by("history_id")]
    assert history == [[4, 7], [4, 9], None]


def test_the_database_holds_values_and_their_average_together(
    waits: Measure, provider: Member, define: Define
) -> None:
    write(waits, provider, 4, 7)
    rows = DataPoint.objects.within(waits.agency).filter(measure=waits)
    wrong: dict[str, Any]
    for wrong in (
        {"values": None},
        {"values": []},
        {"numerator": None},
        {"numerator": Decimal(3)},
        {"numerator": Decimal(8)},
        {"values": [Decimal(-1), Decimal(7)]},
        {"values": [Decimal(5)] * 201},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_two_values_or_more_each_time_give_an_x_bar_chart_with_its_companion(
    waits: Measure, provider: Member
) -> None:
    write_all(waits, provider, AROUND)
    chosen = [(row.chart, row.firmness, row.code) for row in waits.chart_choices.order_by("pk")]
    assert chosen == [("xbar", "trial", "xbar"), ("xbar", "established", "xbar")]
    chart = shown(waits)
    assert chart.series.chart is Chart.XBAR
    # The limits are closer where there are more values.
    assert len({round(limit or 0, 6) for limit in chart.analysis.upper}) == 2
    spread = chart.companion
    assert spread is not None
    assert spread.series.chart is Chart.S
    below = told(waits).spread()
    assert below is not None
    assert below.title == "Days until the first visit: how far the single values differ"
    assert below.wide.id != told(waits).figure().wide.id
    assert spread.companion is None


def test_a_month_with_one_value_gives_a_chart_of_single_results(
    waits: Measure, provider: Member
) -> None:
    write_all(waits, provider, AROUND[:12], alone=3)
    choice = waits.chart_choices.get()
    assert (choice.chart, choice.code) == ("i", "single")
    assert shown(waits).companion is None


def test_a_missing_month_is_no_month_with_few_values(waits: Measure, provider: Member) -> None:
    first, *_rest = months(13)
    number_actions.record_point(waits, period=first, missing_because="Nobody counted", by=provider)
    write_all(waits, provider, AROUND[:12])
    assert waits.chart_choices.get().chart == "xbar"


def test_x_bar_by_hand_needs_several_values(
    waits: Measure, provider: Member, facilitator: Member
) -> None:
    for period, middle in zip(months(12), AROUND[:12], strict=True):
        write(waits, provider, middle, period=period)
    with pytest.raises(ValidationError) as caught:
        chart_actions.override_chart(waits, chart="xbar", reason="Why not", by=facilitator)
    assert "one value each" in caught.value.message_dict["chart"][0]
    chart_actions.override_chart(waits, chart="run", reason="A line will do", by=facilitator)
    assert shown(waits).series.chart is Chart.RUN


def test_phases_a_frozen_start_and_what_is_left_out_hold_for_both_charts(
    waits: Measure, provider: Member, facilitator: Member
) -> None:
    write_all(waits, provider, AROUND)
    reason: dict[str, Any] = {"reason": "A flood.", "by": facilitator}
    chart_actions.adjust(waits, kind="exclusion", period=months(24)[3], **reason)
    chart_actions.adjust(waits, kind="baseline", period=months(24)[14], **reason)
    for chart in (shown(waits), shown(waits).companion):
        assert chart is not None
        assert (chart.series.freeze, list(chart.series.exclude)) == (15, [3])
        assert chart.frozen


def test_the_verdict_is_of_the_averages(waits: Measure, provider: Member) -> None:
    write_all(waits, provider, (*AROUND[:14], 4, 5, 4, 3, 4, 5, 4, 5, 4, 5))
    standard = Standard("Walk", target=Decimal(7), through=months(24)[13])
    found = finding_of(waits, numbered(waits), standard).verdict
    assert found is not None
    assert found.answer is WhetherItWorked.SUSTAINED
    assert "That meets the goal of 7 days for “Walk”." in found.goal


def test_values_are_written_down_in_one_box_and_the_wrong_entry_is_named(
    waits: Measure, agency: Agency, provider: Member, login: Login
) -> None:
    client, url = login(provider), at(agency, "measures:record", pk=waits.pk)
    page = client.get(url).content.decode()
    assert "Add the values for June 2026" in page
    answer = send(client, url, values="4, 7\nten 9")
    assert answer.status_code == 422
    assert "“ten” is not a number." in answer.content.decode()
    assert "4, 7\nten 9" in answer.content.decode()
    assert send(client, url, values=" ").status_code == 422
    assert send(client, url, values="9, 4\n7").status_code == 302
    point = waits.points.get()
    assert (point.period, point.values) == (JUNE, of(4, 7, 9))
    correct = at(agency, "measures:correct", pk=point.pk)
    assert "4 7 9</textarea>" in client.get(correct).content.decode().replace("\n", "")
    assert send(client, correct, values="4 7", reason="One was a test").status_code == 302
    assert waits.points.get().values == of(4, 7)


def test_a_value_that_is_not_expected_is_asked_about_on_the_page(
    define: Define, agency: Agency, provider: Member, login: Login
) -> None:
    waits = define(**WAITS, highest=Decimal(60))
    client, url = login(provider), at(agency, "measures:record", pk=waits.pk)
    again = send(client, url, values="4 400")
    assert again.status_code == 422
    sure = again.context["form"]["values"].check
    assert send(client, url, **{"values": "4 400", sure.name: sure.value}).status_code == 302


def test_the_page_shows_both_charts_within_ten_queries(
    waits: Measure, provider: Member, agency: Agency, login: Login, facilitator: Member
) -> None:
    write_all(waits, provider, AROUND)
    client = login(facilitator)
    page = client.get(at(agency, "measures:measure", pk=waits.pk)).content.decode()
    assert page.count('<figure class="app-chart">') == 2
    assert "How far the single values differ" in page
    point = waits.points.first()
    assert point is not None
    for name, pk in (
        *((name, waits.pk) for name in ("measure", "record", "chart", "numbers")),
        ("correct", point.pk),
    ):
        assert_budget(client, at(agency, page_name(name), pk=pk))
    assert_budget(client, at(agency, "measures:measures"))
    assert_budget(client, page_of(waits.owner))


def test_the_file_that_is_given_out_has_all_values_of_a_period(
    waits: Measure, provider: Member, agency: Agency, login: Login
) -> None:
    write(waits, provider, 9, 4.5)
    text = login(provider).get(at(agency, "measures:numbers", pk=waits.pk)).content.decode()
    rows = [line.split(",")[:3] for line in text.splitlines()]
    assert rows == [["period", "values", "result"], ["2026-06-01", "4.5 9", "6.75"]]


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("count", (0, 0, 1, 0, 0, 2, 0, 0, 1, 0, 0), True),
        ("count", (0, 3, 1, 4, 0, 2, 0, 5, 1, 0, 6), False),
        ("count", (0, 0, 1, 0), False),
        ("score", (0, 0, 1, 0, 0, 2, 0, 0, 1, 0, 0), False),
    ],
)
def test_a_count_that_is_mostly_zeros_says_that_days_would_show_more(
    kind: str,
    values: tuple[int, ...],
    said: bool,
    define: Define,
    facilitator: Member,
    agency: Agency,
    login: Login,
) -> None:
    measure = define(kind=kind, denominator="")
    for period, value in zip(months(len(values)), values, strict=True):
        number_actions.record_point(
            measure, period=period, numerator=Decimal(value), by=facilitator
        )
    for name in ("measure", "chart"):
        page = login(facilitator).get(at(agency, page_name(name), pk=measure.pk)).content.decode()
        assert ("Writing down the days on which it happens would show more." in page) == said
        assert ("?kind=events" in page) == said
