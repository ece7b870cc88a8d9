"""An index for Django; domains import each other's modules instead."""

from privacy.holds.models import LegalHold
from privacy.orders.models import LegalOrder

__all__ = ["LegalHold", "LegalOrder"]
