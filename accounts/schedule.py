from celery.schedules import crontab

SCHEDULE = {
    "accounts.sweep": {"task": "accounts.sweep", "schedule": 60.0},
    "accounts.forget_attempts": {"task": "accounts.forget_attempts", "schedule": 300.0},
    "accounts.clear_sessions": {
        "task": "accounts.clear_sessions",
        "schedule": crontab(minute=20, hour=8),
    },
}
