"""Updates the demo's database in one process: migrations, then the demo agency."""

import sys
from pathlib import Path

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    what, *progress = sys.argv[1:]
    if what == "demo":
        call_command("build_demo", progress=Path(progress[0]) if progress else None)


if __name__ == "__main__":
    main()
