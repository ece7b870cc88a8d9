"""The pulse job, which only proves that beat sends jobs and workers run them."""

from typing import Any

from celery import shared_task
from celery.signals import after_task_publish, beat_init

from cqi_portal import health

PULSE = "cqi_portal.pulse"


@shared_task(name=PULSE)
def pulse() -> None:
    """Record that a worker has run a job."""
    health.told("worker")


@after_task_publish.connect(sender=PULSE)
def _sent(**_: Any) -> None:
    """Record that beat is alive: only beat sends this job, and the broker has accepted it."""
    health.told("beat")


@beat_init.connect
def _first(**_: Any) -> None:
    """Report once at startup, not only after the first minute."""
    pulse.delay()
