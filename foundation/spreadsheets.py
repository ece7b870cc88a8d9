"""CSV downloads that no spreadsheet takes for formulas."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

# Some spreadsheets skip tabs and line ends before one of the other characters.
_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_file(name: str, rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A download of this name; its text is made safe, and numbers stay numbers."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    sheet = csv.writer(answer)
    for row in rows:
        sheet.writerow([safe(cell) if isinstance(cell, str) else cell for cell in row])
    return answer


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula; negative numbers are left alone."""
    if not text.startswith(_BEGINNINGS):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text
