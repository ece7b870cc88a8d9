"""All jobs that beat runs, and when: each task by its name.

A sweep makes certain what events made prompt: it finds what is due by state in the database. Most
run each hour, since the day begins and ends at another hour in every time zone. A sweep that could
not start in time is dropped (`expires`): the next one finds the same.
"""

from typing import Any

from celery.schedules import crontab

from cqi_portal.health import PULSE

# Seconds between sweeps for what people wait for.
PROMPT = 20.0
MINUTE = 60.0
HOUR = 60 * MINUTE


def _each(seconds: float) -> dict[str, Any]:
    """So often; while no worker runs, they do not pile up."""
    return {"schedule": seconds, "options": {"expires": seconds}}


SCHEDULE: dict[str, dict[str, Any]] = {
    "cqi_portal.pulse": _each(float(PULSE)),
    "accounts.sweep": {"schedule": MINUTE},
    "accounts.forget_attempts": {"schedule": 5 * MINUTE},
    "accounts.clear_sessions": {"schedule": crontab(minute=20, hour=8)},
    "notifications.sweep": {"schedule": MINUTE},
    "notifications.digests": {"schedule": crontab(minute=5)},
    # It also begins each agency's new day, right after its own midnight: what lapses by date.
    "indicators.sweep": _each(PROMPT),
    "groups.sweep": {"schedule": crontab(minute=15)},
    "groups.sweep_writing": {"schedule": crontab(minute=25)},
    "measures.sweep": _each(PROMPT),
    "measures.forget": _each(HOUR),
    # The day on which a payment plan comes into force.
    "compensation.sweep": {"schedule": crontab(minute=25)},
    "satisfaction.sweep": {"schedule": crontab(minute=10)},
    "dialogues.stir_all": {"schedule": crontab(3, 3)},
    "dialogues.close_all_silencings": {"schedule": crontab(minute=17)},
}
