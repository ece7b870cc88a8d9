"""An index for Celery; import the jobs from their domains, not from here."""

from compensation.offers import tasks as offers
from compensation.payees import tasks as payees
from compensation.proving import tasks as proving

__all__ = ["offers", "payees", "proving"]
