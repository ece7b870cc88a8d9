SCHEDULE = {"accounts.sweep": {"task": "accounts.sweep", "schedule": 60.0}}
