"""`manage.py import_agency`: import the agency of a file beside those that are here."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from recovery.actions import import_agency
from recovery.key_files import read
from recovery.moving.people import AboutPeople
from recovery.problems import Problem


class Command(BaseCommand):
    help = "Import the agency of a file beside those that are here. All of it, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="what export_agency wrote")
        parser.add_argument("--identity", required=True, help="the key file; - is standard input")
        parser.add_argument("--slug", default="", help="another address for it: /a/SLUG/")
        parser.add_argument(
            "--same",
            action="append",
            default=[],
            metavar="ADDRESS",
            help="this person is the one who has an account here with this address, proven on both "
            "sides; “proven”: so is everybody whose address is",
        )
        parser.add_argument(
            "--apart",
            action="append",
            default=[],
            metavar="NAME",
            help="this person (by address or member name) comes without an account, since somebody "
            "here has it; “all”: so does everybody about whom the import asks",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        answers = AboutPeople(same=tuple(options["same"]), apart=tuple(options["apart"]))
        try:
            done = import_agency(
                options["file"],
                key=read(options["identity"]),
                slug=options["slug"],
                answers=answers,
            )
        except (Problem, OSError) as problem:
            raise CommandError(f"Nothing was imported. {problem}") from None
        self.stdout.write(
            f"Imported {done.head.agency['name']} at /a/{done.slug}/, as of "
            f"{done.head.moment:%Y-%m-%d %H:%M:%S} UTC: {done.rows} rows, all compared; "
            f"{done.new_accounts} new accounts, {done.joined} joined with accounts here, "
            f"{done.without_account} people without one; in {time.monotonic() - began:.0f} s. "
            f"SHA-256 {done.sha256}."
        )
        if done.turned:
            self.stderr.write(
                "Careful: the agency that this one is a copy of is here, too. Open addresses, "
                "printed survey sheets and receipts lead there; nobody knows those of the copy."
            )
        if done.keys_missing:
            self.stderr.write(
                f"Careful: {done.keys_missing} of the secrets of the installation that it comes "
                "from are not among SECRET_KEY and SECRET_KEY_FALLBACKS here. Second steps of "
                "signing in do not work until they are. Receipts for unsigned words and printed "
                "survey sheets work only where SECRET_KEY itself is the same."
            )
