"""The Celery application: it makes queued work prompt; beat's sweeps make it certain."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cqi_portal.settings")

app = Celery("cqi_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_finalize.connect
def plan_jobs(sender: Celery, **_: Any) -> None:
    """Give beat the schedule in `cqi_portal.schedule`."""
    from cqi_portal.schedule import SCHEDULE  # Import late: it needs the apps.

    sender.conf.beat_schedule.update(
        {name: {"task": name, **when} for name, when in SCHEDULE.items()}
    )


@worker_init.connect
@beat_init.connect
def _refuse_what_does_harm(**_: Any) -> None:
    from django.db import connection

    from cqi_portal.health import NotFit, refuse_what_does_harm  # Import late: it needs the apps.

    try:
        refuse_what_does_harm()
    except NotFit as reason:
        raise SystemExit(f"Jobs are not done. {reason}") from None
    finally:
        # Forked worker processes must not inherit the connection.
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
