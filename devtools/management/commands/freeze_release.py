"""`manage.py freeze_release`: write down what the version at hand contains, and its database."""

import os
import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from devtools import worker
from devtools.demo.database import built
from devtools.releases import manifest, stored
from devtools.servers import keeper
from recovery.versions import VERSION


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = (
        f"Freeze version {VERSION}: list the checksums of its migrations, and store the demo "
        "agency as it builds it. Done once, in the commit that releases the version."
    )

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        release = manifest.HOME / VERSION
        if release.exists():
            raise CommandError(
                f"{VERSION} is frozen already. Raise the version in pyproject.toml and in "
                "recovery/versions.py."
            )
        process, folder, valkey = keeper.begin()
        os.environ |= {worker.FOLDER: str(folder), worker.VALKEY: valkey}
        try:
            database = built()
            manifest.freeze(release)
            stored.store(keeper.cluster_in(folder), database.name, release)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()
        size = (release / stored.NAME).stat().st_size
        self.stdout.write(f"{VERSION} is frozen; its database takes {size} bytes.")
