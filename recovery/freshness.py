"""How old the last backup and the last proof are."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from foundation.policies import Limit
from recovery.models import FactKind, RecoveryFact
from recovery.policies import BACKUP_LATE, PROOF_LATE

LIMITS: dict[FactKind, Limit] = {
    FactKind.BACKED_UP: BACKUP_LATE,
    FactKind.PROVED: PROOF_LATE,
}


class Age(StrEnum):
    NEVER = "never"
    FRESH = "fresh"
    LATE = "late"


@dataclass(frozen=True)
class Last:
    """The last of its kind: when it was done, and of which moment the backup is."""

    at: datetime | None
    of: datetime | None
    age: Age
    limit: Limit


@dataclass(frozen=True)
class Freshness:
    backup: Last
    proof: Last
    # When this database was restored from a backup, if it ever was, and of which moment.
    restored_at: datetime | None
    restored_of: datetime | None


def freshness(moment: datetime) -> Freshness:
    """What is on record at a moment; one query.

    A backup is as old as the moment whose rows it holds, a proof as old as itself.
    """
    rows = RecoveryFact.objects.filter(at__lte=moment).order_by("kind", "-at", "-pk")
    found = {row.kind: row for row in rows.distinct("kind")}
    restored = found.get(FactKind.RESTORED)
    return Freshness(
        _last(found.get(FactKind.BACKED_UP), FactKind.BACKED_UP, moment),
        _last(found.get(FactKind.PROVED), FactKind.PROVED, moment),
        restored.at if restored else None,
        restored.of if restored else None,
    )


def _last(row: RecoveryFact | None, kind: FactKind, moment: datetime) -> Last:
    limit = LIMITS[kind]
    if row is None:
        return Last(None, None, Age.NEVER, limit)
    counts = row.of if kind is FactKind.BACKED_UP else row.at
    age = Age.LATE if moment - counts > limit.span else Age.FRESH
    return Last(row.at, row.of, age, limit)
