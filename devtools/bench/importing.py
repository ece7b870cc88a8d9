"""A long series imported as a file, through the product's actions; nothing of it stays."""

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction
from openpyxl import Workbook

from foundation import tenancy
from foundation.models import Agency
from measures.definitions import actions as measure_actions
from measures.definitions.models import Measure
from measures.importing import actions as import_actions
from measures.importing.actions import compare
from measures.importing.columns import Columns

Rows = list[tuple[date, int]]
ROWS = 5_200


def series(agency: Agency, count: int) -> Rows:
    """A number for each of so many days, up to yesterday."""
    last = agency.today() - timedelta(days=1)
    return [(last - timedelta(days=count - n), n % 50) for n in range(count)]


def as_text(rows: Rows) -> bytes:
    """The series as CSV."""
    return "\n".join(["day,calls", *(f"{day},{calls}" for day, calls in rows)]).encode()


def as_workbook(rows: Rows) -> bytes:
    """The series as XLSX."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Calls")
    sheet.append(["day", "calls"])
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def import_and_forget(agency: Agency, data: bytes, count: int) -> dict[str, float]:
    """Import the file, roll it back, and return seconds by part. RuntimeError: rows are missing."""
    with tenancy.entering(agency), transaction.atomic():
        took = _import(agency, data, count)
        transaction.set_rollback(True)
    return took


def _import(agency: Agency, data: bytes, count: int) -> dict[str, float]:
    found = Measure.objects.within(agency).in_use().select_related("owner", "collected_by")
    some = found.order_by("pk")[0]
    by = some.collected_by
    measure = measure_actions.define(
        some.owner,
        name="Calls a day",
        kind="count",
        direction="decrease",
        numerator="Calls that nobody answered",
        frequency="day",
        source="The telephone",
        collected_by=by,
        by=by,
    )
    took: dict[str, float] = {}
    with _timed(took, "read"):
        draft = import_actions.upload(measure, data=data, by=by)
    draft = import_actions.choose_columns(draft, columns=Columns(0, 1), by=by)
    with _timed(took, "compared"):
        compare(draft, agency.today())
    with _timed(took, "saved"):
        done = import_actions.import_numbers(draft, by=by)
    if done.new != count:
        raise RuntimeError(f"{done.new} of {count} rows were saved.")
    return took


@contextmanager
def _timed(took: dict[str, float], part: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    took[part] = time.perf_counter() - began
