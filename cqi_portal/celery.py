"""The Celery application: what makes queued work prompt; the sweeps in beat make it certain."""

import os
from importlib import import_module
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init
from django.apps import apps
from django.utils.module_loading import module_has_submodule

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cqi_portal.settings")

app = Celery("cqi_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_finalize.connect
def collect_schedules(sender: Celery, **_: Any) -> None:
    """Every app's `schedule.SCHEDULE` is what beat runs."""
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, "schedule"):
            schedule = import_module(f"{config.name}.schedule")
            sender.conf.beat_schedule.update(getattr(schedule, "SCHEDULE", {}))


@worker_init.connect
@beat_init.connect
def _refuse_what_does_harm(**_: Any) -> None:
    from django.db import connection

    from cqi_portal.health import NotFit, refuse_what_does_harm  # Needs the apps.

    try:
        refuse_what_does_harm()
    except NotFit as reason:
        raise SystemExit(f"Jobs are not done. {reason}") from None
    finally:
        # The processes that do the jobs inherit no connection.
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
