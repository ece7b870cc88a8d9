"""How long a session lives: it ends when nothing happens, sooner for those with more power."""

from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

IDLE = 20 * 60
IDLE_WITH_POWER = 15 * 60
LONGEST = 24 * 60 * 60
# Written at most this often, so that reading a page seldom writes a session.
GRAIN = 30

_STARTED, _SEEN, _IDLE = "session_started", "session_seen", "session_idle"


def is_over(session: SessionBase) -> bool:
    """Whether the session has been idle, or alive, for too long."""
    return _STARTED in session and deadline(session) <= timezone.now()


def touch(session: SessionBase) -> None:
    """Somebody is there."""
    moment = timezone.now().timestamp()
    session.setdefault(_STARTED, moment)
    if moment - session.get(_SEEN, 0) >= GRAIN:
        session[_SEEN] = moment


def shorten(session: SessionBase) -> None:
    """From now on the shorter idle time holds: the person handles money, people or settings."""
    if session.get(_IDLE) != IDLE_WITH_POWER:
        session[_IDLE] = IDLE_WITH_POWER


def idle_seconds(session: SessionBase) -> int:
    """For how long nothing may happen before the session ends."""
    seconds: int = session.get(_IDLE, IDLE)
    return seconds


def deadline(session: SessionBase) -> datetime:
    """When the session ends if nothing more happens."""
    seen, started = session.get(_SEEN, 0), session.get(_STARTED, 0)
    end = min(seen + idle_seconds(session), started + LONGEST)
    return datetime.fromtimestamp(end, tz=timezone.get_default_timezone())
