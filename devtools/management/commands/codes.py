"""`manage.py codes`: report what the manifest of codes lacks; with --write, update it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from devtools import codes


class Command(BaseCommand):
    help = "Compare docs/codes.toml with the codes that there are, or write it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="list what is new")
        parser.add_argument(
            "--unreleased",
            action="store_true",
            help="with --write: drop what is gone too; only for codes that no release has had",
        )

    def handle(self, *_arguments: Any, **options: Any) -> None:
        real = codes.collected()
        listed, aliases = codes.read() if codes.PATH.exists() else ({}, {})
        if options["write"]:
            text = codes.written(real, listed, aliases, unreleased=options["unreleased"])
            codes.PATH.write_text(text, encoding="utf-8")
            listed, aliases = codes.read()
        wrong = codes.differences(real, listed, aliases)
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write(f"{sum(map(len, real.values()))} codes, all in {codes.PATH.name}.")
