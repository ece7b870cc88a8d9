"""`manage.py personal_data`: draw the register of personal data into docs/personal-data.md."""

from typing import Any

from django.core.management.base import BaseCommand

from devtools import register


class Command(BaseCommand):
    help = "Write docs/personal-data.md from the register of personal data."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        register.PATH.write_text(register.written(), encoding="utf-8")
        self.stdout.write(f"The register of personal data is drawn in {register.PATH.name}.")
