"""`manage.py verify`: prove that a backup can be restored, in a scratch database."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from recovery.actions import prove, was_written_here
from recovery.key_files import read
from recovery.problems import Problem


class Command(BaseCommand):
    help = "Restore a backup into a scratch database, compare every row, and record the proof."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the backup")
        parser.add_argument("--identity", required=True, help="the key file; - is standard input")
        parser.add_argument(
            "--scratch",
            default="",
            help="an empty database of the owner's login, by name or address; it is dropped "
            "afterward. Without it one is made, where the login may.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            restored = prove(
                options["file"], key=read(options["identity"]), scratch=options["scratch"]
            )
        except (Problem, OSError) as problem:
            raise CommandError(f"The backup is not proved. {problem}") from None
        self.stdout.write(
            f"Proved the backup of {restored.head.moment:%Y-%m-%d %H:%M:%S} UTC: "
            f"{len(restored.head.tables)} tables, {restored.rows} rows, all equal, in "
            f"{time.monotonic() - began:.0f} s. SHA-256 {restored.sha256}."
        )
        if not was_written_here(restored.sha256):
            self.stderr.write(
                "Careful: this database does not remember writing that file. Anybody with the "
                "public key can write one; use it only if you know where it is from."
            )
        if restored.keys_missing:
            self.stderr.write(
                f"Careful: {restored.keys_missing} of the secrets of the portal that was backed up "
                "are not among SECRET_KEY and SECRET_KEY_FALLBACKS here."
            )
