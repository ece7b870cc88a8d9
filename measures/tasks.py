"""An index of tasks for Celery."""

from measures.importing.tasks import bring_in, forget, forget_rows, sweep

__all__ = ["bring_in", "forget", "forget_rows", "sweep"]
