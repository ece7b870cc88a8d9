"""Ambiguous files: rejected with both readings, never guessed."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Member
from measures.importing import actions
from measures.importing.actions import compare
from measures.importing.columns import Columns
from tests.cells.conftest import Define
from tests.measures.test_single_values import WAITS

# In the format of other countries: decimal commas, thousands points.
COMMAS = "Monat;Wartezeit\n2025-01;12,435\n2025-02;0,435\n2025-03;9,870\n2025-04;10,118\n"
POINTS = "Monat;Stürze;Belegungstage\n2025-01;17;14.768\n2025-02;12;14.460\n2025-03;27;16.177\n"
# Days of this year, without it.
NO_YEAR = "day of visit,wait in days\nJan 13,4\nJan 20,6\nMar 25,5\n"
# Day first, and none above twelve.
DAYS_FIRST = "visit,wait in days\n01/02/2025,4\n03/02/2025,12\n05/05/2025,5\n12/05/2025,3\n"


@pytest.mark.parametrize(
    ("text", "of", "columns", "readings"),
    [
        (COMMAS, {"kind": "score", "denominator": ""}, Columns(0, 1), ["12,435 or 12.435"]),
        (
            POINTS,
            {"kind": "rate", "per": 1000},
            Columns(0, 1, 2),
            ["14.768 or 14,768", "Write 14.7680 or 14768."],
        ),
        (NO_YEAR, WAITS, Columns(0, 1), ["January 2013, or a day without its year"]),
        (DAYS_FIRST, WAITS, Columns(0, 1), ["January 2, 2025 or February 1, 2025"]),
    ],
)
def test_a_file_that_can_be_read_two_ways_is_refused_with_both_and_nothing_is_written(
    text: str,
    of: dict[str, object],
    columns: Columns,
    readings: list[str],
    define: Define,
    provider: Member,
) -> None:
    measure = define(**of)
    draft = actions.upload(measure, data=text.encode(), by=provider)
    draft = actions.choose_columns(draft, columns=columns, by=provider)
    seen = compare(draft, measure.agency.today())
    clear = text.count("0,435") + text.count("05/05/2025")
    assert len(seen.new) == clear
    assert len(seen.wrong) == text.count("\n") - 1 - clear
    for each in readings:
        assert each in seen.wrong[0].why
    with pytest.raises(ValidationError):
        actions.import_numbers(draft, by=provider)
    assert not measure.points.exists()
