"""Decisions on a file: its columns, implausible numbers, left-out rows, its owner."""

import csv
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Member
from devtools.states import begins_at
from foundation.addresses import at
from foundation.models import Agency
from foundation.spreadsheets import safe
from measures.definitions import actions as measure_actions
from measures.definitions.models import Measure
from measures.importing import actions as import_actions
from measures.importing.actions import Imported, compare, forget, likely_columns
from measures.importing.columns import Columns
from measures.numbers import actions as number_actions
from privacy.holds import actions as holds
from privacy.holds.models import HoldScope
from tests.cells.addresses import page_name
from tests.cells.conftest import Bring, Pages
from tests.conftest import Login
from tests.measures.test_imports import WRONG, numbers
from tests.measures.workbooks import workbook

_july = begins_at("2026-07-15T12:00:00-04:00")


OUTSIDE = b"month,seen,all\n2026-01,3,4\n2026-02,1,10\n2026-03,10,10\n"


@pytest.fixture
def expected(measure: Measure, facilitator: Member) -> Measure:
    """The measure, with a plausible range of 20% to 90%."""
    return measure_actions.redefine(
        measure, lowest=Decimal(20), highest=Decimal(90), by=facilitator
    )


def test_numbers_that_are_not_expected_are_listed_with_their_reason(
    expected: Measure, bring: Bring
) -> None:
    found = compare(bring(OUTSIDE, into=expected), date(2026, 7, 15))
    assert [(each.row, each.unlikely) for each in found.unlikely] == [
        (3, "10% is less than the least that is expected (20%)."),
        (4, "100% is more than the most that is expected (90%)."),
    ]


def test_numbers_that_are_not_expected_stop_an_import_until_somebody_decides(
    expected: Measure, bring: Bring, provider: Member
) -> None:
    draft = bring(OUTSIDE, into=expected)
    with pytest.raises(ValidationError) as caught:
        import_actions.import_numbers(draft, by=provider)
    assert set(caught.value.message_dict) == {"unlikely"}
    assert numbers(expected) == []
    done = import_actions.import_numbers(draft, unlikely="confirm", by=provider)
    assert done == Imported(new=3, corrected=0, same=0, wrong=0)
    rows = expected.points.order_by("period").values_list("confirmed_by", flat=True)
    assert list(rows) == [None, provider.pk, provider.pk]
    assert compare(bring(OUTSIDE, into=expected), date(2026, 7, 15)).unlikely == []


def test_numbers_that_are_not_expected_can_be_left_out(
    expected: Measure, bring: Bring, provider: Member
) -> None:
    draft = bring(OUTSIDE, into=expected)
    done = import_actions.import_numbers(draft, unlikely="leave", by=provider)
    assert done == Imported(new=1, corrected=0, same=0, wrong=2)
    draft.refresh_from_db()
    assert [row[0] for row in draft.left_out] == [3, 4]
    assert draft.left_out[0][2:] == ["2026-02", "1", "10"]
    assert [period.month for period, *_ in numbers(expected)] == [1]


def test_leaving_out_all_that_there_is_saves_nothing(
    expected: Measure, bring: Bring, provider: Member
) -> None:
    draft = bring(b"month,seen,all\n2026-02,1,10\n", into=expected)
    with pytest.raises(ValidationError, match="nothing would be saved"):
        import_actions.import_numbers(draft, unlikely="leave", by=provider)


def test_a_changed_number_that_is_kept_need_not_be_confirmed(
    expected: Measure, bring: Bring, provider: Member
) -> None:
    import_actions.import_numbers(
        bring(b"month,seen,all\n2026-02,5,10\n", into=expected), by=provider
    )
    draft = bring(OUTSIDE[:-15], into=expected)
    assert len(compare(draft, date(2026, 7, 15)).changed) == 1
    assert import_actions.import_numbers(draft, by=provider).new == 1
    again = bring(OUTSIDE[:-15], into=expected)
    with pytest.raises(ValidationError) as caught:
        import_actions.import_numbers(again, correct=True, reason="Recount.", by=provider)
    assert set(caught.value.message_dict) == {"unlikely"}
    import_actions.import_numbers(
        again, correct=True, reason="Recount.", unlikely="confirm", by=provider
    )
    point = expected.points.get(period=date(2026, 2, 1))
    assert (point.numerator, point.confirmed_by, point.version) == (Decimal(1), provider, 2)


def test_the_columns_of_the_last_file_are_remembered_by_their_names(
    bring: Bring, measure: Measure, provider: Member
) -> None:
    first = b"month,all,seen,site\n2026-01,4,3,North\n2026-01,9,8,South\n"
    draft = bring(first, Columns(0, 2, 1, where=3, only="South"))
    import_actions.import_numbers(draft, by=provider)
    moved = b"Site,Seen,ALL,Month\nSouth,2,9,2026-02\nNorth,1,4,2026-02\n"
    again = import_actions.upload(measure, data=moved, by=provider)
    assert likely_columns(again) == Columns(3, 1, 2, where=0, only="South").stored()
    other = import_actions.upload(measure, data=b"when,n,of\n2026-02,1,4\n", by=provider)
    assert likely_columns(other) == {"period": 0, "numerator": 1, "denominator": 2}


def test_the_remembered_rows_are_chosen_on_the_page(
    bring: Bring, pages: Pages, provider: Member
) -> None:
    text = b"month,seen,all,site\n2026-01,3,4,North\n2026-01,8,9,South\n"
    import_actions.import_numbers(bring(text, Columns(0, 1, 2, where=3, only="South")), by=provider)
    page = pages.client.get(pages.upload(text.replace(b"-01,", b"-02,"))["Location"])
    form = page.context["form"]
    assert form.picks[form["only"].value()] == (3, "South")


def test_a_file_of_the_portal_itself_needs_no_guess(measure: Measure, provider: Member) -> None:
    data = b"period,numerator,denominator,result,came on\n2026-01-01,3,4,75,2026-02-01\n"
    draft = import_actions.upload(measure, data=data, by=provider)
    assert likely_columns(draft) == {"period": 0, "numerator": 1, "denominator": 2}


def test_a_file_to_fill_in_has_the_periods_that_lack_a_number(
    pages: Pages, measure: Measure, bring: Bring, provider: Member
) -> None:
    number_actions.record_point(measure, period=date(2026, 5, 1), numerator=None, by=provider)
    answer = pages.client.get(at(pages.agency, "measures:template", pk=measure.pk))
    lines = answer.content.decode().splitlines()
    assert lines[0] == "period,numerator,denominator"
    assert lines[-2:] == ["2026-04-01,,", "2026-06-01,,"]
    filled = answer.content.replace(b"2026-06-01,,", b"2026-06-01,3,4")
    found = compare(bring(filled), date(2026, 7, 15))
    assert (found.wrong, len(found.new)) == ([], len(lines) - 1)


def test_rows_that_can_not_be_saved_are_given_out_with_the_reason(
    pages: Pages, bring: Bring, agency: Agency
) -> None:
    draft = bring(b"month,=seen,all\n2026-01,3,4\n2026-02,=1+1,4\n2026-03,-1,4\n")
    answer = pages.client.get(at(agency, "measures:left_out", pk=draft.pk))
    assert answer["Content-Disposition"].startswith("attachment")
    lines = list(csv.reader(answer.content.decode().splitlines()))
    assert lines[0] == ["row", "what is wrong", "month", "'=seen", "all"]
    assert [line[0] for line in lines[1:]] == ["3", "4"]
    assert lines[1][3] == "'=1+1"
    assert lines[2][1:] == ["A number can't be less than 0.", "2026-03", "-1", "4"]


@pytest.mark.parametrize("text", ["=1", "+a", "-a", "@a", "\t=1", "\r=1", "\uff1d1"])
def test_no_spreadsheet_takes_text_of_ours_for_a_formula(text: str) -> None:
    assert safe(text) == f"'{text}"
    assert safe("plain") == "plain"
    assert safe("-3.5") == "-3.5"


@pytest.mark.parametrize("page", ["sheets", "columns", "import", "left_out", "importing"])
def test_files_of_others_are_refused_and_those_of_other_agencies_not_there(
    page: str,
    bring: Bring,
    agency: Agency,
    facilitator: Member,
    outsider: Member,
    login: Login,
) -> None:
    draft = bring()
    url = at(agency, page_name(page), pk=draft.pk)
    assert login(facilitator).get(url).status_code == 403
    assert login(outsider).get(url).status_code == 404


def test_pages_of_an_import_lead_to_the_step_that_is_missing(
    pages: Pages, measure: Measure, provider: Member, agency: Agency
) -> None:
    rows = [["month", "seen", "all"], ["2026-01", 1, 2]]
    draft = import_actions.upload(measure, data=workbook({"A": rows, "B": rows}), by=provider)
    address = {name: at(agency, page_name(name), pk=draft.pk) for name in ("sheets", "columns")}
    checking = at(agency, "measures:import", pk=draft.pk)
    assert pages.client.get(checking)["Location"] == address["columns"]
    assert pages.client.get(address["columns"])["Location"] == address["sheets"]
    shown = pages.client.get(address["sheets"]).content.decode()
    assert "1 row" in shown
    assert pages.send(address["sheets"], sheet="1")["Location"] == address["columns"]
    assert "Sheet: B" in pages.client.get(address["columns"]).content.decode()


def test_rows_that_were_left_out_are_forgotten_after_a_day(
    bring: Bring, measure: Measure, provider: Member
) -> None:
    draft = bring(WRONG)
    import_actions.import_numbers(draft, leave_out_wrong=True, by=provider)
    forget(measure.agency, timezone.now())
    draft.refresh_from_db()
    assert len(draft.left_out) == 8
    forget(measure.agency, timezone.now() + timedelta(days=2))
    draft.refresh_from_db()
    assert draft.left_out == []


@pytest.mark.parametrize("scope", list(HoldScope))
def test_a_legal_hold_keeps_files_and_rows_that_were_left_out(
    scope: HoldScope, bring: Bring, measure: Measure, provider: Member, administrator: Member
) -> None:
    used = bring(WRONG)
    import_actions.import_numbers(used, leave_out_wrong=True, by=provider)
    idle = bring(OUTSIDE)
    of = {
        HoldScope.PERSON: {"member": idle.uploaded_by},
        HoldScope.GROUP: {"group": measure.owner},
        HoldScope.PERIOD: {"first": measure.agency.today()},
    }
    hold = holds.hold(scope=scope, **of[scope], reason="A lawsuit", by=administrator)  # type: ignore[arg-type]
    later = timezone.now() + timedelta(days=2)
    forget(measure.agency, later)
    used.refresh_from_db()
    idle.refresh_from_db()
    assert len(used.left_out) == 8
    holds.end(hold, reason="It was dropped", by=administrator)
    forget(measure.agency, later)
    used.refresh_from_db()
    assert used.left_out == []
    assert not type(idle).objects.within(measure.agency).filter(pk=idle.pk).exists()
