"""Files that are given out: CSV that no spreadsheet takes for formulas."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

# Tabs and line ends before one of the others are passed over by some spreadsheets.
_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_file(name: str, rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """An answer that is saved under this name; text in it is made safe, numbers stay numbers."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    sheet = csv.writer(answer)
    for row in rows:
        sheet.writerow([safe(cell) if isinstance(cell, str) else cell for cell in row])
    return answer


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula; a number below 0 is none."""
    if not text.startswith(_BEGINNINGS):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text
