"""Every job that beat runs, and when, by task name.

A sweep makes certain what events made prompt: it finds due work from the state of the database.
Most run hourly, since the day begins and ends at a different hour in each time zone. A sweep that
cannot start in time is dropped (`expires`); the next one finds the same work.
"""

from typing import Any

from celery.schedules import crontab

from cqi_portal.health import PULSE

# Seconds between sweeps for work that people wait for.
PROMPT = 20.0
MINUTE = 60.0
HOUR = 60 * MINUTE


def _each(seconds: float) -> dict[str, Any]:
    """A schedule entry whose jobs expire with the interval, so that they can't pile up."""
    return {"schedule": seconds, "options": {"expires": seconds}}


SCHEDULE: dict[str, dict[str, Any]] = {
    "cqi_portal.pulse": _each(float(PULSE)),
    "accounts.sweep": {"schedule": MINUTE},
    "accounts.forget_attempts": {"schedule": 5 * MINUTE},
    "accounts.forget_all_lists": _each(HOUR),
    "accounts.clear_sessions": {"schedule": crontab(minute=20, hour=8)},
    "notifications.sweep": {"schedule": MINUTE},
    "notifications.sweep_texts": _each(MINUTE),
    "notifications.digests": {"schedule": crontab(minute=5)},
    # It also starts each agency's new day right after midnight there: some facts lapse by date.
    "indicators.sweep": _each(PROMPT),
    "groups.sweep": {"schedule": crontab(minute=15)},
    "groups.sweep_reminders": {"schedule": crontab(minute=35)},
    "groups.sweep_alternates": {"schedule": crontab(minute=5)},
    "groups.sweep_writing": {"schedule": crontab(minute=25)},
    "measures.sweep": _each(PROMPT),
    "measures.forget": _each(HOUR),
    # Catches the day a payment plan takes effect.
    "compensation.sweep": {"schedule": crontab(minute=25)},
    "compensation.sweep_payees": {"schedule": crontab(minute=50)},
    "compensation.sweep_proofs": {"schedule": crontab(minute=45)},
    "evidence.sweep": {"schedule": crontab(minute=50)},
    "oversight.sweep": {"schedule": crontab(minute=45)},
    "quarterly.sweep": {"schedule": crontab(minute=15)},
    "satisfaction.sweep": {"schedule": crontab(minute=10)},
    "privacy.sweep_copies": _each(MINUTE),
    "privacy.sweep_schedules": {"schedule": crontab(minute=40)},
    "dialogues.stir_all": {"schedule": crontab(3, 3)},
    "dialogues.close_all_silencings": {"schedule": crontab(minute=17)},
}
