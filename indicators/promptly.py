"""Request a recomputation soon, one per burst, without ever holding up a page."""

import logging
import threading
import time

from kombu.exceptions import OperationalError

from indicators.tasks import recompute

logger = logging.getLogger(__name__)

# A queued job waits longer than further changes rely on it, so that it sees them all.
WAIT = 0.2
RELIED_ON = 0.1
# While the broker is down, only one page every few seconds tries it; the sweep makes up for the
# rest.
AFTER_FAILURE = 5.0

_lock = threading.Lock()
_covered_until: dict[int, float] = {}
_broker_rests_until = 0.0


def ask(agency_id: int) -> None:
    """Queue a recomputation, unless one queued a moment ago has yet to start."""
    global _broker_rests_until
    moment = time.monotonic()
    with _lock:
        if moment < max(_covered_until.get(agency_id, 0.0), _broker_rests_until):
            return
        _covered_until[agency_id] = moment + RELIED_ON
    try:
        recompute.apply_async((agency_id,), countdown=WAIT, retry=False)
    except (OperationalError, OSError):
        with _lock:
            _broker_rests_until = time.monotonic() + AFTER_FAILURE
        logger.warning("The broker does not answer; the sweep will recompute the indicators.")
