"""Numbers from a file: previewed, all or none; the same file twice changes nothing."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import Member
from charts import analyze
from devtools.states import begins_at
from foundation.addresses import at
from foundation.models import Agency, Event
from foundation.refusals import Refused
from measures.charting import computing
from measures.charting.reading import Numbers
from measures.definitions.models import Measure
from measures.importing import actions
from measures.importing.actions import Imported, compare
from measures.importing.columns import Columns
from measures.importing.models import ImportDraft
from measures.numbers import results
from measures.numbers.models import DataPoint
from tests.cells.conftest import PLAIN, THREE, Bring, Define, Pages
from tests.conftest import Login

REAL = Path(__file__).resolve().parents[3] / "shared/data/eip-started-within-2-weeks.csv"
needs_real = pytest.mark.skipif(
    not REAL.exists(), reason=f"reads a real series from {REAL.parent}, which is not here"
)


_july = begins_at("2026-07-15T12:00:00-04:00")


def numbers(measure: Measure) -> list[tuple[date, Decimal | None, Decimal | None]]:
    rows = DataPoint.objects.within(measure.agency).filter(measure=measure).in_time_order()
    return list(rows.values_list("period", "numerator", "denominator"))


def test_a_file_is_imported_with_what_is_missing(
    bring: Bring, measure: Measure, provider: Member
) -> None:
    done = actions.import_numbers(bring(), by=provider)
    assert done == Imported(new=3, corrected=0, same=0, wrong=0)
    assert numbers(measure) == [
        (date(2026, 1, 1), Decimal(3), Decimal(4)),
        (date(2026, 2, 1), Decimal(5), Decimal(10)),
        (date(2026, 3, 1), None, None),
    ]
    event = Event.objects.within(measure.agency).get(name="datapoint.recorded")
    assert event.data == {"group": measure.owner_id, "count": 3}
    assert [point.history.count() for point in measure.points.all()] == [1, 1, 1]


def test_the_same_file_once_more_changes_nothing(
    bring: Bring, measure: Measure, provider: Member
) -> None:
    actions.import_numbers(bring(), by=provider)
    before = numbers(measure)
    again = bring()
    found = compare(again, date(2026, 7, 15))
    assert (found.new, found.changed, found.same, found.wrong) == ([], [], 3, [])
    with pytest.raises(ValidationError, match="nothing new"):
        actions.import_numbers(again, by=provider)
    assert numbers(measure) == before


def test_a_longer_file_adds_only_what_is_new(
    bring: Bring, measure: Measure, provider: Member
) -> None:
    actions.import_numbers(bring(), by=provider)
    done = actions.import_numbers(bring(THREE + b"2026-04-01,1,2\n"), by=provider)
    assert done == Imported(new=1, corrected=0, same=3, wrong=0)


def test_other_numbers_are_corrected_only_on_purpose_and_with_a_reason(
    bring: Bring, measure: Measure, provider: Member
) -> None:
    actions.import_numbers(bring(), by=provider)
    changed = THREE.replace(b"3,4", b"2,4") + b"2026-04-01,1,2\n"
    kept = actions.import_numbers(bring(changed), by=provider)
    assert kept == Imported(new=1, corrected=0, same=3, wrong=0)
    with pytest.raises(ValidationError) as caught:
        actions.import_numbers(bring(changed), correct=True, by=provider)
    assert set(caught.value.message_dict) == {"reason"}
    done = actions.import_numbers(bring(changed), correct=True, reason="Recount.", by=provider)
    assert done == Imported(new=0, corrected=1, same=3, wrong=0)
    point = measure.points.get(period=date(2026, 1, 1))
    assert (point.numerator, point.reason, point.version) == (Decimal(2), "Recount.", 2)
    assert list(point.history.order_by("history_id").values_list("numerator", flat=True)) == [3, 2]


WRONG = b"""month,seen,all
2026-01-01,3,4
31/2/2026,3,4
,3,4
2026-02-01,five,10
2026-03-01,11,10
2026-04-01,-1,10
2026-01-15,3,4
2027-01-01,3,4
2026-05-01,1.5,4
2026-06-01,4,
"""
WHY = [
    (3, "“31/2/2026” is not a date that we can read. Write it like 2026-03-31 or 3/31/2026."),
    (4, "The date is missing. Write the day or the month, like 2026-03."),
    (5, "“five” is not a number. Write only digits, or leave it empty."),
    (6, "11 out of 10 can't be: the first is bigger. Check both."),
    (7, "A number can't be less than 0."),
    (8, "January 2026 is there twice; it is also in row 2. Keep one of the two rows."),
    (9, "The numbers for January 2027 can be written down once it is over."),
    (10, "Use a whole number here."),
]


def test_each_wrong_row_says_why_in_plain_words(bring: Bring) -> None:
    found = compare(bring(WRONG), date(2026, 7, 15))
    assert [(wrong.row, wrong.why) for wrong in found.wrong] == WHY
    assert [parsed.period.month for parsed in found.new] == [1, 6]
    assert found.missing == 1


def test_wrong_rows_stop_the_import_unless_they_are_left_out(
    bring: Bring, measure: Measure, provider: Member
) -> None:
    draft = bring(WRONG)
    with pytest.raises(ValidationError) as caught:
        actions.import_numbers(draft, by=provider)
    assert set(caught.value.message_dict) == {"leave_out_wrong"}
    assert numbers(measure) == []
    done = actions.import_numbers(draft, leave_out_wrong=True, by=provider)
    assert done == Imported(new=2, corrected=0, same=0, wrong=8)


def test_a_draft_is_used_once_and_emptied(bring: Bring, provider: Member) -> None:
    draft = bring()
    actions.import_numbers(draft, by=provider)
    draft.refresh_from_db()
    assert draft.rows == []
    with pytest.raises(Refused, match="has been imported"):
        actions.import_numbers(draft, by=provider)


def test_only_who_brought_a_file_imports_it(bring: Bring, facilitator: Member) -> None:
    with pytest.raises(Refused, match="Only the person who brought"):
        actions.import_numbers(bring(), by=facilitator)


def test_a_file_that_tells_of_people_leaves_nothing_behind(
    measure: Measure, provider: Member
) -> None:
    with pytest.raises(ValidationError, match="looks like names of people"):
        actions.upload(measure, data=b"month,client name,seen\n2026-01,Rosa Diaz,1\n", by=provider)
    assert not ImportDraft.objects.within(measure.agency).exists()


@pytest.mark.parametrize(
    ("field", "columns"),
    [
        ("period", Columns(9, 1, 2)),
        ("numerator", Columns(0, -1, 2)),
        ("denominator", Columns(0, 1)),
        ("numerator", Columns(0, 1, 1)),
        ("only", Columns(0, 1, 2, where=9, only="x")),
    ],
)
def test_columns_that_are_not_there_are_refused(field: str, columns: Columns, bring: Bring) -> None:
    with pytest.raises(ValidationError) as caught:
        bring(columns=columns)
    assert set(caught.value.message_dict) == {field}


def test_five_thousand_rows_are_imported_at_once(
    define: Define, bring: Bring, provider: Member
) -> None:
    measure = define(kind="count", denominator="", frequency="day")
    first = date(2012, 1, 1).toordinal()
    rows = "".join(f"{date.fromordinal(first + n)},{n % 50}\n" for n in range(5_200))
    draft = bring(f"day,calls\n{rows}".encode(), Columns(0, 1), into=measure)
    done = actions.import_numbers(draft, by=provider)
    assert done.new == 5_200
    assert measure.points.count() == 5_200


@needs_real
@pytest.mark.parametrize(
    ("provider_name", "median", "longest", "crossings", "signal"),
    [
        ("Lancashire Care NHS Foundation Trust", 64.36, 19, 7, True),
        ("East London NHS Foundation Trust", 89.53, 6, 22, False),
    ],
)
def test_a_real_series_is_picked_from_a_file_of_several_and_charted(
    provider_name: str,
    median: float,
    longest: int,
    crossings: int,
    signal: bool,
    bring: Bring,
    measure: Measure,
    provider: Member,
) -> None:
    picked = Columns(0, 2, 3, where=1, only=provider_name)
    draft = bring(REAL.read_bytes(), picked)
    found = compare(draft, date(2026, 7, 15))
    assert found.wrong == []
    assert found.others > 200
    actions.import_numbers(draft, by=provider)
    points = list(DataPoint.objects.within(measure.agency).filter(measure=measure).in_time_order())
    series = computing.series(measure, Numbers(results.of_points(measure, points)))
    part = analyze(series).parts[-1]
    center = analyze(series).center[0]
    assert center is not None
    assert round(center, 2) == median
    assert (part.longest_run, part.crossings, part.signal) == (longest, crossings, signal)


@needs_real
def test_all_providers_of_the_real_file_without_picking_one_are_refused_as_doubles(
    bring: Bring,
) -> None:
    found = compare(bring(REAL.read_bytes(), Columns(0, 2, 3)), date(2026, 7, 15))
    assert all("is there twice" in wrong.why for wrong in found.wrong)
    assert len(found.wrong) > 200


def test_a_person_brings_a_file_in_over_three_pages(pages: Pages, measure: Measure) -> None:
    columns = pages.upload(WRONG)
    assert columns.status_code == 302
    shown = pages.client.get(columns["Location"])
    assert b"2026-01-01" in shown.content
    preview = pages.send(columns["Location"], period=0, numerator=1, denominator=2)
    assert preview.status_code == 302
    text = pages.client.get(preview["Location"]).content.decode()
    assert "Row 6: 11 out of 10 can&#x27;t be: the first is bigger. Check both." in text
    refused = pages.send(preview["Location"])
    assert refused.status_code == 422
    assert numbers(measure) == []
    done = pages.send(preview["Location"], leave_out_wrong="leave")
    assert "8 rows were left out" in pages.client.get(done["Location"]).content.decode()
    assert len(numbers(measure)) == 2
    assert pages.client.get(preview["Location"]).status_code == 403


def test_a_file_without_a_good_row_is_not_said_to_be_old(pages: Pages) -> None:
    columns = pages.upload(b"month,seen,all\n46023,3,4\nTotal,3,4\n")["Location"]
    preview = pages.send(columns, period=0, numerator=1, denominator=2, only="")["Location"]
    text = pages.client.get(preview).content.decode()
    assert "Nothing in this file can be saved as it is." in text
    assert "There is nothing new" not in text


def test_of_one_period_it_is_not_said_from_when_to_when(pages: Pages) -> None:
    columns = pages.upload(b"month,seen,all\n2026-01,3,4\n")["Location"]
    preview = pages.send(columns, period=0, numerator=1, denominator=2)["Location"]
    counts = pages.client.get(preview).context["page"].counts
    assert counts[0] == "1 new number, January 2026"


def test_a_file_of_several_sites_is_narrowed_to_one(pages: Pages, measure: Measure) -> None:
    data = b"month,site,seen,all\n2026-01,North,1,2\n2026-01,South,3,4\n2026-02,South,3,5\n"
    columns = pages.upload(data)["Location"]
    form = pages.client.get(columns).context["form"]
    south = next(key for key, picked in form.picks.items() if picked == (1, "South"))
    preview = pages.send(columns, period=0, numerator=2, denominator=3, only=south)["Location"]
    pages.send(preview)
    assert [str(pair[1]) for pair in numbers(measure)] == ["3.0000", "3.0000"]
    assert [str(pair[2]) for pair in numbers(measure)] == ["4.0000", "5.0000"]


@pytest.mark.parametrize("data", [b"", b"month,mrn\n2026-01,7\n", b"PK\x03\x04", b"month,seen\n"])
def test_a_file_that_can_not_be_used_is_refused_on_the_page(
    data: bytes, pages: Pages, agency: Agency
) -> None:
    answer = pages.upload(data)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"file"}
    assert not ImportDraft.objects.within(agency).exists()


def test_the_file_that_a_measure_gives_out_can_be_brought_in_again(
    pages: Pages, measure: Measure, bring: Bring, provider: Member
) -> None:
    actions.import_numbers(bring(), by=provider)
    given = pages.client.get(at(pages.agency, "measures:numbers", pk=measure.pk))
    assert given["Content-Type"] == "text/csv; charset=utf-8"
    draft = bring(given.content, PLAIN)
    found = compare(draft, date(2026, 7, 15))
    assert (found.new, found.changed, found.same, found.wrong) == ([], [], 3, [])


def test_of_a_very_long_series_the_latest_periods_are_charted(
    define: Define, bring: Bring, provider: Member, login: Login, agency: Agency
) -> None:
    measure = define(kind="count", denominator="", frequency="day")
    first = date(2024, 1, 1).toordinal()
    rows = "".join(f"{date.fromordinal(first + n)},{n % 50}\n" for n in range(700))
    actions.import_numbers(
        bring(f"day,calls\n{rows}".encode(), Columns(0, 1), into=measure), by=provider
    )
    client = login(provider)
    shown = client.get(at(agency, "measures:measure", pk=measure.pk)).content.decode()
    assert "The chart shows the latest 240 numbers." in shown
    assert "November 30, 2025" in shown
    given = client.get(at(agency, "measures:numbers", pk=measure.pk)).content.decode()
    assert len(given.splitlines()) == 701


def test_files_that_nobody_went_on_with_are_forgotten(
    define: Define, bring: Bring, measure: Measure, facilitator: Member
) -> None:
    left = bring()
    with time_machine.travel("2026-07-17T12:00:00-04:00"):
        actions.upload(define(name="Another"), data=THREE, by=facilitator)
    assert not ImportDraft.objects.within(measure.agency).filter(pk=left.pk).exists()
