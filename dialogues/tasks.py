"""Where Celery finds the jobs of the domains; they are imported from there, not from here."""

from dialogues.silencing import tasks as silencing

__all__ = ["silencing"]
