"""Files of days and single values: merged; importing them again changes nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Member
from devtools.states import begins_at, state
from foundation.addresses import at
from foundation.models import Agency
from measures.charting import actions as chart_actions
from measures.definitions.models import Measure
from measures.importing import actions as import_actions
from measures.importing.actions import compare, likely_columns
from measures.importing.columns import Columns
from measures.importing.models import ImportDraft
from measures.numbers import actions as number_actions
from tests.cells.conftest import Define, Pages
from tests.conftest import Login
from tests.measures.test_days import FALLS, shown
from tests.measures.test_single_values import WAITS
from tests.measures.workbooks import workbook

TODAY = date(2026, 7, 15)
Bring = Callable[..., ImportDraft]


_july = begins_at("2026-07-15T12:00:00-04:00")


@state
def falls(define: Define) -> Measure:
    return define(**FALLS)


@state
def waits(define: Define) -> Measure:
    return define(**WAITS)


@pytest.fixture
def bring(provider: Member) -> Bring:
    """A draft of this file, with its guessed columns unless given."""

    def bring(measure: Measure, text: str | bytes, columns: Columns | None = None) -> ImportDraft:
        data = text if isinstance(text, bytes) else text.encode()
        draft = import_actions.upload(measure, data=data, by=provider)
        found = columns or Columns(**likely_columns(draft))
        return import_actions.choose_columns(draft, columns=found, by=provider)

    return bring


def days(measure: Measure) -> list[tuple[str, int | None]]:
    rows = measure.points.order_by("period").values_list("period", "numerator")
    return [(f"{day:%m-%d}", None if times is None else int(times)) for day, times in rows]


def values(measure: Measure) -> list[tuple[str, list[float] | None]]:
    rows = measure.points.order_by("period").values_list("period", "values")
    return [
        (f"{day:%Y-%m}", None if each is None else [float(value) for value in each])
        for day, each in rows
    ]


LOG = "date,where\n2026-03-02,hall\n2026-05-20,bath\n2026-03-02,stairs\n2026-04-11,hall\n"


def test_each_row_is_one_time_unless_a_column_says_how_many(
    falls: Measure, bring: Bring, provider: Member
) -> None:
    draft = bring(falls, LOG)
    assert Columns.of(draft.columns) == Columns(0)
    done = import_actions.import_numbers(draft, by=provider)
    assert (done.new, done.wrong) == (3, 0)
    assert days(falls) == [("03-02", 2), ("04-11", 1), ("05-20", 1)]


def test_the_same_log_once_more_changes_nothing(
    falls: Measure, bring: Bring, provider: Member
) -> None:
    import_actions.import_numbers(bring(falls, LOG), by=provider)
    found = compare(bring(falls, LOG), TODAY)
    assert (found.new, found.changed, found.same) == ([], [], 3)


def test_a_column_of_counts_is_found_by_its_name_and_zeros_are_no_times(
    falls: Measure, bring: Bring, provider: Member
) -> None:
    text = "day,room,how many\n2026-03-02,4,1\n2026-03-03,2,0\n2026-03-05,1,3\n"
    draft = bring(falls, text)
    assert Columns.of(draft.columns) == Columns(0, 2)
    found = compare(draft, TODAY)
    assert (len(found.new), found.nothing) == (2, 1)
    import_actions.import_numbers(draft, by=provider)
    assert days(falls) == [("03-02", 1), ("03-05", 3)]
    assert likely_columns(import_actions.upload(falls, data=text.encode(), by=provider)) == (
        Columns(0, 2).stored()
    )


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2026-07-16,1", "July 16, 2026 is still to come."),
        ("2026-03-09,", "Write how many times it happened on that day"),
        ("2026-03-09,1.5", "Use a whole number here."),
        ("2026-03-09,-1", "A number can't be less than 0."),
        ("2026-03-09,many", "“many” is not a number."),
        ("2026-03-09,21", "More than 20 on one day is not rare."),
        ("someday,1", "“someday” is not a date"),
    ],
)
def test_a_wrong_day_says_in_which_row_and_how_to_mend_it(
    row: str, why: str, falls: Measure, bring: Bring, provider: Member
) -> None:
    draft = bring(falls, f"day,times\n2026-03-02,1\n2026-03-03,1\n2026-03-04,1\n{row}\n")
    found = compare(draft, TODAY)
    assert [(each.row, each.index) for each in found.wrong] == [(5, 3)]
    assert found.wrong[0].why.startswith(why)
    with pytest.raises(ValidationError):
        import_actions.import_numbers(draft, by=provider)
    assert not falls.points.exists()


def test_a_file_brings_a_day_back_only_with_a_reason(
    falls: Measure, bring: Bring, provider: Member
) -> None:
    import_actions.import_numbers(bring(falls, LOG), by=provider)
    point = falls.points.get(period=date(2026, 4, 11))
    number_actions.correct_point(point, reason="Another house", by=provider)
    found = compare(bring(falls, LOG), TODAY)
    assert [each.parsed.period for each in found.changed] == [date(2026, 4, 11)]
    import_actions.import_numbers(
        bring(falls, LOG), correct=True, reason="It was here", by=provider
    )
    assert days(falls)[1] == ("04-11", 1)


def test_the_pages_of_an_import_of_days(
    falls: Measure, agency: Agency, provider: Member, login: Login
) -> None:
    pages = Pages(login(provider), agency, falls)
    text = pages.client.get(at(agency, "measures:upload", pk=falls.pk)).content.decode()
    assert "One row for each time, with its date." in text
    columns = pages.upload(LOG.encode())["Location"]
    page = pages.client.get(columns).content.decode()
    assert "None: each row is one time" in page
    preview = pages.send(columns, period="0", numerator="", only="")["Location"]
    assert "3 new numbers" in pages.client.get(preview).content.decode()
    assert pages.send(preview)["Location"] == at(agency, "measures:measure", pk=falls.pk)
    given = pages.client.get(at(agency, "measures:numbers", pk=falls.pk)).content
    again = pages.upload(given)["Location"]
    preview = pages.send(again, period="0", numerator="1")["Location"]
    assert "There is nothing new in this file." in pages.client.get(preview).content.decode()
    to_fill_in = pages.client.get(at(agency, "measures:template", pk=falls.pk)).content.decode()
    assert to_fill_in.split() == ["day,times"]


LONG = "when,wait\n2026-05-03,9\n2026-06-11,4\n2026-05-20,4.5\n2026-06-01,\n2026-05-03,12\n"
WIDE = "month;waits\n2026-05;12 4.5, 9\n2026-06;4\n"


@pytest.mark.parametrize("text", [LONG, WIDE])
def test_values_come_one_a_row_or_all_in_one_cell(
    text: str, waits: Measure, bring: Bring, provider: Member
) -> None:
    done = import_actions.import_numbers(bring(waits, text), by=provider)
    assert (done.new, done.wrong) == (2, 0)
    assert values(waits) == [("2026-05", [4.5, 9.0, 12.0]), ("2026-06", [4.0])]
    assert waits.points.get(period=date(2026, 5, 1)).numerator == Decimal("8.5")
    for again in (LONG, WIDE):
        found = compare(bring(waits, again), TODAY)
        assert (found.new, found.changed, found.same) == ([], [], 2)


def test_values_come_from_a_workbook(waits: Measure, bring: Bring, provider: Member) -> None:
    rows = [["month", "waits"], [date(2026, 5, 3), 9], [date(2026, 5, 4), "4.5 12"]]
    import_actions.import_numbers(bring(waits, workbook({"Waits": rows})), by=provider)
    assert values(waits) == [("2026-05", [4.5, 9.0, 12.0])]


def test_a_period_whose_rows_are_all_empty_has_no_values(
    waits: Measure, bring: Bring, provider: Member
) -> None:
    text = "month,waits\n2026-04,3\n2026-05,\n2026-05,*\n"
    import_actions.import_numbers(bring(waits, text), by=provider)
    assert values(waits) == [("2026-04", [3.0]), ("2026-05", None)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('"3, ten, 5"', "“ten” is not a number. Write only numbers."),
        ("1e3", "“1e3” is not a number."),
        ('"1,200 4"', "“1,200” could be one number or more."),
        ("-3", "“-3”: A number can't be less than 0."),
        ("=A1+3", "This is a formula"),
        (" ".join(["1"] * 2500), "There is too much in one cell."),
        (" ".join(["1"] * 201), "There are more than 200 values."),
    ],
)
def test_a_wrong_cell_of_values_says_why(
    text: str, why: str, waits: Measure, bring: Bring, provider: Member
) -> None:
    draft = bring(waits, f"month,waits\n2026-03,3\n2026-04,4\n2026-05,{text}\n", Columns(0, 1))
    found = compare(draft, TODAY)
    assert [each.row for each in found.wrong] == [4]
    assert found.wrong[0].why.startswith(why)
    done = import_actions.import_numbers(draft, leave_out_wrong=True, by=provider)
    assert (done.new, done.wrong) == (2, 1)


def test_values_of_a_file_are_held_against_what_is_expected(
    define: Define, bring: Bring, provider: Member
) -> None:
    waits = define(**WAITS, highest=Decimal(60))
    draft = bring(waits, "month,waits\n2026-05,3\n2026-05,400\n2026-06,4\n")
    found = compare(draft, TODAY)
    assert [each.period for each in found.unlikely] == [date(2026, 5, 1)]
    with pytest.raises(ValidationError):
        import_actions.import_numbers(draft, by=provider)
    import_actions.import_numbers(draft, unlikely="confirm", by=provider)
    assert waits.points.get(period=date(2026, 5, 1)).confirmed_by == provider


def test_a_column_of_people_is_refused_beside_values_too(waits: Measure, provider: Member) -> None:
    text = "month,name,wait\n2026-05,Ann Lee,4\n"
    with pytest.raises(ValidationError) as caught:
        import_actions.upload(waits, data=text.encode(), by=provider)
    assert "looks like names of people" in caught.value.message_dict["file"][0]


def test_more_values_change_the_period_with_a_reason(
    waits: Measure, bring: Bring, provider: Member
) -> None:
    import_actions.import_numbers(bring(waits, WIDE), by=provider)
    more = bring(waits, "month,waits\n2026-06,4\n2026-06,6\n")
    assert len(compare(more, TODAY).changed) == 1
    import_actions.import_numbers(more, correct=True, reason="One came later", by=provider)
    point = waits.points.get(period=date(2026, 6, 1))
    assert (values(waits)[1], point.version, point.history.count()) == (
        ("2026-06", [4.0, 6.0]),
        2,
        2,
    )


@pytest.mark.parametrize("text", ["n/a", "<1", "-"])
def test_a_cell_that_holds_no_value_may_be_left_empty(
    text: str, waits: Measure, bring: Bring
) -> None:
    draft = bring(waits, f"day,wait\n2026-06-01,3\n2026-06-02,{text}\n", Columns(0, 1))
    (wrong,) = compare(draft, TODAY).wrong
    assert wrong.why == f"“{text}” is not a number. Write only digits, or leave it empty."


def test_a_formula_with_commas_is_still_called_one(waits: Measure, bring: Bring) -> None:
    draft = bring(waits, 'day,wait\n2026-06-01,3\n2026-06-02,"=MAX(A1,B1)"\n', Columns(0, 1))
    (wrong,) = compare(draft, TODAY).wrong
    assert wrong.why.startswith("This is a formula")


def test_the_pages_of_an_import_of_values(
    waits: Measure, agency: Agency, provider: Member, login: Login
) -> None:
    pages = Pages(login(provider), agency, waits)
    text = pages.client.get(at(agency, "measures:upload", pk=waits.pk)).content.decode()
    assert "One row for each value, with its date." in text
    columns = pages.upload(LONG.encode())["Location"]
    preview = pages.send(columns, period="0", numerator="1")["Location"]
    page = pages.client.get(preview).content.decode()
    assert 'May 2026: <span class="app-number">3 values, average 8.5</span>' in page
    assert pages.send(preview)["Location"] == at(agency, "measures:measure", pk=waits.pk)
    given = pages.client.get(at(agency, "measures:numbers", pk=waits.pk)).content
    again = pages.upload(given)["Location"]
    preview = pages.send(again, period="0", numerator="1", only="")["Location"]
    assert "There is nothing new in this file." in pages.client.get(preview).content.decode()


def test_a_big_file_of_values_is_asked_for_and_carried_out_by_the_job(
    waits: Measure, agency: Agency, bring: Bring, provider: Member
) -> None:
    rows = [f"2026-{at % 6 + 1:02}-{at % 28 + 1:02},{at % 17}" for at in range(1200)]
    draft = bring(waits, "\n".join(["when,wait", *rows]))
    told: list[int] = []
    import_actions.ask_for_import(draft, by=provider)
    done = import_actions.carry_out(agency, draft.pk, tell=told.append)
    assert done is not None
    assert (done.new, waits.points.count()) == (6, 6)
    assert sum(len(each or []) for _month, each in values(waits)) == 1200
    assert told == sorted(told)


def test_a_frozen_start_of_days_keeps_its_lines_when_it_is_charted_no_longer(
    falls: Measure, bring: Bring, provider: Member, facilitator: Member
) -> None:
    """Some days have two falls, including those where the chart is cut off."""
    first = date(2024, 1, 5)
    happened = [
        first + timedelta(days=at * 3 + at % 2) for at in range(300) for _time in range(1 + at % 2)
    ]

    def lines_after(count: int) -> tuple[float | None, ...]:
        some = [day for day in happened if day < first + timedelta(days=count * 3)]
        draft = bring(falls, "\n".join(["day", *(day.isoformat() for day in some)]))
        import_actions.import_numbers(draft, by=provider)
        if count == 40:
            through = some[-1]
            chart_actions.override_chart(falls, chart="g", reason="Two a day", by=facilitator)
            chart_actions.adjust(
                falls, kind="baseline", period=through, reason="The start", by=facilitator
            )
        chart = shown(falls)
        assert chart.frozen
        analysis = chart.analysis
        return analysis.center[-1], analysis.lower[-1], analysis.upper[-1]

    lines = lines_after(40)
    assert all(lines_after(count) == lines for count in (200, 245, 260, 279, 281, 300))


def test_a_frozen_start_of_values_keeps_its_lines_when_it_is_charted_no_longer(
    define: Define, bring: Bring, provider: Member, facilitator: Member
) -> None:
    waits = define(**{**WAITS, "frequency": "day"})
    first = date(2025, 9, 1)

    def lines_after(count: int) -> set[tuple[float | None, ...]]:
        rows = [f"{first + timedelta(days=at)},{at % 5} {at % 7 + 2} 4.5" for at in range(count)]
        import_actions.import_numbers(bring(waits, "\n".join(["day,waits", *rows])), by=provider)
        if count == 40:
            chart_actions.adjust(
                waits,
                kind="baseline",
                period=first + timedelta(days=39),
                reason="The start",
                by=facilitator,
            )
        chart = shown(waits)
        assert chart.companion is not None
        return {
            (analysis.center[-1], analysis.lower[-1], analysis.upper[-1])
            for analysis in (chart.analysis, chart.companion.analysis)
        }

    lines = lines_after(40)
    assert len(lines) == 2
    assert all(lines_after(count) == lines for count in (260, 279, 290))
