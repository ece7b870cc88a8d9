"""An index for Celery; import the jobs from their domains, not from here."""

from compensation.offers import tasks as offers

__all__ = ["offers"]
