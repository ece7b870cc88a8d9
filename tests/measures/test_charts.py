"""A measure's chart: chosen once, overridden and adjusted with reasons, explained."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Member
from cells.plans.models import ActionPlan
from charts import Chart, Rules
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from measures.charting import actions as chart_actions
from measures.charting import chart_choice, computing, rules
from measures.charting.models import Adjustment, ChartChoice
from measures.definitions import actions as measure_actions
from measures.definitions import periods
from measures.definitions.models import Measure
from measures.kinds.shape import MeasureKind
from measures.numbers import actions as number_actions
from measures.numbers.results import MeasureResult
from tests.cells.addresses import page_name
from tests.cells.conftest import Count, Define, numbered, told
from tests.cells.test_rules import allowed
from tests.conftest import Login, assert_budget

# Of 200 people each, varying only by chance.
STEADY = (81, 84, 77, 82, 79, 86, 75, 83, 78, 85, 76, 84, 77, 82, 79, 86, 75, 83, 78, 81, 85, 76)


def choices(measure: Measure) -> list[ChartChoice]:
    return list(measure.chart_choices.order_by("pk"))


def shown(measure: Measure) -> computing.Charted:
    """The chart as pages get it."""
    return computing.charted(measure, numbered(measure))


def test_a_line_with_its_middle_until_ten_results_tell_something(
    measure: Measure, count: Count
) -> None:
    count(measure, STEADY[:9])
    assert choices(measure) == []
    assert shown(measure).series.chart is Chart.RUN
    assert told(measure).said == "Not enough results yet to tell."


def test_the_chart_is_chosen_for_the_time_being_and_once_for_good(
    measure: Measure, count: Count
) -> None:
    count(measure, STEADY)
    rows = [(row.chart, row.firmness, row.code, row.by) for row in choices(measure)]
    assert rows == [("p", "trial", "p", None), ("p", "established", "p", None)]
    assert [row.results for row in choices(measure)] == [10, 22]
    assert shown(measure).series.chart is Chart.P


def test_a_chart_that_is_settled_is_never_decided_anew(
    measure: Measure, count: Count, facilitator: Member
) -> None:
    count(measure, STEADY)
    before = len(choices(measure))
    point = measure.points.order_by("period").last()
    assert point is not None
    number_actions.correct_point(
        point, numerator=Decimal(199), denominator=Decimal(200), reason="Typo.", by=facilitator
    )
    assert chart_actions.choose_chart(measure) is None
    assert len(choices(measure)) == before


@pytest.mark.parametrize(
    ("kind", "values", "of", "chart", "code"),
    [
        (MeasureKind.COUNT, [v % 9 + 3 for v in STEADY[:12]], None, "c", "c"),
        (MeasureKind.RATE, [v % 9 + 3 for v in STEADY[:12]], 900, "u", "u"),
        (MeasureKind.RATE, [0, 2, 0, 1, 0, 3, 1, 0, 2, 1, 0, 2, 1, 3], 900, "run", "rare"),
        (MeasureKind.SCORE, [v / 10 for v in STEADY[:12]], None, "i", "i"),
        (MeasureKind.PROPORTION, [20, 160, 30, 150, 25, 170] * 2, 200, "pp", "pp"),
        (MeasureKind.PROPORTION, [2, 3, 1, 3, 4, 1, 3, 2, 1, 4, 3, 1, 4, 1], 10, "p", "p_small"),
    ],
)
def test_the_kind_and_the_numbers_decide_which_chart_fits(
    kind: str,
    values: list[float],
    of: int | None,
    chart: str,
    code: str,
) -> None:
    measure = Measure(kind=kind, frequency="month", direction="increase")
    size = None if of is None else Decimal(of)
    days = [date(2025 + at // 12, at % 12 + 1, 1) for at in range(len(values))]
    numbers = [
        MeasureResult(day, Decimal(str(v)), size) for day, v in zip(days, values, strict=True)
    ]
    found = chart_choice.fitting(measure, numbers)
    assert found is not None
    assert (found.chart, found.code) == (chart, code)
    assert chart_choice.why(found.code)


def test_every_code_of_a_reason_has_its_words() -> None:
    for code in chart_choice.REASONS:
        assert chart_choice.why(code)


def test_those_who_may_change_the_measure_decide_on_its_chart(
    measure: Measure, count: Count, request: pytest.FixtureRequest, facilitator: Member
) -> None:
    everyone = {"consumer", "provider", "facilitator", "administrator"}
    assert allowed(lambda member: rules.adjusting(measure, member), request) == everyone
    days = count(measure, STEADY[:3])
    made = chart_actions.adjust(
        measure, kind="exclusion", period=days[1], reason="x", by=facilitator
    )
    assert allowed(lambda member: rules.undoing(made, member), request) == everyone
    made = chart_actions.undo_adjustment(made, because="It was right.", by=facilitator)
    assert allowed(lambda member: rules.undoing(made, member), request) == set()
    measure_actions.retire(measure, by=facilitator)
    measure.refresh_from_db()
    assert allowed(lambda member: rules.adjusting(measure, member), request) == set()
    with pytest.raises(Refused):
        chart_actions.override_chart(measure, chart="run", reason="x", by=facilitator)


def test_a_person_chooses_another_chart_with_a_reason_and_it_stays(
    measure: Measure, count: Count, facilitator: Member
) -> None:
    count(measure, STEADY[:12])
    made = chart_actions.override_chart(
        measure, chart="i", ruleset="mdc", reason="Our funder reads it so.", by=facilitator
    )
    assert (made.by, made.firmness) == (facilitator, "trial")
    assert [row.chart for row in choices(measure)] == ["p", "i"]
    chart = shown(measure)
    assert (chart.series.chart, chart.rules) == (Chart.INDIVIDUAL, Rules.MAKING_DATA_COUNT)
    assert chart_actions.choose_chart(measure) is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"chart": "c"}, "chart"),
        ({"chart": "xbar"}, "chart"),
        ({"chart": "p", "ruleset": "mdc"}, "ruleset"),
        ({"ruleset": "six"}, "ruleset"),
    ],
)
def test_a_chart_that_can_not_be_is_refused_in_words(
    given: dict[str, str], field: str, measure: Measure, count: Count, facilitator: Member
) -> None:
    count(measure, STEADY[:11])
    values = {"chart": "i", "reason": "It reads well.", **given}
    before = len(choices(measure))
    with pytest.raises(ValidationError) as caught:
        chart_actions.override_chart(measure, **values, by=facilitator)
    assert set(caught.value.message_dict) == {field}
    assert len(choices(measure)) == before


def test_limits_wait_for_ten_results_that_tell_something(
    measure: Measure, count: Count, facilitator: Member
) -> None:
    count(measure, STEADY[:9])
    with pytest.raises(ValidationError, match="Limits need 10 results"):
        chart_actions.override_chart(measure, chart="p", reason="Now.", by=facilitator)
    chart_actions.override_chart(measure, chart="run", reason="Simple.", by=facilitator)


def test_days_between_events_may_not_be_zero_and_the_period_is_named(
    define: Define, count: Count, facilitator: Member
) -> None:
    measure = define(kind="score", denominator="", unit="days")
    days = count(measure, [3, 8, 5, 0, 9, 4, 7, 2, 6, 11, 5, 8], of=None)
    with pytest.raises(ValidationError) as caught:
        chart_actions.override_chart(measure, chart="t", reason="Rare.", by=facilitator)
    assert periods.named("month", days[3]) in str(caught.value)


def test_results_that_no_longer_fit_the_chart_are_on_a_plain_line(
    define: Define, count: Count, facilitator: Member
) -> None:
    measure = define(kind="score", denominator="", unit="days")
    days = count(measure, [3, 8, 5, 1, 9, 4, 7, 2, 6, 11, 5, 8], of=None)
    chart_actions.override_chart(measure, chart="t", reason="Rare.", by=facilitator)
    assert shown(measure).series.chart is Chart.T
    point = measure.points.get(period=days[0])
    number_actions.correct_point(point, numerator=Decimal(0), reason="It was 0.", by=facilitator)
    chart = shown(measure)
    assert (chart.series.chart, chart.fits) == (Chart.RUN, False)


def test_a_new_phase_has_a_middle_of_its_own_until_it_is_taken_back(
    measure: Measure, count: Count, facilitator: Member
) -> None:
    days = count(measure, [40] * 6 + [41] * 5 + [120] * 6 + [121] * 5)
    made = chart_actions.adjust(
        measure, kind="phase", period=days[11], label="New desk", reason="x", by=facilitator
    )
    chart = shown(measure)
    assert (chart.series.phases, chart.phases) == ((11,), ("New desk",))
    assert chart.analysis.center[0] != chart.analysis.center[-1]
    chart_actions.undo_adjustment(made, because="It did not stay.", by=facilitator)
    chart = shown(measure)
    assert chart.series.phases == ()
    assert [row.undone_because for row in chart.settings.adjustments] == ["It did not stay."]


def test_a_frozen_start_sets_middle_and_limits_for_all_that_follows(
    measure: Measure, count: Count, facilitator: Member
) -> None:
    days = count(measure, [*STEADY[:11], *(v + 60 for v in STEADY[:11])])
    loose = shown(measure).analysis
    chart_actions.adjust(measure, kind="baseline", period=days[10], reason="Start.", by=facilitator)
    chart = shown(measure)
    assert (chart.frozen, chart.series.freeze) == (True, 11)
    expected = sum(STEADY[:11]) / (11 * 200) * 100
    assert chart.analysis.center[-1] == pytest.approx(expected)
    assert loose.center[-1] != chart.analysis.center[-1]
    chart_actions.adjust(
        measure, kind="phase", period=days[11], label="New", reason="x", by=facilitator
    )
    chart = shown(measure)
    assert (chart.frozen, chart.series.phases) == (False, (11,))


def test_freezing_a_start_says_that_a_plan_has_one(
    active: ActionPlan, measure: Measure, count: Count, facilitator: Member, login: Login
) -> None:
    days = count(measure, STEADY)
    client, agency = login(facilitator), active.agency
    words = "A plan holds these results against a start of its own"
    assert words in client.get(at(agency, "measures:freeze", pk=measure.pk)).text
    assert words not in client.get(at(agency, "measures:new_phase", pk=measure.pk)).text
    before = told(measure)
    chart_actions.adjust(measure, kind="baseline", period=days[10], reason="x", by=facilitator)
    after = told(measure)
    assert (after.said, after.baseline) == (before.said, before.baseline)


def test_a_result_is_left_out_with_a_reason_and_stays_on_the_chart(
    measure: Measure, count: Count, facilitator: Member
) -> None:
    days = count(measure, [*STEADY[:11], 199])
    chart_actions.adjust(
        measure, kind="exclusion", period=days[11], reason="Flood.", by=facilitator
    )
    chart = shown(measure)
    assert chart.series.exclude == (11,)
    assert chart.analysis.plotted[11] == pytest.approx(99.5)
    assert (
        told(measure).said
        == "The ups and downs look like ordinary variation; nothing shows a real change."
    )
    figure = told(measure).figure()
    assert len(figure.wide.left_out) == 1
    assert figure.rows[11].note == "Left out"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"period": None}, "period"),
        ({"period": date(1999, 1, 1)}, "period"),
        ({"kind": "phase", "label": ""}, "label"),
        ({"kind": "phase", "label": "x", "period": date(1999, 1, 1)}, "period"),
        ({"kind": "baseline"}, "period"),
        ({"kind": "guess"}, "kind"),
    ],
)
def test_an_adjustment_that_can_not_be_is_refused_in_words(
    given: dict[str, object], field: str, measure: Measure, count: Count, facilitator: Member
) -> None:
    days = count(measure, STEADY[:5])
    values: dict[str, object] = {"kind": "exclusion", "period": days[2], "reason": "x", **given}
    with pytest.raises(ValidationError) as caught:
        chart_actions.adjust(measure, **values, by=facilitator)  # type: ignore[arg-type]
    assert set(caught.value.message_dict) == {field}
    assert not measure.adjustments.exists()


def test_the_same_is_not_decided_twice_and_a_start_not_frozen_under_phases(
    measure: Measure, count: Count, facilitator: Member
) -> None:
    days = count(measure, STEADY[:12])
    for kind, label in (("exclusion", ""), ("phase", "New")):
        given = {"kind": kind, "label": label, "period": days[3], "reason": "x"}
        chart_actions.adjust(measure, **given, by=facilitator)  # type: ignore[arg-type]
        with pytest.raises(ValidationError, match="so already"):
            chart_actions.adjust(measure, **given, by=facilitator)  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="has phases"):
        chart_actions.adjust(measure, kind="baseline", period=days[10], reason="x", by=facilitator)


def test_the_database_holds_what_a_choice_and_an_adjustment_are(
    measure: Measure, count: Count, facilitator: Member
) -> None:
    days = count(measure, STEADY[:12])
    made = chart_actions.adjust(
        measure, kind="exclusion", period=days[3], reason="x", by=facilitator
    )
    adjustments = Adjustment.objects.within(measure.agency).filter(pk=made.pk)
    for values in (
        {"reason": ""},
        {"kind": "other"},
        {"label": "x"},
        {"undone_on": days[4]},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            adjustments.update(**values)
    held = ChartChoice.objects.within(measure.agency).filter(measure=measure)
    for wrong in ({"chart": "s"}, {"rules": "mdc"}, {"code": ""}, {"reason": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            held.update(**wrong)


def test_the_page_says_which_chart_why_by_whom_since_when(
    measure: Measure, count: Count, facilitator: Member, agency: Agency, login: Login
) -> None:
    days = count(measure, STEADY[:12])
    client = login(facilitator)
    url, how = (at(agency, page_name(name), pk=measure.pk) for name in ("measure", "chart"))
    page = client.get(url).content.decode()
    assert "from 10 results: Shares (P chart). Each result is a share." in page
    assert "These limits are provisional: so far, 12 results tell something." in page
    chart_actions.override_chart(measure, chart="i", reason="We know it.", by=facilitator)
    made = chart_actions.adjust(
        measure, kind="exclusion", period=days[2], reason="Flood.", by=facilitator
    )
    chart_actions.undo_adjustment(made, because="No flood.", by=facilitator)
    chart_actions.adjust(
        measure, kind="phase", period=days[5], label="New desk", reason="x", by=facilitator
    )
    page = client.get(url).content.decode()
    assert f"{facilitator.display_name} chose this chart on" in page
    assert "New desk" in page
    history = client.get(how).content.decode()
    for words in ("Flood.", "No flood.", "Taken back", "A new phase from", "We know it."):
        assert words in history
    assert_budget(client, url)
    assert_budget(client, how)


def test_those_who_may_not_change_it_read_how_it_is_made_and_are_told_why_not(
    measure: Measure, count: Count, manager: Member, agency: Agency, login: Login
) -> None:
    count(measure, STEADY[:10])
    client = login(manager)
    page = client.get(at(agency, "measures:chart", pk=measure.pk)).content.decode()
    assert "Choose another chart" not in page
    for name in ("choose_chart", "new_phase", "freeze", "leave_out"):
        assert client.get(at(agency, page_name(name), pk=measure.pk)).status_code == 403
