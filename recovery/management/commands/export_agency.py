"""`manage.py export_agency`: write all of one agency into an encrypted file."""

import sys
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from recovery import files
from recovery.actions import export_agency
from recovery.problems import Problem


class Command(BaseCommand):
    help = "Write all of one agency into an encrypted file, for an installation of this version."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the agency, as in its addresses: /a/SLUG/")
        parser.add_argument("file", nargs="?", help="a new file; without it, standard output")
        parser.add_argument(
            "--recipient",
            action="append",
            default=[],
            help="a public key of age that can read it; by default those of BACKUP_RECIPIENTS",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        recipients = options["recipient"] or settings.BACKUP_RECIPIENTS
        export = partial(export_agency, options["slug"], recipients=recipients)
        try:
            if options["file"]:
                written = files.written(Path(options["file"]), export)
            elif sys.stdout.isatty():
                raise CommandError("The file is no text: name one, or redirect the output.")
            else:
                written = export(sys.stdout.buffer)
        except (Problem, OSError) as problem:
            raise CommandError(f"Nothing was exported. {problem}") from None
        self.stderr.write(
            f"Exported {options['slug']} as of {written.made_at:%Y-%m-%d %H:%M:%S} UTC: "
            f"{written.tables} tables, {written.rows} rows, {written.size} bytes, "
            f"SHA-256 {written.sha256}."
        )
