"""An index of tasks for Celery."""

from measures.importing.tasks import bring_in, forget, sweep

__all__ = ["bring_in", "forget", "sweep"]
