"""Where Celery finds the jobs of the domains; they are imported from there, not from here."""

from compensation.offers import tasks as offers

__all__ = ["offers"]
