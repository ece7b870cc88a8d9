from cqi_portal.health import PULSE

SCHEDULE = {
    "cqi_portal.pulse": {
        "task": "cqi_portal.pulse",
        "schedule": float(PULSE),
        # While no worker runs, they do not pile up.
        "options": {"expires": PULSE},
    },
}
