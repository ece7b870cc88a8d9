"""An index for Django; domains import each other's modules instead."""

from privacy.erasing.models import Erasure, ErasureRequest, Mention
from privacy.exports.models import DataCopy
from privacy.holds.models import LegalHold
from privacy.orders.models import LegalOrder

__all__ = ["DataCopy", "Erasure", "ErasureRequest", "LegalHold", "LegalOrder", "Mention"]
