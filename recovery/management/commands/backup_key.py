"""`manage.py backup_key`: make a key pair for backups, in the format of age-keygen."""

from typing import Any

from django.core.management.base import BaseCommand

from recovery.encryption import new_key


class Command(BaseCommand):
    help = "Print a new private key for backups. Run it where backups are kept, not on the server."

    def handle(self, *args: Any, **options: Any) -> None:
        private, public = new_key()
        self.stdout.write(f"# public key: {public}\n{private}")
