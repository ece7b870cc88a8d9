"""An index for Celery; domains import each other's modules instead."""

from privacy.exports.tasks import make_copies, sweep_copies

__all__ = ["make_copies", "sweep_copies"]
