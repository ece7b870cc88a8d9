"""Brings the demo's database up to date in one process: migrations, then the demo agency."""

import django
from django.core.management import call_command, get_commands


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    if "build_demo" in get_commands():
        call_command("build_demo")


if __name__ == "__main__":
    main()
