from celery.schedules import crontab

# Each hour: the day ends at another hour in every time zone.
SCHEDULE = {"satisfaction.sweep": {"task": "satisfaction.sweep", "schedule": crontab(minute=10)}}
