"""`manage.py build_demo`: build the demo agency unless it exists."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from devtools.demo import building
from devtools.demo.digest import digest
from devtools.waiting_page import DemoProgress
from foundation import tenancy


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "Build the demo agency with its year and a half of life; an existing one is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--progress", type=Path, help="a file for how many percent are done")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        if building.is_there():
            self.stdout.write("The demo agency is there already; its data is kept.")
            return
        started = time.monotonic()
        progress = options["progress"]
        agency = building.build(DemoProgress(progress).tell if progress else None).agency
        self.stdout.write(f"The demo agency was built in {time.monotonic() - started:.1f} s.")
        if options["verbosity"] > 1:
            with tenancy.entering(agency):
                self.stdout.write(f"digest {digest(agency)}")
