"""A sweep that could not start in time is dropped: the next one finds the same."""

EVERY = 20.0
HOUR = 3600.0

SCHEDULE = {
    "cells.sweep": {"task": "cells.sweep", "schedule": EVERY, "options": {"expires": EVERY}},
    "cells.forget": {"task": "cells.forget", "schedule": HOUR, "options": {"expires": HOUR}},
}
