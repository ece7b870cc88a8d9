"""`manage.py backup`: write an encrypted backup to standard output, or to a file."""

import sys
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from recovery import files
from recovery.actions import back_up
from recovery.problems import Problem


class Command(BaseCommand):
    help = "Write an encrypted backup of the database, as the owner's login."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="a new file; without it, standard output")
        parser.add_argument(
            "--recipient",
            action="append",
            default=[],
            help="a public key of age that can read it; by default those of BACKUP_RECIPIENTS",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        recipients = options["recipient"] or settings.BACKUP_RECIPIENTS
        try:
            if options["file"]:
                written = files.written(
                    Path(options["file"]), partial(back_up, recipients=recipients)
                )
            elif sys.stdout.isatty():
                raise CommandError("A backup is no text: name a file, or redirect the output.")
            else:
                written = back_up(sys.stdout.buffer, recipients=recipients)
        except Problem as problem:
            raise CommandError(f"There is no backup. {problem}") from None
        self.stderr.write(
            f"Backup of {written.made_at:%Y-%m-%d %H:%M:%S} UTC: {written.tables} tables, "
            f"{written.rows} rows, {written.size} bytes, SHA-256 {written.sha256}."
        )
