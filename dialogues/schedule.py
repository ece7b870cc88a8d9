from celery.schedules import crontab

SCHEDULE = {
    "dialogues.stir_all": {"task": "dialogues.stir_all", "schedule": crontab(3, 3)},
    "dialogues.close_all_silencings": {
        "task": "dialogues.close_all_silencings",
        "schedule": crontab(minute=17),
    },
}
