"""The page of an import, from what was found in the file; no database."""

from datetime import date
from decimal import Decimal

import pytest

from foundation.models import Agency
from measures.definitions.models import Measure
from measures.importing.models import ImportDraft
from measures.importing.presenting import SHOWN, import_page
from measures.importing.preview import ChangedRow, Parsed, Preview, Wrong
from measures.numbers.models import DataPoint


@pytest.fixture
def draft() -> ImportDraft:
    agency = Agency(pk=1, slug="house", name="House")
    measure = Measure(pk=2, agency=agency, kind="count", frequency="month", name="Calls")
    return ImportDraft(pk=3, agency=agency, measure=measure)


def number(row: int, month: int, value: int | None, why: str = "") -> Parsed:
    exact = None if value is None else Decimal(value)
    return Parsed(row, date(2026, month, 1), exact, unlikely=why)


def test_what_is_in_the_file_is_said_in_a_line_each(draft: ImportDraft) -> None:
    found = Preview(
        new=[number(2, 1, 3), number(3, 2, None)],
        same=1,
        others=2,
        nothing=1,
        wrong=[Wrong(4, "No.")],
    )
    page = import_page(draft, found)
    first, *others = page.counts
    assert first.startswith("2 new numbers, from January 2026 to February 2026 (1 ")
    assert [line.split()[0] for line in others] == ["1", "1", "2", "1"]
    assert not page.nothing


def test_only_what_needs_a_look_is_listed(draft: ImportDraft) -> None:
    page = import_page(draft, Preview(new=[number(2, 1, 3)]))
    assert page.listed == []
    point = DataPoint(period=date(2026, 2, 1), numerator=Decimal(5))
    found = Preview(
        changed=[ChangedRow(number(3, 2, 9, why="Too many."), point)], wrong=[Wrong(4, "No.")]
    )
    wrong, unlikely, changed = import_page(draft, found).listed
    assert (list(wrong.rows), wrong.file is not None) == (["Row 4: No."], True)
    assert list(unlikely.rows) == ["Row 3, February 2026: 9. Too many."]
    assert list(changed.rows) == ["Row 3, February 2026: 5 is there, the file says 9"]
    assert not unlikely.file


def test_more_rows_than_are_shown_are_counted(draft: ImportDraft) -> None:
    found = Preview(wrong=[Wrong(row, "No.") for row in range(2, SHOWN + 5)])
    page = import_page(draft, found)
    assert len(page.listed[0].rows) == SHOWN
    assert "3" in page.listed[0].further
    assert page.new_further == ""


def test_a_file_with_nothing_to_save_says_why(draft: ImportDraft) -> None:
    old = import_page(draft, Preview(same=3)).nothing
    wrong = import_page(draft, Preview(wrong=[Wrong(2, "No.")])).nothing
    assert old
    assert wrong
    assert old != wrong
