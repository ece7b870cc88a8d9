"""`manage.py restore`: put a backup into an empty database."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from recovery.actions import restore
from recovery.key_files import read
from recovery.problems import Problem


class Command(BaseCommand):
    help = "Restore a backup into the portal's database, which must be empty, with no portal on it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the backup")
        parser.add_argument("--identity", required=True, help="the key file; - is standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            restored = restore(options["file"], key=read(options["identity"]))
        except (Problem, OSError) as problem:
            raise CommandError(f"Nothing was restored. {problem}") from None
        self.stdout.write(
            f"Restored the backup of {restored.head.moment:%Y-%m-%d %H:%M:%S} UTC, version "
            f"{restored.head.version}, from PostgreSQL {restored.head.postgresql}: "
            f"{len(restored.head.tables)} tables, {restored.rows} rows, all compared, in "
            f"{time.monotonic() - began:.0f} s."
        )
        if restored.keys_missing:
            self.stderr.write(
                f"Careful: {restored.keys_missing} of the secrets of the portal that was backed up "
                "are not among SECRET_KEY and SECRET_KEY_FALLBACKS here. Until they are, second "
                "factors and links that were sent do not work."
            )
