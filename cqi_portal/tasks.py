"""The job that does nothing but show that jobs are sent, and done."""

from typing import Any

from celery import shared_task
from celery.signals import after_task_publish, beat_init

from cqi_portal import health

PULSE = "cqi_portal.pulse"


@shared_task(name=PULSE)
def pulse() -> None:
    """A worker has done a job."""
    health.told("worker")


@after_task_publish.connect(sender=PULSE)
def _sent(**_: Any) -> None:
    """Only beat sends it, and the broker has taken it."""
    health.told("beat")


@beat_init.connect
def _first(**_: Any) -> None:
    """Not only after the first minute."""
    pulse.delay()
