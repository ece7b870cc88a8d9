"""`manage.py states`: draw the tables of transitions into docs/states.md."""

from typing import Any

from django.core.management.base import BaseCommand

from devtools import machines


class Command(BaseCommand):
    help = "Write docs/states.md from the tables of transitions."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        machines.PATH.write_text(machines.written(), encoding="utf-8")
        self.stdout.write(f"{len(machines.machines())} state machines in {machines.PATH.name}.")
