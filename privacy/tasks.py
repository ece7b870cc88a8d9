"""An index for Celery; domains import each other's modules instead."""

from privacy.exports.tasks import forget_copies, make_copies, sweep_copies
from privacy.retention.tasks import keep_schedule, sweep_schedules

__all__ = ["forget_copies", "keep_schedule", "make_copies", "sweep_copies", "sweep_schedules"]
