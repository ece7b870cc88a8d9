"""The index of tasks by which Celery finds them."""

from measures.importing.tasks import bring_in, forget, sweep

__all__ = ["bring_in", "forget", "sweep"]
