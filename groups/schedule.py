from celery.schedules import crontab

# Each hour: the day begins at another hour in every time zone.
SCHEDULE = {
    "groups.sweep": {"task": "groups.sweep", "schedule": crontab(minute=15)},
    "groups.sweep_writing": {"task": "groups.sweep_writing", "schedule": crontab(minute=25)},
}
