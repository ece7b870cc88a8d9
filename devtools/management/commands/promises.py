"""`manage.py promises`: write which tests hold each promise."""

from typing import Any

from django.core.management.base import BaseCommand

from cqi_portal.promises import HELD
from devtools import promises


class Command(BaseCommand):
    help = "Write cqi_portal/promises.json from the marks of the tests."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        HELD.write_text(promises.written(), encoding="utf-8")
        self.stdout.write(f"What holds each promise is in {HELD.name}.")
