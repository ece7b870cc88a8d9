"""Session lifetime: idle sessions end, sooner for members with more power."""

from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from accounts.policies import IDLE, IDLE_WITH_POWER, LONGEST

# Save activity at most this often, so that reading a page rarely writes a session.
GRAIN = 30

_STARTED, _SEEN, _IDLE = "session_started", "session_seen", "session_idle"


def is_over(session: SessionBase) -> bool:
    """Whether the session has been idle, or alive, for too long."""
    return _STARTED in session and deadline(session) <= timezone.now()


def touch(session: SessionBase) -> None:
    """Record activity."""
    moment = timezone.now().timestamp()
    session.setdefault(_STARTED, moment)
    if moment - session.get(_SEEN, 0) >= GRAIN:
        session[_SEEN] = moment


def shorten(session: SessionBase) -> None:
    """Apply the shorter idle time: the person handles money, people or settings."""
    short = int(IDLE_WITH_POWER.span.total_seconds())
    if session.get(_IDLE) != short:
        session[_IDLE] = short


def idle_seconds(session: SessionBase) -> int:
    """The idle time after which the session ends."""
    seconds: int = session.get(_IDLE, int(IDLE.span.total_seconds()))
    return seconds


def deadline(session: SessionBase) -> datetime:
    """When the session ends without further activity."""
    seen, started = session.get(_SEEN, 0), session.get(_STARTED, 0)
    end = min(seen + idle_seconds(session), started + LONGEST.span.total_seconds())
    return datetime.fromtimestamp(end, tz=timezone.get_default_timezone())
