"""Rare events: their days, and the days between them on the chart."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Member
from charts import Chart
from devtools.states import begins_at, state
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from foundation.refusals import Refused
from measures.charting import actions as chart_actions
from measures.charting import chart_choice, computing
from measures.charting.findings import WhetherItWorked
from measures.charting.findings import found as finding_of
from measures.charting.models import ChartChoice
from measures.charting.standards import Standard
from measures.definitions import actions as measure_actions
from measures.definitions.models import Measure
from measures.kinds.shape import MeasureKind
from measures.numbers import actions as number_actions
from measures.numbers import expected_numbers, results
from measures.numbers.models import DataPoint
from measures.numbers.results import MeasureResult
from notifications.waiting import waiting
from tests.cells.addresses import page_name
from tests.cells.conftest import Define, numbered, send, told
from tests.conftest import Login, assert_budget

FALLS: dict[str, Any] = {
    "name": "Falls",
    "kind": MeasureKind.EVENTS,
    "direction": "increase",
    "numerator": "Somebody fell",
    "denominator": "",
    "frequency": "",
    "source": "The night book",
}
FIRST = date(2025, 1, 10)
# Days between events that vary by chance.
LUCK = (9, 14, 6, 21, 11, 3, 17, 8, 25, 5, 13, 10, 19, 4, 16, 7, 22, 12, 2, 18, 15, 1)


_july = begins_at("2026-07-15T12:00:00-04:00")


@state
def falls(define: Define) -> Measure:
    return define(**FALLS)


def write(falls: Measure, by: Member, day: date, times: int = 1) -> DataPoint:
    return number_actions.record_point(falls, period=day, numerator=Decimal(times), by=by)


def write_all(falls: Measure, by: Member, gaps: tuple[int, ...], first: date = FIRST) -> date:
    """Record a day for each gap after the first one; return the last day."""
    write(falls, by, first)
    for gap in gaps:
        first += timedelta(days=gap)
        write(falls, by, first)
    return first


def shown(measure: Measure) -> computing.Charted:
    """The chart as pages get it."""
    return computing.charted(measure, numbered(measure))


def test_its_results_are_the_days_from_each_time_to_the_next(
    falls: Measure, provider: Member
) -> None:
    for day, times in ((date(2026, 3, 20), 1), (date(2026, 3, 1), 1), (date(2026, 3, 8), 3)):
        write(falls, provider, day, times)
    wanted = [
        MeasureResult(date(2026, 3, 8), Decimal(7)),
        MeasureResult(date(2026, 3, 8), Decimal(0)),
        MeasureResult(date(2026, 3, 8), Decimal(0)),
        MeasureResult(date(2026, 3, 20), Decimal(12)),
    ]
    assert numbered(falls).results == wanted
    assert results.of_points(falls, falls.points.order_by("period")) == wanted


def test_before_the_second_time_there_is_nothing_between(falls: Measure, provider: Member) -> None:
    assert shown(falls).analysis.observed == 0
    write(falls, provider, FIRST)
    assert shown(falls).analysis.observed == 0


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("numerator", {"numerator": Decimal(0)}),
        ("numerator", {"numerator": Decimal("1.5")}),
        ("numerator", {"numerator": Decimal(-1)}),
        ("numerator", {"numerator": Decimal(21)}),
        ("numerator", {"numerator": None}),
        ("period", {"period": date(2026, 7, 16)}),
    ],
)
def test_a_day_that_can_not_be_is_refused(
    field: str, given: dict[str, Any], falls: Measure, provider: Member
) -> None:
    values = {"period": date(2026, 7, 15), "numerator": Decimal(1), **given}
    with pytest.raises(ValidationError) as caught:
        number_actions.record_point(falls, **values, by=provider)
    assert set(caught.value.message_dict) == {field}
    assert not falls.points.exists()


def test_today_is_no_day_to_come(falls: Measure, provider: Member) -> None:
    assert write(falls, provider, date(2026, 7, 15)).numerator == 1


def test_the_same_day_once_more_says_how_to_mend_it(falls: Measure, provider: Member) -> None:
    point = write(falls, provider, FIRST, 2)
    with pytest.raises(ValidationError) as caught:
        write(falls, provider, FIRST)
    (said,) = caught.value.message_dict["period"]
    assert said.startswith("January 10, 2025 is there already, with 2.")
    point = number_actions.correct_point(
        point, numerator=Decimal(3), reason="Once more", by=provider
    )
    assert (point.numerator, point.version) == (Decimal(3), 2)


def test_a_mistaken_day_is_taken_back_with_its_reason_and_can_come_back(
    falls: Measure, provider: Member
) -> None:
    for day in (1, 8, 20):
        point = write(falls, provider, date(2026, 3, day))
    middle = falls.points.get(period=date(2026, 3, 8))
    with pytest.raises(ValidationError):
        number_actions.correct_point(middle, reason=" ", by=provider)
    middle = number_actions.correct_point(middle, reason="It was in another house.", by=provider)
    assert (middle.missing, middle.missing_because) == (True, "It was in another house.")
    assert [row.numerator for row in results.of_points(falls, falls.points.order_by("period"))] == [
        19
    ]
    assert middle.history.count() == 2
    assert expected_numbers.marks(falls, [middle, point], date(2026, 7, 15)) == {
        date(2026, 3, 8): "It was in another house."
    }
    with pytest.raises(ValidationError) as caught:
        write(falls, provider, date(2026, 3, 8))
    assert "taken back" in caught.value.message_dict["period"][0]
    middle = number_actions.correct_point(
        middle, numerator=Decimal(1), reason="It was so.", by=provider
    )
    assert (middle.missing_because, middle.history.count()) == ("", 3)


def test_no_one_waits_for_it_and_none_is_late(
    falls: Measure, provider: Member, agency: Agency, login: Login
) -> None:
    point = write(falls, provider, date(2025, 1, 10))
    today = date(2026, 7, 15)
    assert expected_numbers.awaited(falls, set(), today) == []
    assert not expected_numbers.came_late(falls, point)
    assert not [row for row in waiting(provider, today) if "Falls" in str(row)]
    refused = login(provider).get(at(agency, "measures:no_number", pk=falls.pk))
    assert refused.status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [{"frequency": "month"}, {"lowest": Decimal(1)}, {"highest": Decimal(9)}],
)
def test_a_measure_of_days_has_neither_periods_nor_an_expected_number(
    wrong: dict[str, Any], falls: Measure, facilitator: Member
) -> None:
    with pytest.raises(ValidationError) as caught:
        measure_actions.redefine(falls, **wrong, by=facilitator)
    assert set(caught.value.message_dict) == set(wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.within(falls.agency).filter(pk=falls.pk).update(**wrong)


def test_the_database_holds_that_it_happened_or_was_taken_back(
    falls: Measure, provider: Member
) -> None:
    point = write(falls, provider, FIRST)
    rows = DataPoint.objects.within(falls.agency).filter(pk=point.pk)
    for wrong in (
        {"numerator": 0},
        {"numerator": Decimal("1.5")},
        {"numerator": 21},
        {"numerator": None},
        {"denominator": 3},
        {"values": [Decimal(1)]},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_ten_useful_gaps_give_a_t_chart_and_twenty_settle_it(
    falls: Measure, provider: Member
) -> None:
    write_all(falls, provider, LUCK[:9])
    assert shown(falls).series.chart is Chart.RUN
    assert not falls.chart_choices.exists()
    last = FIRST + timedelta(days=sum(LUCK[:9]))
    write_all(falls, provider, LUCK[10:], last + timedelta(days=LUCK[9]))
    chosen = [(row.chart, row.firmness, row.code) for row in falls.chart_choices.order_by("pk")]
    assert chosen == [("t", "trial", "t"), ("t", "established", "t")]
    assert shown(falls).series.chart is Chart.T
    assert shown(falls).fits
    assert chart_choice.why("t") == "Each result is the number of days from one time to the next."


def test_days_below_the_chart_are_read_in_one_way_only(falls: Measure, provider: Member) -> None:
    write_all(falls, provider, LUCK)
    drawn = told(falls).figure()
    for drawing in (drawn.wide, drawn.narrow):
        said = [text.words for text in drawing.dates]
        assert all(re.fullmatch(r"[A-Z][a-z]{2} \d{1,2}|\d{4}", each) for each in said), said
        assert str(shown(falls).series.dates[0].year) in said


def test_several_on_a_day_give_a_g_chart(falls: Measure, provider: Member) -> None:
    write(falls, provider, FIRST - timedelta(days=30), 2)
    write_all(falls, provider, LUCK[:10])
    choice = ChartChoice.objects.within(falls.agency).get(measure=falls)
    assert (choice.chart, choice.code, choice.firmness) == ("g", "g", "trial")
    assert shown(falls).series.chart is Chart.G


def test_two_on_a_day_after_a_t_chart_was_chosen_leave_a_plain_line_that_says_so(
    falls: Measure, provider: Member, agency: Agency, login: Login, facilitator: Member
) -> None:
    last = write_all(falls, provider, LUCK)
    write(falls, provider, last + timedelta(days=4), 2)
    assert not shown(falls).fits
    page = login(provider).get(at(agency, "measures:measure", pk=falls.pk)).content.decode()
    assert "Some results do not fit that chart" in page
    assert "Days on which it happened more than once fit a G chart." in page
    chart_actions.override_chart(falls, chart="g", reason="Two on one day.", by=facilitator)
    assert shown(falls).fits


def test_an_improvement_is_said_in_days_between(falls: Measure, provider: Member) -> None:
    write_all(falls, provider, tuple(gap % 9 + 2 for gap in LUCK[:14]) + (40,) * 9)
    said = told(falls).said
    assert "times in a row (from " in said
    assert "the days between were better than the usual middle" in said
    assert computing.latest(falls, numbered(falls).results).startswith("40 days between, up to ")


def test_the_verdict_is_of_days_between(falls: Measure, provider: Member) -> None:
    gaps = tuple(gap % 9 + 2 for gap in LUCK[:12])
    start = FIRST + timedelta(days=sum(gaps))
    write_all(falls, provider, (*gaps, 30, 35, 28, 40, 33, 31, 36, 29, 34))
    standard = Standard("Walk", target=Decimal(30), through=start)
    found = finding_of(falls, numbered(falls), standard).verdict
    assert found is not None
    assert found.answer is WhetherItWorked.SUSTAINED
    assert (
        found.goal == "Results are now around 33.5 days. That meets the goal of 30 days for “Walk”."
    )


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ((), "It has not happened since the start, so there is nothing to compare yet."),
        ((30,), "It has happened 1 time since the start. More are needed to tell."),
    ],
)
def test_without_enough_of_it_the_verdict_says_so_in_times(
    after: tuple[int, ...], said: str, falls: Measure, provider: Member
) -> None:
    write_all(falls, provider, (*LUCK[:12], *after))
    start = FIRST + timedelta(days=sum(LUCK[:12]))
    standard = Standard("Walk", target=Decimal(30), through=start)
    found = finding_of(falls, numbered(falls), standard).verdict
    assert found is not None
    assert (found.answer, found.because) == (WhetherItWorked.NOT_ENOUGH, said)


def test_a_day_can_be_left_out_the_start_frozen_and_a_phase_begun(
    falls: Measure, provider: Member, facilitator: Member
) -> None:
    last = write_all(falls, provider, LUCK)
    days = [row.period for row in results.of_points(falls, falls.points.order_by("period"))]
    reason: dict[str, Any] = {"reason": "A storm.", "by": facilitator}
    with pytest.raises(ValidationError):
        # There is nothing before the first day, so nothing to exclude.
        chart_actions.adjust(falls, kind="exclusion", period=FIRST, **reason)
    chart_actions.adjust(falls, kind="exclusion", period=days[3], **reason)
    frozen = chart_actions.adjust(falls, kind="baseline", period=days[14], **reason)
    assert shown(falls).frozen
    assert list(shown(falls).series.exclude) == [3]
    chart_actions.undo_adjustment(frozen, because="No.", by=facilitator)
    chart_actions.adjust(falls, kind="phase", period=days[11], label="New floor", **reason)
    assert list(shown(falls).series.phases) == [11]
    assert shown(falls).series.dates[-1] == last


def test_the_page_says_how_long_ago_it_was(
    falls: Measure, provider: Member, agency: Agency, login: Login
) -> None:
    client, url = login(provider), at(agency, "measures:measure", pk=falls.pk)
    assert "No day is written down yet" in client.get(url).content.decode()
    write(falls, provider, date(2026, 6, 1))
    write(falls, provider, date(2026, 7, 3))
    page = client.get(url).content.decode()
    assert "It last happened July 3, 2026, 12 days ago." in page
    assert "longer than ever" not in page
    assert "More days from one time to the next" in page
    write(falls, provider, date(2026, 7, 15))
    assert "It last happened today." in client.get(url).content.decode()
    with time_machine.travel("2026-09-15T12:00:00-04:00"):
        assert "longer than ever before" in login(provider).get(url).content.decode()


def test_the_pages_of_a_measure_of_days_keep_within_ten_queries(
    falls: Measure, provider: Member, agency: Agency, login: Login, facilitator: Member
) -> None:
    write_all(falls, provider, LUCK)
    client = login(facilitator)
    point = falls.points.first()
    assert point is not None
    for name, pk in (
        *((name, falls.pk) for name in ("measure", "record", "chart", "numbers", "leave_out")),
        ("correct", point.pk),
    ):
        assert_budget(client, at(agency, page_name(name), pk=pk))


def test_a_day_is_written_down_corrected_and_taken_back_in_the_browser_s_forms(
    falls: Measure, provider: Member, agency: Agency, login: Login
) -> None:
    client, url = login(provider), at(agency, "measures:record", pk=falls.pk)
    answer = send(client, url, period="2026-07-16", numerator="1")
    assert answer.status_code == 422
    assert "July 16, 2026 is still to come." in answer.content.decode()
    assert send(client, url, period="", numerator="").status_code == 422
    answer = send(client, url, period="2026-07-02", numerator="2")
    assert answer.status_code == 302
    point = falls.points.get()
    assert (point.period, point.numerator) == (date(2026, 7, 2), Decimal(2))
    page = client.get(url).content.decode()
    assert "July 2, 2026: 2" in page
    correct = at(agency, "measures:correct", pk=point.pk)
    again = send(client, url, period="2026-07-02", numerator="1").content.decode()
    assert f'href="{correct}">Correct July 2, 2026, which is there already</a>' in again
    assert "It did not happen that day" in client.get(correct).content.decode()
    given = {"numerator": "2", "reason": "Wrong house", "none": "1"}
    assert send(client, correct, **given).status_code == 302
    assert falls.points.get().missing
    assert "July 2, 2026: it did not happen" in client.get(url).content.decode()


def test_the_file_that_is_given_out_has_the_days_and_what_is_between(
    falls: Measure, provider: Member, agency: Agency, login: Login
) -> None:
    write(falls, provider, date(2026, 6, 1))
    write(falls, provider, date(2026, 6, 9), 2)
    text = login(provider).get(at(agency, "measures:numbers", pk=falls.pk)).content.decode()
    rows = [line.split(",")[:3] for line in text.splitlines()]
    assert rows == [["day", "times", "result"], ["2026-06-01", "1", ""], ["2026-06-09", "2", "8.0"]]


def test_the_question_about_the_direction_is_about_the_thing_itself(
    agency: Agency, facilitator: Member, login: Login, falls: Measure
) -> None:
    client = login(facilitator)
    url = at(agency, "measures:define", pk=falls.owner_id) + "?kind=events"
    page = client.get(url).content.decode()
    assert "Is it good when it happens?" in page
    assert "How often is it counted?" not in page
    answer = send(
        client,
        url,
        name="Times somebody was held",
        numerator="Somebody was held",
        direction="increase",
        source="The night book",
        collected_by=code_of(facilitator),
    )
    assert answer.status_code == 302
    made = Measure.objects.within(agency).get(name="Times somebody was held")
    assert (made.direction, made.frequency) == ("increase", "day")
    with pytest.raises(Refused):
        measure_actions.redefine(
            measure_actions.retire(made, by=facilitator), name="x", by=facilitator
        )
