from celery.schedules import crontab

# Each hour: the day on which a plan comes into force begins at another hour in every time zone.
SCHEDULE = {"compensation.sweep": {"task": "compensation.sweep", "schedule": crontab(minute=25)}}
