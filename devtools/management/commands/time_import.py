"""`manage.py time_import`: measure imported rows per second, in the demo agency."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from devtools.bench.importing import ROWS, as_text, as_workbook, import_and_forget, series
from devtools.demo.people import AGENCY
from foundation.models import Agency


class Command(BaseCommand):
    help = "Import a long series as CSV and as XLSX, say how long each part takes, keep nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rows", type=int, default=ROWS)

    def handle(self, *_arguments: Any, **options: Any) -> None:
        agency = Agency.objects.filter(slug=AGENCY).first()
        if agency is None:
            raise CommandError("Build the demo first: manage.py build_demo")
        count = options["rows"]
        rows = series(agency, count)
        for kind, data in (("CSV", as_text(rows)), ("XLSX", as_workbook(rows))):
            took = import_and_forget(agency, data, count)
            parts = ", ".join(f"{part} in {seconds:.2f} s" for part, seconds in took.items())
            speed = count / sum(took.values())
            self.stdout.write(f"{kind}: {count} rows {parts}: {speed:.0f} rows a second in all")
