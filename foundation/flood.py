"""Rate limits by address that store no address.

Addresses are counted under a key that is made when the process starts, only in that process's
memory and for at most an hour. A database row could show when an anonymous row beside it arrived,
and from where. Each serving process counts for itself.
"""

import hmac
import secrets

from allauth.account.adapter import get_adapter
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest

HOUR = 3600

_key = secrets.token_bytes(32)
_counts = LocMemCache("flood", {"timeout": HOUR, "OPTIONS": {"MAX_ENTRIES": 20_000}})


def too_many(request: HttpRequest, what: str, *, limit: int, seconds: int = HOUR) -> bool:
    """Count one more; return whether more than `limit` came from this place lately."""
    place = get_adapter().get_client_ip(request)
    name = hmac.digest(_key, f"{what} {place}".encode(), "sha256").hex()
    _counts.add(name, 0, seconds)
    try:
        return bool(_counts.incr(name) > limit)
    except ValueError:  # It expired between the two lines.
        return False


def forget() -> None:
    """Reset all counts."""
    _counts.clear()
