"""The sweep also begins each agency's new day, right after its own midnight: what lapses by date.

A sweep that could not start in time is dropped: the next one finds the same.
"""

EVERY = 20.0

SCHEDULE = {
    "indicators.sweep": {
        "task": "indicators.sweep",
        "schedule": EVERY,
        "options": {"expires": EVERY},
    },
}
