"""`manage.py time_import`: measure imported rows per second, in the demo agency."""

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from openpyxl import Workbook

from devtools.demo.people import AGENCY
from foundation import tenancy
from foundation.models import Agency
from measures.definitions import actions as measure_actions
from measures.definitions.models import Measure
from measures.importing import actions as import_actions
from measures.importing.actions import compare
from measures.importing.columns import Columns

Rows = list[tuple[date, int]]


class Command(BaseCommand):
    help = "Import a long series as CSV and as XLSX, say how long each part takes, keep nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rows", type=int, default=5_200)

    def handle(self, *_arguments: Any, **options: Any) -> None:
        agency = Agency.objects.filter(slug=AGENCY).first()
        if agency is None:
            raise CommandError("Build the demo first: manage.py build_demo")
        last = agency.today() - timedelta(days=1)
        count = options["rows"]
        rows = [(last - timedelta(days=count - n), n % 50) for n in range(count)]
        with tenancy.entering(agency):
            for kind, data in (("CSV", _text(rows)), ("XLSX", _workbook(rows))):
                with transaction.atomic():
                    self._import(agency, kind, data, count)
                    transaction.set_rollback(True)

    def _import(self, agency: Agency, kind: str, data: bytes, count: int) -> None:
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
            raise CommandError(f"{done.new} of {count} rows were saved.")
        total = sum(took.values())
        parts = ", ".join(f"{part} in {seconds:.2f} s" for part, seconds in took.items())
        said = f"{kind}: {count} rows {parts}: {count / total:.0f} rows a second in all"
        self.stdout.write(said)


@contextmanager
def _timed(took: dict[str, float], part: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    took[part] = time.perf_counter() - began


def _text(rows: Rows) -> bytes:
    return "\n".join(["day,calls", *(f"{day},{calls}" for day, calls in rows)]).encode()


def _workbook(rows: Rows) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Calls")
    sheet.append(["day", "calls"])
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
