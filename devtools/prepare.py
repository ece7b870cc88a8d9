"""Updates the demo's database in one process: migrations, then the demo agency."""

import sys

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    if sys.argv[1] == "demo":
        call_command("build_demo")


if __name__ == "__main__":
    main()
