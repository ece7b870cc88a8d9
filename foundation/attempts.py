"""Counts of attempts under a name, forgotten only when their time is over.

Names are hashed with the installation's secret key, so that the table holds no address and no
account name. Each count is a single statement, so that simultaneous attempts all count.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from foundation.models import Attempts

COUNT = """
INSERT INTO foundation_attempts AS kept (key, taken, ends_at) VALUES (%(key)s, 1, %(ends_at)s)
ON CONFLICT (key) DO UPDATE SET
    taken = CASE WHEN kept.ends_at <= %(now)s THEN 1 ELSE kept.taken + 1 END,
    ends_at = CASE WHEN kept.ends_at <= %(now)s THEN EXCLUDED.ends_at ELSE kept.ends_at END
RETURNING taken
"""
# Far above any limit; it keeps an endless count from overflowing its column.
ENOUGH = 1_000_000


def count(*name: str, seconds: float) -> int:
    """Count one more attempt under this name; return how many there are since the first.

    They are all forgotten `seconds` after the first.
    """
    now = timezone.now()
    ends_at = now + timedelta(seconds=seconds)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": _key(name), "now": now, "ends_at": ends_at})
        (taken,) = cursor.fetchone() or (1,)
    if taken > ENOUGH:
        Attempts.objects.filter(key=_key(name)).update(taken=ENOUGH)
    return int(taken)


def counted(*name: str) -> int:
    """How many attempts there are under this name, without adding one."""
    kept = Attempts.objects.filter(key=_key(name), ends_at__gt=timezone.now())
    return kept.values_list("taken", flat=True).first() or 0


def counted_all(names: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    """The same for several names; those without an attempt are left out. One query."""
    keys = {_key(name): name for name in names}
    kept = Attempts.objects.filter(key__in=keys, ends_at__gt=timezone.now())
    return {keys[key]: taken for key, taken in kept.values_list("key", "taken")}


def take_back(*name: str) -> None:
    """Count one less, since the attempt was correct."""
    Attempts.objects.filter(key=_key(name), taken__gt=0).update(taken=F("taken") - 1)


def forget(*name: str) -> None:
    """Reset the count of this name."""
    Attempts.objects.filter(key=_key(name)).delete()


def sweep() -> int:
    """Delete the counts whose time is over, and only those; return how many."""
    deleted, _models = Attempts.objects.filter(ends_at__lte=timezone.now()).delete()
    return deleted


def _key(name: tuple[str, ...]) -> str:
    mixed = salted_hmac("foundation.attempts", "\x00".join(name), algorithm="sha256")
    return mixed.hexdigest()
