from celery.schedules import crontab

SCHEDULE = {
    "notifications.sweep": {"task": "notifications.sweep", "schedule": 60.0},
    "notifications.digests": {"task": "notifications.digests", "schedule": crontab(minute=5)},
}
