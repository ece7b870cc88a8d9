"""`manage.py export_agency`: write all of one agency into an encrypted file."""

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
        parser.add_argument("file", type=Path, help="a new file")
        parser.add_argument(
            "--recipient",
            action="append",
            default=[],
            help="a public key of age that can read it; by default those of BACKUP_RECIPIENTS",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        recipients = options["recipient"] or settings.BACKUP_RECIPIENTS
        try:
            written = files.written(
                options["file"], partial(export_agency, options["slug"], recipients=recipients)
            )
        except (Problem, OSError) as problem:
            raise CommandError(f"Nothing was exported. {problem}") from None
        self.stdout.write(
            f"Exported {options['slug']} as of {written.made_at:%Y-%m-%d %H:%M:%S} UTC: "
            f"{written.tables} tables, {written.rows} rows, {written.size} bytes, "
            f"SHA-256 {written.sha256}."
        )
