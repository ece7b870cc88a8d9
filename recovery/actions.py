"""Back up, restore and prove, each with its dated fact in the database."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import IO

from django.utils.timezone import now

from foundation.postgresql.base import parameters_of
from recovery import encryption, proving, writing
from recovery.models import FactKind, RecoveryFact
from recovery.moving import exporting, importing
from recovery.moving.exporting import ExportedAgency
from recovery.moving.importing import ImportedAgency
from recovery.moving.people import AboutPeople
from recovery.restoring import Restored
from recovery.writing import Written


def back_up(out: IO[bytes], *, recipients: Sequence[str]) -> Written:
    """Write an encrypted backup. Problem: there is none, whatever was written."""
    keys = encryption.recipients(recipients)
    with proving.connect(parameters_of("owner")) as connection:
        written = writing.write(connection, out, keys)
    out.flush()
    _record(FactKind.BACKED_UP, written.made_at, written.rows, written.sha256)
    return written


def restore(path: Path, *, key: str) -> Restored:
    """Restore into the portal's own database. Problem: nothing was restored."""
    restored = proving.restore_here(path, encryption.identities(key))
    _record(FactKind.RESTORED, restored.head.moment, restored.rows, restored.sha256)
    return restored


def prove(path: Path, *, key: str, scratch: str = "") -> Restored:
    """Prove a backup in a scratch database. Problem: it is not proved."""
    restored = proving.prove(path, encryption.identities(key), scratch)
    _record(FactKind.PROVED, restored.head.moment, restored.rows, restored.sha256)
    return restored


def export_agency(slug: str, out: IO[bytes], *, recipients: Sequence[str]) -> ExportedAgency:
    """Write the encrypted file of an agency. Problem: there is none, whatever was written."""
    keys = encryption.recipients(recipients)
    with proving.connect(parameters_of("owner")) as connection:
        exported = exporting.export(connection, slug, out, keys)
    out.flush()
    return exported


def import_agency(path: Path, *, key: str, slug: str, answers: AboutPeople) -> ImportedAgency:
    """Import the agency of a file beside those here. Problem: nothing was imported."""
    keys = encryption.identities(key)
    with proving.connect(parameters_of("owner")) as connection:
        return importing.import_agency(path, connection, keys, slug=slug, answers=answers)


def was_written_here(sha256: str) -> bool:
    """Whether this database remembers writing the backup with this checksum."""
    found = RecoveryFact.objects.using("owner").filter(kind=FactKind.BACKED_UP, sha256=sha256)
    return found.exists()


def _record(kind: FactKind, of: datetime, rows: int, sha256: str) -> None:
    RecoveryFact.objects.using("owner").create(
        kind=kind, at=max(now(), of), of=of, rows=rows, sha256=sha256
    )
