"""An index for Celery; import the jobs from their domains, not from here."""

from compensation.offers import tasks as offers
from compensation.proving import tasks as proving

__all__ = ["offers", "proving"]
