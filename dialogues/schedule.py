from celery.schedules import crontab

SCHEDULE = {"dialogues.stir_all": {"task": "dialogues.stir_all", "schedule": crontab(3, 3)}}
