"""An index for Celery; import the jobs from their domains, not from here."""

from dialogues.silencing import tasks as silencing

__all__ = ["silencing"]
