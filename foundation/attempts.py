"""Attempts counted under a name, until their time is over; nothing else makes a count forgotten.

Names are hashed with the installation's secret key, so that the table holds no address and no name
of an account. Each count is one statement of its own: attempts sent at once all count.
"""

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
# Far more than any limit; a count that goes on for ever must not run out of its column.
ENOUGH = 1_000_000


def count(*name: str, seconds: float) -> int:
    """Count one more under this name; how many there are since the first of them.

    They are forgotten together, `seconds` after the first.
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
    """How many there are under this name, without one more."""
    kept = Attempts.objects.filter(key=_key(name), ends_at__gt=timezone.now())
    return kept.values_list("taken", flat=True).first() or 0


def take_back(*name: str) -> None:
    """Count one less: what was tried was right."""
    Attempts.objects.filter(key=_key(name), taken__gt=0).update(taken=F("taken") - 1)


def forget(*name: str) -> None:
    """Begin anew for this name."""
    Attempts.objects.filter(key=_key(name)).delete()


def sweep() -> int:
    """Delete what has ended, and nothing else; returns how many."""
    deleted, _models = Attempts.objects.filter(ends_at__lte=timezone.now()).delete()
    return deleted


def _key(name: tuple[str, ...]) -> str:
    mixed = salted_hmac("foundation.attempts", "\x00".join(name), algorithm="sha256")
    return mixed.hexdigest()
