"""An index for Django; domains import each other's modules instead."""

from privacy.agreements.models import DataAgreement
from privacy.denials.models import Denial
from privacy.erasing.models import Erasure, ErasureRequest, Mention
from privacy.exports.models import DataCopy
from privacy.holds.models import LegalHold
from privacy.orders.models import LegalOrder
from privacy.retention.models import (
    AnnouncedRow,
    ArchivedRow,
    RetentionRule,
    RetentionRun,
    RetentionTurn,
)

__all__ = [
    "AnnouncedRow",
    "ArchivedRow",
    "DataAgreement",
    "DataCopy",
    "Denial",
    "Erasure",
    "ErasureRequest",
    "LegalHold",
    "LegalOrder",
    "Mention",
    "RetentionRule",
    "RetentionRun",
    "RetentionTurn",
]
