"""CSV downloads that no spreadsheet takes for formulas."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import translation

from foundation import tenancy
from foundation.models import Agency

# Some spreadsheets skip tabs and line ends before one of the other characters.
_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_TYPE = "text/csv; charset=utf-8"
# Rows that are read and sent together.
TOGETHER = 2000

type CsvRow = Sequence[Any]


def csv_file(name: str, rows: Iterable[CsvRow]) -> HttpResponse:
    """A download of this name; its text is made safe, and numbers stay numbers."""
    return HttpResponse(written(rows), content_type=_TYPE, headers=_headers(name))


def streamed_csv[Place](
    name: str,
    agency: Agency,
    head: CsvRow,
    rows_after: Callable[[Place | None], tuple[list[CsvRow], Place | None]],
) -> StreamingHttpResponse:
    """A download of any length, in the memory of some rows.

    `rows_after` reads the next rows after a place (None: the first ones), and says the place of the
    last one; None ends the file. It reads within the agency, but not in one transaction.
    """
    language = translation.get_language() or ""

    def parts() -> Iterator[str]:
        yield written([head])
        place: Place | None = None
        while True:
            with tenancy.entering(agency), translation.override(language):
                rows, place = rows_after(place)
            yield written(rows)
            if place is None:
                return

    return StreamingHttpResponse(parts(), content_type=_TYPE, headers=_headers(name))


def _headers(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def written(rows: Iterable[CsvRow]) -> str:
    """These rows as CSV, as in every download."""
    text = StringIO()
    sheet = csv.writer(text)
    for row in rows:
        sheet.writerow([safe(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue()


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula; negative numbers are left alone."""
    if not text.startswith(_BEGINNINGS):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text
